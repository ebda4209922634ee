"""Who is on duty when: units that report, shifts, and offers to swap a shift."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam
from sqlmodel import Field, Session, SQLModel, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage.base import Instant, code
from storage.questions import Question


class DutyUnit(SQLModel, table=True):
    __tablename__ = "duty_unit"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id", index=True)
    name: str
    person_id: int = Field(foreign_key="person.id")
    """Who answers for it: is asked who is on duty."""
    place: int = 0
    """Its place in the roster."""
    removed_at: datetime | None = Field(default=None, sa_type=Instant)


class Shift(SQLModel, table=True):
    """A person's duty in [start_at, end_at)."""

    __tablename__ = "shift"
    __table_args__ = (Index("ix_shift_group_start", "group_id", "start_at"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    unit_id: int | None = Field(default=None, foreign_key="duty_unit.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    start_at: datetime = Field(sa_type=Instant)
    end_at: datetime = Field(sa_type=Instant)
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    removed_at: datetime | None = Field(default=None, sa_type=Instant)


class SwapState(StrEnum):
    OFFERED = "offered"  # waits for the colleague
    ACCEPTED = "accepted"  # the colleague has the shift
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # offered to somebody else, or the shift is not the offerer's any more


class Swap(SQLModel, table=True):
    """An offer of a shift to a colleague."""

    __tablename__ = "swap"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    shift_id: int = Field(foreign_key="shift.id", index=True)
    offered_by: int = Field(foreign_key="person.id")
    offered_to: int = Field(foreign_key="person.id")
    state: SwapState = Field(default=SwapState.OFFERED, sa_type=code(SwapState))
    offered_at: datetime = Field(sa_type=Instant)


# built once: every group's morning passes through them; building costs more than running

_UNITS = (
    select(DutyUnit)
    .where(col(DutyUnit.group_id) == bindparam("group"), col(DutyUnit.removed_at).is_(None))
    .order_by(col(DutyUnit.place), col(DutyUnit.id))
)
_STARTING = (
    select(Shift)
    .where(col(Shift.group_id) == bindparam("group"), col(Shift.removed_at).is_(None))
    .where(col(Shift.start_at) >= bindparam("since"), col(Shift.start_at) < bindparam("until"))
    .order_by(col(Shift.start_at), col(Shift.id))
)

# units


def units(session: Session, group_id: int) -> Sequence[DutyUnit]:
    """The units that report now, in the roster's order."""
    return session.exec(_UNITS, params={"group": group_id}).all()


def unit(session: Session, unit_id: int) -> DutyUnit | None:
    """The unit, removed ones too."""
    return session.get(DutyUnit, unit_id)


def last_unit_of(session: Session, group_id: int, person_id: int) -> int | None:
    """The unit for which the person was last on duty, as long as it still reports."""
    found = (
        select(Shift.unit_id)
        .join(DutyUnit, col(DutyUnit.id) == col(Shift.unit_id))
        .where(col(Shift.group_id) == group_id, col(Shift.person_id) == person_id, col(DutyUnit.removed_at).is_(None))
        .order_by(col(Shift.id).desc())
        .limit(1)
    )
    return session.exec(found).first()


# shifts


def shift(session: Session, shift_id: int) -> Shift | None:
    return session.get(Shift, shift_id)


def starting(session: Session, group_id: int, since: datetime, until: datetime) -> Sequence[Shift]:
    """Shifts that begin in [since, until), by time."""
    return session.exec(_STARTING, params={"group": group_id, "since": since, "until": until}).all()


def overlapping(session: Session, group_id: int, start: datetime, end: datetime) -> Sequence[Shift]:
    """Shifts with a moment in [start, end); one that ends when another begins does not overlap it."""
    found = _present(group_id).where(col(Shift.start_at) < end, col(Shift.end_at) > start)
    return session.exec(found.order_by(col(Shift.start_at), col(Shift.id))).all()


def coming_of(session: Session, group_id: int, person_id: int, now: datetime) -> Sequence[Shift]:
    """The person's shifts that have not begun."""
    found = _present(group_id).where(col(Shift.person_id) == person_id, col(Shift.start_at) > now)
    return session.exec(found.order_by(col(Shift.start_at), col(Shift.id))).all()


def _present(group_id: int) -> SelectOfScalar[Shift]:
    return select(Shift).where(col(Shift.group_id) == group_id, col(Shift.removed_at).is_(None))


# swaps


def swap(session: Session, swap_id: int) -> Swap | None:
    return session.get(Swap, swap_id)


def open_swaps(session: Session, shift_id: int) -> Sequence[Swap]:
    found = select(Swap).where(col(Swap.shift_id) == shift_id, col(Swap.state) == SwapState.OFFERED)
    return session.exec(found.order_by(col(Swap.id))).all()


def close_swap(session: Session, swap_id: int, state: SwapState) -> bool:
    """Ends an open offer; False when somebody else ended it before."""
    ended = update(Swap).where(col(Swap.id) == swap_id, col(Swap.state) == SwapState.OFFERED).values(state=state)
    return int(session.execute(ended).rowcount) == 1  # type: ignore[attr-defined]


# what is asked


def questions_about(session: Session, group_id: int, unit_id: int, kinds: Sequence[str]) -> Sequence[Question]:
    """The open questions of these kinds about a unit."""
    found = select(Question).where(col(Question.group_id) == group_id, col(Question.kind).in_(kinds))
    return [each for each in session.exec(found).all() if each.values.get("unit") == unit_id]
