"""What is measured at the moment somebody asks for /metrics: queues, limits, messengers, database, disk."""

import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from bot.chat.messenger import Messenger
from bot.metrics import PRIORITIES, Measures
from storage import backlog
from storage.backlog import Unsent, Waiting
from storage.database import Database

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Backlog:
    unhandled: Waiting
    parked: Waiting
    unsent: Sequence[Unsent]
    overdue: Waiting
    leased: int
    leases: Mapping[str, int]
    size: int


class Lookout:
    """`limits`: requests a second that each messenger allows."""

    def __init__(
        self, database: Database, messengers: Mapping[str, Messenger], limits: Mapping[str, float], data_dir: Path
    ) -> None:
        self._database, self._messengers, self._limits, self._data_dir = database, messengers, limits, data_dir

    async def look(self, measures: Measures, now: datetime) -> None:
        began = time.perf_counter()
        try:
            found = await self._database.run(lambda session: _backlog(session, now))
        except OperationalError:
            measures.unknown("inbox_", "outbox_", "due_", "leases", "database_")
            measures.gauge("database_ready", "1: answers", 0)
        else:
            took = time.perf_counter() - began
            measures.gauge("database_ready", "1: answers", 1)
            measures.gauge("database_answer_seconds", "How long the queries of this page took", took)
            measures.gauge("database_bytes", "Size of the database", found.size)
            _queues(measures, found, now, list(self._messengers))
        self._sending(measures)
        self._machine(measures)

    def _sending(self, measures: Measures) -> None:
        for name, messenger in self._messengers.items():
            ready = float(messenger.standing.ready)
            measures.gauge("messenger_ready", "1: takes and sends messages", ready, messenger=name)
            if limit := self._limits.get(name):
                used = measures.rate(name) / limit
                measures.gauge("limit_used_ratio", "Share of the limit used in 10 s", used, messenger=name)

    def _machine(self, measures: Measures) -> None:
        pool = self._database.engine.pool
        if isinstance(pool, QueuePool):
            measures.gauge("database_pool_used", "Connections in use", pool.checkedout())
            measures.gauge("database_pool_size", "Connections kept open", pool.size())
        disk = shutil.disk_usage(self._data_dir)
        measures.gauge("disk_free_bytes", "Free on the disk of the data directory", disk.free)
        measures.gauge("disk_free_ratio", "The same as a share of the disk", disk.free / disk.total)


def _backlog(session: Session, now: datetime) -> _Backlog:
    return _Backlog(
        unhandled=backlog.unhandled(session),
        parked=backlog.parked(session, now - LATELY),
        unsent=backlog.unsent(session),
        overdue=backlog.overdue(session, now, timedelta()),
        leased=backlog.leased(session, now),
        leases=backlog.leases(session, now),
        size=backlog.size(session),
    )


def _queues(measures: Measures, found: _Backlog, now: datetime, messengers: Sequence[str]) -> None:
    gauge = measures.gauge
    gauge("inbox_waiting", "Events taken and not yet handled", found.unhandled.count)
    gauge("inbox_oldest_seconds", "Age of the oldest of them", backlog.age(found.unhandled, now))
    gauge("inbox_parked", "Events of the last day whose handling failed", found.parked.count)
    gauge("outbox_waiting", "Messages decided and not yet arrived", sum(each.waiting.count for each in found.unsent))
    measures.start_anew("outbox_depth", "outbox_oldest_seconds")
    for messenger in messengers:
        for priority in PRIORITIES:
            _unsent(measures, Unsent(messenger, priority, Waiting(0, None)), now)
    for each in found.unsent:
        _unsent(measures, each, now)
    gauge("due_overdue", "Due rows that nobody has taken yet", found.overdue.count)
    gauge("due_oldest_seconds", "How late the oldest of them is", backlog.age(found.overdue, now))
    gauge("due_leased", "Due rows in hand, or waiting to be tried again", found.leased)

    measures.start_anew("leases")
    for what, count in (found.leases or {"replica": 1}).items():  # on SQLite nobody asks: there is but one
        gauge("leases", "Leases that are held; `replica`: replicas that live", count, what=what)


def _unsent(measures: Measures, each: Unsent, now: datetime) -> None:
    labels = {"messenger": each.messenger, "priority": PRIORITIES.get(each.priority, each.priority)}
    measures.gauge("outbox_depth", "Messages waiting", each.waiting.count, **labels)
    measures.gauge("outbox_oldest_seconds", "Age of the oldest of them", backlog.age(each.waiting, now), **labels)
