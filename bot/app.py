"""The composition root: the one place where concrete things meet, and the program's life from start to stop."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlmodel import Session

import config
from bot.background import Background
from bot.bell import Bell
from bot.chat.messenger import Fetches, MenuEntry, Messenger
from bot.clock import Clock
from bot.delivery.failover import Failover
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.engine import daily, kept, nightly
from bot.engine.core import Engine
from bot.engine.desk import MessengerDesk
from bot.engine.due import DueRows
from bot.engine.floods import FloodLimits, Floods
from bot.engine.inbox import Inbox
from bot.engine.router import Router
from bot.engine.texts import Texts
from bot.kit import kit_of
from bot.leases import POLL, SEND, Leases
from bot.limits import UNPACED, limits_of
from bot.looking import Lookout
from bot.refitting import Refitting
from bot.tracing import watching_spans
from bot.watching import Watch
from bot.web.files import FilePages
from bot.web.pages import Reply, Visit
from bot.web.server import WebSide
from config.settings import Settings
from handlers.files import visits
from handlers.guide.menu import menu
from storage import due, outbox, schema
from storage.columns import Secrets
from storage.database import Database
from storage.vault import Vault

log = logging.getLogger(__name__)
CONFIG = Path(config.__file__).parent


class App:
    """Everything the program is made of, wired. `start` returns when it takes events; `stop` leaves nothing undone."""

    def __init__(
        self,
        settings: Settings,
        messengers: Iterable[Messenger],
        *,
        clock: Clock | None = None,
        database: Database | None = None,
        routes: Iterable[web.AbstractRouteDef] = (),
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock(settings.zone)
        self.messengers: Mapping[str, Messenger] = {each.name: each for each in messengers}
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.database = database or Database(settings.database)
        schema.bring_up_to_date(self.database.engine)
        self.background = Background()
        self.kit = kit_of(settings, self.messengers)
        self.watch = Watch(spans=watching_spans(settings.database))
        self.engine = self._engine()
        self._refitting = Refitting(self.engine)
        self.desk = MessengerDesk(self.messengers, self.kit)
        self._due_changed = asyncio.Event()
        self.leases = Leases(self.database, self.clock, lambda: self.sender.wake())
        self.bell = Bell(self.database, self.leases.replica, self.background)
        self.inbox = Inbox(self.engine, self.messengers, self.background, self._changed)
        self.due = DueRows(self.engine, self.desk, self.background, self._changed, self.leases.replica)
        self.sender = self._sender()
        self.failover = self._failover()
        self.web = self._web(routes)
        self._lookout = self._looking()
        self._ticks = AsyncIOScheduler(timezone=settings.zone)

    # life

    async def start(self) -> None:
        """Takes up what an earlier run left, then opens the doors."""
        await self.leases.start()
        self.desk.open()
        self.kit[Vault].tidy(self.clock.now() - A_DAY if self.database.shared else None)
        await self.database.run(self._plan)
        await self.inbox.resume()
        self.background.keep(self.leases.run, name="leases")
        self.background.keep(partial(self.bell.listen, self._others_rang), name="bell")
        self.background.keep(self.inbox.run, name="inbox")
        self.background.keep(self.sender.run, name="sender")
        self.background.keep(self._do_what_is_due, name="due rows")
        self._ticks.add_job(self._tick, "interval", seconds=1, max_instances=1)
        self._ticks.start()
        for messenger in self.messengers.values():
            if isinstance(messenger, Fetches):
                messenger.fetch_through(self.leases.gate(POLL))
            await messenger.start(self.inbox.take)
            self.background.start(messenger.offer_menu(self._menu()), name=f"menu {messenger.name}")
        await self.web.start(self.settings.web.host, self.settings.web.port)

    async def stop(self) -> None:
        """Closes the doors, finishes what is in hand within ten seconds, gives everything back."""
        self._ticks.pause()  # a tick still under way at its shutdown would be logged as a fault
        await asyncio.gather(self.leases.give_back([POLL]), self.inbox.finish(GRACE), self.due.finish(GRACE))
        await self.sender.finish(GRACE)
        await self.leases.give_back()
        await self.bell.ring_now()
        for messenger in self.messengers.values():
            await messenger.stop()
        self._ticks.shutdown(wait=False)
        await self.web.stop()
        await self.background.stop()
        await asyncio.to_thread(self.watch.spans.stop)
        self.database.close()

    async def settle(self) -> None:
        """Until everything that can happen now has happened: for tests and the sandbox's clock."""
        for _ in range(ROUNDS):
            await self.inbox.settle()
            await self.due.settle()
            await self.failover.tick()
            await self.sender.settle()
            if not await self.database.run(self._anything_waits):
                return

    def _anything_waits(self, session: Session) -> bool:
        now = self.clock.now()
        return due.waits(session, now) or outbox.ready_count(session, now) > 0

    async def turn(self, to: datetime) -> None:
        """Lets time pass until `to`: what falls due on the way happens at its own moment, not late."""
        for _ in range(STOPS):
            stop = await self.database.run(due.next_at)
            if stop is None or stop > to:
                break
            if stop > self.clock.now():
                self.clock.turn(stop)
            await self.settle()
        await self.jump(to)

    async def jump(self, to: datetime) -> None:
        """It is `to` at once, as after the program had been down: what fell due meanwhile happens late."""
        self.clock.turn(to)
        await self.settle()

    # wiring

    def _menu(self) -> list[MenuEntry]:
        return menu(self.kit[Router], self.kit[Texts])

    def _engine(self) -> Engine:
        return Engine(
            database=self.database,
            router=self.kit[Router],
            texts=self.kit[Texts],
            clock=self.clock,
            language=self.settings.language,
            kit=self.kit,
            watch=self.watch,
            floods=Floods(FloodLimits(**self.settings.flood.model_dump())),
        )

    def _web(self, routes: Iterable[web.AbstractRouteDef]) -> WebSide:
        pages = FilePages(self._visited, self.kit[Vault])
        return WebSide(
            messengers=self.messengers,
            routes=[*pages.routes, *routes],
            database_answers=self.database.answers,
            measures=self._measures,
        )

    def _looking(self) -> Lookout:
        allowed = {name: each.per_second for name, each in limits_of(self.settings).items()}
        return Lookout(self.database, self.messengers, allowed, self.settings.data_dir)

    def _sender(self) -> Sender:
        limits = limits_of(self.settings)
        pacers = {name: Pacer(limits.get(name, UNPACED)) for name in self.messengers}
        vault: Vault = self.kit[Vault]
        return Sender(
            self.database,
            self.messengers,
            pacers,
            self.clock,
            self.background,
            vault.get,
            partial(kept.from_row, secrets=self.kit[Secrets]),
            self._refitting.repeated,
            self._due_changed.set,
            partial(self.leases.held, SEND),
            self.watch,
        )

    def _failover(self) -> Failover:
        secrets = self.kit[Secrets]
        return Failover(
            self.database,
            self.messengers,
            self.clock,
            opened=partial(kept.from_row, secrets=secrets),
            closed=partial(kept.to_row, secrets=secrets),
            marked=self._refitting.detoured,
            fitted=self._refitting.fitted,
            moved=self.sender.look_again,
            unanswered=self.sender.unanswered,
        )

    # what runs

    def _plan(self, session: Session) -> None:
        daily.plan(self.engine, session)
        nightly.plan(self.engine, session)

    def _changed(self) -> None:
        self.sender.wake()
        self._due_changed.set()
        if self.leases.held(SEND) is None:
            self.bell.ring()  # another sends

    def _others_rang(self) -> None:
        self.sender.wake()
        self._due_changed.set()
        if self.leases.wants_more:
            self.background.start(self.leases.beat(), name="leases")

    async def _tick(self) -> None:
        """On the event loop: a plain function would be run on a thread, from which an Event must not be set."""
        self._due_changed.set()

    async def _do_what_is_due(self) -> None:
        while True:
            await self._due_changed.wait()
            self._due_changed.clear()
            await self.due.tick()
            if self.leases.held(SEND) is not None:
                await self.failover.tick()

    async def _visited(self, visit: Visit) -> Reply:
        reply = await self.database.run(lambda session: visits.answer(visit, self.engine.work(session, trace="web")))
        if visit.step:
            self._changed()
        return reply

    async def _measures(self) -> bytes:
        await self._lookout.look(self.watch.measures, self.clock.now())
        return self.watch.measures.text()


A_DAY = timedelta(days=1)  # nobody writes a file for so long
GRACE = 4.0  # seconds for what is in hand at the end: handlers and jobs first, then what they said
ROUNDS = 20  # a report of a delivery may lead to another delivery, and so on; a few suffice
STOPS = 2000  # due moments between two turns of the clock
