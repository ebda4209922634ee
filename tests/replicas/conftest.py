"""Two replicas on one PostgreSQL: in one process on a standing clock, or as processes of their own."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, update

from bot.app import App
from bot.clock import Clock
from config.settings import Settings
from storage import leases
from tests import postgres
from tests.fakes.botapi import FakeBotApi
from tests.replicas.child import Replica, Town
from tests.stage import FRIDAY, Office, PaperMessenger


@pytest.fixture
def database_url(postgres_server: postgres.Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """Skipped by name where PostgreSQL is not installed. Replicas that start together find it empty."""
    url = postgres_server.url() if "town" in request.fixturenames else postgres_server.ready_url()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def empty_url(postgres_server: postgres.Server) -> Iterator[str]:
    """Of a database without tables."""
    url = postgres_server.url()
    yield url
    postgres_server.drop(url)


@dataclass
class Pair:
    """`a` started first and sends. Both write on the same paper."""

    a: App
    b: App
    clock: Clock
    paper: PaperMessenger
    office: Office
    """As seen through `a`."""

    async def settle(self) -> None:
        await self.a.settle()
        await self.b.settle()

    async def b_takes_over(self) -> None:
        """As when the time of a's leases has run out and a has not noticed; in one transaction, as a renews them every
        two seconds."""
        await self.b_takes_after(expire)

    async def b_takes_after(self, change: Callable[[Session], None]) -> None:
        """b's beat, with nothing between the change and what it finds."""

        def beat(session: Session) -> Any:
            change(session)
            return self.b.leases._ask(session)

        self.b.leases._note(await self.b.database.run(beat))
        self.b.leases._tell()


def expire(session: Session) -> None:
    session.execute(update(leases.TABLE).values(until=FRIDAY))


@pytest.fixture
async def pair(settings: Settings) -> AsyncIterator[Pair]:
    paper, clock = PaperMessenger(), Clock(settings.zone, stopped_at=FRIDAY)
    a = App(settings, [paper], clock=clock)
    b = App(settings, [replace(paper)], clock=clock)
    await a.start()
    await b.start()
    office = Office(a, paper)
    office.anything_goes()
    yield Pair(a, b, clock, paper, office)
    await b.stop()
    await a.stop()


@pytest.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    """Neither has started yet."""
    async with FakeBotApi() as api:
        a, b = (
            Replica(tmp_path / name, api, url=database_url, shared=tmp_path / "data") for name in ("first", "second")
        )
        made = Town(api, a, b)
        yield made
        for each in made.both:
            if each.process is not None and each.process.returncode is None:
                each.wakes()
                await each.ends()
