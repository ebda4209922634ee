"""Replicas as processes of their own on one PostgreSQL: killed, frozen, stopped, one beside the other."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Group, Person
from tests.journeys.child import Child

SECONDS = 40.0  # patience of a test, on a busy machine


@dataclass
class Replica(Child):
    """`shared` is the directory of the vault, the same for all."""

    url: str = ""
    shared: Path = Path()
    more: dict[str, str] = field(default_factory=dict)

    def _environment(self) -> dict[str, str]:
        told = {"DATABASE_URL": self.url, "DATA_DIR": str(self.shared), **self.more}
        return {**super()._environment(), **{f"GIAOBAN_{name}": each for name, each in told.items()}}

    def asks(self, statement: str, *values: Any) -> Sequence[Any]:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            found = connection.execute(statement.replace("?", "%s"), values)
            return found.fetchall() if found.description else []

    def freezes(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def wakes(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def holds(self, lease: str) -> bool:
        """By the database's time."""
        now = "(extract(epoch from clock_timestamp()) * 1000)"
        found = self.asks(f"SELECT holder FROM lease WHERE name = ? AND until > {now}", lease)
        return bool(found) and f"-{self.pid}-" in found[0][0]


@dataclass
class Town:
    """Two replicas and a Bot API before them."""

    api: FakeBotApi
    a: Replica
    b: Replica

    @property
    def both(self) -> tuple[Replica, Replica]:
        return self.a, self.b

    @property
    def sender(self) -> Replica:
        return self.a if self.a.holds("send") else self.b

    @property
    def other(self) -> Replica:
        return self.b if self.sender is self.a else self.a

    def is_at_rest(self) -> bool:
        waiting = self.a.asks(
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting')"
            " + (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'unclear'))"
        )
        return not self.api.updates and waiting[0][0] == 0

    async def rests(self) -> float:
        """Until nothing waits; the seconds it took."""
        return await until(self.is_at_rest)

    def texts(self, place: Person | Group, fragment: str) -> list[str]:
        return [each.text for each in self.api.sent if each.place.id == place.id and fragment in each.text]


def unhurried(seconds: float) -> float:
    """So many where processes need not wait for a core; as many times more as they do."""
    return seconds * max(1.0, os.getloadavg()[0] / len(os.sched_getaffinity(0)))


async def until(is_so: Callable[[], bool]) -> float:
    began = time.monotonic()
    async with asyncio.timeout(unhurried(SECONDS)):
        while not await asyncio.to_thread(is_so):
            await asyncio.sleep(0.05)
    return time.monotonic() - began
