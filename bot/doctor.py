"""`giaoban doctor`: what is stuck and why, in words, with what to do; looks only, at a running or a stopped program."""

import asyncio
import contextlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

import config
from bot import hearing
from bot.clock import Clock
from bot.connecting import names
from bot.engine.texts import Texts, Words
from bot.hearing import Heard
from config.settings import Settings
from storage import backlog, keyed, moving, people, schema, zalo
from storage.backlog import Unsent
from storage.columns import SecretBroken, Secrets
from storage.keyring import KeyRing
from storage.migrations import HEAD
from storage.vault import Vault

TEXTS = Path(config.__file__).parent / "texts"
OLD_EVENT = timedelta(minutes=2)
OLD_MESSAGE = timedelta(minutes=5)
OLD_DUE = timedelta(minutes=5)
LATELY = timedelta(days=1)
TRIES = 3
CLOCK_OFF = 60.0  # seconds
DISK_LEFT, DISK_SHARE = 1024**3, 0.05
BACKUP_OLD = timedelta(days=7)
TOKEN_NEAR = timedelta(days=14)
BACKUP_MARK = "last-backup.json"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """A text with its facts; `well`: worth saying, but nothing to be put right."""

    text_id: str
    facts: dict[str, Any] = field(default_factory=dict)
    well: bool = False


@dataclass(frozen=True, slots=True)
class _Patient:
    settings: Settings
    now: datetime
    words: Words
    heard: Heard


async def doctor(settings: Settings, say: Say, now: datetime | None = None) -> int:
    """0 when nothing is stuck; 1 with a paragraph for each trouble."""
    words = Texts(TEXTS, settings.data_dir / "texts").words(settings.language)
    heard = await hearing.ask(settings)
    patient = _Patient(settings, now or Clock(settings.zone).now(), words, heard)
    found = [*_program(patient), *_machine(patient), *await asyncio.to_thread(_database, patient)]
    for each in found:
        say(
            ("ok   " if each.well else f"{words('doctor-mark')}  ")
            + words(each.text_id, **each.facts).replace("\n", "\n    ")
        )
    troubles = [each for each in found if not each.well]
    say(words("doctor-troubles", count=len(troubles)) if troubles else words("doctor-healthy"))
    return 1 if troubles else 0


def _program(patient: _Patient) -> Iterable[Finding]:
    if not patient.settings.secret_key.get_secret_value():
        yield Finding("doctor-no-key")
    if not names(patient.settings):
        yield Finding("doctor-no-messenger")
    yield Finding("doctor-running" if patient.heard.running else "doctor-stopped", well=True)
    for name, problem in patient.heard.problems.items():
        yield _down(name, problem)
    for name, seconds in patient.heard.clocks.items():
        if abs(seconds) >= CLOCK_OFF:
            yield Finding("doctor-clock-off", {"than": name, "long": long(patient.words, abs(seconds))})


def _down(name: str, problem: str) -> Finding:
    if name == "database":
        return Finding("doctor-database-lost")
    if problem.endswith("could not be taken"):
        return Finding("doctor-messenger-waits", {"messenger": name})
    return Finding("doctor-messenger-down", {"messenger": name, "problem": problem})


