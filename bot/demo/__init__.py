"""`giaoban demo`: the sandbox with a seeded office on this machine only."""

import base64
import logging
import secrets
import shutil
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.clock import Clock
from bot.connecting import TEXTS
from bot.demo import office, samples
from bot.engine.texts import Texts
from bot.messengers.sandbox import Page, Sandbox
from bot.serving import NotReady, listen_for_the_end
from config.settings import Settings, Telegram
from handlers.calendar import WorkingCalendar
from handlers.calendar.office import working_calendar

DAY_STARTS = time(9)


async def serve_demo(settings: Settings, say: Callable[[str], None]) -> int:
    """Runs until it is told to stop. Every start begins with the same office on a morning of a working day."""
    logging.basicConfig(level=logging.WARNING)
    demo = _settings(settings)
    app, sandbox = build(demo)
    told = listen_for_the_end()
    try:
        await app.start()
    except OSError as taken:
        raise NotReady(f"cannot listen on {demo.web.listen}: {taken.strerror}") from taken
    await office.seed(sandbox, app.settle)
    say(f"Giao Ban's sandbox: open http://{demo.web.listen} in a browser (Ctrl+C ends it)")
    await told.wait()
    await app.stop()
    return 0


def build(settings: Settings) -> tuple[App, Sandbox]:
    """The program with nothing but the sandbox, on a directory of its own that is begun anew."""
    calendar = working_calendar(settings)
    clock = Clock(settings.zone)
    clock.turn(datetime.combine(first_day(calendar, clock.today()), DAY_STARTS, settings.zone))
    apps: list[App] = []
    words = Texts(TEXTS).words(settings.language)
    sandbox = Sandbox(
        personas=office.PERSONAS,
        group_title=office.GROUP,
        turn=lambda to: apps[0].turn(to),
        now=clock.now,
        zone=settings.zone,
        tour=office.TOUR,
        samples=samples.all_of(clock.today()),
        hint=words("answer-with-number", example="{example}"),
    )
    app = App(settings, [sandbox], clock=clock, routes=Page(sandbox).routes)
    apps.append(app)
    return app, sandbox


def first_day(calendar: WorkingCalendar, today: date) -> date:
    """Today or the next day that is worked and followed by a working day, so that "tomorrow 07:30" has a digest."""
    while not (calendar.is_working(today) and calendar.is_working(today + timedelta(days=1))):
        today += timedelta(days=1)
    return today


def _settings(settings: Settings) -> Settings:
    """A key and a directory of its own; never on another address than this machine's."""
    data = settings.data_dir / "sandbox"
    _begin_anew(data)
    web = settings.web.model_copy(update={"listen": f"127.0.0.1:{settings.web.port}"})
    key = SecretStr(base64.b64encode(secrets.token_bytes(32)).decode())
    changes = {"data_dir": data, "database_url": "", "secret_key": key, "web": web, "telegram": Telegram()}
    return settings.model_copy(update=changes)


def _begin_anew(data: Path) -> None:
    """What an earlier sandbox left is sealed with a key that is gone; nothing else lies in this directory."""
    shutil.rmtree(data / "vault", ignore_errors=True)
    for name in ("giaoban.sqlite", "giaoban.sqlite-wal", "giaoban.sqlite-shm"):
        (data / name).unlink(missing_ok=True)
