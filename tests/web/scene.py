"""A person's browser, and how the tests of file pages come by links and codes."""

import io
import re
from typing import Any

from aiohttp import ClientResponse, ClientSession, FormData
from sqlmodel import Session

from handlers.files import fetching
from storage import people
from storage.files import SealedFile
from tests.handlers.files.scene import REPORT, Stage
from tests.stage import Actor, Office

PUBLIC = "https://bot.tinh.gov.vn/giaoban"
CODE = re.compile(r"\b(\d{3} \d{3})\b")
LINK = re.compile(rf"{PUBLIC}(/[fu]/\S+)")


class Browser:
    """A person's browser: knows addresses and forms, runs nothing."""

    def __init__(self, session: ClientSession, office: Office) -> None:
        self.session, self.office = session, office

    async def look(self, path: str) -> "Seen":
        return await self.seen("GET", path)

    async def press(self, path: str, step: str, **fields: str) -> "Seen":
        return await self.seen("POST", path, data={"step": step, **fields})

    async def hand_in(self, path: str, name: str, content: bytes, kind: str = "") -> "Seen":
        form = FormData(quote_fields=False)  # names go out as browsers send them
        form.add_field("step", "send")
        if kind:
            form.add_field("kind", kind)
        form.add_field("file", io.BytesIO(content), filename=name)
        return await self.seen("POST", path, data=form)

    async def seen(self, method: str, path: str, **more: Any) -> "Seen":
        where = f"http://127.0.0.1:{self.office.app.web.port}{path}"
        async with self.session.request(method, where, allow_redirects=False, **more) as answer:
            seen = Seen(answer, await answer.read())
        await self.office.app.settle()
        return seen


class Seen:
    def __init__(self, answer: ClientResponse, content: bytes) -> None:
        self.status, self.headers, self.content = answer.status, answer.headers, content

    @property
    def text(self) -> str:
        return self.content.decode()


async def sealed(stage: Stage) -> SealedFile:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    return await stage.file()


async def link_for(stage: Stage, actor: Actor, file: SealedFile) -> str | None:
    """The path of a new page for this person."""

    def make(session: Session) -> str | None:
        account = people.account(session, "paper", actor.sender.id)
        assert account is not None
        work = stage.office.app.engine.work(session)
        return fetching.link_for(work, file, account.person_id)

    made = await stage.reads(make)
    return made.removeprefix(PUBLIC) if made else None


async def page_of_binh(stage: Stage) -> str:
    made = await link_for(stage, stage.binh, await sealed(stage))
    assert made
    return made


def code_in(actor: Actor) -> str:
    found = CODE.search(actor.hears("mã mở trang").text)
    assert found
    return found[1]


def upload_path(actor: Actor) -> str:
    message = actor.hears("Liên kết gửi tệp")
    found = LINK.search(message.text)
    assert found
    assert message.card.secret
    return found[1]


async def grant(browser: Browser, path: str, actor: Actor) -> str:
    await browser.press(path, "start")
    answer = await browser.press(path, "code", code=code_in(actor))
    assert answer.status == 303, answer.text
    return "/f/" + answer.headers["Location"]