def _machine(patient: _Patient) -> Iterable[Finding]:
    folder = patient.settings.data_dir
    while not folder.is_dir():
        folder = folder.absolute().parent
    disk = shutil.disk_usage(folder)
    if disk.total and (disk.free < DISK_LEFT or disk.free < DISK_SHARE * disk.total):
        yield Finding("doctor-disk", {"megabytes": disk.free // 1024**2, "percent": 100 * disk.free // disk.total})


def _database(patient: _Patient) -> list[Finding]:
    url = patient.settings.database
    at = backlog.place(url)
    if at is not None and not at.exists():
        return [Finding("doctor-no-database", {"place": str(at)})]
    engine = backlog.open_to_read(url)
    try:
        with Session(engine) as session:
            known = schema.revision(session.connection())
            if known is None:
                return [Finding("doctor-no-database", {"place": make_url(url).render_as_string()})]
            if known < HEAD:
                return [Finding("doctor-tables-older", {"theirs": known, "ours": HEAD})]
            if moved := moving.mark_of(session.connection()):
                return [Finding("doctor-moved" if moved[0] == "to" else "doctor-half-moved", {"other": moved[1]})]
            later = [Finding("doctor-tables-later", {"theirs": known, "ours": HEAD}, well=True)] if known > HEAD else []
            return [*later, *_rows(session, patient)]
    except SQLAlchemyError as failure:
        if at is not None:
            return [Finding("doctor-database-unusable", {"place": str(at), "kind": _kind(failure)})]
        return [Finding("doctor-database-silent", {"kind": type(failure).__name__})]
    finally:
        engine.dispose()


def _kind(failure: SQLAlchemyError) -> str:
    """SQLite's own name for it."""
    return getattr(getattr(failure, "orig", None), "sqlite_errorname", type(failure).__name__)


def _rows(session: Session, patient: _Patient) -> Iterable[Finding]:
    yield from _events(session, patient)
    yield from _messages(session, patient)
    yield from _due(session, patient)
    yield from _clock(session, patient)
    yield from _backup(session, patient)
    keys = list(_keys(session, patient))
    yield from keys
    yield from (each for each in _token(session, patient) if each not in keys)


def _keys(session: Session, patient: _Patient) -> Iterable[Finding]:
    if patient.settings.secret_key.get_secret_value():
        ring = KeyRing(patient.settings.keys)
        if keyed.look(session, Secrets(ring), Vault(patient.settings.data_dir / "vault", ring)).foreign:
            yield Finding("doctor-wrong-key")


def _events(session: Session, patient: _Patient) -> Iterable[Finding]:
    waiting = backlog.unhandled(session)
    if waiting.since is not None and patient.now - waiting.since > OLD_EVENT:
        told = {"count": waiting.count, "long": _age(patient, waiting.since)}
        yield Finding("doctor-events-stuck" if patient.heard.running else "doctor-events-wait", told)
    failed = backlog.parked(session, patient.now - LATELY)
    if failed.count:
        yield Finding("doctor-events-failed", {"count": failed.count})


def _messages(session: Session, patient: _Patient) -> Iterable[Finding]:
    oldest: dict[str, Unsent] = {}
    for each in backlog.unsent(session):
        first = oldest.setdefault(each.messenger, each)
        if (each.waiting.since or patient.now) < (first.waiting.since or patient.now):
            oldest[each.messenger] = each
    for each in oldest.values():
        if each.waiting.since is not None and patient.now - each.waiting.since > OLD_MESSAGE:
            told = {"messenger": each.messenger, "long": _age(patient, each.waiting.since)}
            yield Finding(_why_unsent(each.messenger, patient), told)
    for messenger, count in backlog.dead(session, patient.now - LATELY):
        yield Finding("doctor-messages-dead", {"messenger": messenger, "count": count}, well=True)


def _why_unsent(messenger: str, patient: _Patient) -> str:
    set_up = [*names(patient.settings), *(["mail"] if patient.settings.mail.host else [])]
    if messenger not in set_up:
        return "doctor-messages-not-set-up"
    if not patient.heard.running:
        return "doctor-messages-wait"
    return "doctor-messages-down" if messenger in patient.heard.problems else "doctor-messages-refused"


def _due(session: Session, patient: _Patient) -> Iterable[Finding]:
    late = backlog.overdue(session, patient.now, OLD_DUE)
    if late.since is not None:
        told = {"count": late.count, "long": _age(patient, late.since)}
        yield Finding("doctor-due-stuck" if patient.heard.running else "doctor-due-wait", told)
    failing = backlog.failing(session, TRIES)
    for kind in sorted({each.kind for each in failing}):
        tries = [each.attempts for each in failing if each.kind == kind]
        yield Finding("doctor-jobs-fail", {"kind": kind, "count": len(tries), "tries": max(tries)})


def _clock(session: Session, patient: _Patient) -> Iterable[Finding]:
    theirs = backlog.database_clock(session)
    if theirs is not None and abs((theirs - patient.now).total_seconds()) >= CLOCK_OFF:
        off = abs((theirs - patient.now).total_seconds())
        yield Finding("doctor-clock-off", {"than": "PostgreSQL", "long": long(patient.words, off)})
    seen = backlog.last_seen(session)
    if seen is not None and (seen - patient.now).total_seconds() >= CLOCK_OFF:
        yield Finding("doctor-clock-back", {"long": long(patient.words, (seen - patient.now).total_seconds())})


def _backup(session: Session, patient: _Patient) -> Iterable[Finding]:
    taken = last_backup(patient.settings)
    if taken is not None:
        if patient.now - taken > BACKUP_OLD:
            yield Finding("doctor-backup-old", {"long": _age(patient, taken)})
        return
    groups = people.groups(session)
    if groups and patient.now - min(each.created_at for each in groups) > BACKUP_OLD:
        yield Finding("doctor-backup-none")


def last_backup(settings: Settings) -> datetime | None:
    """As `giaoban backup` noted it."""
    try:
        noted = json.loads((settings.data_dir / BACKUP_MARK).read_text(encoding="utf-8"))
        return datetime.fromisoformat(noted["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_backup(settings: Settings, now: datetime) -> None:
    """Kept beside the database, for the doctor."""
    with contextlib.suppress(OSError):
        (settings.data_dir / BACKUP_MARK).write_text(json.dumps({"at": now.isoformat()}), encoding="utf-8")


def _token(session: Session, patient: _Patient) -> Iterable[Finding]:
    """The one token that ends by itself: the Official Account's."""
    from bot.messengers.zalo_oa import grant

    if not patient.settings.zalo_oa.app_secret.get_secret_value() or not patient.settings.secret_key.get_secret_value():
        return
    try:
        kept = zalo.read(session, Secrets(KeyRing(patient.settings.keys)), zalo.TOKENS)
    except SecretBroken:
        yield Finding("doctor-wrong-key")
        return
    known = grant.from_text(kept[1]) if kept else None
    if known is None or known.refused:
        yield Finding("doctor-token-refused")
    elif known.ends_at - patient.now < TOKEN_NEAR:
        left = max((known.ends_at - patient.now).total_seconds(), 0.0)
        yield Finding("doctor-token-ends", {"long": long(patient.words, left)})


def _age(patient: _Patient, since: datetime) -> str:
    return long(patient.words, (patient.now - since).total_seconds())


def long(words: Words, seconds: float) -> str:
    """`3 phút`, `5 giờ`, `12 ngày`."""
    minutes = int(seconds // 60)
    if minutes < 120:
        return words("doctor-minutes", count=max(minutes, 1))
    return words("doctor-hours", count=minutes // 60) if minutes < 2880 else words("doctor-days", count=minutes // 1440)
