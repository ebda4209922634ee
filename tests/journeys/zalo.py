"""The front door on Zalo: the real program with the real adapters before Zalo's APIs of our own, its clock turned."""

import re
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from aiohttp import ClientSession, FormData

from bot.app import App
from bot.clock import Clock
from bot.connecting import connect
from bot.limits import UNPACED
from bot.messengers.zalo_oa import Words, ZaloOa
from config.settings import Settings
from storage import codes, schema, zalo
from storage.codes import CodeKind
from storage.columns import Secrets
from storage.database import Database
from storage.keyring import KeyRing
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalobot_world import Group, Message, Person
from tests.fakes.zalooa import APP_ID, APP_SECRET, OA_SECRET, FakeZaloOa
from tests.fakes.zalooa_world import Group as OaGroup
from tests.fakes.zalooa_world import Message as OaMessage
from tests.fakes.zalooa_world import Person as OaPerson
from tests.journeys.front import KEY

PUBLIC = "https://bot.tinh.gov.vn"
PAGE = re.compile(rf"{PUBLIC}(/[fu]/\S+)")


def settings_of(folder: Path, **changes: Any) -> Settings:
    facts: dict[str, Any] = {
        "data_dir": folder,
        "secret_key": KEY,
        "web": {"listen": "127.0.0.1:0", "public_url": PUBLIC},
    }
    return Settings(**(facts | changes))


def opened(settings: Settings) -> Database:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    schema.bring_up_to_date(database.engine)
    return database


@dataclass
class Program:
    """What both fronts share."""

    app: App

    async def code(self) -> str:
        """As `giaoban code` prints one."""
        ends = self.app.clock.now() + timedelta(hours=24)
        return await self.app.database.run(lambda session: codes.make(session, CodeKind.SETUP, ends))

    async def turns(self, to: str) -> None:
        """The program's clock, in the office's zone."""
        await self.app.turn(datetime.fromisoformat(to).replace(tzinfo=self.app.clock.zone))

    async def later(self, seconds: int = 60) -> None:
        await self.app.turn(self.app.clock.now() + timedelta(seconds=seconds))

    async def hands_in(self, path: str, name: str, content: bytes) -> int:
        """A file on the page behind a link; the status of the answer."""
        form = FormData(quote_fields=False)
        form.add_field("step", "send")
        form.add_field("file", content, filename=name)
        async with ClientSession() as session, session.post(self.page(path), data=form) as answer:
            status = answer.status
        await self.app.settle()
        return status

    def page(self, path: str) -> str:
        return f"http://127.0.0.1:{self.app.web.port}{path}"


@dataclass
class BotFront(Program):
    """People write to a Zalo bot; in a room they call it by its name."""

    api: FakeZaloBot

    async def says(self, person: Person, text: str, in_: Group | None = None, **how: Any) -> Message:
        called = f"@{self.api.bots[0].name} {text}" if in_ else text
        return await self._until_taken(lambda: self.api.says(person, called, in_, **how))

    async def sends(self, person: Person, kind: str) -> Message:
        return await self._until_taken(lambda: self.api.sends(person, kind))

    async def _until_taken(self, act: Any) -> Message:
        before = self._polls()
        message: Message = act()
        await self.api.until(lambda: not self.api.bots[0].updates and self._polls() > before)
        await self.app.settle()
        return message

    def _polls(self) -> int:
        return sum(each.method == "getUpdates" for each in self.api.calls)

    def all_in(self, place: Person | Group) -> Sequence[Message]:
        return [each for each in self.api.sent if each.place is place]

    def sees(self, place: Person | Group, *fragments: str) -> Message:
        return _latest(self.all_in(place), fragments)


def _unhurried(*parts: Any, **how: Any) -> App:
    """Nobody waits a true second for the next message: how fast Zalo is written to has tests of its own."""
    with mock.patch("bot.limits.ZALO", UNPACED):
        return App(*parts, **how)


