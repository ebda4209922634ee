"""`giaoban forget` and `giaoban export`: what the program knows about a person, taken out or handed over."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

import config
from bot.clock import Clock
from bot.doctor import last_backup
from bot.engine.texts import Texts
from bot.serving import NotReady, demand_data, opened
from config.settings import Settings
from storage import audit, exporting, forgetting, people, schema
from storage.database import Database
from storage.forgetting import CannotForget, Forgotten
from storage.people import Person

TEXTS = Path(config.__file__).parent / "texts"
MOMENT = "%H:%M %d/%m/%Y"
Say = Callable[[str], None]


class Unknown(Exception):
    """Nobody is meant, or more than one."""


def forget_person(settings: Settings, said: str, *, sure: bool, say: Say) -> int:
    """0 when done; 1 when it was not said to be sure, or cannot be done, with the reason."""
    words = Texts(TEXTS, settings.data_dir / "texts").words(settings.language)
    now = Clock(settings.zone).now()
    database = _opened(settings)

    def known(session: Session) -> tuple[int, str]:
        person = _the_one(session, said)
        return person.id or 0, _described(session, person)

    def forget(session: Session, number: int) -> Forgotten:
        person = people.person(session, number)
        return forgetting.forget(session, person, words("forgotten-person", id=number), now)

    try:
        number, described = database.run_now(known)
        say(described)
        if not sure:
            say(words("forget-say-yes"))
            return 1
        gone = database.run_now(lambda session: forget(session, number))
    except CannotForget as left:
        say(words("forget-leads", groups=", ".join(left.leads)))
        return 1
    finally:
        database.close()
    say(words("forget-done", id=number, cells=gone.cells, entries=gone.entries))
    if gone.shared:
        say(words("forget-shared"))
    last = last_backup(settings)
    shown = last.astimezone(settings.zone).strftime(MOMENT) if last else "none"
    say(words("forget-backups", id=number, at=now.astimezone(settings.zone).strftime(MOMENT), last=shown))
    say(words("forget-vault"))
    return 0


def export_person(settings: Settings, said: str) -> str:
    """JSON; that it was asked for is recorded."""
    database, now = _opened(settings), Clock(settings.zone).now()
    try:
        told = database.run_now(lambda session: _exported(session, said, now))
    finally:
        database.close()
    return json.dumps(told, ensure_ascii=False, indent=2)


def _opened(settings: Settings) -> Database:
    """Raises NotReady where a later version may keep more about people than this one knows."""
    demand_data(settings)
    database = opened(settings)
    if later := schema.later_revision(database.engine):
        database.close()
        raise NotReady(f"the tables are a later version's ({later}): use that version, which knows all that is kept")
    return database


def _exported(session: Session, said: str, now: datetime) -> dict[str, object]:
    person = _the_one(session, said)
    subject = f"person:{person.id}"
    audit.append(session, at=now, group_id=None, actor=None, action="person-exported", subject=subject, facts={})
    return exporting.everything(session, person)


def _the_one(session: Session, said: str) -> Person:
    found = forgetting.found(session, said)
    if not found:
        raise Unknown("nobody is known by that number, username, address or name")
    if len(found) > 1:
        raise Unknown("\n".join(["more than one person is meant; give the number:", *_list(session, found)]))
    return found[0]


def _list(session: Session, found: Sequence[Person]) -> list[str]:
    return [_described(session, each) for each in found]


def _described(session: Session, person: Person) -> str:
    """`#7 Trần Văn Bình (Tổ công tác số 1; telegram, mail)`."""
    groups = ", ".join(group.name for _, group in people.memberships(session, person.id or 0))
    accounts = ", ".join(each.messenger for each in people.accounts_of(session, person.id or 0))
    return f"#{person.id} {person.name} ({groups or '-'}; {accounts or '-'})"
