"""/undo: takes back one's last act on a task, for ten minutes, where nobody has acted on it since."""

from datetime import datetime, timedelta

from bot.chat.messages import plain
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.tasks import recurring
from handlers.tasks.feature import feature
from handlers.tasks.life import plan_reminders, redraw, task_of
from handlers.tasks.telling import my_name
from storage import audit, tasks
from storage.audit import AuditEntry
from storage.tasks import Assignment, AssignmentState, Part, Task, TaskState

WITHIN = timedelta(minutes=10)
_UNDONE = "task-undone"


@feature.command("undo", "hoantac")
def undo(order: Command, work: Work) -> None:
    """/undo: within ten minutes"""
    last = audit.last_act(work.session, work.actor.person_id, work.group_id)
    if last is None or last.action == _UNDONE:
        raise Refusal("undo-nothing")
    if work.now - last.at > WITHIN:
        raise Refusal("undo-too-late")
    if "was" not in last.values:
        raise Refusal("undo-not-a-task")
    task = task_of(work, int(last.subject.partition(":")[2]))
    if audit.history(work.session, last.subject)[-1].id != last.id:
        raise Refusal("undo-acted-since", number=task.number)
    were = {each.person_id for each in tasks.assignments(work.session, task.id or 0)}
    _take_back(work, task, last)
    work.record(_UNDONE, last.subject, undone=last.action)
    work.session.flush()
    plan_reminders(work, task)
    redraw(work, task)
    what = work.words(f"history-{last.action}")
    told = work.words("task-told-undone", number=task.number, name=my_name(work), what=what, title=task.title[:120])
    now = {each.person_id for each in tasks.assignments(work.session, task.id or 0)}
    for person_id in sorted((were | now) - {work.person_id}):
        work.tell(person_id, plain(told))
    work.say("undo-done", number=task.number, what=what)


def _take_back(work: Work, task: Task, last: AuditEntry) -> None:
    if last.action == "task-given":
        task.state, task.closed_at = TaskState.CANCELLED, work.now
        if task.series_id is not None:
            recurring.end(work, task.series_id)
        return
    was = last.values["was"]
    task.state, task.title, task.before = TaskState(was["state"]), was["title"], was["before"]
    task.due_at, task.wanted_due_at = _moment(was["due_at"]), _moment(was["wanted_due_at"])
    task.wanted_by = was["wanted_by"]
    task.closed_at = work.now if task.is_closed else None
    _seat_again(work, task, was["people"])


def _seat_again(work: Work, task: Task, were: list[list[str]]) -> None:
    for each in tasks.assignments(work.session, task.id or 0):
        work.session.delete(each)
    work.session.flush()
    for person_id, part, state, reason in were:
        work.session.add(
            Assignment(
                task_id=task.id or 0,
                person_id=int(person_id),
                part=Part(part),
                state=AssignmentState(state),
                reason=reason,
            )
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
