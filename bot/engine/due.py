"""Claiming rows that are due: quick ones run in one transaction, slow jobs under a lease with one at the end."""

import asyncio
import contextlib
import logging
import secrets
import zlib
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.background import Background
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine import context, daily, nightly
from bot.engine.core import Engine
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Refusal, Work
from storage import due
from storage.due import DueRow

log = logging.getLogger(__name__)
AT_ONCE = 100  # rows in one transaction
LEASE = timedelta(minutes=5)
JOBS_AT_ONCE = 2
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
APART = 20.0  # seconds over which those are spread that a messenger told to slow down


class DueRows:
    """`tick` does what has fallen due; called every second and whenever something may have been planned."""

    def __init__(
        self, engine: Engine, desk: Desk, background: Background, changed: Callable[[], None], replica: str = "this"
    ) -> None:
        self._engine, self._desk, self._background, self._changed = engine, desk, background, changed
        self._replica, self._closing = replica, False
        self._ticking = asyncio.Lock()
        self._jobs: set[str] = set()
        self._jobs_idle = asyncio.Event()
        self._jobs_idle.set()

    async def tick(self) -> bool:
        """True when there was anything to do."""
        async with self._ticking:
            if self._closing:
                return False
            done = 0
            try:
                while (step := await self._engine.database.run(self._quick)) > 0:
                    done += step
                started = await self._start_jobs()
            except OperationalError:
                log.warning("the database does not answer; due rows wait")
                return False
        if done:
            self._changed()
        return done + started > 0

    async def settle(self) -> None:
        """Until nothing is due and no job runs."""
        while await self.tick() or self._jobs:
            await self._jobs_idle.wait()

    async def finish(self, grace: float) -> None:
        """Takes nothing more and waits for the jobs in hand; who takes longer is given back with our other leases."""
        self._closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                while self._jobs:
                    self._jobs_idle.clear()
                    await self._jobs_idle.wait()

    # quick rows

    def _quick(self, session: Session) -> int:
        kinds = [*self._engine.router.dues, daily.KIND, nightly.KIND]
        rows = due.due(session, self._engine.clock.now(), kinds, AT_ONCE)
        free = context.enterable(session, {row.values.get("group") for row in rows})
        mine = [row for row in rows if row.values.get("group") in free]
        for row in mine:
            self._run(session, row)
        return len(mine)

    def _run(self, session: Session, row: DueRow) -> None:
        """Runs one row in its own savepoint; one that fails is pushed aside and stops no other."""
        kind, key, attempts = row.kind, row.key, row.attempts
        try:
            with session.begin_nested():
                due.end(session, row)
                self._call(session, row)
        except OperationalError:
            raise
        except Exception:
            self._engine.watch.measures.due_failed(kind)
            log.exception("a due row failed", extra={"due": kind, "error_id": secrets.token_hex(3).upper()})
            due.postpone(session, key, self._engine.clock.now() + _pause(attempts))

    def _call(self, session: Session, row: DueRow) -> None:
        if row.kind == daily.KIND:
            daily.fan_out(self._engine, session, row.values["name"], row.planned_for)
            return
        if row.kind == nightly.KIND:
            nightly.run(self._engine, session)
            return
        work = self._work(session, row)
        try:
            with self._engine.watch.due(row.kind, work.trace, self._late(row)), session.begin_nested():
                self._engine.router.dues[row.kind].run(self._told(row), work)
        except Refusal as refusal:
            log.info("a due row was refused", extra={"due": row.kind, "refusal": refusal.text_id})

    def _work(self, session: Session, row: DueRow) -> Work:
        work = self._engine.work(session, trace=_trace(row))
        context.enter(work, row.values.get("group"))
        return work

    def _told(self, row: DueRow) -> Due:
        return Due(
            kind=row.kind,
            key=row.key,
            facts=row.values,
            planned_for=row.planned_for,
            late=max(self._engine.clock.now() - row.planned_for, timedelta()),
        )

    def _late(self, row: DueRow) -> float:
        return max((self._engine.clock.now() - row.planned_for).total_seconds(), 0.0)

    # slow jobs

    async def _start_jobs(self) -> int:
        free = JOBS_AT_ONCE - len(self._jobs)
        if free <= 0 or not self._engine.router.jobs:
            return 0
        rows = await self._engine.database.run(lambda session: self._lease(session, free))
        for row in rows:
            self._jobs.add(row.key)
            self._jobs_idle.clear()
            self._background.start(self._do(row), name=f"job {row.kind}")
        return len(rows)

    def _lease(self, session: Session, free: int) -> list[DueRow]:
        now = self._engine.clock.now()
        rows = [row for row in due.due(session, now, list(self._engine.router.jobs), free) if row.key not in self._jobs]
        for row in rows:
            session.expunge(row)
            due.postpone(session, row.key, now + LEASE, self._replica)
        return rows

    async def _do(self, row: DueRow) -> None:
        spec = self._engine.router.jobs[row.kind]
        try:
            with self._engine.watch.job(row.kind, _trace(row)) as seen:
                finish = await asyncio.to_thread(spec.run, self._told(row), self._desk)
                await self._engine.database.run(lambda session: self._finish(session, row, finish))
                seen.ended = "done"
        except Exception as failure:
            log.exception("a job failed", extra={"due": row.kind, "error_id": secrets.token_hex(3).upper()})
            now = self._engine.clock.now()
            later = now + pause_after(failure, f"{row.key}:{row.attempts}", now - row.planned_for)
            await self._engine.database.run(lambda session: due.put_off(session, row.key, later, row.attempts + 1))
        finally:
            self._jobs.discard(row.key)
            self._jobs_idle.set()
            self._changed()

    def _finish(self, session: Session, row: DueRow, finish: Finish) -> None:
        """Only who still holds the lease ends the job: one whose lease ran out changes nothing."""
        work = self._work(session, row)
        kept = due.in_hand(session, row.key, row.attempts + 1)
        if kept is None:
            return
        due.end(session, kept)
        finish(work)


def _trace(row: DueRow) -> str:
    """What an event asked for bears the event's id."""
    return str(row.values.get("trace") or f"due-{row.kind}")


def _pause(attempts: int) -> timedelta:
    return min(timedelta(seconds=10 * 2 ** min(attempts, 10)), LONGEST_WAIT)


def pause_after(failure: Exception, attempt: str, late: timedelta) -> timedelta:
    """Until a job that failed is tried again: as long as it has been late, or what a messenger told that wants to be
    asked less. Jobs that failed together do not come back together: they would be refused together, time after time."""
    apart = zlib.crc32(attempt.encode()) / 2**32
    if isinstance(failure, DeliveryFailed) and failure.outcome is Outcome.SLOW_DOWN:
        return timedelta(seconds=failure.after + APART * apart)
    return min(max(late, SHORTEST_WAIT), LONGEST_WAIT) * (1 + apart) / 2
