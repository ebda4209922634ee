"""From the outbox to the messengers: in order per chat, urgent first, within the limits, until it has arrived."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.background import Background
from bot.chat.messages import Card
from bot.chat.messenger import Address, DeliveryFailed, Messenger, Outcome
from bot.clock import Clock
from bot.delivery import takeover, telling
from bot.delivery.ending import Ended
from bot.delivery.lanes import Entry, Lane, Lanes
from bot.delivery.pacing import Pacer
from bot.delivery.recording import Recorder
from bot.delivery.retrying import quietly
from bot.watching import Watch
from storage import leases, outbox
from storage.columns import SecretBroken
from storage.database import Database
from storage.leases import Held
from storage.outbox import Act, OutboxState

log = logging.getLogger(__name__)
IN_FLIGHT = 64
PAGE = 500
NOT_OURS = 0.5  # seconds until the lease is looked at again, unless woken


class Sender:
    """`wake` after every commit that may have put something into the outbox. Of several replicas one sends, who has
    the lease (`held`): so order, urgency and limits hold over all of them."""

    def __init__(
        self,
        database: Database,
        messengers: Mapping[str, Messenger],
        pacers: Mapping[str, Pacer],
        clock: Clock,
        background: Background,
        content: Callable[[str], bytes],
        opened: Callable[[str], Card],
        mark_repeat: Callable[[Card], Card],
        ended: Callable[[], None],
        held: Callable[[], Held | None],
        watch: Watch | None = None,
    ) -> None:
        self._database, self._messengers, self._pacers, self._clock = database, messengers, pacers, clock
        self._background, self._content, self._opened = background, content, opened
        self._mark_repeat, self._ended, self._watch = mark_repeat, ended, watch or Watch()
        self._held, self._epoch, self._last_id = held, 0, 0
        self._lanes = {name: Lanes(name, pacers[name]) for name in messengers if name in pacers}
        self._recorder = Recorder(database, background)
        self._unsure: set[int] = set()  # claimed, but for all we know not committed: nothing was sent of them
        self._recent: set[int] = set()  # noted already, of those whose neighbours may still be uncommitted
        self._anew = 0  # how often all has been noted anew: what was read before that is out of date
        self.sent, self._in_flight, self._news, self._closing = 0, 0, True, False
        self._something = asyncio.Event()
        self.unanswered: dict[str, tuple[datetime, datetime]] = {}
        """By messenger: since when requests have had no answer, and the last one that had none."""

    def wake(self) -> None:
        self._news = True
        self._something.set()

    def look_again(self) -> None:
        """Rows have been given to another messenger, or to us: all that are open are noted anew."""
        for lanes in self._lanes.values():
            lanes.forget_waiting()
        self._last_id, self._recent = 0, set()
        self._anew += 1
        self.wake()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._something.clear()
            try:
                pause = await self._step()
            except OperationalError:
                log.warning("the database does not answer; messages wait")
                pause = 1.0
            if pause > 0:
                await self._wait(pause)

    async def finish(self, grace: float = 10.0) -> None:
        """Starts nothing more and waits for what is under way, so that nobody has to wonder whether it arrived."""
        self._closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                while self._in_flight:
                    self._something.clear()
                    await self._something.wait()

    async def _take_over(self, held: Held) -> None:
        left = await self._database.run(lambda session: takeover.begin(session, held, self._clock.now()))
        if left is not None:
            takeover.count(left, self._pacers, self._clock.now())
            self._epoch = held.epoch
            self.look_again()

    async def settle(self) -> None:
        """Until nothing is left that could go out now (what waits for a later time stays)."""
        while self._in_flight or await self._could_go() > 0:
            self.wake()
            await asyncio.sleep(0.002)

    async def _could_go(self) -> int:
        now = self._clock.now()
        ready = await self._database.run(lambda session: outbox.ready_count(session, now))
        return ready - sum(lanes.held_back(now) for lanes in self._lanes.values())

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._something.wait()
        except TimeoutError:
            self._news = True  # another process may have put something into the outbox

    # choosing

    async def _step(self) -> float:
        """Starts what may go; how long to wait at most before looking again."""
        held = self._held()
        if held is not None and held.epoch != self._epoch:
            await self._take_over(held)
        if held is None or held.epoch != self._epoch:
            return NOT_OURS
        if self._news:
            await self._look()
        chosen, pause = self._choose()
        if not chosen:
            return pause
        rows, ids = None, [entry[1] for _, entry in chosen]
        self._unsure.update(ids)
        try:
            rows = await self._database.run(lambda session: self._claim(session, ids, held))
            self._unsure.difference_update(ids)
        finally:
            for lane, entry in chosen:
                if rows is None:
                    self._lanes[lane.messenger].release(lane, entry)
                else:
                    self._start(lane, rows.get(entry[1]))
        return NOT_OURS if rows is None else 0.0

    async def _look(self) -> None:
        """Takes note of rows that came since the last look."""
        self._news = False
        try:
            while True:
                since, anew = self._last_id - self._database.overlap, self._anew
                rows = await self._database.run(partial(outbox.open_after, last_id=since, limit=PAGE))
                if anew != self._anew:
                    continue
                fresh = [row for row in rows if row.id not in self._recent]
                for row in fresh:
                    self._note(row)
                    self._recent.add(row.id)
                    self._last_id = max(self._last_id, row.id)
                self._recent = {each for each in self._recent if each > self._last_id - self._database.overlap}
                if len(fresh) < PAGE:
                    return
        except OperationalError:
            self._news = True
            raise

    def _note(self, row: Any) -> None:
        """What is for a messenger that is not set up waits for a start with it."""
        if row.messenger in self._lanes:
            self._lanes[row.messenger].add(row.chat, (row.priority, row.id, row.ready_at), private=row.private)

    def _choose(self) -> tuple[list[tuple[Lane, Entry]], float]:
        """What may leave now, and the seconds until the next may."""
        now, clock_now = time.monotonic(), self._clock.now()
        chosen: list[tuple[Lane, Entry]] = []
        if self._closing:
            return chosen, 1.0
        for lanes in self._lanes.values():
            chosen += lanes.choose(IN_FLIGHT - self._in_flight - len(chosen), now, clock_now)
        return chosen, min((lanes.pause(now, clock_now) for lanes in self._lanes.values()), default=1.0)

    def _claim(self, session: Session, ids: Sequence[int], held: Held) -> dict[int, Any] | None:
        """Marks rows as under way before any request goes out, and brings what is needed to send them. None when the
        lease has gone to another."""
        if not leases.is_held(session, held):
            return None
        rows = outbox.claim(session, ids, self._clock.now(), self._unsure)
        telling.prepare(session, rows, self._opened, lambda name: self._messengers[name].capabilities.edits)
        beside = {each.id for row in rows for each in row.beside}
        return {row.id: row for row in rows if row.id not in beside}

    def _start(self, lane: Lane, row: Any) -> None:
        if row is None:
            self._lanes[lane.messenger].release(lane)
            return
        self._in_flight += 1
        self._background.start(self._deliver(lane, row), name="delivery")

    # sending

    async def _deliver(self, lane: Lane, row: Any) -> None:
        again: list[Entry] = []
        try:
            failure, message_id = None, None
            try:
                for each in (row, *row.beside):
                    each.shown = self._card_of(each)
                self._demand_the_lease()
                with self._watch.delivery(row) as seen:
                    message_id = await self._attempt(row)
                    seen.ended = "arrived"
            except DeliveryFailed as failed:
                failure = failed
            except Exception:
                log.exception("a messenger's adapter failed", extra={"outbox": row.id, "messenger": row.messenger})
                failure = DeliveryFailed(Outcome.UNCLEAR, "the adapter failed")
            self._pace(row, failure)
            for each in (row, *row.beside):
                again += await self._conclude(each, message_id, failure)
            if failure is not None and failure.outcome is Outcome.MOVED and failure.to:
                self._lanes[lane.messenger].move(lane, failure.to, *again)
                again = []
        finally:
            self._lanes[lane.messenger].release(lane, *again)
            self._in_flight -= 1
            self._something.set()

    def _demand_the_lease(self) -> None:
        """Who has been frozen since the claim sends nothing that another may have sent meanwhile."""
        held = self._held()
        if held is None or held.epoch != self._epoch:
            raise DeliveryFailed(Outcome.MOVED, "the lease has gone to another replica")

    def _card_of(self, row: Any) -> Card | None:
        try:
            return self._opened(row.card) if row.card is not None else None
        except SecretBroken:
            raise DeliveryFailed(Outcome.REJECTED, "kept under another key") from None

    async def _attempt(self, row: Any) -> str | None:
        """One request to the messenger; the message's id where there is one."""
        messenger = self._messengers[row.messenger]
        to = Address(chat=row.chat, private=row.private, thread=row.thread)
        if row.act == Act.DELETE:
            if not messenger.capabilities.deletes:
                raise DeliveryFailed(Outcome.REJECTED, "messages cannot be removed here")
            await messenger.delete(to, row.message_id)
            return None
        if row.act in (Act.ADMIT, Act.DECLINE):
            await messenger.admit(row.chat, row.subject, welcome=row.act == Act.ADMIT)
            return None
        if row.act == Act.SHOW and row.message_id is not None and messenger.capabilities.edits:
            await messenger.edit(to, row.message_id, row.shown)
            return str(row.message_id)
        shown = row.shown if row.news is None else telling.to_send(row)
        if shown is None:
            return None
        may_repeat = row.state == OutboxState.UNCLEAR  # changing a message twice is none, a second message is
        return await self._send(messenger, to, self._mark_repeat(shown) if may_repeat else shown)

    async def _send(self, messenger: Messenger, to: Address, card: Card) -> str:
        content = None
        if card.file is not None and card.file.record is not None:
            content = await asyncio.to_thread(self._content, card.file.record)
        message_id = await messenger.send(to, card, content)
        if card.pin and messenger.capabilities.pins:
            await quietly(messenger.pin(to, message_id))
        return message_id

    def _pace(self, row: Any, failure: DeliveryFailed | None) -> None:
        pacer = self._pacers[row.messenger]
        if failure is not None and failure.outcome in (Outcome.TRY_AGAIN, Outcome.UNCLEAR):
            since, _ = self.unanswered.get(row.messenger, (self._clock.now(), None))
            self.unanswered[row.messenger] = since, self._clock.now()
        else:
            self.unanswered.pop(row.messenger, None)
        if failure is None:
            pacer.succeeded()
        elif failure.outcome is Outcome.SLOW_DOWN:
            pacer.slow_down(row.chat, time.monotonic(), failure.after)

    # recording

    async def _conclude(self, row: Any, message_id: str | None, failure: DeliveryFailed | None) -> list[Entry]:
        """Records the outcome; what is to be tried again."""
        again_at = await self._recorder.record(Ended(row, message_id, failure, self._clock.now()))
        self.sent += failure is None
        self._watch.delivered(row, failure)
        if row.report is not None:
            self._ended()
        return [(row.priority, row.id, again_at)] if again_at is not None else []
