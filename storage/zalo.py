"""What a Zalo account leaves with us: its tokens, encrypted and replaced one at a time, and who may be written to."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import CursorResult, case, func
from sqlalchemy.exc import OperationalError
from sqlmodel import Field, Session, SQLModel, delete, select, update

from storage import due
from storage.base import Instant, insert
from storage.columns import Secrets
from storage.database import Command, Database

log = logging.getLogger(__name__)
T = TypeVar("T")
TOKENS = "zalo-oa-tokens"
LOGIN = "zalo-oa-login"


class ZaloSecret(SQLModel, table=True):
    """One text, of which only the newest generation counts: a replacement names the generation it read."""

    __tablename__ = "zalo_secret"

    name: str = Field(primary_key=True)
    generation: int
    hidden: str


class ZaloContact(SQLModel, table=True):
    __tablename__ = "zalo_contact"

    person: str = Field(primary_key=True)
    """The id Zalo gave this person towards the account."""
    last_at: datetime = Field(sa_type=Instant, index=True)
    """Their last sign of life: Zalo lets the account write to them for seven days after it."""
    follows: bool | None = None
    shut: bool = False


class ZaloUsage(SQLModel, table=True):
    """How much of its free tier a Zalo bot has used."""

    __tablename__ = "zalo_usage"

    bot: str = Field(primary_key=True)
    month: date
    messages: int
    people: str
    """JSON list of the chats of those who have written to it."""
    warned: str = "[]"
    """JSON list of what the leaders have been told of in this month."""


USAGE_WARNING = "zalo-usage"
"""Kind of the due row by which leaders are told that a free tier is running out."""
ACCOUNT_WARNING = "zalo-account"
"""Kind of the due row by which leaders are told that the Official Account needs its administrator."""
Counted = tuple[str, date, int, Sequence[str], Sequence[str]]
"""A bot, its month, the month's messages, its people, and what is nearly used up."""

_SECRETS = ZaloSecret.__table__  # type: ignore[attr-defined]
_CONTACTS = ZaloContact.__table__  # type: ignore[attr-defined]


def read(session: Session, secrets: Secrets, name: str) -> tuple[int, str] | None:
    """(generation, text)."""
    found = session.get(ZaloSecret, name)
    return (found.generation, secrets.show(found.hidden, name)) if found else None


def replace(session: Session, secrets: Secrets, name: str, generation: int, text: str) -> bool:
    """False when the stored generation is another than the one given (0: nothing stored)."""
    values = {"generation": generation + 1, "hidden": secrets.hide(text, name)}
    if generation == 0:
        adding = insert(session, _SECRETS).values(name=name, **values).on_conflict_do_nothing()
        return _rows(session.execute(adding)) == 1
    changing = update(_SECRETS).where(_SECRETS.c.name == name, _SECRETS.c.generation == generation).values(**values)
    return _rows(session.execute(changing)) == 1


