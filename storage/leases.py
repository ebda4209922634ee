"""Leases: what only one replica does at a time, until when it may, and how another is kept from going on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case
from sqlmodel import Field, Session, SQLModel, delete, select, update

from storage.base import Instant, from_ms, insert

LASTING = timedelta(seconds=6)
REPLICA = "replica:"
"""Beginning of the lease by which a replica says that it lives."""


class Lease(SQLModel, table=True):
    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    epoch: int = 1
    """Counts its holders: who comes with a lower number is a former one."""
    until: datetime = Field(sa_type=Instant)
    """By the database's time."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lease as its holder knows it."""

    name: str
    holder: str
    epoch: int


TABLE = Lease.__table__  # type: ignore[attr-defined]


def take(session: Session, names: Iterable[str], holder: str, now: datetime) -> Mapping[str, Held]:
    """Takes what is free, renews what is this holder's own; those it holds from here."""
    rows = [{"name": name, "holder": holder, "epoch": 1, "until": now + LASTING} for name in sorted(names)]
    adding = insert(session, TABLE).values(rows)
    own, new = TABLE.c.holder == adding.excluded.holder, adding.excluded
    taking = adding.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "epoch": case((own, TABLE.c.epoch), else_=TABLE.c.epoch + 1),
            "holder": new.holder,
            "until": new.until,
        },
        where=own | (TABLE.c.until <= now),
    ).returning(TABLE.c.name, TABLE.c.epoch)
    return {row.name: Held(row.name, holder, row.epoch) for row in session.execute(taking)}


def give_back(session: Session, names: Sequence[str], holder: str) -> None:
    """Free at once for whoever asks next."""
    session.execute(update(TABLE).where(TABLE.c.name.in_(names), TABLE.c.holder == holder).values(until=from_ms(0)))


def is_held(session: Session, held: Held) -> bool:
    """Whether it is still this holder's; if so, no other can take it before this transaction ends. (SQLite: always.)"""
    if session.get_bind().dialect.name == "sqlite":
        return True
    found = select(TABLE.c.name).where(
        TABLE.c.name == held.name, TABLE.c.holder == held.holder, TABLE.c.epoch == held.epoch
    )
    return session.execute(found.with_for_update(read=True)).first() is not None


def alive(session: Session, now: datetime) -> set[str]:
    """The replicas that have said so lately."""
    found = select(TABLE.c.holder).where(TABLE.c.name.startswith(REPLICA), TABLE.c.until > now)
    return set(session.execute(found).scalars())


def forget_before(session: Session, moment: datetime) -> None:
    """Replicas that have not been seen since."""
    session.execute(delete(TABLE).where(TABLE.c.name.startswith(REPLICA), TABLE.c.until < moment))
