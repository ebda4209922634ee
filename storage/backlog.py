"""What waits and for how long, for those who look after the program; nothing here changes anything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session, func, select, text

from storage import due, inbox, outbox
from storage import leases as leased_names
from storage.base import from_ms, to_ms

_INBOX = inbox.InboxRow.__table__  # type: ignore[attr-defined]
_OUTBOX, _DUE, _LEASES = outbox.TABLE, due.TABLE, leased_names.TABLE
_UNSENT = _OUTBOX.c.state.in_((*outbox.OPEN, "sending"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many, the oldest since then (None where nothing waits)."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Unsent:
    messenger: str
    priority: str
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Failing:
    """A due row that has been tried again and again."""

    kind: str
    attempts: int
    again_at: datetime


def open_to_read(url: str) -> Engine:
    """An engine that cannot write, whatever it is asked to."""
    at = make_url(url)
    if at.get_backend_name() == "sqlite":
        still = "" if Path(f"{at.database}-wal").exists() else "&immutable=1"  # nobody has it open: leave no trace
        engine = create_engine(f"sqlite:///file:{at.database}?mode=ro{still}&uri=true", hide_parameters=True)
        event.listen(engine, "connect", _begins_itself)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))  # one moment for all
        return engine
    engine = create_engine(url, hide_parameters=True, connect_args={"connect_timeout": 5})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("SET TRANSACTION READ ONLY"))
    return engine


def _begins_itself(connection: Any, _record: Any) -> None:
    connection.isolation_level = None


def unhandled(session: Session) -> Waiting:
    """Events taken and not yet handled."""
    found = select(func.count(), func.min(_INBOX.c.received_at)).where(_INBOX.c.state == "waiting")
    return _waiting(session.execute(found).one())


def parked(session: Session, since: datetime) -> Waiting:
    """Events whose handling failed, of those received since then."""
    found = select(func.count(), func.min(_INBOX.c.received_at)).where(
        _INBOX.c.state == "parked", _INBOX.c.received_at >= since
    )
    return _waiting(session.execute(found).one())


def unsent(session: Session) -> Sequence[Unsent]:
    found = (
        select(_OUTBOX.c.messenger, _OUTBOX.c.priority, func.count(), func.min(_OUTBOX.c.created_at))
        .where(_UNSENT)
        .group_by(_OUTBOX.c.messenger, _OUTBOX.c.priority)
        .order_by(_OUTBOX.c.messenger, _OUTBOX.c.priority)
    )
    return [Unsent(row[0], str(row[1]), _waiting(row[2:])) for row in session.execute(found).all()]


def dead(session: Session, since: datetime) -> Sequence[tuple[str, int]]:
    """Messages that will never arrive, by messenger."""
    found = (
        select(_OUTBOX.c.messenger, func.count())
        .where(_OUTBOX.c.state == "dead", _OUTBOX.c.created_at >= since)
        .group_by(_OUTBOX.c.messenger)
        .order_by(_OUTBOX.c.messenger)
    )
    return [(row[0], row[1]) for row in session.execute(found).all()]


def overdue(session: Session, now: datetime, patience: timedelta) -> Waiting:
    """Rows that should have been done this long ago and that nobody has taken."""
    found = select(func.count(), func.min(_DUE.c.due_at)).where(_DUE.c.due_at <= now - patience)
    return _waiting(session.execute(found).one())


def failing(session: Session, attempts: int) -> Sequence[Failing]:
    """The most tried first."""
    found = (
        select(_DUE.c.kind, _DUE.c.attempts, _DUE.c.due_at)
        .where(_DUE.c.attempts >= attempts)
        .order_by(_DUE.c.attempts.desc(), _DUE.c.key)
        .limit(100)
    )
    return [Failing(*row) for row in session.execute(found).all()]


def leased(session: Session, now: datetime) -> int:
    """Rows that are in hand, or wait to be tried again."""
    found = select(func.count()).where(_DUE.c.attempts > 0, _DUE.c.due_at > now)
    return int(session.execute(found).scalar_one())


def leases(session: Session, now: datetime) -> Mapping[str, int]:
    """How many are held, by what they are for: `replica` counts the replicas that live."""
    found = session.execute(select(_LEASES.c.name).where(_LEASES.c.until > now)).scalars()
    return Counter(name.partition(":")[0] for name in found)


def last_seen(session: Session) -> datetime | None:
    """When the latest event came, by the clock of that time."""
    found: datetime | None = (
        session.execute(select(_INBOX.c.received_at).order_by(_INBOX.c.id.desc())).scalars().first()
    )
    return found


def database_clock(session: Session) -> datetime | None:
    """PostgreSQL's own; None where the database has none of its own."""
    if session.get_bind().dialect.name == "sqlite":
        return None
    return from_ms(
        round(float(session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one()) * 1000)
    )


def size(session: Session) -> int:
    """Bytes."""
    if session.get_bind().dialect.name == "sqlite":
        return int(session.execute(text("PRAGMA page_count")).scalar_one()) * int(
            session.execute(text("PRAGMA page_size")).scalar_one()
        )
    return int(session.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def place(url: str) -> Path | None:
    """The SQLite file."""
    at = make_url(url)
    return Path(at.database) if at.get_backend_name() == "sqlite" and at.database else None


def age(waiting: Waiting, now: datetime) -> float:
    """Seconds; 0 where nothing waits."""
    return max((to_ms(now) - to_ms(waiting.since)) / 1000, 0.0) if waiting.since else 0.0


def _waiting(row: Any) -> Waiting:
    count, since = row
    return Waiting(int(count), since)
