"""Who did what when, as an append-only chain of hashes that shows any later change."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, insert, select

from storage.base import Instant, run, to_ms
from storage.database import alone

FIRST = "0" * 64


class AuditEntry(SQLModel, table=True):
    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant)
    group_id: int | None = Field(default=None, index=True)
    actor: int | None = None
    """The person who acted; None: the program itself."""
    action: str
    subject: str = Field(index=True)
    """What it was done to, e.g. `task:12`."""
    facts: str = "{}"
    previous: str
    hash: str

    @property
    def values(self) -> dict[str, Any]:
        return dict(json.loads(self.facts))


_TABLE = AuditEntry.__table__  # type: ignore[attr-defined]
_LATEST = select(_TABLE.c.hash).order_by(_TABLE.c.id.desc()).limit(1)
_INSERT = insert(_TABLE)


def append(
    session: Session,
    *,
    at: datetime,
    group_id: int | None,
    actor: int | None,
    action: str,
    subject: str,
    facts: dict[str, Any],
) -> None:
    alone(session, "audit")  # two entries must not follow the same one
    previous = run(session, _LATEST).scalar() or FIRST
    row = {
        "at": at,
        "group_id": group_id,
        "actor": actor,
        "action": action,
        "subject": subject,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
        "previous": previous,
    }
    run(session, _INSERT, {"hash": _digest(row), **row})


def _digest(row: dict[str, Any]) -> str:
    told = [
        to_ms(row["at"]),
        row["group_id"],
        row["actor"],
        row["action"],
        row["subject"],
        row["facts"],
        row["previous"],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def breaks(session: Session) -> Iterator[int]:
    """Ids of the entries at which the chain does not hold."""
    previous = FIRST
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=1000)):
        if entry.previous != previous or entry.hash != _digest(entry.model_dump()):
            yield entry.id or 0
        previous = entry.hash


def head(session: Session) -> str:
    """The latest hash: noted elsewhere, it shows later that nothing before it was changed."""
    return session.execute(_LATEST).scalar() or FIRST


def rewrite(session: Session, erase: Callable[[str], str], at: datetime, person: int) -> int:
    """Takes a person out of the entries' facts, the one change the chain allows: from the first such entry on the
    hashes are made anew, and a new entry says so, with the head that the chain had before. The number changed."""
    alone(session, "audit")
    before, previous, first, changed = head(session), FIRST, None, 0
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=1000)):
        facts = erase(entry.facts)
        if facts != entry.facts:
            first, changed = first or entry.id, changed + 1
        if first is not None:
            row = {**entry.model_dump(), "facts": facts, "previous": previous}
            told = {"facts": facts, "previous": previous, "hash": _digest(row)}
            session.execute(_TABLE.update().where(_TABLE.c.id == entry.id).values(told))
            previous = told["hash"]
        else:
            previous = entry.hash
    told_of = {"entries": changed, **({"since": first, "head_before": before} if first is not None else {})}
    append(
        session, at=at, group_id=None, actor=None, action="person-forgotten", subject=f"person:{person}", facts=told_of
    )
    return changed


def history(session: Session, subject: str) -> Sequence[AuditEntry]:
    return session.exec(select(AuditEntry).where(_TABLE.c.subject == subject).order_by(_TABLE.c.id)).all()


def last_act(session: Session, actor: int, group_id: int) -> AuditEntry | None:
    found = (
        select(AuditEntry).where(_TABLE.c.actor == actor, _TABLE.c.group_id == group_id).order_by(_TABLE.c.id.desc())
    )
    return session.exec(found.limit(1)).first()


def count(session: Session) -> int:
    return len(session.exec(select(AuditEntry.id)).all())
