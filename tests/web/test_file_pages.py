"""Pages for fetching and handing in files, through a real client: what they show, to whom, and how often."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, FormData
from sqlmodel import Session, select

from bot.app import App
from bot.chat.events import Pressed
from bot.clock import Clock
from bot.web import files as web_files
from config.settings import Settings
from handlers.files import fetching
from storage import files, people
from storage.files import FileState, SealedFile
from storage.links import FileLink
from storage.vault import CHUNK, Vault
from tests.conftest import KEY
from tests.handlers.files.scene import (
    REPORT,
    SCAN,
    SECRET,
    Stage,
    all_heard,
    audited,
    leave,
    opened,
    reachable,
    the_password,
)
from tests.stage import FRIDAY, Actor, Office, PaperMessenger

PUBLIC = "https://bot.tinh.gov.vn/giaoban"
CODE = re.compile(r"\b(\d{3} \d{3})\b")
LINK = re.compile(rf"{PUBLIC}(/[fu]/\S+)")


class Browser:
    """A person's browser: knows addresses and forms, runs nothing."""

    def __init__(self, session: ClientSession, office: Office) -> None:
        self.session, self.office = session, office

    async def look(self, path: str) -> "Seen":
        return await self._seen("GET", path)

    async def press(self, path: str, step: str, **fields: str) -> "Seen":
        return await self._seen("POST", path, data={"step": step, **fields})

    async def hand_in(self, path: str, name: str, content: bytes) -> "Seen":
        form = FormData(quote_fields=False)  # names go out as browsers send them
        form.add_field("step", "send")
        form.add_field("file", io.BytesIO(content), filename=name)
        return await self._seen("POST", path, data=form)

    async def _seen(self, method: str, path: str, **more: Any) -> "Seen":
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


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    web = {"listen": "127.0.0.1:0", "public_url": PUBLIC}
    return Settings(data_dir=tmp_path / "data", secret_key=KEY, web=web)


@pytest.fixture
async def stage(office: Office) -> Stage:
    """Lan leads, Bình and Chi are members; the bot cannot write to Chi."""
    lan, binh, chi = office.person("Lan", "lan"), office.person("Bình", "binh"), office.person("Chi", "chi")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan, binh)
    await lan.says("/thietlap Tổ một", room)
    await binh.presses("Tham gia")
    await chi.presses("Tham gia")
    all_heard(office)
    office.anything_goes()
    return Stage(office, lan, binh, chi, room)


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[Browser]:
    async with ClientSession() as session:
        yield Browser(session, stage.office)


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


# fetching


