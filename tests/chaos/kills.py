"""kill -9 at random moments under a load of commands, presses, reminders and files."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chaos.load import Day, Judgement, a_team, joins, judge
from tests.chaos.relay import Open, Relay
from tests.chaos.report import Found
from tests.fakes.botapi import FakeBotApi
from tests.journeys.child import Child
from tests.replicas.child import Replica, Town

SECRET = "kept-between-the-two"
PACE = {"TELEGRAM__PER_SECOND": "30"}
"""As operators run it; what is in doubt after a death is what was under way at that moment."""
LISTENS = 0.85  # of the times it has started when it dies
CAUGHT_UP = 0.3  # of those: it had nothing left to do


async def on_sqlite(folder: Path, *, times: int, seed: int) -> Found:
    async with FakeBotApi() as api:
        child = Child(folder, api, more=dict(PACE))
        try:
            day = await a_day(child, seed)
            await _killed_again_and_again(child, day, times)
            found = judge(day)
            code, said = await child.runs("verify")
        finally:
            await child.ends()
    assert code == 0, said
    return _found("killed by kill -9, SQLite", times, found)


async def a_day(child: Child, seed: int) -> Day:
    team = a_team(child.api)
    await child.starts()
    await joins(child.api, team)
    await child.rests()
    return Day(child.api, child.asks, team, seed)


async def _killed_again_and_again(child: Child, day: Day, times: int) -> None:
    started_at = 0
    for _ in range(times):
        day.goes_on()
        await _at_some_moment(child, day, started_at)
        await child.dies()
        day.is_tormented()
        day.a_reminder_falls_due()
        started_at = len(child.api.calls)
        await child.starts()
    await child.rests()
    assert await child.ends() == 0


async def _at_some_moment(child: Child, day: Day, started_at: int) -> None:
    """After so many calls, or so many milliseconds, as chance wills: mostly once it listens, sometimes before, and
    sometimes when it had caught up (else work piles up, and nobody ever finds a card to press) and is at work anew."""
    api, chance = child.api, day.chance
    if chance.random() < LISTENS:
        await api.until(lambda: any(each.method == "getUpdates" for each in api.calls[started_at:]))
        if chance.random() < CAUGHT_UP:
            await child.rests()
            day.goes_on()
    calls = len(api.calls) + chance.randint(0, 9)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(chance.uniform(0.02, 0.6)):
            await api.until(lambda: len(api.calls) > calls)
    await asyncio.sleep(chance.choice((0, 0, 0.001, 0.003, 0.01, 0.03)))


def _found(what: str, times: int, judged: Judgement) -> Found:
    return Found(what, f"{times} kills", figures=judged.figures())


# two replicas


async def on_postgresql(folder: Path, url: str, *, times: int, seed: int, webhook: bool) -> Found:
    """A random one of two dies and is started again at once, as by its supervisor."""
    async with a_town(folder, url, webhook=webhook) as town:
        for each in town.both:
            each.more |= PACE
        day = await a_day_in(town, seed)
        for _ in range(times):
            day.goes_on()
            day.a_reminder_falls_due()
            victim = day.chance.choice(town.both)
            await _in_the_middle(town, victim, day)
            await victim.dies()
            day.is_tormented()
            await victim.starts()
        await is_done(town)
        found = judge(day)
        code, said = await town.a.runs("verify")
        assert code == 0, said
    return _found(f"a random one of two replicas on PostgreSQL killed, {_door(webhook)}", times, found)


def _door(webhook: bool) -> str:
    return "webhook" if webhook else "polling"


async def _in_the_middle(town: Town, victim: Replica, day: Day) -> None:
    """Mostly it had come up; then after so many calls, or when the time was too long."""
    if day.chance.random() < 0.8:
        async with asyncio.timeout(60):
            while not await victim.is_up():
                await asyncio.sleep(0.02)
    calls = len(town.api.calls) + day.chance.randint(0, 12)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(day.chance.uniform(0.05, 5)):
            await town.api.until(lambda: len(town.api.calls) > calls)


LEFT = (
    "SELECT id, state, lane FROM inbox WHERE state = 'waiting'",
    "SELECT kind, attempts, holder FROM due WHERE due_at <= extract(epoch from clock_timestamp()) * 1000"
    " OR attempts > 0",
    "SELECT id, state, act, attempts, chat FROM outbox WHERE state IN ('pending', 'sending', 'unclear')",
)
"""In the order in which one becomes the other, so that nothing slips through between two looks."""


async def is_done(town: Town, patience: float = 180.0) -> None:
    """Nothing waits and no job is left; AssertionError: what still is."""
    try:
        async with asyncio.timeout(patience):
            while await asyncio.to_thread(_left, town):
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise AssertionError(f"after {patience} s: {_left(town)[:5]}") from None


def _left(town: Town) -> list[Any]:
    return [*town.api.updates, *(row for each in LEFT for row in town.a.asks(each))]


@dataclass
class Apart(Replica):
    """Its way to the database, `url`, may be broken; the test's own is not."""

    direct: str = ""

    def asks(self, statement: str, *values: Any) -> Sequence[Any]:
        return Replica(self.folder, self.api, url=self.direct).asks(statement, *values)


@asynccontextmanager
async def a_town(folder: Path, url: str, *, webhook: bool = False, direct: str = "") -> AsyncIterator[Town]:
    folder.mkdir(parents=True, exist_ok=True)
    async with FakeBotApi() as api:
        shared = folder / "data"
        a, b = (Apart(folder / name, api, url=url, shared=shared, direct=direct or url) for name in ("first", "second"))
        town = Town(api, a, b)
        targets = [_to(each) for each in town.both]
        async with Relay(targets) as front:
            for each in town.both if webhook else ():
                each.more |= {
                    "TELEGRAM__MODE": "webhook",
                    "TELEGRAM__WEBHOOK_SECRET": SECRET,
                    "WEB__PUBLIC_URL": front.url,
                }
            try:
                yield town
            finally:
                for each in town.both:
                    if each.process is not None and each.process.returncode is None:
                        each.wakes()
                        await each.ends()


def _to(replica: Replica) -> Open:
    return lambda: asyncio.open_connection("127.0.0.1", replica.port)


async def a_day_in(town: Town, seed: int) -> Day:
    team = a_team(town.api)
    await asyncio.gather(*(each.starts() for each in town.both))
    await joins(town.api, team)
    while not all([await each.is_up() for each in town.both]):
        await asyncio.sleep(0.05)
    await is_done(town)
    return Day(town.api, town.a.asks, team, seed)
