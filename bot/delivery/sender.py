"""From the outbox to the messengers: in order per chat, urgent first, within the limits, until it has arrived."""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.background import Background
from bot.chat.messages import Card
from bot.chat.messenger import Address, DeliveryFailed, Messenger, Outcome
from bot.clock import Clock
from bot.delivery import ending
from bot.delivery.pacing import Pacer
from storage import outbox
from storage.columns import SecretBroken
from storage.database import Database
from storage.outbox import Act, OutboxState

log = logging.getLogger(__name__)
IN_FLIGHT = 64
PAGE = 500


@dataclass(slots=True)
class _Lane:
    """What waits for one chat: (priority, id, ready_at), most urgent first; `busy` while one is under way."""

    messenger: str
    chat: str
    private: bool
    waiting: list[tuple[str, int, datetime]] = field(default_factory=list)
    busy: bool = False


class Sender:
    """`wake` after every commit that may have put something into the outbox."""

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
    ) -> None:
        self._database, self._messengers, self._pacers, self._clock = database, messengers, pacers, clock
        self._background, self._content, self._opened = background, content, opened
        self._mark_repeat, self._ended = mark_repeat, ended
        self._lanes: dict[tuple[str, str], _Lane] = {}
        self._last_id = 0
        self._in_flight = 0
        self._something = asyncio.Event()
        self.sent = 0

    def wake(self) -> None:
        self._something.set()

    async def run(self) -> None:
        """Until cancelled."""
        await self._take_up()
        while True:
            self._something.clear()
            try:
                pause = await self._step()
            except OperationalError:
                log.warning("the database does not answer; messages wait")
                pause = 1.0
            if pause > 0:
                await self._wait(pause)

    async def _take_up(self) -> None:
        while True:
            try:
                await self._database.run(outbox.interrupted)
            except OperationalError:
                log.warning("the database does not answer; messages wait")
                await self._wait(1.0)
            else:
                return

    async def settle(self) -> None:
        """Until nothing is left that could go out now (what waits for a later time stays)."""
        while self._in_flight or await self._database.run(self._unsent_now):
            self.wake()
            await asyncio.sleep(0.002)

    def _unsent_now(self, session: Session) -> int:
        return outbox.ready_count(session, self._clock.now())

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._something.wait(), timeout=seconds)
        except TimeoutError:
            return

    # choosing

    async def _step(self) -> float:
        """Starts what may go; how long to wait at most before looking again."""
        await self._look()
        chosen, pause = self._choose()
        if not chosen:
            return pause
        heads = [heapq.heappop(lane.waiting) for lane in chosen]
        try:
            rows = await self._database.run(lambda session: self._claim(session, [head[1] for head in heads]))
        except OperationalError:
            for lane, head in zip(chosen, heads, strict=True):
                heapq.heappush(lane.waiting, head)
            raise
        for lane, head in zip(chosen, heads, strict=True):
            self._start(lane, rows.get(head[1]))
        return 0.0

    async def _look(self) -> None:
        """Takes note of rows that came since the last look."""
        while True:
            rows = await self._database.run(partial(outbox.open_after, last_id=self._last_id, limit=PAGE))
            for row in rows:
                self._note(row)
                self._last_id = row.id
            if len(rows) < PAGE:
                return

    def _note(self, row: Any) -> None:
        where = (row.messenger, row.chat)
        lane = self._lanes.get(where)
        if lane is None:
            lane = self._lanes[where] = _Lane(row.messenger, row.chat, row.private)
        heapq.heappush(lane.waiting, (row.priority, row.id, row.ready_at))

    def _choose(self) -> tuple[list[_Lane], float]:
        """Lanes whose head may leave now, and the seconds until the next may."""
        now, clock_now, pause = time.monotonic(), self._clock.now(), 1.0
        chosen: list[_Lane] = []
        idle = [lane for lane in self._lanes.values() if not lane.busy and lane.waiting]
        for lane in sorted(idle, key=lambda each: each.waiting[0]):
            messenger, pacer = self._messengers.get(lane.messenger), self._pacers.get(lane.messenger)
            if messenger is None or pacer is None:
                continue
            wait = max(
                (lane.waiting[0][2] - clock_now).total_seconds(), pacer.free_at(lane.chat, private=lane.private) - now
            )
            if wait > 0:
                pause = min(pause, wait)
            elif self._in_flight + len(chosen) < IN_FLIGHT:
                pacer.sent(lane.chat, now, private=lane.private)
                chosen.append(lane)
        return chosen, pause

    @staticmethod
    def _claim(session: Session, ids: Sequence[int]) -> dict[int, Any]:
        """Marks rows as under way before any request goes out, and brings what is needed to send them."""
        return {row.id: row for row in outbox.claim(session, ids)}

    def _start(self, lane: _Lane, row: Any) -> None:
        if row is not None:
            lane.busy = True
            self._in_flight += 1
            self._background.start(self._deliver(lane, row), name="delivery")

    # sending

    async def _deliver(self, lane: _Lane, row: Any) -> None:
        try:
            failure, message_id = None, None
            try:
                row.shown = self._card_of(row)
                message_id = await self._attempt(row)
            except DeliveryFailed as failed:
                failure = failed
            except Exception:
                log.exception("a messenger's adapter failed", extra={"outbox": row.id, "messenger": row.messenger})
                failure = DeliveryFailed(Outcome.UNCLEAR, "the adapter failed")
            self._pace(row, failure)
            await self._conclude(lane, row, message_id, failure)
        finally:
            lane.busy = False
            self._in_flight -= 1
            self._something.set()

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
        return await self._send(messenger, to, self._mark_repeat(row.shown) if _may_repeat(row) else row.shown)

    async def _send(self, messenger: Messenger, to: Address, card: Card) -> str:
        content = None
        if card.file is not None and card.file.record is not None:
            content = await asyncio.to_thread(self._content, card.file.record)
        message_id = await messenger.send(to, card, content)
        if card.pin and messenger.capabilities.pins:
            await _quietly(messenger.pin(to, message_id))
        return message_id

    def _pace(self, row: Any, failure: DeliveryFailed | None) -> None:
        pacer = self._pacers[row.messenger]
        if failure is None:
            pacer.succeeded()
        elif failure.outcome is Outcome.SLOW_DOWN:
            pacer.slow_down(row.chat, time.monotonic(), failure.after)

    # recording

    async def _conclude(self, lane: _Lane, row: Any, message_id: str | None, failure: DeliveryFailed | None) -> None:
        """Records the outcome until the database takes it: sent is a fact."""
        now = self._clock.now()
        while True:
            try:
                again = await self._database.run(lambda session: ending.record(session, row, message_id, failure, now))
                break
            except OperationalError:
                log.warning("the database does not answer; an outcome waits", extra={"outbox": row.id})
                await asyncio.sleep(0.5)
        if failure is None:
            self.sent += 1
        else:
            log.warning(
                "a message did not arrive",
                extra={
                    "outbox": row.id,
                    "messenger": row.messenger,
                    "outcome": failure.outcome,
                    "reason": failure.reason,
                },
            )
        if again is not None:
            heapq.heappush(lane.waiting, (row.priority, row.id, again))
            if failure is not None and failure.outcome is Outcome.MOVED and failure.to:
                self._move(lane, failure.to)
        if row.report is not None:
            self._ended()

    def _move(self, lane: _Lane, to: str) -> None:
        """The chat has a new id: what waits for the old one waits for the new one."""
        known = self._lanes.setdefault((lane.messenger, to), _Lane(lane.messenger, to, lane.private))
        for entry in lane.waiting:
            heapq.heappush(known.waiting, entry)
        lane.waiting.clear()


def _may_repeat(row: Any) -> bool:
    """An earlier attempt may have arrived; changing a message twice to the same is no repeat, a second message is."""
    return bool(row.state == OutboxState.UNCLEAR)


async def _quietly(step: Awaitable[None]) -> None:
    try:
        await step
    except DeliveryFailed as failure:
        log.info("a message could not be pinned", extra={"reason": failure.reason})