@asynccontextmanager
async def bot_running(
    settings: Settings, api: FakeZaloBot, clock: Clock, *more: Any, database: Database | None = None
) -> AsyncIterator[BotFront]:
    database = database or opened(settings)
    messengers, routes = connect(settings, database, clock)
    app = _unhurried(settings, [*messengers, *more], clock=clock, database=database, routes=routes)
    before = len(api.calls)
    await app.start()
    await api.until(lambda: any(each.method == "getUpdates" for each in api.calls[before:]))
    try:
        yield BotFront(app, api)
    finally:
        await app.stop()


@dataclass
class OaFront(Program):
    """People write to an Official Account, in private and in its groups."""

    api: FakeZaloOa

    async def says(self, person: OaPerson, text: str, in_: OaGroup | None = None, **how: Any) -> None:
        await self._act(self.api.says(person, text, group=in_, **how))

    async def taps(self, person: OaPerson, message: OaMessage, title: str) -> None:
        await self._act(self.api.taps(person, message, title))

    async def uploads(
        self, person: OaPerson, name: str, content: bytes, caption: str = "", in_: OaGroup | None = None
    ) -> None:
        load = self.api.file_payload(name, content)
        await self._act(self.api.sends_file(person, load, group=in_, text=caption))

    async def _act(self, act: Awaitable[int]) -> None:
        assert await act == 200
        await self.app.settle()

    def all_in(self, place: OaPerson | OaGroup) -> Sequence[OaMessage]:
        return [each for each in self.api.sent if each.to == place.id]

    def sees(self, place: OaPerson | OaGroup, *fragments: str) -> OaMessage:
        return _latest(self.all_in(place), fragments)


@asynccontextmanager
async def oa_running(settings: Settings, api: FakeZaloOa, clock: Clock, *more: Any) -> AsyncIterator[OaFront]:
    database = opened(settings)
    oa = official_account(settings, api, clock, database)
    app = _unhurried(settings, [oa, *more], clock=clock, database=database, routes=oa.routes)
    await app.start()
    await oa.keeper.tick()
    api.webhook = f"http://127.0.0.1:{app.web.port}/hooks/zalo-oa"
    try:
        yield OaFront(app, api)
    finally:
        await app.stop()


def official_account(settings: Settings, api: FakeZaloOa, clock: Clock, database: Database) -> ZaloOa:
    """As bot.connecting makes it, but files may be fetched from the fake."""
    api.oauth.pair()
    secrets = Secrets(KeyRing(settings.keys))
    return ZaloOa(
        app_id=APP_ID,
        app_secret=APP_SECRET,
        oa_secret=OA_SECRET,
        tokens=zalo.SecretText(database, secrets, zalo.TOKENS),
        logins=zalo.SecretText(database, secrets, zalo.LOGIN),
        contacts=zalo.Contacts(database),
        words=Words(choose="Trả lời số để chọn, ví dụ: {example}"),
        now=clock.now,
        tell=_nobody,
        first_refresh=next(iter(api.oauth.refresh)),
        public_url=PUBLIC,
        api_url=api.url,
        oauth_url=api.url,
        file_hosts=(api.netloc,),
    )


async def _nobody(_notice: object) -> None: ...


def _latest(messages: Sequence[Any], fragments: Sequence[str]) -> Any:
    for message in reversed(messages):
        if all(fragment.lower() in message.text.lower() for fragment in fragments):
            return message
    heard = "\n---\n".join(each.text for each in messages)
    raise AssertionError(f"nothing with {fragments}; there is:\n{heard}")


def number_of(message: Any, label: str) -> str:
    """The number that stands before this answer."""
    return next(line.split(".")[0] for line in message.text.splitlines() if line.endswith(f". {label}"))


def page_in(message: Any) -> str:
    found = PAGE.search(message.text)
    assert found, message.text
    return found[1]
