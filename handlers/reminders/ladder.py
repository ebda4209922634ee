"""The marks at which a task reminds: a working day before, two hours before, at the deadline."""

from collections.abc import Sequence
from datetime import datetime

from bot.engine.work import Work
from handlers.calendar import WorkingCalendar
from handlers.reminders import rules
from storage import reminders
from storage.tasks import Task, Urgency


def plan(work: Work, task: Task, person_ids: Sequence[int]) -> None:
    """Plans the task's reminders anew for these people (nobody: none). What somebody added by hand stays."""
    reminders.forget(work.session, task.id or 0, ladder_only=bool(person_ids))
    begin(work, task, person_ids)


def begin(work: Work, task: Task, person_ids: Sequence[int]) -> None:
    """The first reminders of a task."""
    if task.due_at is None:
        return
    due = task.due_at.astimezone(work.zone)
    marks = rules.marks(
        due, before=task.before, express=task.urgency is Urgency.EXPRESS, calendar=work.need(WorkingCalendar)
    )
    ahead = [(rung, _minute(at)) for rung, at in marks if at > work.now]
    marked = [(person_id, rung, at) for rung, at in ahead for person_id in person_ids]
    reminders.add(work.session, task.id or 0, marked)
    for at in {at for _, at in ahead} if person_ids else ():
        _wake(work, at)


def add(work: Work, task: Task, person_id: int, rung: str, at: datetime) -> None:
    """One reminder; everybody's reminders of the same minute share one due row."""
    minute = _minute(at)
    reminders.add(work.session, task.id or 0, [(person_id, rung, minute)])
    _wake(work, minute)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _wake(work: Work, minute: datetime) -> None:
    work.later("reminders", f"reminders:{int(minute.timestamp())}", minute, group=None)
