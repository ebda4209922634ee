"""What happens when reminders fall due: what falls together for a person is one message."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.messages import Card, Part
from bot.engine.features import Due, Feature
from bot.engine.work import Work
from handlers.people.calling import mentions
from handlers.reminders import cards, rules
from handlers.reminders.rules import Rung
from storage import people, reminders, tasks
from storage.outbox import Priority
from storage.reminders import Reminder
from storage.tasks import AssignmentState, Task, TaskState, Urgency

feature = Feature("reminders")
LATE = timedelta(minutes=15)


@feature.due("reminders")
def fall_due(due: Due, work: Work) -> None:
    """Fans out into one row a person, so that one person's trouble stops nobody else's reminders."""
    for person_id in reminders.people_due(work.session, work.now):
        work.later("reminders-to", f"reminders-to:{person_id}", due.planned_for, person=person_id)


@feature.due("reminders-to")
def remind_person(due: Due, work: Work) -> None:
    person_id = due.facts["person"]
    by_group: dict[int, list[tuple[Reminder, Task]]] = {}
    for each in reminders.take(work.session, person_id, work.now):
        task = tasks.get(work.session, each.task_id)
        if task is None or task.state != TaskState.OPEN or each.task_id in _seen(by_group):
            continue
        if each.rung != Rung.EXTRA or _works_on(work, each):
            by_group.setdefault(task.group_id, []).append((each, task))
    for group_id, found in by_group.items():
        if people.member_of(work.session, group_id, person_id) is not None:
            _tell(work, person_id, group_id, found, late=due.late > LATE)


def _works_on(work: Work, reminder: Reminder) -> bool:
    """An added reminder stays while a task is with somebody else: that may be taken back."""
    own = tasks.assignment_of(work.session, reminder.task_id, reminder.person_id)
    return own is not None and own.state is not AssignmentState.DECLINED


def _seen(by_group: dict[int, list[tuple[Reminder, Task]]]) -> set[int]:
    return {reminder.task_id for found in by_group.values() for reminder, _ in found}


def _tell(work: Work, person_id: int, group_id: int, found: list[tuple[Reminder, Task]], *, late: bool) -> None:
    group = people.group(work.session, group_id)
    words = work.words_for(group)
    card = cards.reminder(words, group.name, [_line(work, reminder, task) for reminder, task in found], late=late)
    pushed = reminders.pushes(work.session, person_id, work.today)
    quiet = all(
        rules.is_quiet(reminder.rung, pushed, express=task.urgency is Urgency.EXPRESS) for reminder, task in found
    )
    if not quiet:
        reminders.count_push(work.session, person_id, work.today)
    if not work.tell(person_id, replace(card, silent=quiet), priority=Priority.REMINDER):
        _in_the_rooms(work, group_id, person_id, card)


def _in_the_rooms(work: Work, group_id: int, person_id: int, card: Card) -> None:
    """Somebody whose private chat is closed is reminded where they can read it."""
    name = [Part(work.person(person_id).name)]
    for room in people.rooms(work.session, group_id):
        named = cards.for_the_room(card, mentions(work, room, [person_id]) or name)
        work.send(room.messenger, room.chat, named, private=False, thread=room.thread, priority=Priority.REMINDER)


def _line(work: Work, reminder: Reminder, task: Task) -> cards.Line:
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    return cards.Line(
        id=task.id or 0, number=task.number, title=task.title, due=due, overdue=due is not None and work.now >= due
    )
