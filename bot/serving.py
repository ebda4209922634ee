"""`giaoban run`: the program on every messenger that is set up, from start to SIGTERM."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, SecretStr
from sqlalchemy.engine import make_url

from bot.app import App
from bot.clock import Clock
from bot.connecting import connect, names, zalo_login_link
from config import logging as logs
from config.settings import Settings
from storage import codes, keyed, leases, moving, schema
from storage.codes import CodeKind
from storage.columns import Secrets
from storage.database import Database, time_of
from storage.keyed import Kept
from storage.keyring import KeyRing
from storage.possession import Taken, possess
from storage.rekeying import rekey
from storage.vault import Vault

log = logging.getLogger(__name__)
HOW_TO_MAKE_A_KEY = "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'"

NO_KEY = (
    f"GIAOBAN_SECRET_KEY is missing. Data that is there already needs its old key: look for that, in the safe. For a "
    f"new office make one, and keep it safe: {HOW_TO_MAKE_A_KEY}"
)
NO_MESSENGER = (
    "no messenger is set up: set GIAOBAN_ZALO_BOT__TOKEN, GIAOBAN_ZALO_OA__APP_SECRET or GIAOBAN_TELEGRAM__TOKEN, "
    "or try the sandbox with: giaoban demo"
)


class NotReady(Exception):
    """Why the program cannot start, and what to do."""


async def serve(settings: Settings, say: Callable[[str], None]) -> int:
    """Runs until it is told to stop; what is in hand is finished then."""
    _demand(settings)
    logs.set_up(secrets=secrets_of(settings))
    with alone(settings):
        return await _served(settings, say)


async def _served(settings: Settings, say: Callable[[str], None]) -> int:
    clock, database = Clock(settings.zone), opened(settings)
    if (kept := keys_of(settings, database)).foreign:
        log.error(
            "what is kept was encrypted with another key: put the old one back, or behind the new one after a comma",
            extra={"foreign": kept.foreign, "of": kept.looked_at},
        )
    if later := schema.later_revision(database.engine):
        log.warning("the tables are a later version's; this one works on them", extra={"revision": later})
    try:
        messengers, routes = connect(settings, database, clock)
    except ValueError as wrong:
        raise NotReady(str(wrong)) from wrong
    told = listen_for_the_end()
    app = App(settings, messengers, clock=clock, database=database, routes=routes)
    try:
        await app.start()
    except OSError as taken:
        await app.stop()
        raise NotReady(f"cannot listen on {settings.web.listen}: {taken.strerror}") from taken
    gc.collect()
    gc.freeze()  # what was loaded stays: no use in looking through it again and again
    gc.enable()
    say(f"Giao Ban is running: {', '.join(app.messengers)}; web side on http://{settings.web.listen}")
    await told.wait()
    await app.stop()
    return 0


def secrets_of(settings: BaseModel) -> Iterator[str]:
    """Every secret among the settings, and the password in the database's address."""
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            yield from filter(None, {value.get_secret_value(), *value.get_secret_value().split(",")})
        elif isinstance(value, BaseModel):
            yield from secrets_of(value)
    if isinstance(settings, Settings) and (password := make_url(settings.database).password):
        yield password


def _demand(settings: Settings) -> None:
    if not settings.secret_key.get_secret_value():
        raise NotReady(NO_KEY)
    if not names(settings):
        raise NotReady(NO_MESSENGER)


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """No other process serves this SQLite database, or changes its keys, in the meantime. Raises NotReady."""
    make_data_dir(settings)
    try:
        mark = possess(settings.database)
    except Taken as taken:
        raise NotReady(str(taken)) from taken
    with contextlib.ExitStack() as until_then:
        if mark is not None:
            until_then.enter_context(mark)
        yield


def make_data_dir(settings: Settings) -> None:
    """Raises NotReady."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as failure:
        raise NotReady(f"{settings.data_dir} cannot be made: {failure.strerror}") from failure
    if not os.access(settings.data_dir, os.W_OK):
        raise NotReady(f"{settings.data_dir} cannot be written: give it to the user the program runs as")


def opened(settings: Settings) -> Database:
    """The database, brought to the tables of this version."""
    make_data_dir(settings)
    database = Database(settings.database)
    try:
        if elsewhere := moving.moved_to(database.engine):
            raise NotReady(elsewhere)
        schema.bring_up_to_date(database.engine)
    except BaseException:
        database.close()
        raise
    return database


def demand_data(settings: Settings) -> None:
    """Raises NotReady where a directory that was mistyped would be taken for an office of nobody."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise NotReady(f"there is no database {url.database}: look at GIAOBAN_DATA_DIR")


def keys_of(settings: Settings, database: Database) -> Kept:
    """Whether what is kept was encrypted with the keys of the settings."""
    ring = KeyRing(settings.keys)
    vault = Vault(settings.data_dir / "vault", ring)
    return database.run_now(lambda session: keyed.look(session, Secrets(ring), vault))


def listen_for_the_end() -> asyncio.Event:
    """Is set by SIGTERM or Ctrl+C, also while the program is still starting."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told.set)
    return told


def setup_code(settings: Settings) -> str:
    """One use, 24 hours: the leader says it in the chat, `/setup CODE Name of the group`."""
    database = opened(settings)
    ends = Clock(settings.zone).now() + timedelta(hours=24)
    try:
        return database.run_now(lambda session: codes.make(session, CodeKind.SETUP, ends))
    finally:
        database.close()


async def zalo_login(settings: Settings) -> str:
    """Raises NotReady when the Official Account is not set up."""
    if not settings.zalo_oa.app_id or not settings.web.public_url or not settings.secret_key.get_secret_value():
        raise NotReady("set GIAOBAN_ZALO_OA__APP_ID, GIAOBAN_WEB__PUBLIC_URL and GIAOBAN_SECRET_KEY first")
    database = opened(settings)
    try:
        return await zalo_login_link(settings, database, Clock(settings.zone))
    finally:
        database.close()


def rekey_all(settings: Settings) -> str:
    """May be broken off at any moment and run again; once it says how much it did, the old keys may go."""
    if not settings.secret_key.get_secret_value():
        raise NotReady(NO_KEY)
    demand_data(settings)
    ring = KeyRing(settings.keys)
    vault = Vault(settings.data_dir / "vault", ring)
    with alone(settings):
        database = opened(settings)
        try:
            _nobody_serves(database)
            files, secrets = rekey(database, vault, Secrets(ring))
        finally:
            database.close()
    return f"{files} files and {secrets} secrets are now under the first key"


def _nobody_serves(database: Database) -> None:
    """What a replica with the old keys writes meanwhile would stay under them."""
    if living := database.run_now(lambda session: leases.alive(session, time_of(session))):
        raise NotReady(f"{len(living)} replicas are running: stop them first, or wait ten seconds after they died")
