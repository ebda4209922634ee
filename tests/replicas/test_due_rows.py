"""Due rows and slow jobs over two replicas: each once, and those of a dead replica by another."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.app import App
from bot.engine import due as engine_due
from bot.engine.features import Desk, Due, Finish, Spec
from bot.engine.work import Work
from storage import due, leases
from storage.database import time_of
from storage.leases import REPLICA
from tests.replicas.conftest import Pair
from tests.stage import FRIDAY

ROWS = 300


def teach(app: App, name: str, run: Callable[[Due, Work], None]) -> None:
    app.engine.router.dues[name] = Spec(name=name, run=run)


async def test_rows_that_fall_due_together_are_each_done_once(pair: Pair) -> None:
    done: Counter[str] = Counter()
    by: Counter[str] = Counter()
    lock = threading.Lock()

    def noting(who: str) -> Callable[[Due, Work], None]:
        def note(told: Due, work: Work) -> None:
            with lock:
                done[told.key] += 1
                by[who] += 1

        return note

    teach(pair.a, "ring", noting("a"))
    teach(pair.b, "ring", noting("b"))

    def plan(session: Session) -> None:
        for number in range(ROWS):
            due.plan(session, "ring", f"ring:{number}", FRIDAY, {})

    await pair.a.database.run(plan)
    await asyncio.gather(pair.a.due.tick(), pair.b.due.tick())
    await pair.settle()
    assert len(done) == ROWS
    assert set(done.values()) == {1}


class Slow:
    """A job that lasts until it is let go, and counts how often it was ended."""

    def __init__(self) -> None:
        self.begun: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.free = threading.Event()

    def teach(self, app: App, who: str) -> None:
        def run(_told: Due, _desk: Desk) -> Finish:
            self.begun[who] += 1
            if who == "a":
                self.free.wait(20)

            def finish(_work: Work) -> None:
                self.ended[who] += 1

            return finish

        app.engine.router.jobs["slow"] = Spec(name="slow", run=run)


async def begun_by_a(pair: Pair) -> Slow:
    slow = Slow()
    slow.teach(pair.a, "a")
    await pair.a.database.run(lambda session: due.plan(session, "slow", "slow:1", FRIDAY, {}))
    await pair.a.due.tick()
    slow.teach(pair.b, "b")
    return slow


async def test_a_job_in_hand_is_nobody_elses_while_its_replica_lives(pair: Pair) -> None:
    slow = await begun_by_a(pair)
    await pair.b.leases.beat()
    await pair.b.due.tick()
    slow.free.set()
    await pair.settle()
    assert slow.begun == slow.ended == Counter(a=1)


async def test_a_job_of_a_replica_that_lives_no_more_is_done_by_another_and_ended_once(pair: Pair) -> None:
    slow = await begun_by_a(pair)
    mine = [REPLICA + pair.a.leases.replica]
    await pair.b_takes_after(lambda session: leases.give_back(session, mine, pair.a.leases.replica))
    await pair.b.due.settle()
    assert slow.begun["b"] == 1
    slow.free.set()
    await pair.settle()
    assert slow.ended == Counter(b=1)


async def test_a_replica_that_lives_says_so(pair: Pair) -> None:
    alive = await pair.a.database.run(lambda session: leases.alive(session, time_of(session)))
    assert alive == {pair.a.leases.replica, pair.b.leases.replica}


async def test_jobs_that_end_in_time_are_waited_for_at_the_end(pair: Pair) -> None:
    slow = await begun_by_a(pair)
    asyncio.get_running_loop().call_later(0.1, slow.free.set)
    await pair.a.due.finish(5)
    assert slow.ended == Counter(a=1)
    assert await pair.a.due.tick() is False, "it takes nothing more"


@pytest.mark.parametrize("attempts", [0, 3])
def test_pauses_grow_and_end_at_an_hour(attempts: int) -> None:
    assert engine_due._pause(attempts) == timedelta(seconds=10 * 2**attempts)
