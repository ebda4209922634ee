"""The sandbox on a loopback port with people in it, and a browser before it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.chat.events import Event
from bot.chat.messenger import Address
from bot.messengers.sandbox import Attempt, Page, Persona, Sandbox, TourStep

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
ROOM = Address(chat="group", private=False)
LAN = Address(chat="lan", private=True)
BINH = Address(chat="binh", private=True)
PEOPLE = (
    Persona(id="lan", name="Nguyễn Thị Lan", username="lan", role="Trưởng phòng", admin=True, started=True),
    Persona(id="binh", name="Trần Văn Bình", username="binh", role="Chuyên viên"),
    Persona(id="ba", name="Lê Thị Ba", role="Văn thư"),
)
TOUR = (TourStep(title="Lập nhóm", text="Lan lập nhóm.", attempt=Attempt(persona="lan", text="/thietlap Tổ 1")),)


@dataclass
class Stage:
    """The sandbox on a loopback port, an intake that only remembers, and a browser."""

    sandbox: Sandbox
    browser: TestClient[web.Request, web.Application]
    taken: list[Event]
    turned: list[datetime]
    clock: list[datetime]
    broken: list[Exception] = field(default_factory=list)
    opened: list[Event] = field(default_factory=list)
    """What was told at the start."""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.browser.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": self.origin}

    async def opens_page(self) -> Tab:
        socket = await self.browser.ws_connect("/ws", headers=self.headers)
        return Tab(socket, await socket.receive_json(timeout=60))

    async def uploads(self, name: str, content: bytes, **fields: str) -> aiohttp.ClientResponse:
        form = aiohttp.FormData(fields, quote_fields=False)  # as browsers write file names
        form.add_field("file", content, filename=name, content_type="application/pdf")
        return await self.browser.post("/upload", data=form, headers=self.headers)


@dataclass
class Tab:
    """An open page."""

    socket: aiohttp.ClientWebSocketResponse
    state: dict[str, Any]

    async def sends(self, **frame: Any) -> None:
        await self.socket.send_json(frame)

    async def gets(self, kind: str) -> dict[str, Any]:
        """The next news of this kind."""
        while True:
            news: dict[str, Any] = await self.socket.receive_json(timeout=60)
            if news["type"] == kind:
                return news

    async def says(self, text: str, persona: str = "lan", chat: str = "group", **more: Any) -> dict[str, Any]:
        """Returns once the sandbox has done with it; the message as it stands."""
        await self.sends(type="say", persona=persona, chat=chat, text=text, **more)
        said = await self.gets("message")
        await self.is_through()
        return dict(said["message"])

    async def is_through(self) -> None:
        """Frames are taken one after the other: the answer to nonsense means that all before it is done."""
        await self.sends(type="nonsense")
        assert (await self.gets("error"))["reason"] == "frame"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    taken: list[Event] = []
    turned: list[datetime] = []
    clock = [FRIDAY]
    broken: list[Exception] = []

    async def turn(to: datetime) -> None:
        turned.append(to)
        clock[0] = to.astimezone(UTC)

    async def intake(events: Sequence[Event]) -> None:
        if broken:
            raise broken.pop()
        taken.extend(events)

    sandbox = Sandbox(
        personas=PEOPLE,
        group_title="Phòng Tổng hợp",
        turn=turn,
        now=lambda: clock[0],
        zone=ZONE,
        tour=TOUR,
        texts={"subtitle": "Thử"},
    )
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.add_routes(Page(sandbox).routes)
    await sandbox.start(intake)
    opened = taken.copy()
    taken.clear()
    async with TestClient(TestServer(application)) as browser:
        yield Stage(sandbox, browser, taken, turned, clock, broken, opened)
        await sandbox.stop()


def only(events: Sequence[Event]) -> Any:
    assert len(events) == 1, events
    return events[0]
