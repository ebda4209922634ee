"""What this replica alone may do: leases in the database, renewed while it lives, each with a gate that says so."""

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.chat.gate import Gate
from bot.clock import Clock
from storage import due, leases
from storage.database import Database, time_of
from storage.leases import REPLICA, Held

log = logging.getLogger(__name__)
RENEW = 2.0  # seconds
SURE = leases.LASTING.total_seconds() - 1.0  # counted from before the database was asked
LONG_GONE = timedelta(days=1)
SEND, POLL = "send", "poll"
"""Sending to messengers, and fetching their updates: one replica each, so that order, limits and what was confirmed
hold over all of them."""


@dataclass(frozen=True, slots=True)
class _Beat:
    """What the database answered: what is held, and when that was asked."""

    held: dict[str, Held]
    began: float


class Leases:
    """Where nobody else can work on the database (SQLite) everything is held from the start and for ever."""

    def __init__(self, database: Database, clock: Clock, changed: Callable[[], None]) -> None:
        self._database, self._clock, self._changed = database, clock, changed
        self.replica = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._gates = {SEND: Gate(), POLL: Gate()}
        self._wanted = {SEND, POLL, REPLICA + self.replica}
        self._held: dict[str, Held] = {}
        self._sure_until = 0.0
        for gate in self._gates.values():
            gate.close()

    def gate(self, name: str) -> Gate:
        return self._gates[name]

    def held(self, name: str) -> Held | None:
        """None once it may be another's: also while the database does not answer."""
        return self._held.get(name) if time.monotonic() < self._sure_until else None

    @property
    def wants_more(self) -> bool:
        return any(self.held(name) is None for name in self._wanted)

    async def start(self) -> None:
        """Takes what is free."""
        if not self._database.shared:
            self._held = {name: Held(name, self.replica, 1) for name in self._wanted}
            self._sure_until = float("inf")
            await self._database.run(lambda session: due.take_back(session, {self.replica}, self._clock.now()))
        else:
            self._note(await self._database.run_beside(self._ask))
        self._tell()

    async def run(self) -> None:
        """Until cancelled."""
        while self._database.shared:
            await asyncio.sleep(RENEW)
            await self.beat()

    async def beat(self) -> None:
        """Renews what is held, takes what has become free; what could not be renewed in time is held no more."""
        try:
            async with asyncio.timeout(max(RENEW, self._sure_until - time.monotonic())):
                self._note(await self._database.run_beside(self._ask))
        except (OperationalError, TimeoutError):
            log.warning("the database does not answer; leases run out")
        self._tell()

    async def give_back(self, names: Sequence[str] = ()) -> None:
        """Others may have them at once (all of them where none is named); not asked for again."""
        given = list(names) or sorted(self._wanted)
        self._wanted.difference_update(given)
        for name in given:
            self._held.pop(name, None)
        self._tell()
        if self._database.shared:
            try:
                await self._database.run_beside(lambda session: self._free(session, given))
            except OperationalError:
                log.warning("the database does not answer; leases run out by themselves")

    def _free(self, session: Session, names: Sequence[str]) -> None:
        leases.give_back(session, names, self.replica)
        if REPLICA + self.replica in names:
            self._jobs_of_the_dead(session)

    def _ask(self, session: Session) -> _Beat:
        began = time.monotonic()
        now = time_of(session)
        answered = time.monotonic()
        self._clock.set(now, (began + answered) / 2)
        held = leases.take(session, self._wanted, self.replica, now) if self._wanted else {}
        leases.forget_before(session, now - LONG_GONE)
        self._jobs_of_the_dead(session)
        return _Beat(dict(held), began)

    def _jobs_of_the_dead(self, session: Session) -> None:
        alive = leases.alive(session, time_of(session))
        if due.take_back(session, alive, self._clock.now()):
            log.warning("a replica is gone; its jobs begin again")

    def _note(self, beat: _Beat) -> None:
        self._held = {name: held for name, held in beat.held.items() if name in self._wanted}
        self._sure_until = beat.began + SURE

    def _tell(self) -> None:
        for name, gate in self._gates.items():
            mine = self.held(name) is not None
            if mine is gate.is_open:
                continue
            log.info("a lease", extra={"lease": name, "held": mine})
            if mine:
                gate.open()
                self._changed()
            else:
                gate.close()
