"""`giaoban check`: whether the settings are right and every messenger answers, a line each."""

import asyncio
from collections.abc import Callable, Sequence

from bot import verifying
from bot.chat.events import Event
from bot.chat.messenger import Finding, Inspects, Messenger
from bot.clock import Clock
from bot.connecting import connect, names
from bot.serving import NO_KEY, NO_MESSENGER, keys_of, make_data_dir, opened
from bot.troubles import OTHER_KEY, in_words
from config.settings import Settings, unknown
from storage import backlog
from storage.database import Database

PATIENCE = 15.0  # seconds for a messenger to answer
_ON_ITS_WAY = ("", "not started", "connecting")


async def check(settings: Settings, say: Callable[[str], None]) -> int:
    """0 when everything is right; 1 with the reason on the line that says so."""
    fine = [_names(say), _key(settings, say), _database(settings, say)]
    if not all(fine) or not _data(settings, say):
        return 1
    if not names(settings):
        say(f"FAIL messengers: {NO_MESSENGER}")
        return 1
    database, clock = opened(settings), Clock(settings.zone)
    try:
        messengers, _ = connect(settings, database, clock)
        fine.extend([await _messenger(each, say) for each in messengers])
    except ValueError as wrong:
        say(f"FAIL messengers: {wrong}")
        return 1
    finally:
        database.close()
    return 0 if all(fine) else 1


def _names(say: Callable[[str], None]) -> bool:
    wrong = unknown()
    for name in wrong:
        say(f"FAIL {name}: there is no such setting, so it is not heard; sections have two underscores")
    return not wrong


def _key(settings: Settings, say: Callable[[str], None]) -> bool:
    if settings.secret_key.get_secret_value():
        say("ok   GIAOBAN_SECRET_KEY: 32 bytes")
        return True
    say(f"FAIL {NO_KEY}")
    return False


def _database(settings: Settings, say: Callable[[str], None]) -> bool:
    try:
        make_data_dir(settings)
        at = backlog.place(settings.database)
        if at is not None and not at.exists():
            say(f"ok   database: none yet at {at}, a new one is made; if there should be one, see GIAOBAN_DATA_DIR")
            return True
        opened(settings).close()
    except Exception as failure:  # noqa: BLE001 - whatever it is, the operator is to read its kind
        say(f"FAIL database: {in_words(failure) or type(failure).__name__}")
        return False
    say("ok   database: answers")
    return True


def _data(settings: Settings, say: Callable[[str], None]) -> bool:
    """What is kept: whether the key is that of it, and the files are there."""
    database = opened(settings)
    try:
        kept = keys_of(settings, database)
        if kept.foreign:
            say(f"FAIL data: {kept.foreign} of {kept.looked_at} secrets and files cannot be opened: {OTHER_KEY}")
        return _vault(database, settings, say) and not kept.foreign
    finally:
        database.close()


def _vault(database: Database, settings: Settings, say: Callable[[str], None]) -> bool:
    """Replicas share one: who has another directory lacks the files the others have kept."""
    if not database.shared:
        return True
    if lacking := verifying.lacking(database, settings):
        say(f"FAIL vault: {lacking} files are not in {settings.data_dir}: all replicas share one GIAOBAN_DATA_DIR")
        return False
    say(f"ok   vault: every file is in {settings.data_dir}, which all replicas share")
    return True


async def _messenger(messenger: Messenger, say: Callable[[str], None]) -> bool:
    """Looks at it; or starts it without confirming anything that arrives, and waits whether it becomes ready."""
    if isinstance(messenger, Inspects):
        return await _inspected(messenger.name, messenger, say)
    await messenger.start(_refuse)
    standing = messenger.standing
    try:
        async with asyncio.timeout(PATIENCE):
            while not standing.ready and standing.problem in _ON_ITS_WAY:
                await asyncio.sleep(0.05)
                standing = messenger.standing
    except TimeoutError:
        say(f"FAIL {messenger.name}: no answer within {PATIENCE:.0f} s")
        return False
    finally:
        await messenger.stop()
    say(
        f"ok   {messenger.name}: {standing.name or 'answers'}"
        if standing.ready
        else f"FAIL {messenger.name}: {standing.problem}"
    )
    return standing.ready


async def _inspected(name: str, messenger: Inspects, say: Callable[[str], None]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            findings = await messenger.inspect()
    except TimeoutError:
        findings = [Finding(said=f"no answer within {PATIENCE:.0f} s", well=False)]
    for each in findings:
        say(f"{'ok  ' if each.well else 'FAIL'} {name}: {each.said}")
    return all(each.well for each in findings)


class _OnlyLooking(Exception):
    """Nothing is taken while checking: the messenger keeps it for the real program."""


async def _refuse(_arrived: Sequence[Event]) -> None:
    raise _OnlyLooking
