"""Reminders as rows: when whom to remind of which task; and how often a person was pushed on a day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, bindparam, insert
from sqlmodel import Field, Session, SQLModel, col, delete, select

from storage.base import Instant, OwnInsert


class Reminder(SQLModel, table=True):
    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_person", "person_id", "at"), Index("ix_reminder_task", "task_id"))

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    person_id: int = Field(foreign_key="person.id")
    rung: str
    """Which mark of the ladder, or `extra` for one that somebody added."""
    at: datetime = Field(sa_type=Instant)


class Pushes(SQLModel, table=True):
    """How many reminders made a person's phone sound on a day."""

    __tablename__ = "pushes"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    day: date = Field(primary_key=True)
    count: int = 0


_PUSHES = Pushes.__table__  # type: ignore[attr-defined]


def _counting(first: Any) -> Any:
    first = first.values(count=1)
    return first.on_conflict_do_update(index_elements=["person_id", "day"], set_={"count": _PUSHES.c.count + 1})


_TABLE = Reminder.__table__  # type: ignore[attr-defined]
_INSERT = insert(_TABLE)
_FORGET = _TABLE.delete().where(_TABLE.c.task_id == bindparam("task"))
_FORGET_LADDER = _FORGET.where(_TABLE.c.rung != "extra")
_COUNT_PUSH = OwnInsert(_PUSHES, lambda first: _counting(first).returning(_PUSHES.c.count))
_COUNT_PUSHES = OwnInsert(_PUSHES, _counting)


def add(session: Session, task_id: int, marks: Sequence[tuple[int, str, datetime]]) -> None:
    """Of a task, for each mark: person, rung and moment."""
    rows = [{"task_id": task_id, "person_id": person, "rung": rung, "at": at} for person, rung, at in marks]
    if rows:
        session.execute(_INSERT, rows)


def forget(session: Session, task_id: int, *, ladder_only: bool = False) -> None:
    session.execute(_FORGET_LADDER if ladder_only else _FORGET, {"task": task_id})


def people_due(session: Session, now: datetime) -> Sequence[int]:
    return session.exec(select(Reminder.person_id).where(col(Reminder.at) <= now).distinct()).all()


def take(session: Session, person_id: int, now: datetime) -> Sequence[Reminder]:
    """What a person is to be reminded of by now, taken out of the plan."""
    found = session.exec(
        select(Reminder).where(col(Reminder.person_id) == person_id, col(Reminder.at) <= now).order_by(col(Reminder.at))
    ).all()
    for each in found:
        session.expunge(each)
    session.execute(delete(Reminder).where(col(Reminder.id).in_([each.id for each in found])))
    return found


def planned(session: Session, task_id: int) -> Sequence[Reminder]:
    return session.exec(select(Reminder).where(col(Reminder.task_id) == task_id).order_by(col(Reminder.at))).all()


def pushes(session: Session, person_id: int, day: date) -> int:
    found = session.get(Pushes, (person_id, day))
    return found.count if found else 0


def count_push(session: Session, person_id: int, day: date) -> int:
    """Counts one more push on this day; the number with it."""
    counted = session.execute(_COUNT_PUSH.of(session), {"person_id": person_id, "day": day})
    return int(counted.scalar_one())


def count_pushes(session: Session, people: Collection[int], day: date) -> None:
    """Counts one more push of each of these people; in one order always, for whoever counts beside us."""
    if people:
        session.execute(_COUNT_PUSHES.of(session), [{"person_id": each, "day": day} for each in sorted(people)])