def _rows(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount


class SecretText:
    """A stored text as the adapter wants it; an OperationalError becomes an OSError."""

    def __init__(self, database: Database, secrets: Secrets, name: str) -> None:
        self._database, self._secrets, self._name = database, secrets, name

    async def read(self) -> tuple[int, str] | None:
        return await _run(self._database, lambda session: read(session, self._secrets, self._name))

    async def replace(self, generation: int, text: str) -> bool:
        return await _run(self._database, lambda session: replace(session, self._secrets, self._name, generation, text))


class Contacts:
    """Signs of life, over restarts and between replicas."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, people: frozenset[str] | None = None) -> Mapping[str, tuple[datetime, bool | None, bool]]:
        return await _run(self._database, lambda session: contacts(session, people))

    async def save(self, heard: Mapping[str, tuple[datetime, bool | None, bool]]) -> None:
        await _run(self._database, lambda session: note(session, heard))

    async def forget(self, person: str) -> None:
        await _run(self._database, lambda session: forget(session, person))


class UsageBook:
    """What the bots have used, over restarts; says when it should be warned, once a month for each limit."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    async def load(self) -> Sequence[Counted]:
        return await _run(self._database, used)

    async def save(self, counted: Sequence[Counted]) -> Sequence[Counted]:
        return await _run(self._database, lambda session: note_used(session, counted, self._now()))


def used(session: Session) -> Sequence[Counted]:
    return [
        (each.bot, each.month, each.messages, json.loads(each.people), ()) for each in session.exec(select(ZaloUsage))
    ]


def note_used(session: Session, counted: Sequence[Counted], now: datetime) -> Sequence[Counted]:
    """Adds what one of the replicas has counted since it last told; the sums."""
    return [_note_used(session, each, now) for each in counted]


def _note_used(session: Session, counted: Counted, now: datetime) -> Counted:
    bot, month, messages, people, nearly = counted
    known = session.get(ZaloUsage, bot, with_for_update=True, populate_existing=True) or ZaloUsage(
        bot=bot, month=month, messages=0, people="[]"
    )
    known.people = json.dumps(sorted({*people, *json.loads(known.people)}))
    if known.month < month:
        known.month, known.messages, known.warned = month, 0, "[]"
    if known.month == month:
        known.messages += messages
        _warn(session, known, nearly, now)
    session.add(known)
    session.flush()
    return bot, known.month, known.messages, json.loads(known.people), ()


def _warn(session: Session, known: ZaloUsage, nearly: Sequence[str], now: datetime) -> None:
    warned = json.loads(known.warned)
    for what in (each for each in nearly if each not in warned):
        facts = {
            "bot": known.bot,
            "what": what,
            "messages": known.messages,
            "people": len(json.loads(known.people)),
            "month": f"{known.month:%m/%Y}",
        }
        due.plan(session, USAGE_WARNING, f"{USAGE_WARNING}:{known.bot}:{known.month}:{what}", now, facts)
    known.warned = json.dumps(sorted({*warned, *nearly}))


def contacts(
    session: Session, people: frozenset[str] | None = None
) -> Mapping[str, tuple[datetime, bool | None, bool]]:
    found = select(ZaloContact)
    if people is not None:
        found = found.where(_CONTACTS.c.person.in_(people))
    return {each.person: (each.last_at, each.follows, each.shut) for each in session.exec(found)}


def note(session: Session, heard: Mapping[str, tuple[datetime, bool | None, bool]]) -> None:
    """What is newer counts; an unknown `follows` leaves the known one."""
    if not heard:
        return
    rows = [
        {"person": person, "last_at": last, "follows": follows, "shut": shut}
        for person, (last, follows, shut) in heard.items()
    ]
    adding = insert(session, _CONTACTS).values(rows)
    new, old = adding.excluded, _CONTACTS.c
    fresh = new.last_at >= old.last_at
    changes = {
        "last_at": case((fresh, new.last_at), else_=old.last_at),
        "follows": func.coalesce(new.follows, old.follows),
        "shut": case((fresh, new.shut), else_=old.shut),
    }
    session.execute(adding.on_conflict_do_update(index_elements=["person"], set_=changes))


def closing(session: Session, now: datetime, window: timedelta, within: timedelta) -> Sequence[tuple[str, datetime]]:
    """Who can be written to now and not any more after `within`, and until when; soonest first."""
    found = (
        select(ZaloContact)
        .where(_CONTACTS.c.last_at > now - window, _CONTACTS.c.last_at <= now - window + within)
        .where(_CONTACTS.c.shut.is_(False))
        .order_by(_CONTACTS.c.last_at)
    )
    return [(each.person, each.last_at + window) for each in session.exec(found)]


def forget(session: Session, person: str) -> None:
    """Zalo's user_withdraw: the person wants nothing kept."""
    session.execute(delete(_CONTACTS).where(_CONTACTS.c.person == person))


async def tell_leaders(database: Database, now: datetime, trouble: str, days: int) -> None:
    """Once a day; a database that does not answer is told of in the log."""
    facts = {"trouble": trouble, "days": days}

    def plan(session: Session) -> None:
        due.plan(session, ACCOUNT_WARNING, f"{ACCOUNT_WARNING}:{now.date()}", now, facts)

    try:
        await database.run(plan)
    except OperationalError:
        log.warning("leaders could not be told of the Zalo Official Account")


async def _run(database: Database, command: Command[T]) -> T:
    try:
        return await database.run(command)
    except OperationalError:
        raise ConnectionError("the database does not answer") from None
