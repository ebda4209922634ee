"""The composition root: the one place where concrete things meet, and the program's life from start to stop."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlmodel import Session

import config
from bot.background import Background
from bot.bell import Bell
from bot.chat.messages import Card, Part
from bot.chat.messenger import Fetches, MenuEntry, Messenger
from bot.clock import Clock
from bot.delivery.failover import Failover
from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.engine import context, daily, kept, nightly
from bot.engine.abilities import Abilities, FileDoor
from bot.engine.core import Engine
from bot.engine.desk import MessengerDesk
from bot.engine.due import DueRows
from bot.engine.floods import FloodLimits, Floods
from bot.engine.inbox import Inbox
from bot.engine.router import Router
from bot.engine.texts import Texts
from bot.leases import POLL, SEND, Leases
from bot.limits import UNPACED, limits_of
from bot.looking import Lookout
from bot.tracing import watching_spans
from bot.watching import Watch
from bot.web.files import FilePages
from bot.web.pages import Reply, Visit
from bot.web.server import WebSide
from config.settings import Office, Settings
from handlers import FEATURES
from handlers.calendar import WorkingCalendar
from handlers.calendar.office import working_calendar
from handlers.files import uncarried, visits
from handlers.files.tokens import PublicAddress
from handlers.guide.menu import menu
from handlers.people.official import MailDomains
from storage import due, outbox, people, schema
from storage.columns import Secrets
from storage.database import Database
from storage.keyring import KeyRing
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
        self.kit = self._kit()
        self.watch = Watch(spans=watching_spans(settings.database))
        self.engine = Engine(
            database=self.database,
            router=self.kit[Router],
            texts=self.kit[Texts],
            clock=self.clock,
            language=settings.language,
            kit=self.kit,
            watch=self.watch,
            floods=Floods(FloodLimits(**settings.flood.model_dump())),
        )
        self.desk = MessengerDesk(self.messengers, self.kit)
        self._due_changed = asyncio.Event()
        self.leases = Leases(self.database, self.clock, lambda: self.sender.wake())
        self.bell = Bell(self.database, self.leases.replica, self.background)
        self.inbox = Inbox(self.engine, self.messengers, self.background, self._changed)
        self.due = DueRows(self.engine, self.desk, self.background, self._changed, self.leases.replica)
        self.sender = self._sender()
        self.failover = self._failover()
        pages = FilePages(self._visited, self.kit[Vault])
        self.web = WebSide(
            messengers=self.messengers,
            routes=[*pages.routes, *routes],
            database_answers=self.database.answers,
            measures=self._measures,
        )
        self._lookout = Lookout(
            self.database,
            self.messengers,
            {name: each.per_second for name, each in limits_of(settings).items()},
            settings.data_dir,
        )
        self._ticks = AsyncIOScheduler(timezone=settings.zone)

    # life

    async def start(self) -> None:
        """Takes up what an earlier run left, then opens the doors."""
        await self.leases.start()
        self.desk.open()
        self.kit[Vault].tidy(self.clock.now() - A_DAY if self.database.shared else None)
        await self.database.run(self._plan)
        await self.inbox.resume()
        self.background.start(self.leases.run(), name="leases")
        self.background.start(self.bell.listen(self._others_rang), name="bell")
        self.background.start(self.inbox.run(), name="inbox")
        self.background.start(self.sender.run(), name="sender")
        self.background.start(self._do_what_is_due(), name="due rows")
        self._ticks.add_job(self._due_changed.set, "interval", seconds=1, max_instances=1)
        self._ticks.start()
        for messenger in self.messengers.values():
            if isinstance(messenger, Fetches):
                messenger.fetch_through(self.leases.gate(POLL))
            await messenger.start(self.inbox.take)
            self.background.start(messenger.offer_menu(self._menu()), name=f"menu {messenger.name}")
        await self.web.start(self.settings.web.host, self.settings.web.port)

    async def stop(self) -> None:
        """Closes the doors, finishes what is in hand within ten seconds, gives everything back."""
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

    def _kit(self) -> Mapping[type[Any], Any]:
        """What handlers may ask for with `work.need(Type)`."""
        settings = self.settings
        return {
            Router: Router(FEATURES),
            Texts: Texts(CONFIG / "texts", settings.data_dir / "texts"),
            Office: settings.office,
            WorkingCalendar: working_calendar(settings),
            Abilities: Abilities(self.messengers),
            FileDoor: FileDoor(uncarried.instead),
            MailDomains: MailDomains(settings.mail.domain_list if settings.mail.host else ()),
            Secrets: Secrets(KeyRing(settings.keys)),
            PublicAddress: PublicAddress(settings.web.public_url),
            Vault: Vault(settings.data_dir / "vault", KeyRing(settings.keys)),
        }

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
            self._mark_repeat,
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
            marked=self._mark_detour,
            fitted=self._fitted,
            moved=self.sender.look_again,
            unanswered=self.sender.unanswered,
        )

    def _fitted(self, session: Session, card: Card, *, messenger: str, chat: str, private: bool) -> Card:
        """For a message that was meant for another messenger; a file that only that one has cannot go along."""
        work = self.engine.work(session, trace="detour")
        if private:
            work.account = people.account(session, messenger, chat)
            context.choose_group(work)
        else:
            room = people.room_of_chat(session, messenger, chat)
            context.enter(work, room.group_id if room is not None else None)
        if card.file is not None and card.file.ref is not None:
            return uncarried.instead(work, card, work.account)
        return work.fitted(messenger, chat, card, private=private)

    def _mark_detour(self, card: Card, messenger: str) -> Card:
        """For a message that should have come by a messenger that does not answer."""
        words = self.engine.texts.words(self.settings.language)
        text_id = f"messenger-{messenger}".replace("_", "-")
        said = words("came-another-way", messenger=words(text_id) if text_id in words else messenger)
        return replace(card, parts=(*card.parts, Part("\n" + said)))

    def _mark_repeat(self, card: Card) -> Card:
        """For a message whose first sending has an unknown outcome."""
        words = self.engine.texts.words(self.settings.language)
        return replace(card, parts=(*card.parts, Part("\n" + words("may-repeat"))))

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
