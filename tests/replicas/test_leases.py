"""Leases: one holder at a time by the database's time, and a former one changes nothing."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.clock import Clock
from bot.leases import POLL, SEND, Leases
from config.settings import Settings
from storage import leases, schema
from storage.database import Database, time_of
from storage.leases import LASTING
from tests.replicas.conftest import Pair
from tests.stage import FRIDAY


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    schema.bring_up_to_date(opened.engine)
    yield opened
    opened.close()


def taken(database: Database, holder: str, now: Any = FRIDAY) -> dict[str, int]:
    held = database.run_now(lambda session: leases.take(session, ["send", "poll"], holder, now))
    return {name: each.epoch for name, each in held.items()}


def test_of_two_replicas_one_holds_until_its_time_has_run_out(database: Database) -> None:
    assert taken(database, "a") == {"send": 1, "poll": 1}
    assert taken(database, "b") == {}
    assert taken(database, "a", FRIDAY + LASTING / 2) == {"send": 1, "poll": 1}, "renewed"
    assert taken(database, "b", FRIDAY + LASTING) == {}
    assert taken(database, "b", FRIDAY + LASTING * 1.5) == {"send": 2, "poll": 2}
    assert taken(database, "a", FRIDAY + LASTING * 2) == {}


def test_what_is_given_back_is_free_at_once(database: Database) -> None:
    taken(database, "a")
    database.run_now(lambda session: leases.give_back(session, ["poll"], "b"))
    assert taken(database, "b") == {}, "only by its holder"
    database.run_now(lambda session: leases.give_back(session, ["poll"], "a"))
    assert taken(database, "b") == {"poll": 2}


def test_a_former_holder_is_known_and_the_present_one_cannot_lose_it_in_the_middle_of_a_step(
    database: Database,
) -> None:
    held = database.run_now(lambda session: leases.take(session, ["send"], "a", FRIDAY))["send"]
    with Session(database.engine) as step:
        assert leases.is_held(step, held)
        with Session(database.engine) as another:
            another.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(Exception, match="lock timeout"):
                leases.take(another, ["send"], "b", FRIDAY + LASTING * 2)
    database.run_now(lambda session: leases.take(session, ["send"], "b", FRIDAY + LASTING * 2))
    assert not database.run_now(lambda session: leases.is_held(session, held))


async def test_a_lease_counts_as_lost_when_the_database_has_not_renewed_it_in_time(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Leases(database, Clock(settings.zone, stopped_at=FRIDAY), lambda: None)
    await mine.start()
    assert mine.gate(POLL).is_open
    passed = __import__("time").monotonic() + LASTING.total_seconds()
    monkeypatch.setattr("bot.leases.time.monotonic", lambda: passed)
    assert mine.held(SEND) is None


async def test_five_minutes_wrong_or_two_hours_later_the_clock_of_a_replica_is_the_databases(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot import clock as module

    class Wrong(module.datetime):
        ahead = timedelta(minutes=5)

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz) + cls.ahead

    monkeypatch.setattr(module, "datetime", Wrong)
    clock = Clock(settings.zone)
    await Leases(database, clock, lambda: None).start()
    for Wrong.ahead in (timedelta(minutes=5), timedelta(hours=2), timedelta(hours=-2)):
        told = database.run_now(time_of)
        assert abs(clock.now() - told) < timedelta(seconds=1)


async def test_the_second_replica_neither_sends_nor_polls_until_the_first_gives_back(pair: Pair) -> None:
    assert pair.a.leases.held(SEND)
    assert pair.a.leases.gate(POLL).is_open
    assert pair.b.leases.held(SEND) is None
    assert not pair.b.leases.gate(POLL).is_open
    await pair.a.leases.give_back([POLL])
    await pair.b.leases.beat()
    assert pair.b.leases.gate(POLL).is_open
    assert pair.b.leases.held(SEND) is None
    assert pair.a.leases.held(SEND)


async def test_the_others_are_called_when_a_lease_is_given_back(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.leases.RENEW", 3600.0)
    await pair.b.leases.beat()  # what was begun before goes by the old time
    await pair.a.leases.give_back()
    await pair.a.bell.ring_now()
    async with asyncio.timeout(60):
        await pair.b.leases.gate(POLL).opened()
    assert pair.b.leases.held(SEND)


async def test_a_holder_whose_time_ran_out_learns_it_from_the_database(pair: Pair) -> None:
    await pair.b_takes_over()
    await pair.a.leases.beat()
    assert pair.b.leases.held(SEND)
    assert pair.a.leases.held(SEND) is None
    assert not pair.a.leases.gate(POLL).is_open
