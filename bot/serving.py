"""`giaoban run`: the program on every messenger that is set up, from start to SIGTERM."""

import asyncio
import signal
from collections.abc import Callable, Iterable
from datetime import timedelta

from aiohttp import web

from bot.app import App
from bot.chat.messenger import Messenger
from bot.clock import Clock
from bot.messengers.telegram import Telegram
from config import logging as logs
from config.settings import Settings
from storage import codes, schema
from storage.codes import CodeKind
from storage.database import Database

HOW_TO_MAKE_A_KEY = "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"


class NotReady(Exception):
    """Why the program cannot start, and what to do."""


async def serve(settings: Settings, say: Callable[[str], None]) -> int:
    """Runs until it is told to stop; what is in hand is finished then."""
    _demand(settings)
    logs.set_up()
    messengers, routes = messengers_of(settings)
    app = App(settings, messengers, clock=Clock(settings.zone), routes=routes)
    try:
        await app.start()
    except OSError as taken:
        raise NotReady(f"cannot listen on {settings.web.listen}: {taken.strerror}") from taken
    say(f"Giao Ban is running: {', '.join(app.messengers)}; web side on http://{settings.web.listen}")
    await until_told_to_stop()
    await app.stop()
    return 0


def _demand(settings: Settings) -> None:
    if not settings.secret_key.get_secret_value():
        raise NotReady(f"GIAOBAN_SECRET_KEY is missing. Make one, and keep it safe: {HOW_TO_MAKE_A_KEY}")
    if not settings.telegram.token.get_secret_value():
        raise NotReady("no messenger is set up: set GIAOBAN_TELEGRAM__TOKEN, or try the sandbox with: giaoban demo")


def messengers_of(settings: Settings) -> tuple[list[Messenger], list[web.AbstractRouteDef]]:
    """Every messenger that the settings name, with the web routes it brings along. NotReady: one is set up wrongly."""
    messengers: list[Messenger] = []
    routes: list[web.AbstractRouteDef] = []
    try:
        for made, brought in _all(settings):
            messengers.append(made)
            routes.extend(brought)
    except ValueError as wrong:
        raise NotReady(str(wrong)) from wrong
    return messengers, routes


def _all(settings: Settings) -> Iterable[tuple[Messenger, Iterable[web.AbstractRouteDef]]]:
    if settings.telegram.token.get_secret_value():
        telegram = Telegram(
            token=settings.telegram.token.get_secret_value(),
            api_url=settings.telegram.api_url,
            mode=str(settings.telegram.mode),
            webhook_secret=settings.telegram.webhook_secret.get_secret_value(),
            public_url=settings.web.public_url,
            proxy=settings.telegram.proxy,
        )
        yield telegram, telegram.routes


async def until_told_to_stop() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told.set)
    await told.wait()


def setup_code(settings: Settings) -> str:
    """One use, 24 hours: the leader says it in the chat, `/setup CODE Name of the group`."""
    database = Database(settings.database)
    schema.bring_up_to_date(database.engine)
    ends = Clock(settings.zone).now() + timedelta(hours=24)
    try:
        return database.run_now(lambda session: codes.make(session, CodeKind.SETUP, ends))
    finally:
        database.close()
