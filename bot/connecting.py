"""Which messengers the settings name, made ready: knows every messenger's own needs, and loads only those named."""

import hashlib
import logging
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

import config
from bot.chat.messenger import Messenger
from bot.clock import Clock
from bot.engine.texts import Texts, Words
from config.settings import Settings
from storage import phones, zalo
from storage.columns import Secrets
from storage.database import Database
from storage.keyring import KeyRing

if TYPE_CHECKING:
    from bot.messengers.zalo_oa import ByPhone, Notice

log = logging.getLogger(__name__)
TEXTS = Path(config.__file__).parent / "texts"
PAID_FOR = frozenset({"task", "task-ask", "task-due", "letter", "letter-meeting"})
"""What cards worth a paid notice show: tasks, reminders, letters."""
Made = tuple[Messenger, Iterable[web.AbstractRouteDef]]


def connect(settings: Settings, database: Database, clock: Clock) -> tuple[list[Messenger], list[web.AbstractRouteDef]]:
    """Every messenger that is set up, and the web routes they bring along. ValueError: one is set up wrongly."""
    made = [
        *_telegram(settings),
        *_zalo_bot(settings, database, clock),
        *_zalo_oa(settings, database, clock),
        *_mail(settings, clock),
    ]
    return [messenger for messenger, _ in made], [route for _, routes in made for route in routes]


def names(settings: Settings) -> list[str]:
    """The messengers with chats that are set up, by name; official mail alone is none, for it hears nothing."""
    set_up = {
        "telegram": settings.telegram.token,
        "zalo_bot": settings.zalo_bot.token,
        "zalo_oa": settings.zalo_oa.app_secret,
    }
    return [name for name, secret in set_up.items() if secret.get_secret_value()]


def _words(settings: Settings) -> Words:
    return Texts(TEXTS, settings.data_dir / "texts").words(settings.language)


def _telegram(settings: Settings) -> Iterable[Made]:
    own = settings.telegram
    if own.token.get_secret_value():
        from bot.messengers.telegram import Telegram

        telegram = Telegram(
            token=own.token.get_secret_value(),
            api_url=own.api_url,
            mode=str(own.mode),
            webhook_secret=own.webhook_secret.get_secret_value(),
            public_url=settings.web.public_url,
            proxy=own.proxy,
        )
        yield telegram, telegram.routes


def _zalo_bot(settings: Settings, database: Database, clock: Clock) -> Iterable[Made]:
    own = settings.zalo_bot
    tokens = [each.strip() for each in own.token.get_secret_value().split(",") if each.strip()]
    if tokens:
        from bot.messengers.zalo_bot import ZaloBot

        words = _words(settings)
        bot = ZaloBot(
            tokens=tokens,
            api_url=own.api_url,
            mode=str(own.mode),
            webhook_secret=own.webhook_secret.get_secret_value(),
            public_url=settings.web.public_url,
            proxy=own.proxy,
            hint=words("answer-with-number", example="{example}"),
            room_hint=words("answer-with-number-in-room", example="{example}"),
            usage=zalo.UsageBook(database, clock.now),
            clock=clock,
        )
        yield bot, bot.routes


def _zalo_oa(settings: Settings, database: Database, clock: Clock) -> Iterable[Made]:
    own = settings.zalo_oa
    if own.app_secret.get_secret_value():
        from bot.messengers.zalo_oa import Template, ZaloOa
        from bot.messengers.zalo_oa import Words as OaWords

        words, secrets = _words(settings), Secrets(KeyRing(settings.keys))
        oa = ZaloOa(
            app_id=own.app_id,
            app_secret=own.app_secret.get_secret_value(),
            oa_secret=own.oa_secret.get_secret_value(),
            tokens=zalo.SecretText(database, secrets, zalo.TOKENS),
            logins=zalo.SecretText(database, secrets, zalo.LOGIN),
            contacts=zalo.Contacts(database),
            words=OaWords(
                choose=words("answer-with-number", example="{example}"),
                connected=words("zalo-connected"),
                not_connected=words("zalo-not-connected"),
            ),
            now=clock.now,
            tell=partial(_tell_operator, database, clock),
            template=Template(id=own.zns_template, field=own.zns_template_field) if own.zns_template else None,
            by_phone=_by_phone(settings, database, secrets) if own.zns_by_phone else None,
            first_refresh=own.refresh_token.get_secret_value(),
            public_url=settings.web.public_url,
            api_url=own.api_url,
            oauth_url=own.oauth_url,
        )
        yield oa, oa.routes


def _by_phone(settings: Settings, database: Database, secrets: Secrets) -> "ByPhone":
    from bot.messengers.zalo_oa import ByPhone

    return ByPhone(
        phone_of=lambda ref: database.run(lambda session: phones.of_account(session, secrets, "zalo_oa", ref)),
        matters=lambda card: (card.key or "").partition(":")[0] in PAID_FOR,
        url=settings.zalo_oa.zns_url,
    )


def _mail(settings: Settings, clock: Clock) -> Iterable[Made]:
    own = settings.mail
    if own.host:
        from bot.messengers.mail import Mail

        mail = Mail(
            host=own.host,
            port=own.port,
            user=own.user,
            password=own.password.get_secret_value(),
            sender=own.sender,
            tls=str(own.tls),
            ca_file=own.ca_file,
            stamp=hashlib.sha256(b"giaoban ids of mails" + settings.keys[0]).digest(),
            now=clock.now,
        )
        yield mail, ()


async def _tell_operator(database: Database, clock: Clock, notice: "Notice") -> None:
    """The log, and those who lead: they know whom to call before the Official Account falls silent."""
    log.warning("the Zalo Official Account needs the operator", extra={"trouble": notice.trouble, "days": notice.days})
    await zalo.tell_leaders(database, clock.now(), notice.trouble, notice.days)


async def zalo_login_link(settings: Settings, database: Database, clock: Clock) -> str:
    """The link an administrator of the Official Account opens to let the program in; good for an hour."""
    from bot.messengers.zalo_oa.login import begin_login

    store = zalo.SecretText(database, Secrets(KeyRing(settings.keys)), zalo.LOGIN)
    return await begin_login(
        store,
        app_id=settings.zalo_oa.app_id,
        oauth_url=settings.zalo_oa.oauth_url,
        public_url=settings.web.public_url,
        now=clock.now(),
    )
