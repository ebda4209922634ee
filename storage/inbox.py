"""What came in: unique by the messenger's own key, kept until handled; its content is wiped once it is."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, bindparam, text
from sqlmodel import Field, Session, SQLModel, delete, func, select, update

from storage.base import Instant, OwnInsert, code, run
from storage.database import TRY_ALONE

PAGE = 500  # waiting events looked at together


class InboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"  # its handling failed; kept without content for the operator, in nobody's way


class InboxRow(SQLModel, table=True):
    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_waiting", "id", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")
        ),
        Index(
            "ix_inbox_lane",
            "lane",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """`messenger:` and the messenger's own id of the event."""
    lane: str
    event: str | None
    state: InboxState = Field(default=InboxState.WAITING, sa_type=code(InboxState))
    received_at: datetime = Field(sa_type=Instant)


class NotYet(Exception):
    """Another replica handles an event of this lane just now, or an older one (`first`) waits before this one."""

    def __init__(self, first: int | None = None) -> None:
        super().__init__("not yet this event's turn")
        self.first = first


_TABLE = InboxRow.__table__  # type: ignore[attr-defined]

# built once: what every event passes through; building costs more than running
_NEW = OwnInsert(_TABLE, lambda new: new.on_conflict_do_nothing().returning(_TABLE.c.id))
_FIRST = select(func.min(_TABLE.c.id)).where(_TABLE.c.lane == bindparam("lane"), _TABLE.c.state == "waiting")
_TURN = select(TRY_ALONE, _FIRST.scalar_subquery())
_CLOSE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"), _TABLE.c.state == "waiting")
    .values(state=bindparam("ended"), event=None)
)


def take(session: Session, rows: Sequence[dict[str, Any]]) -> list[int | None]:
    """Stores what is new (`key, lane, event, received_at` each): the id of what waits to be handled, None for what
    was handled before."""
    taken: list[int | None] = []
    for row in rows:
        new = _NEW.of(session)
        row_id = run(session, new, {"state": InboxState.WAITING, **row}).scalar()
        taken.append(_still_waiting(session, row["key"]) if row_id is None else row_id)
    return taken


def _still_waiting(session: Session, key: str) -> int | None:
    found: int | None = session.execute(
        select(_TABLE.c.id).where(_TABLE.c.key == key, _TABLE.c.state == "waiting")
    ).scalar()
    return found


def content(session: Session, row_id: int) -> str | None:
    found: str | None = session.execute(select(_TABLE.c.event).where(_TABLE.c.id == row_id)).scalar()
    return found


def waiting(session: Session, before: datetime | None = None) -> Sequence[tuple[int, str]]:
    """(id, lane) of everything not yet handled, received before that moment, in order of arrival."""
    found = select(_TABLE.c.id, _TABLE.c.lane).where(_TABLE.c.state == "waiting").order_by(_TABLE.c.id)
    if before is not None:
        found = found.where(_TABLE.c.received_at < before).limit(PAGE)
    return [(row[0], row[1]) for row in session.execute(found)]


def claim(session: Session, row_id: int, lane: str) -> bool:
    """Marks the event done within this transaction; False when it was done already. Between replicas the transaction
    is the lease: until its end no other event of the lane is handled, and the oldest is always the next. Raises
    NotYet."""
    if session.get_bind().dialect.name != "sqlite":
        _await_turn(session, row_id, lane)
    return _close(session, row_id, InboxState.DONE)


def _await_turn(session: Session, row_id: int, lane: str) -> None:
    free, first = session.execute(_TURN, {"name": f"lane {lane}", "lane": lane}).one()
    if not free:
        raise NotYet
    if first is not None and first < row_id:
        raise NotYet(first)


def park(session: Session, row_id: int) -> bool:
    """False when another has handled or parked it meanwhile."""
    return _close(session, row_id, InboxState.PARKED)


def _close(session: Session, row_id: int, state: InboxState) -> bool:
    closed = run(session, _CLOSE, {"row_id": row_id, "ended": state})
    return closed.rowcount > 0


def forget_before(session: Session, moment: datetime) -> int:
    """Drops handled rows received before `moment` (redelivery ends after 24 h), never the latest, so that SQLite gives
    no number a second time; the number dropped."""
    old = delete(_TABLE).where(_TABLE.c.state != "waiting", _TABLE.c.received_at < moment)
    gone = session.execute(old.where(_TABLE.c.id < select(func.max(_TABLE.c.id)).scalar_subquery()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def depth(session: Session) -> int:
    return int(session.execute(select(func.count()).where(_TABLE.c.state == "waiting")).scalar_one())
