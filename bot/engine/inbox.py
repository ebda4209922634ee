"""Durable intake, and one event at a time per chat from there to its handler."""

import asyncio
import contextlib
import itertools
import logging
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.background import Background
from bot.chat import events
from bot.chat.events import Event, Noticed, PersonLeft, Pressed
from bot.chat.messenger import ChatFacts, DeliveryFailed, Messenger
from bot.engine import floods
from bot.engine.core import Engine
from bot.engine.floods import Verdict
from bot.engine.work import Work
from bot.watching import Ended, Seen
from storage import inbox
from storage.inbox import NotYet

T = TypeVar("T")

log = logging.getLogger(__name__)
REMEMBERED = 10_000  # people noticed lately, who need no row again
PATIENCE = (0.05, 0.2, 1.0, 5.0)  # seconds between tries while the database does not answer
MOMENT = 0.03  # seconds until a lane is looked at again that another replica has in hand
SWEEP = 2.0  # seconds between looks at what others left waiting
LEFT = timedelta(seconds=2)  # waiting for so long: whoever took it in may be dead


class Inbox:
    """`take` returns once the events are committed; they are then handled in order, chats beside each other."""

    def __init__(
        self, engine: Engine, messengers: Mapping[str, Messenger], background: Background, changed: Callable[[], None]
    ) -> None:
        self._engine, self._messengers, self._background, self._changed = engine, messengers, background, changed
        self._lanes: dict[str, deque[tuple[int, Event | None]]] = {}
        self._in_hand: set[int] = set()
        self._noticed: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = False
        self.handled = 0

    async def take(self, arrived: Sequence[Event]) -> None:
        """The port's Intake."""
        fresh = [events.stored(event) for event in arrived if not self._noticed_lately(event)]
        if not fresh:
            return
        now = self._engine.clock.now()
        rows = [
            {
                "key": f"{event.chat.messenger}:{event.key}",
                "lane": event.chat.lane,
                "event": told,
                "received_at": now,
            }
            for event, told in fresh
        ]
        try:
            ids = await self._engine.database.run(lambda session: inbox.take(session, rows))
        except BaseException:
            self._noticed.clear()  # who was noticed in vain is noticed again when the messenger comes again
            raise
        for row_id, (event, _) in zip(ids, fresh, strict=True):
            if row_id is not None and row_id not in self._in_hand:
                self._queue(row_id, event.chat.lane, event)

    async def resume(self) -> None:
        """Takes up what an earlier run had accepted and not handled."""
        for row_id, lane in await self._engine.database.run(inbox.waiting):
            self._queue(row_id, lane, None)

    async def settle(self) -> None:
        await self._idle.wait()

    async def run(self) -> None:
        """Until cancelled: what any replica has accepted and left is handled here."""
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self.sweep()
            except OperationalError:
                log.warning("the database does not answer; events wait")

    async def sweep(self) -> None:
        before = self._engine.clock.now() - LEFT
        for row_id, lane in await self._engine.database.run(lambda session: inbox.waiting(session, before)):
            if row_id not in self._in_hand:
                self._queue(row_id, lane, None)

    async def finish(self, grace: float) -> None:
        """Handles what is in hand and begins nothing more; what waits is another's, or the next start's."""
        self._closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._idle.wait()

    def _noticed_lately(self, event: Event) -> bool:
        if not isinstance(event, Noticed) or event.sender is None or event.file is not None:
            self._forget_noticed(event)
            return False
        who = (event.chat.lane, event.sender.id)
        known = who in self._noticed
        self._noticed[who] = None
        self._noticed.move_to_end(who)
        if len(self._noticed) > REMEMBERED:
            self._noticed.popitem(last=False)
        return known

    def _forget_noticed(self, event: Event) -> None:
        """Who has left may come back; in a chat that is being set up everybody is new."""
        lane = event.chat.lane
        if isinstance(event, PersonLeft):
            self._noticed.pop((lane, event.person.id), None)
        elif self._engine.router.wants_facts(event):
            for who in [each for each in self._noticed if each[0] == lane]:
                del self._noticed[who]

    def _queue(self, row_id: int, lane: str, event: Event | None) -> None:
        if self._closing:
            return
        self._idle.clear()
        self._in_hand.add(row_id)
        if lane in self._lanes:
            self._lanes[lane].append((row_id, event))
        else:
            self._lanes[lane] = deque([(row_id, event)])
            self._background.start(self._drain(lane), name="inbox")

    async def _drain(self, lane: str) -> None:
        waiting = self._lanes[lane]
        try:
            while waiting and not self._closing:
                await self._handle_seen(lane, *waiting[0])
                self._in_hand.discard(waiting.popleft()[0])
        finally:
            del self._lanes[lane]
            self._in_hand.difference_update(row_id for row_id, _ in waiting)
            if not self._lanes:
                self._idle.set()

    async def _handle_seen(self, lane: str, row_id: int, event: Event | None) -> None:
        with self._engine.watch.event(f"in-{row_id}") as seen:
            await self._handle(lane, row_id, event, seen)

    async def _handle(self, lane: str, row_id: int, event: Event | None, seen: Seen) -> None:
        event = event or await self._kept(row_id)
        verdict = self._engine.judge(event, seen)
        try:
            facts = await self._facts(event) if event is not None else None
            work = await self._in_turn(lane, lambda session: self._step(session, lane, row_id, event, facts, verdict))
        except Exception as failure:  # noqa: BLE001 - a bug: the loop goes on, the person hears of it
            seen.ended = Ended.FAILED
            await self._fail(row_id, event, failure)
            return
        self._engine.note(seen, work)
        if work is None and self._engine.database.shared:
            return
        self.handled += 1
        self._changed()
        await self._acknowledge(event, work)

    async def _in_turn(self, lane: str, command: Callable[[Session], T]) -> T:
        """What came earlier into the lane comes first, whoever took it in."""
        while True:
            try:
                return await self._surely(command)
            except NotYet as not_yet:
                if not_yet.first is None:
                    await asyncio.sleep(MOMENT)
                else:
                    await self._handle_seen(lane, not_yet.first, None)

    def _step(
        self, session: Session, lane: str, row_id: int, event: Event | None, facts: ChatFacts | None, verdict: Verdict
    ) -> Work | None:
        """The event's one transaction; None when another had handled it."""
        kept = inbox.content(session, row_id) if event is None else None
        if not inbox.claim(session, row_id, lane):
            return None
        known = event or events.from_json(kept or "")
        work = self._engine.work(session, event=known, trace=f"in-{row_id}")
        with self._engine.watch.handling(work.trace):
            if floods.passes(known, work, verdict):
                self._engine.router.handle(known, work, facts)
        return work

    async def _kept(self, row_id: int) -> Event | None:
        """What an earlier run had accepted: it may have to ask the messenger before it can be handled."""
        kept = await self._surely(lambda session: inbox.content(session, row_id))
        try:
            return events.from_json(kept) if kept is not None else None
        except ValueError:
            return None  # its handling will say so

    async def _surely(self, command: Callable[[Session], T]) -> T:
        """Until the database answers."""
        for tries in itertools.count():
            try:
                return await self._engine.database.run(command)
            except OperationalError:
                log.warning("the database does not answer; trying again")
                await asyncio.sleep(PATIENCE[min(tries, len(PATIENCE) - 1)])
        raise AssertionError("unreachable")

    async def _facts(self, event: Event) -> ChatFacts | None:
        messenger = self._messengers.get(event.chat.messenger)
        if messenger is None or not messenger.capabilities.knows_admins or not self._engine.router.wants_facts(event):
            return None
        try:
            return await messenger.facts(event.chat.id)
        except DeliveryFailed as failure:
            log.warning("the messenger does not tell about the group", extra={"reason": failure.reason})
            return None

    async def _acknowledge(self, event: Event | None, work: Work | None) -> None:
        if not isinstance(event, Pressed) or event.token is None:
            return
        try:
            await self._messengers[event.chat.messenger].acknowledge(event.token, work.toasted if work else "")
        except DeliveryFailed as failure:
            log.info("a press could not be acknowledged", extra={"reason": failure.reason})

    async def _fail(self, row_id: int, event: Event | None, failure: Exception) -> None:
        """A bug: logged once with an id, the row put aside, and the person told in one calm sentence."""
        trace = secrets.token_hex(3).upper()
        log.error("an event could not be handled", extra={"error_id": trace, "inbox": row_id}, exc_info=failure)

        def put_aside(session: Session) -> None:
            parked = inbox.park(session, row_id)
            if parked and event is not None and event.sender is not None and not isinstance(event, Noticed):
                self._engine.work(session, event=event, trace=f"in-{row_id}").say("sorry-our-fault", id=trace)

        await self._surely(put_aside)
        self._changed()
        await self._acknowledge(event, None)
