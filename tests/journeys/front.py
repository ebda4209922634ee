"""The front door: the real program with the real Telegram adapter before a Bot API of our own, its clock turned."""

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.app import App
from bot.clock import Clock
from bot.messengers.telegram import Telegram
from config.settings import Settings
from storage import outbox
from storage.outbox import OutboxRow, OutboxState
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Group, Message, Person

KEY = base64.b64encode(bytes(range(32))).decode()
UNHURRIED = {"per_second": 10_000, "per_chat": 10_000, "per_group_minute": 0}


@dataclass
class Front:
    """People act, the program answers, and both have come to rest when a step returns."""

    api: FakeBotApi
    app: App
    toasts: list[str] = field(default_factory=list)
    stopped: bool = False

    async def stops(self) -> None:
        if not self.stopped:
            self.stopped = True
            await self.app.stop()

    async def rests(self) -> None:
        while True:
            await self.api.until(lambda: not self.api.updates)
            await self.app.settle()
            if not self.api.updates:
                return

    async def says(self, person: Person, text: str, in_: Group | None = None, **how: Any) -> Message:
        message = self.api.says(person, text, in_, **how)
        await self.rests()
        return message

    async def uploads(self, person: Person, name: str, content: bytes, in_: Group | None = None, **how: Any) -> Message:
        message = self.api.uploads(person, name, content, in_, **how)
        await self.rests()
        return message

    async def presses(self, person: Person, label: str, on: Message) -> str:
        """The toast that is shown."""
        query = self.api.presses(person, on, label)
        await self.rests()
        self.toasts.append(self.api.methods.queries[query] or "")
        return self.toasts[-1]

    async def turns(self, to: str) -> None:
        """The program's clock, in the office's zone."""
        await self.app.turn(datetime.fromisoformat(to).replace(tzinfo=self.app.clock.zone))
        await self.rests()

    def all_in(self, place: Person | Group) -> Sequence[Message]:
        return [each for each in self.api.sent if each.place.id == place.id]

    def sees(self, place: Person | Group, *fragments: str) -> Message:
        """The latest message of the bot in this chat that holds all fragments."""
        for message in reversed(self.all_in(place)):
            if all(fragment.lower() in message.text.lower() for fragment in fragments):
                return message
        heard = "\n---\n".join(each.text for each in self.all_in(place))
        raise AssertionError(f"nothing with {fragments}; there is:\n{heard}")

    def count(self, place: Person | Group, fragment: str) -> int:
        return sum(fragment.lower() in each.text.lower() for each in self.all_in(place))


@dataclass
class Office:
    """Lan leads, Bình is a member; both have opened the private chat. Dũng is in no group."""

    front: Front
    room: Group
    lan: Person
    binh: Person
    dung: Person


def settings_of(folder: Path, api: FakeBotApi, **changes: Any) -> Settings:
    telegram = {"token": api.token, "api_url": api.url} | UNHURRIED
    facts: dict[str, Any] = {"data_dir": folder, "secret_key": KEY, "web": {"listen": "127.0.0.1:0"}}
    return Settings(**(facts | {"telegram": telegram} | changes))


@asynccontextmanager
async def running(settings: Settings, api: FakeBotApi, clock: Clock) -> AsyncIterator[Front]:
    told = settings.telegram
    telegram = Telegram(token=told.token.get_secret_value(), api_url=api.url, clock=clock)
    app = App(settings, [telegram], clock=clock)
    await app.start()
    front = Front(api, app)
    try:
        yield front
    finally:
        await front.stops()


async def an_office(front: Front) -> Office:
    api = front.api
    lan, binh, dung = (
        api.person("Trần Thị Lan", "lan"),
        api.person("Nguyễn Văn Bình", "binh"),
        api.person("Đỗ Dũng", "dung"),
    )
    room = api.group("Phòng Văn hóa", [lan], [binh])
    for person in (lan, binh, dung):
        api.starts(person)
    await front.says(lan, "/thietlap Tổ công tác số 1", room)
    await front.presses(binh, "Tham gia", front.sees(room, "Tổ công tác số 1"))
    return Office(front, room, lan, binh, dung)


ASSIGN = "/giao @binh Báo cáo số liệu, hạn 16h 27/11"


async def a_second_later(front: Front, seconds: int = 1) -> None:
    front.app.clock.turn(front.app.clock.now() + timedelta(seconds=seconds))
    await front.rests()


async def rows(front: Front, *states: OutboxState) -> list[OutboxRow]:
    """Of the outbox, in these states."""
    wanted = select(OutboxRow).where(outbox.TABLE.c.state.in_(states))
    return await front.app.database.run(lambda session: list(session.exec(wanted).all()))
