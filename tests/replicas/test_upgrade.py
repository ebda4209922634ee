"""Two versions of the program side by side on one database: upgraded under load, and taken back."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.chaos.kills import SECRET, is_done
from tests.chaos.load import Day, a_team, joins, judge
from tests.chaos.relay import Open, Relay
from tests.fakes.botapi import FakeBotApi
from tests.replicas.child import Replica, Town, unhurried, until
from tests.replicas.later import BEFORE, LATER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
BEHIND = 12  # updates: a slow machine, on which every delivery is cut off, would never catch up with more and more
LATER_PROGRAM = "tests.replicas.later"
BY_EACH = "SELECT count(*) FROM task WHERE weight = ?"


@dataclass
class Fleet:
    """Two replicas of this version and two of a later one behind one address."""

    api: FakeBotApi
    front: Relay
    old: Sequence[Replica]
    new: Sequence[Replica]

    def beside(self) -> Town:
        return Town(self.api, self.old[0], self.new[0])

    @property
    def version(self) -> str:
        return str(self.old[0].asks("SELECT version_num FROM alembic_version")[0][0])

    def moves_on(self) -> None:
        """What is written next may reach any of those that live."""
        self.front.cuts()
        self.front.mends()

    async def begins(self) -> Day:
        team = a_team(self.api)
        await start(self.old)
        await joins(self.api, team)
        await is_done(self.beside())
        return Day(self.api, self.old[0].asks, team, seed=6)

    async def works(self, day: Day, times: int) -> None:
        for _ in range(times):
            day.goes_on()
            day.a_reminder_falls_due()
            await asyncio.sleep(0.3)
            self.moves_on()
            await self.api.until(lambda: len(self.api.updates) < BEHIND)

    async def works_until_both_have(self, day: Day) -> None:
        """Given a task that the old ones and one that the new ones wrote."""

        def both() -> bool:
            return all(day.asks(BY_EACH, weight)[0][0] for weight in (1, 7))

        async with asyncio.timeout(unhurried(120)):
            while not await asyncio.to_thread(both):
                await self.works(day, 1)
                await is_done(self.beside())


async def start(replicas: Sequence[Replica]) -> None:
    """All at the same moment."""
    await asyncio.gather(*(each.starts() for each in replicas))
    async with asyncio.timeout(unhurried(60)):
        while not all([await each.is_up() for each in replicas]):
            await asyncio.sleep(0.05)


@pytest.fixture
async def fleet(tmp_path: Path, empty_url: str) -> AsyncIterator[Fleet]:
    async with a_fleet(tmp_path, empty_url) as made:
        yield made


@asynccontextmanager
async def a_fleet(folder: Path, url: str) -> AsyncIterator[Fleet]:
    async with FakeBotApi() as api:
        names = ("old-1", "old-2", "new-1", "new-2")
        each = [Replica(folder / name, api, url=url, shared=folder / "data") for name in names]
        async with Relay([_to(one) for one in each]) as front:
            for one in each:
                one.program = LATER_PROGRAM if one.folder.name.startswith("new") else "bot"
                one.more |= {"TELEGRAM__MODE": "webhook", "TELEGRAM__WEBHOOK_SECRET": SECRET}
                one.more |= {"WEB__PUBLIC_URL": front.url}
            try:
                yield Fleet(api, front, each[:2], each[2:])
            finally:
                await asyncio.gather(*(one.ends() for one in each if one.process is not None))


def _to(replica: Replica) -> Open:
    return lambda: asyncio.open_connection("127.0.0.1", replica.port)


async def ends_in_time(replica: Replica) -> None:
    began = time.monotonic()
    assert await replica.ends() == 0
    assert time.monotonic() - began < unhurried(10)


def failures(logs: Sequence[str]) -> list[str]:
    """The lines that tell of a fault."""
    return [line for log in logs for line in log.splitlines() if '"level": "error"' in line or "Traceback" in line]


async def test_a_later_version_takes_over_under_load_and_nothing_is_lost_or_doubled(fleet: Fleet) -> None:
    day = await fleet.begins()
    await fleet.works(day, 3)
    coming = asyncio.gather(*(each.starts() for each in fleet.new))
    await fleet.works(day, 4)
    await coming
    async with asyncio.timeout(unhurried(60)):
        while not all([await each.is_up() for each in fleet.new]):
            await fleet.works(day, 1)
    assert fleet.version == LATER
    await fleet.works_until_both_have(day)
    for each in fleet.old:
        await asyncio.gather(ends_in_time(each), fleet.works(day, 2))
    await until(lambda: any(each.holds("send") for each in fleet.new))
    await fleet.works(day, 2)
    await is_done(fleet.beside())
    found = judge(day)
    assert found.repeated == 0
    logs = [each.log.read_text() for each in (*fleet.old, *fleet.new)]
    assert sum("the tables were brought up to date" in each for each in logs) == 1, "by one of the two"
    assert failures(logs) == []
    code, said = await fleet.new[0].runs("verify")
    assert code == 0, said


async def test_a_version_that_is_taken_back_works_on_the_later_ones_tables(fleet: Fleet) -> None:
    day = await fleet.begins()
    await start(fleet.new[:1])
    await fleet.works(day, 2)
    for each in fleet.old:
        await ends_in_time(each)
    await is_done(fleet.beside())
    await start(fleet.old[:1])
    await ends_in_time(fleet.new[0])
    await fleet.works(day, 3)
    await is_done(fleet.beside())
    assert judge(day).repeated == 0
    assert fleet.version == LATER
    assert day.asks(BY_EACH, 1)[0][0] > 0
    assert f'"revision": "{LATER}"' in fleet.old[0].log.read_text()
    _, said = await fleet.old[0].runs("doctor")
    assert LATER in said
    assert BEFORE in said
    await start(fleet.new[:1])
    await fleet.works(day, 1)
    await is_done(fleet.beside())
    assert judge(day).repeated == 0


async def test_while_a_dump_holds_the_tables_the_later_version_waits_and_the_old_ones_work_on(fleet: Fleet) -> None:
    day = await fleet.begins()
    with psycopg.connect(fleet.old[0].url.replace("+psycopg", "")) as dump:
        dump.execute("SELECT 1 FROM task LIMIT 1")  # as pg_dump holds every table to its end
        await fleet.new[0].starts()
        await until(lambda: "tables are in use" in fleet.new[0].log.read_text())
        await fleet.works(day, 2)
        await is_done(fleet.beside(), patience=120)
        assert fleet.version == BEFORE
    async with asyncio.timeout(unhurried(60)):
        while not await fleet.new[0].is_up():
            await asyncio.sleep(0.05)
    assert fleet.version == LATER
    assert judge(day).repeated == 0
