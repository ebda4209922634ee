"""What the tests of the Official Account share: stores that can die, an intake that listens, a running adapter."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot.chat.events import Event, from_json, to_json
from bot.chat.messages import Attachment, Card, Part
from bot.chat.messenger import Address, DeliveryFailed
from bot.clock import Clock
from bot.messengers.zalo_oa import Notice, Template, Words, ZaloOa
from tests.fakes.zalooa import APP_ID, APP_SECRET, OA_SECRET, FakeZaloOa
from tests.fakes.zalooa_world import Group, Person

FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
WORDS = Words(choose="Trả lời bằng số, ví dụ {example}:", connected="Đã kết nối.", not_connected="Chưa kết nối được.")
PUBLIC = "https://bot.tinh.gov.vn"


class Killed(BaseException):
    """The process ends here, as by kill -9."""


class MemoryStore:
    """A TokenStore. `dies_before`: the process is killed before this write of the next ones is done."""

    def __init__(self) -> None:
        self.kept: tuple[int, str] | None = None
        self.dies_before = 0
        self.down = 0
        self.writes = 0

    async def read(self) -> tuple[int, str] | None:
        if self.down:
            self.down -= 1
            raise OSError("down")
        return self.kept

    async def replace(self, generation: int, text: str) -> bool:
        if self.dies_before:
            self.dies_before -= 1
            if not self.dies_before:
                raise Killed
        if generation != (self.kept[0] if self.kept else 0):
            return False
        self.kept = generation + 1, text
        self.writes += 1
        return True


class MemoryContacts:
    def __init__(self) -> None:
        self.rows: dict[str, tuple[datetime, bool | None, bool]] = {}

    async def load(self, people: frozenset[str] | None = None) -> Mapping[str, tuple[datetime, bool | None, bool]]:
        return {each: row for each, row in self.rows.items() if people is None or each in people}

    async def save(self, contacts: Mapping[str, tuple[datetime, bool | None, bool]]) -> None:
        self.rows |= contacts

    async def forget(self, person: str) -> None:
        self.rows.pop(person, None)


class Ears:
    """An intake that remembers, and can be made to fail; each key counts once, as in the inbox."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.keys: set[str] = set()
        self.failures = 0

    async def __call__(self, events: Sequence[Event]) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        for event in events:
            assert from_json(to_json(event)) == event
            if event.key not in self.keys:
                self.keys.add(event.key)
                self.heard.append(event)

    def take(self, kind: type[Any]) -> Any:
        found = next(each for each in self.heard if isinstance(each, kind))
        self.heard.remove(found)
        return found


@dataclass
class Stage:
    """The adapter beside a fake Zalo; `twin` is another replica on the same stores."""

    api: FakeZaloOa
    clock: Clock
    tokens: MemoryStore = field(default_factory=MemoryStore)
    logins: MemoryStore = field(default_factory=MemoryStore)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    ears: Ears = field(default_factory=Ears)
    notices: list[Notice] = field(default_factory=list)
    links: list[tuple[str, bytes]] = field(default_factory=list)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stack.aclose()

    def adapter(self, *, template: Template | None = None, by_link: bool = True, **more: Any) -> ZaloOa:
        """Not started; its tokens come from the operator's setting unless the store has some."""
        return ZaloOa(
            app_id=APP_ID,
            oa_secret=OA_SECRET,
            tokens=self.tokens,
            logins=self.logins,
            contacts=self.contacts,
            words=WORDS,
            now=self.clock.now,
            tell=self._tell,
            link=self._link if by_link else None,
            template=template,
            public_url=PUBLIC,
            oauth_url=self.api.url,
            file_hosts=("zdn.vn", self.api.netloc),
            **{"api_url": self.api.url, "app_secret": APP_SECRET, "first_refresh": self.first_refresh()} | more,
        )

    def first_refresh(self) -> str:
        if not self.api.oauth.refresh:
            self.api.oauth.pair()
        return next(iter(self.api.oauth.refresh)) if self.tokens.kept is None else ""

    async def running(self, **more: Any) -> ZaloOa:
        """Started, with its routes on the web, and known to Zalo."""
        adapter = self.adapter(**more)
        runner = web.AppRunner(application(adapter), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.stack.push_async_callback(runner.cleanup)
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.api.webhook = f"{self.base}/hooks/zalo-oa"
        await adapter.start(self.ears)
        self.stack.push_async_callback(adapter.stop)
        await adapter.keeper.tick()
        return adapter

    def pass_time(self, **much: float) -> None:
        self.clock.turn(self.clock.now() + timedelta(**much))

    async def _tell(self, notice: Notice) -> None:
        self.notices.append(notice)

    async def _link(self, to: Address, file: Attachment, content: bytes) -> str:
        self.links.append((file.name, content))
        return f"{PUBLIC}/f/{len(self.links)}"


def application(adapter: ZaloOa) -> web.Application:
    made = web.Application()
    made.add_routes(adapter.routes)
    return made


def clock() -> Clock:
    return Clock(ZoneInfo("Asia/Ho_Chi_Minh"), stopped_at=FRIDAY)


def to(place: Person | Group) -> Address:
    return Address(chat=place.id, private=isinstance(place, Person))


def card(text: str, **more: Any) -> Card:
    return Card(parts=(Part(text),), **more)


async def failure(step: Any) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await step
    return caught.value
