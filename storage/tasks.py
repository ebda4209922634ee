"""Tasks, who works on them, and the series that make them come again."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, bindparam, insert
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Instant, code, run


class TaskState(StrEnum):
    OPEN = "open"  # given out and not reported done
    REPORTED = "reported"  # the lead says it is done; a leader has to look
    DONE = "done"  # approved
    CANCELLED = "cancelled"


class AssignmentState(StrEnum):
    GIVEN = "given"  # nobody has said anything yet
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Part(StrEnum):
    LEAD = "lead"  # chủ trì: answers for the task
    SUPPORT = "support"  # phối hợp


class Urgency(StrEnum):
    ORDINARY = "ordinary"
    URGENT = "urgent"  # khẩn
    VERY_URGENT = "very-urgent"  # thượng khẩn
    EXPRESS = "express"  # hỏa tốc: reminded of outside office hours as well


class Task(SQLModel, table=True):
    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("group_id", "number"), Index("ix_task_open", "group_id", "state", "due_at"))

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    number: int
    """As people say it: #12 of its group."""
    title: str
    urgency: Urgency = Field(default=Urgency.ORDINARY, sa_type=code(Urgency))
    state: TaskState = Field(default=TaskState.OPEN, sa_type=code(TaskState))
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    before: bool = False
    """The day was said as `trước ngày …` without an hour: surely on time is the working day before."""
    wanted_due_at: datetime | None = Field(default=None, sa_type=Instant)
    """An extension that was asked for and not decided."""
    wanted_by: int | None = None
    letter_id: int | None = None
    series_id: int | None = Field(default=None, index=True)
    file: str | None = None
    """FileRef as JSON: what was replied to, or the evidence that came with the report."""
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def is_closed(self) -> bool:
        return self.state in (TaskState.DONE, TaskState.CANCELLED)


class Assignment(SQLModel, table=True):
    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("task_id", "person_id"), Index("ix_assignment_person", "person_id"))

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    person_id: int = Field(foreign_key="person.id")
    part: Part = Field(sa_type=code(Part))
    state: AssignmentState = Field(default=AssignmentState.GIVEN, sa_type=code(AssignmentState))
    reason: str = ""


class Series(SQLModel, table=True):
    """What comes again: its next task is opened when its period begins."""

    __tablename__ = "series"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id", index=True)
    title: str
    repeats: str
    """RRULE (RFC 5545)."""
    clock: str
    """`16:00`, in the office's zone."""
    urgency: Urgency = Field(default=Urgency.ORDINARY, sa_type=code(Urgency))
    people: str
    """JSON list of person ids, the lead first."""
    given_by: int = Field(foreign_key="person.id")
    last_day: date
    """The day of the latest task that was opened."""
    ended: bool = False
    letter_id: int | None = None
    """The letter that asks for it."""


_ASSIGNMENTS = (
    select(Assignment)
    .where(col(Assignment.task_id) == bindparam("task"))
    .order_by(col(Assignment.part), col(Assignment.id))
)
_TASKS = Task.__table__  # type: ignore[attr-defined]
_HANDS = Assignment.__table__  # type: ignore[attr-defined]
_OPENED = insert(_TASKS).returning(_TASKS.c.id)
_GIVE = insert(_HANDS)
_OPEN = (TaskState.OPEN, TaskState.REPORTED)
_DATED = (_TASKS.c.group_id == bindparam("group"), _TASKS.c.state.in_(_OPEN), _TASKS.c.due_at.is_not(None))
# columns, not rows of the ORM: on a province's morning there are a hundred thousand of them
_OPEN_DATED = (
    select(_TASKS.c.id, _TASKS.c.number, _TASKS.c.title, _TASKS.c.due_at)
    .where(*_DATED)
    .order_by(_TASKS.c.due_at, _TASKS.c.number)
)
_HANDS_ON_OPEN_DATED = (
    select(_HANDS.c.task_id, _HANDS.c.person_id, _HANDS.c.part, _HANDS.c.state)
    .join(_TASKS, _TASKS.c.id == _HANDS.c.task_id)
    .where(*_DATED)
)


def add(session: Session, task: Task, people: Sequence[int]) -> Sequence[Assignment]:
    """The first person leads, the others support. Who got what, the lead first: to be read, not to be changed."""
    task.id = run(session, _OPENED, task.model_dump(exclude={"id"})).scalar_one()
    make_transient_to_detached(task)
    session.add(task)  # as if it had been read: half the price of having it flushed
    hands = [
        Assignment(task_id=task.id or 0, person_id=person_id, part=Part.SUPPORT if place else Part.LEAD)
        for place, person_id in enumerate(people)
    ]
    if hands:
        run(session, _GIVE, [each.model_dump(exclude={"id"}) for each in hands])
    return hands


def get(session: Session, task_id: int) -> Task | None:
    return session.get(Task, task_id)


def of_number(session: Session, group_id: int, number: int) -> Task | None:
    return session.exec(select(Task).where(col(Task.group_id) == group_id, col(Task.number) == number)).first()


def of_letter(session: Session, letter_id: int) -> Sequence[Task]:
    """The tasks that were opened for a letter."""
    return session.exec(select(Task).where(col(Task.letter_id) == letter_id).order_by(col(Task.number))).all()


def of_letters(session: Session, letter_ids: Sequence[int]) -> Sequence[Task]:
    """The tasks of several letters."""
    return session.exec(select(Task).where(col(Task.letter_id).in_(letter_ids)).order_by(col(Task.number))).all()


def assignments(session: Session, task_id: int) -> Sequence[Assignment]:
    """The lead first."""
    return session.exec(_ASSIGNMENTS, params={"task": task_id}).all()


def assignment_of(session: Session, task_id: int, person_id: int) -> Assignment | None:
    found = select(Assignment).where(col(Assignment.task_id) == task_id, col(Assignment.person_id) == person_id)
    return session.exec(found).first()


def open_of_group(session: Session, group_id: int) -> Sequence[Task]:
    """Not closed, the nearest deadline first, those without one last."""
    found = select(Task).where(col(Task.group_id) == group_id, col(Task.state).in_(_OPEN))
    return session.exec(found.order_by(col(Task.due_at).is_(None), col(Task.due_at), col(Task.number))).all()


def open_with_deadline(session: Session, group_id: int) -> Sequence[Any]:
    """`id, number, title, due_at` of what is not closed and has a deadline, the nearest first."""
    return session.execute(_OPEN_DATED, {"group": group_id}).all()


def hands_on_open_with_deadline(session: Session, group_id: int) -> Sequence[Any]:
    """`task_id, person_id, part, state` of whom those were given to."""
    return session.execute(_HANDS_ON_OPEN_DATED, {"group": group_id}).all()


def open_of_person(session: Session, person_id: int, group_id: int | None = None) -> Sequence[Task]:
    """What a person still has to do or to support, in one group or in all."""
    found = (
        select(Task)
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(col(Assignment.person_id) == person_id, col(Assignment.state) != AssignmentState.DECLINED)
        .where(col(Task.state).in_(_OPEN))
    )
    if group_id is not None:
        found = found.where(col(Task.group_id) == group_id)
    return session.exec(found.order_by(col(Task.due_at).is_(None), col(Task.due_at), col(Task.number))).all()


def people_of(session: Session, task_ids: Sequence[int]) -> Sequence[Assignment]:
    return session.exec(select(Assignment).where(col(Assignment.task_id).in_(task_ids))).all()


def series(session: Session, series_id: int) -> Series | None:
    return session.get(Series, series_id)