async def test_a_look_shows_a_button_and_nothing_of_the_file(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    for _ in range(10):
        seen = await browser.look(path)
    assert seen.status == 200
    assert "Gửi mã cho tôi" in seen.text
    assert "Báo cáo" not in seen.text
    assert "Bình" not in seen.text
    assert "<script" not in seen.text
    assert seen.text == (await browser.look("/f/guessed")).text, "a guess looks like the real thing"
    assert not [each for each in stage.binh.messages if "Mã mở trang" in each.text], "no look sends a code"


async def test_the_right_code_opens_name_and_size_then_the_file(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    password = the_password(stage.binh.hears("Mật khẩu"))
    asked = await browser.press(path, "start")
    assert "Mã 6 số" in asked.text
    assert "Báo cáo" not in asked.text
    code = code_in(stage.binh)
    assert code not in asked.text
    opens = await browser.press(path, "code", code=code)
    assert opens.status == 303
    page = await browser.look("/f/" + opens.headers["Location"])
    assert "Báo cáo.docx" in page.text
    assert re.search(r"\(\d+ KB\)", page.text)
    target = re.search(r'href="([^"]+)"', page.text)
    assert target
    fetched = await browser.look("/f/" + opens.headers["Location"].split("/")[0] + "/" + target[1])
    assert fetched.status == 200
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o.docx" in fetched.headers["Content-Disposition"]
    assert opened(fetched.content, password) == REPORT
    assert len(await stage.reads(lambda session: audited(session, "file-link-fetched"))) == 1


async def test_every_answer_forbids_keeping_framing_and_scripts(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    granted = await grant(browser, path, stage.binh)
    await stage.binh.says("/guitep")
    upload = upload_path(stage.binh)
    for place in (path, "/f/guessed", granted, f"{granted}/tep", upload, "/u/guessed"):
        headers = (await browser.look(place)).headers
        assert headers["Cache-Control"] == "no-store", place
        assert headers["Referrer-Policy"] == "no-referrer", place
        assert headers["X-Frame-Options"] == "DENY", place
        assert headers["X-Content-Type-Options"] == "nosniff", place
        assert "noindex" in headers["X-Robots-Tag"], place
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, place
        assert "script-src" not in policy, place
        assert "unsafe-inline" not in policy, place
        assert "Set-Cookie" not in headers, place


async def test_five_wrong_codes_close_the_link_and_its_person_hears_of_it(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await browser.press(path, "start")
    code = code_in(stage.binh)
    wrong = "000 000" if code != "000 000" else "111 111"
    answers = [await browser.press(path, "code", code=wrong) for _ in range(5)]
    assert [each.status for each in answers] == [403, 403, 403, 403, 410]
    assert "còn 4 lần" in answers[0].text
    stage.binh.hears("đã đóng", "5 lần")
    assert (await browser.press(path, "code", code=code)).status == 410


async def test_tries_at_one_moment_are_all_counted(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await browser.press(path, "start")
    code = code_in(stage.binh)
    wrong = "000000" if code != "000 000" else "111111"
    await asyncio.gather(*(browser.press(path, "code", code=wrong) for _ in range(20)))
    assert (await browser.press(path, "code", code=code)).status == 410


async def test_a_code_opens_once_and_a_link_three_times(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    for _ in range(fetching.USES):
        await browser.press(path, "start")
        code = code_in(stage.binh)
        both = await asyncio.gather(*(browser.press(path, "code", code=code) for _ in range(2)))
        assert sorted(each.status for each in both)[0] == 303
        assert sorted(each.status for each in both)[1] in (403, 410)
    assert (await browser.press(path, "start")).status == 410


async def test_a_second_press_sends_no_second_code_at_once(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    for step in ("start", "again", "start"):
        await browser.press(path, step)
    codes = [each for each in stage.binh.messages if "Mã mở trang" in each.text]
    assert len(codes) == 1
    await stage.office.clock_to("+2m")
    await browser.press(path, "again")
    assert code_in(stage.binh) != CODE.search(codes[0].text)[1]  # type: ignore[index]


async def test_codes_are_not_sent_without_end(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    statuses = []
    for _ in range(fetching.CODES + 1):
        statuses.append((await browser.press(path, "again")).status)
        await stage.office.clock_to("+2m")
    assert statuses == [200] * fetching.CODES + [429]


async def test_codes_and_what_they_open_last_for_minutes(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await browser.press(path, "start")
    await stage.office.clock_to("+11m")
    assert "hết hạn" in (await browser.press(path, "code", code=code_in(stage.binh))).text
    granted = await grant(browser, path, stage.binh)
    assert (await browser.look(granted)).status == 200
    await stage.office.clock_to("+11m")
    assert (await browser.look(granted)).status == 410
    assert (await browser.look(f"{granted}/tep")).status == 410


async def test_a_download_may_be_asked_for_again_but_not_for_ever(stage: Stage, browser: Browser) -> None:
    granted = await grant(browser, await page_of_binh(stage), stage.binh)
    where = f"http://127.0.0.1:{stage.office.app.web.port}{granted}/tep"
    for _ in range(10):
        async with browser.session.head(where) as answer:
            assert answer.status == 200
    statuses = [(await browser.look(f"{granted}/tep")).status for _ in range(fetching.GRANT_FETCHES + 1)]
    assert statuses == [200] * fetching.GRANT_FETCHES + [410]


async def test_the_link_ends_with_its_day_its_file_and_its_persons_membership(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    await stage.office.clock_to("+2d")
    assert (await browser.press(path, "start")).status == 410
    path = await link_for(stage, stage.binh, await stage.file()) or ""
    granted = await grant(browser, path, stage.binh)
    await stage.reads(lambda session: leave(session, stage.binh, stage.office))
    assert (await browser.look(f"{granted}/tep")).status == 410
    lan = await link_for(stage, stage.lan, await stage.file()) or ""
    await stage.lan.says("/thuhoi 1", stage.room)
    assert (await browser.press(lan, "start")).status == 410
    assert await link_for(stage, stage.lan, await stage.file()) is None


async def test_a_code_of_another_link_opens_nothing(stage: Stage, browser: Browser) -> None:
    path = await page_of_binh(stage)
    other = await link_for(stage, stage.lan, await stage.file()) or ""
    await browser.press(path, "start")
    await browser.press(other, "start")
    if code_in(stage.binh) != code_in(stage.lan):
        assert (await browser.press(other, "code", code=code_in(stage.binh))).status == 403
    granted = await grant(browser, path, stage.binh)
    assert (await browser.look(other + "/" + granted.rsplit("/", 1)[1])).status == 410


async def test_who_cannot_be_written_to_is_told_how(stage: Stage, browser: Browser) -> None:
    path = await link_for(stage, stage.chi, await sealed(stage)) or ""
    told = await browser.press(path, "start")
    assert told.status == 409
    assert "/start" in told.text
    await stage.chi.starts()
    assert "Báo cáo.docx" in (await browser.look(await grant(browser, path, stage.chi))).text


async def test_outsiders_have_no_link_and_the_database_does_not_know_tokens(stage: Stage) -> None:
    file = await sealed(stage)
    outsider = stage.office.person("Em", "em")
    await outsider.says("xin chào")
    assert await link_for(stage, outsider, file) is None
    path = await link_for(stage, stage.binh, file) or ""
    kept = await stage.reads(lambda session: [each.model_dump() for each in session.exec(select(FileLink)).all()])
    assert path.rsplit("/", 1)[1] not in repr(kept)


async def test_the_button_sends_the_link_to_the_private_chat_only(stage: Stage, browser: Browser) -> None:
    file = await sealed(stage)
    for actor in (stage.binh, stage.office.person("Em", "em")):
        await stage.office.hear(
            Pressed(key=stage.office.paper.next_key(), at=stage.office.now, chat=stage.room.chat, sender=actor.sender,
                    action=f"files-fetch:{file.id}", message_id=stage.room.last.id, token="t")
        )  # fmt: skip
    found = LINK.search(stage.binh.hears("Liên kết tải Tệp #1").text)
    assert found
    assert "/f/" not in stage.in_room()
    assert not LINK.search("".join(each.text for each in stage.office.people["Em"].messages))
    assert (await browser.look(await grant(browser, found[1], stage.binh))).status == 200


async def test_a_file_of_many_pieces_comes_out_as_it_went_in(stage: Stage) -> None:
    vault: Vault = stage.office.app.kit[Vault]
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7):
        content = bytes(range(256)) * (size // 256 + 1)
        incoming = vault.incoming()
        for place in range(0, size, 100_003):
            incoming.write(content[:size][place : place + 100_003])
        record = incoming.finish()
        assert vault.get(record) == content[:size]
        assert vault.size(record) == size
        assert vault.size(vault.put(content[:size])) == size


# handing in


async def test_a_file_handed_in_is_sealed_and_reaches_the_room(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    form = await browser.look(path)
    assert 'type="file"' in form.text
    assert "Tổ một" not in form.text
    taken = await browser.hand_in(path, "Báo cáo.docx", REPORT)
    assert taken.status == 200
    assert "Đã nhận tệp" in taken.text
    shown = stage.room.sees("Tệp #1", "Bình")
    assert opened(shown.content, the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))) == REPORT
    stage.binh.hears("Đã niêm")
    stage.lan.hears("Mật khẩu")
    assert await stage.reads(lambda session: audited(session, "file-handed-in"))


async def test_the_upload_itself_is_not_kept(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    await browser.hand_in(upload_path(stage.binh), "Báo cáo.docx", REPORT)
    await stage.office.clock_to("+2m")
    file = await stage.file()
    assert stage.vault == [file.record]


async def test_one_link_takes_one_file_and_leads_to_the_next(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path, taken = upload_path(stage.binh), 0
    while True:
        seen = await browser.hand_in(path, f"Báo cáo {taken}.docx", REPORT)
        assert seen.status == 200
        assert (await browser.look(path)).status == 410
        assert (await browser.hand_in(path, "Báo cáo.docx", REPORT)).status == 410
        taken += 1
        following = re.search(r'href="([^"]+)"', seen.text)
        if following is None:
            break
        path = f"/u/{following[1]}"
    assert taken == 5
    stage.room.sees("Tệp #5")


async def test_the_same_rules_hold_as_in_the_chat(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    await browser.hand_in(upload_path(stage.binh), "Phương án.docx", SECRET)
    stage.binh.hears("không gửi qua nhóm chat")
    assert "Tệp #" not in stage.in_room()
    await stage.office.clock_to("+2m")
    assert stage.vault == []


async def test_a_scan_is_asked_about_and_waits_for_its_answer(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    await browser.hand_in(upload_path(stage.binh), "Ảnh.png", SCAN)
    await stage.office.clock_to("+5h")
    assert (await stage.file()).state is FileState.ASKED
    await stage.binh.presses("Không có dấu mật")
    stage.room.sees("Tệp #1")
    await stage.office.clock_to("+1h")
    assert len(stage.vault) == 1


async def test_in_the_room_the_link_goes_to_the_private_chat(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/upload", stage.room)
    stage.room.sees("Đã gửi vào chat riêng")
    assert not LINK.search(stage.in_room())
    assert (await browser.look(upload_path(stage.binh))).status == 200
    await stage.chi.says("/guitep", stage.room)
    stage.room.sees("Mở chat riêng với bot")


async def test_outsiders_get_no_upload_link(stage: Stage) -> None:
    outsider = stage.office.person("Em", "em")
    await outsider.says("/guitep")
    await outsider.says("/guitep", stage.room)
    stage.room.sees("chưa tham gia")
    said = "".join(each.text for each in [*outsider.messages, *stage.room.messages])
    assert not LINK.search(said)


async def test_an_upload_link_ends_with_its_hour_with_a_newer_one_and_with_membership(
    stage: Stage, browser: Browser
) -> None:
    await stage.binh.says("/guitep")
    first = upload_path(stage.binh)
    await stage.binh.says("/guitep")
    second = upload_path(stage.binh)
    assert (await browser.look(first)).status == 410
    assert (await browser.look(second)).status == 200
    await stage.office.clock_to("+2h")
    assert (await browser.hand_in(second, "Báo cáo.docx", REPORT)).status == 410
    await stage.binh.says("/guitep")
    third = upload_path(stage.binh)
    await sealed(stage)
    await stage.reads(lambda session: leave(session, stage.binh, stage.office))
    assert (await browser.hand_in(third, "Báo cáo.docx", REPORT)).status == 410
    assert stage.vault == [(await stage.file()).record]


async def test_too_much_is_refused_and_leaves_nothing(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    over_the_rule = await browser.hand_in(path, "Báo cáo.docx", REPORT + bytes(21 * 1024 * 1024))
    assert over_the_rule.status == 422
    assert "20 MB" in over_the_rule.text
    monkeypatch.setattr(web_files, "LARGEST", 1024 * 1024)
    assert (await browser.hand_in(path, "Báo cáo.docx", bytes(2 * 1024 * 1024))).status == 413
    assert (await browser.hand_in(path, "Báo cáo.docx", bytes(1024 * 1024 + 5))).status == 413
    assert (await browser.hand_in(path, "Báo cáo.docx", b"")).status == 400
    assert (await browser.press(path, "send")).status == 400
    assert stage.vault == []
    assert not list((stage.office.app.settings.data_dir / "vault").glob("*"))
    assert (await browser.hand_in(path, "Báo cáo.docx", REPORT)).status == 200, "no failure has used the link up"


async def test_a_file_that_breaks_off_leaves_nothing_and_may_be_sent_again(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    for body in (head + bytes(5000), b"--x", b"", b"\r\n--x\r\nnonsense", head):
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        assert (await browser._seen("POST", path, data=body, headers=kind)).status == 400, body[:90]
    reader, writer = await asyncio.open_connection("127.0.0.1", stage.office.app.web.port)
    promised = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    writer.write(f"{promised}Content-Length: 999999\r\n\r\n".encode() + head + bytes(300_000))
    await writer.drain()
    folder = stage.office.app.settings.data_dir / "vault"
    while not list(folder.glob("*.part")):
        await asyncio.sleep(0)
    writer.close()
    while list(folder.glob("*")):
        await asyncio.sleep(0)
    assert stage.vault == []
    assert (await browser.hand_in(path, "Báo cáo.docx", REPORT)).status == 200


async def test_of_two_files_at_one_moment_one_is_taken(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    both = await asyncio.gather(*(browser.hand_in(path, "Báo cáo.docx", REPORT) for _ in range(2)))
    assert sorted(each.status for each in both)[0] == 200
    assert sorted(each.status for each in both)[1] in (410, 429)
    assert await stage.reads(lambda session: files.count(session, 1)) == 1


async def test_names_of_files_are_text_and_lead_nowhere(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    seen = await browser.hand_in(upload_path(stage.binh), "../../<b>Báo cáo\u202e.docx", REPORT)
    assert "<b>" not in seen.text
    assert ".." not in (await stage.file()).name
    assert (await stage.file()).name.endswith(".docx")


async def test_without_a_public_address_there_are_no_links(tmp_path: Path, settings: Settings) -> None:
    bare = settings.model_copy(update={"data_dir": tmp_path / "bare", "web": settings.web.model_copy(
        update={"public_url": ""})})  # fmt: skip
    paper = PaperMessenger()
    app = App(bare, [paper], clock=Clock(bare.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    lan = office.person("Lan", "lan")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan)
    await lan.says("/thietlap Tổ một", room)
    await lan.says("/guitep")
    lan.hears("chưa có địa chỉ web")
    await lan.uploads("Báo cáo.docx", REPORT, room, "/niem")
    stage = Stage(office, lan, lan, lan, room)
    assert await link_for(stage, lan, await stage.file()) is None
    await app.stop()


async def test_the_page_for_a_password_is_served_as_well(stage: Stage, browser: Browser) -> None:
    await sealed(stage)
    await stage.lan.says("/motlan 1 Chi")
    found = re.search(rf"{PUBLIC}(/mot-lan/\S+)", stage.lan.hears("Liên kết xem mật khẩu").text)
    assert found
    assert 'method="post"' in (await browser.look(found[1])).text
    assert (await browser.press(found[1], "")).status == 200
    assert (await browser.press(found[1], "")).status == 410
