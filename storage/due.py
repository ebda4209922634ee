"""Rows with a due time: reminders, questions, digests, slow jobs; claimed by whoever is free."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, Session, SQLModel, delete, func, select, update

from storage.base import Instant, OwnInsert, run


class DueRow(SQLModel, table=True):
    __tablename__ = "due"
    __table_args__ = (
        Index("ix_due_at", "due_at"),
        Index(
            "ix_due_holder",
            "holder",
            sqlite_where=text("holder IS NOT NULL"),
            postgresql_where=text("holder IS NOT NULL"),
        ),
    )

    key: str = Field(primary_key=True)
    """Names the occurrence (`task-reminder:12:2h`), so that it is planned once."""
    kind: str
    facts: str = "{}"
    due_at: datetime = Field(sa_type=Instant)
    planned_for: datetime = Field(sa_type=Instant)
    """The first due time; `due_at` moves on while a job is leased or tried again."""
    attempts: int = 0
    holder: str | None = None
    """The replica that has the job in hand."""

    @property
    def values(self) -> dict[str, Any]:
        return dict(json.loads(self.facts))


TABLE = DueRow.__table__  # type: ignore[attr-defined]


def _replacing(new: Any) -> Any:
    told = {name: new.excluded[name] for name in ("kind", "facts", "due_at", "planned_for", "attempts", "holder")}
    return new.on_conflict_do_update(index_elements=["key"], set_=told)


_PLAN = OwnInsert(TABLE, _replacing)
_DUE_BY = select(TABLE.c.key).where(TABLE.c.due_at <= bindparam("now")).limit(1)
_END = delete(TABLE).where(TABLE.c.key == bindparam("ended"))


def plan(session: Session, kind: str, key: str, at: datetime, facts: dict[str, Any]) -> None:
    """Plans or re-plans the row with this key."""
    plan_each(session, kind, {key: facts}, at)


def plan_each(session: Session, kind: str, facts: Mapping[str, dict[str, Any]], at: datetime) -> None:
    """The same for many at once: the facts of each by its key."""
    rows = [_planned(kind, key, at, each) for key, each in facts.items()]
    if rows:
        run(session, _PLAN.of(session), rows)


def _planned(kind: str, key: str, at: datetime, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "facts": json.dumps(facts, ensure_ascii=False),
        "due_at": at,
        "planned_for": at,
        "attempts": 0,
        "holder": None,
    }


def end(session: Session, row: DueRow) -> None:
    """It is done in this transaction. (To have it deleted by the ORM takes four times as long.)"""
    session.expunge(row)
    run(session, _END, {"ended": row.key})


def cancel(session: Session, key: str) -> None:
    session.execute(delete(TABLE).where(TABLE.c.key == key))


def due(session: Session, now: datetime, kinds: Sequence[str], limit: int) -> Sequence[DueRow]:
    """What has fallen due, oldest first; locked on PostgreSQL so that no other replica takes it."""
    if not waits(session, now):
        return []  # after most events: asked at a tenth of the price
    found = (
        select(DueRow)
        .where(TABLE.c.due_at <= now, TABLE.c.kind.in_(kinds))
        .order_by(TABLE.c.due_at, TABLE.c.key)
        .limit(limit)
    )
    return session.exec(found.with_for_update(skip_locked=True)).all()


def get(session: Session, key: str) -> DueRow | None:
    return session.get(DueRow, key)


def in_hand(session: Session, key: str, attempts: int) -> DueRow | None:
    """The job if nobody has begun another attempt since, nor can before this transaction ends."""
    found = session.exec(select(DueRow).where(TABLE.c.key == key).with_for_update()).first()
    return found if found is not None and found.attempts == attempts else None


def put_off(session: Session, key: str, at: datetime, attempts: int) -> None:
    """Another try later, of an attempt that is counted already; nothing when another has begun one meanwhile."""
    mine = TABLE.c.key == key, TABLE.c.attempts == attempts
    session.execute(update(TABLE).where(*mine).values(due_at=at, holder=None))


def postpone(session: Session, key: str, at: datetime, holder: str | None = None) -> None:
    """A lease of that holder, or another try later: the row stays until its job is done."""
    changes = {"due_at": at, "holder": holder, "attempts": TABLE.c.attempts + 1}
    session.execute(update(TABLE).where(TABLE.c.key == key).values(**changes))


def take_back(session: Session, alive: Collection[str], now: datetime) -> int:
    """What replicas had in hand that are alive no more is due again; how many."""
    dead = TABLE.c.holder.is_not(None) & TABLE.c.holder.not_in(alive)
    freed = session.execute(update(TABLE).where(dead).values(due_at=now, holder=None))
    return int(freed.rowcount)  # type: ignore[attr-defined]


def next_at(session: Session) -> datetime | None:
    found: datetime | None = session.execute(select(func.min(TABLE.c.due_at))).scalar()
    return found


def planned(session: Session, prefix: str) -> Sequence[DueRow]:
    """Every row whose key begins with `prefix`, by time."""
    found = select(DueRow).where(TABLE.c.key >= prefix, TABLE.c.key < prefix + "\U0010ffff").order_by(TABLE.c.due_at)
    return session.exec(found).all()


def waits(session: Session, now: datetime) -> bool:
    """Whether anything is due by now."""
    return run(session, _DUE_BY, {"now": now}).first() is not None
