"""The composition root: the one place where concrete things meet, and the program's life from start to stop."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

import config
from bot.background import Background
from bot.chat.messages import Card, Part
from bot.chat.messenger import MenuEntry, Messenger
from bot.clock import Clock
from bot.delivery.failover import Failover
from bot.delivery.pacing import Limits, Pacer
from bot.delivery.sender import Sender
from bot.engine import daily, kept
from bot.engine.abilities import Abilities
from bot.engine.core import Engine
from bot.engine.desk import MessengerDesk
from bot.engine.due import DueRows
from bot.engine.inbox import Inbox
from bot.engine.router import Router
from bot.engine.texts import Texts
from bot.metrics import Measures
from bot.web.files import FilePages
from bot.web.pages import Reply, Visit
from bot.web.server import WebSide
from config.settings import Office, Settings
from handlers import FEATURES
from handlers.calendar import WorkingCalendar
from handlers.calendar.office import working_calendar
from handlers.files import visits
from handlers.files.pages import PublicAddress
from handlers.guide.menu import menu
from handlers.people.official import MailDomains
from storage import due, inbox, outbox, schema
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
        self.engine = Engine(
            database=self.database,
            router=self.kit[Router],
            texts=self.kit[Texts],
            clock=self.clock,
            language=settings.language,
            kit=self.kit,
        )
        self.desk = MessengerDesk(self.messengers, self.kit)
        self._due_changed = asyncio.Event()
        self.inbox = Inbox(self.engine, self.messengers, self.background, self._changed)
        self.due = DueRows(self.engine, self.desk, self.background, self._changed)
        self.sender = self._sender()
        self.failover = self._failover()
        pages = FilePages(self._visited, self.kit[Vault])
        self.web = WebSide(
            messengers=self.messengers,
            routes=[*pages.routes, *routes],
            database_answers=self._database_answers,
            measures=self._measures,
        )
        self._measured = Measures()
        self._ticks = AsyncIOScheduler(timezone=settings.zone)

    # life

    async def start(self) -> None:
        """Takes up what an earlier run left, then opens the doors."""
        self.desk.open()
        self.kit[Vault].tidy()
        await self.database.run(lambda session: daily.plan(self.engine, session))
        await self.inbox.resume()
        self.background.start(self.sender.run(), name="sender")
        self.background.start(self._do_what_is_due(), name="due rows")
        self._ticks.add_job(self._due_changed.set, "interval", seconds=1, max_instances=1)
        self._ticks.start()
        for messenger in self.messengers.values():
            await messenger.start(self.inbox.take)
            self.background.start(messenger.offer_menu(self._menu()), name=f"menu {messenger.name}")
        await self.web.start(self.settings.web.host, self.settings.web.port)

    async def stop(self) -> None:
        """Closes the doors, finishes what is in hand, gives everything back."""
        await self.sender.finish()
        for messenger in self.messengers.values():
            await messenger.stop()
        self._ticks.shutdown(wait=False)
        await self.web.stop()
        await self.background.stop()
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
            MailDomains: MailDomains(settings.mail.domain_list if settings.mail.host else ()),
            Secrets: Secrets(KeyRing(settings.keys)),
            PublicAddress: PublicAddress(settings.web.public_url),
            Vault: Vault(settings.data_dir / "vault", KeyRing(settings.keys)),
        }

    def _sender(self) -> Sender:
        own = self.settings.telegram
        telegram = Limits(per_second=own.per_second, per_chat=own.per_chat, per_group_minute=own.per_group_minute)
        limits = {"telegram": telegram, "zalo_bot": ZALO, "zalo_oa": ZALO, "mail": MAIL}
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
            moved=self.sender.look_again,
            unanswered=self.sender.unanswered,
        )

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

    def _changed(self) -> None:
        self.sender.wake()
        self._due_changed.set()

    async def _do_what_is_due(self) -> None:
        while True:
            await self._due_changed.wait()
            self._due_changed.clear()
            await self.due.tick()
            await self.failover.tick()

    async def _visited(self, visit: Visit) -> Reply:
        reply = await self.database.run(lambda session: visits.answer(visit, self.engine.work(session, trace="web")))
        if visit.step:
            self._changed()
        return reply

    async def _database_answers(self) -> bool:
        try:
            await self.database.run(lambda session: session.execute(text("SELECT 1")))
        except OperationalError:
            return False
        return True

    async def _measures(self) -> bytes:
        set_ = self._measured.set
        set_("inbox_waiting", "Events taken and not yet handled", await self.database.run(inbox.depth))
        set_("outbox_waiting", "Messages decided and not yet arrived", await self.database.run(outbox.depth))
        set_("events_handled_total", "Events handled since the start", self.inbox.handled)
        set_("messages_sent_total", "Messages that arrived since the start", self.sender.sent)
        return self._measured.text()


ROUNDS = 20  # a report of a delivery may lead to another delivery, and so on; a few suffice
STOPS = 2000  # due moments between two turns of the clock
MAIL = Limits(per_second=5, per_chat=1, per_group_minute=0)
ZALO = Limits(per_second=10, per_chat=1, per_group_minute=0)  # nothing is documented: carefully
UNPACED = Limits(per_second=10_000, per_chat=10_000, per_group_minute=0)
