"""What goes out on the morning of a working day: one message to the group and one to each person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.messages import Part as Words
from bot.engine.features import Due, Feature
from bot.engine.work import Work
from config.settings import Office
from handlers import duty
from handlers.calendar import WorkingCalendar
from handlers.digest import cards, reach, rules
from handlers.digest.rules import Entry
from handlers.letters import waiting
from storage import people, reminders, tasks
from storage.outbox import Priority
from storage.people import Role
from storage.tasks import Assignment, AssignmentState, Part, Task

feature = Feature("digest")
LATE = timedelta(minutes=15)


@feature.daily("digest", at="morning")
def morning(due: Due, work: Work) -> None:
    """Only on working days; after a pause once, late, and saying so; not when today's own is still to come."""
    stale = due.planned_for.astimezone(work.zone).date() < work.today
    if stale and f"{work.local:%H:%M}" < work.need(Office).morning:
        return
    if not work.need(WorkingCalendar).is_working(work.today):
        return
    found = [each for each in tasks.open_of_group(work.session, work.group_id) if each.due_at is not None]
    hands = tasks.people_of(work.session, [each.id or 0 for each in found])
    late = due.late > LATE
    letters_waiting = [Entry(each.number, each.title, each.due, "", letter=True) for each in waiting(work)]
    _to_the_group(work, found, hands, letters_waiting, late=late)
    for member, _ in people.members(work.session, work.group_id):
        theirs = letters_waiting if member.role is not Role.MEMBER else []
        _to_a_person(work, member.person_id, member.role, found, hands, theirs, late=late)


def _to_the_group(
    work: Work, found: Sequence[Task], hands: Sequence[Assignment], letters_waiting: Sequence[Entry], *, late: bool
) -> None:
    lead = {each.task_id: each.person_id for each in hands if each.part is Part.LEAD}
    entries = [_entry(work, each, lead.get(each.id or 0)) for each in found]
    sorted_ = rules.by_nearness([*entries, *letters_waiting], work.local)
    on_duty = duty.who_is_on_duty(work, work.today)
    if sorted_.is_empty and not on_duty:
        return
    card = cards.digest(work.words, work.here.name, work.today, sorted_, on_duty, late=late)
    work.post(card, key=f"digest:{work.group_id}:{work.today}", priority=Priority.BULK)


def _to_a_person(
    work: Work,
    person_id: int,
    role: Role,
    found: Sequence[Task],
    hands: Sequence[Assignment],
    letters_waiting: Sequence[Entry],
    *,
    late: bool,
) -> None:
    """Their own list, with letters that wait for a leader or the clerk; for the leader besides what others have had
    overdue since the working day before yesterday's end."""
    mine = {each.task_id for each in hands if each.person_id == person_id and each.state != AssignmentState.DECLINED}
    tasks_of_theirs = [_entry(work, each, None) for each in found if each.id in mine]
    own = rules.by_nearness([*tasks_of_theirs, *letters_waiting], work.local)
    lead = {each.task_id: each.person_id for each in hands if each.part is Part.LEAD}
    escalated = [
        _entry(work, each, lead.get(each.id or 0))
        for each in found
        if role is Role.LEADER and each.id not in mine and _long_overdue(work, each)
    ]
    closing = reach.line(work) if role is Role.LEADER else ""
    if own.is_empty and not escalated and not closing:
        return
    card = cards.own_digest(work.words, work.here.name, work.today, own, escalated, late=late)
    if closing:
        card = replace(card, parts=(*card.parts, Words("\n" + closing)))
    key = f"digest:{work.group_id}:{work.today}:{person_id}"
    if work.tell(person_id, card, key=key, priority=Priority.BULK):
        reminders.count_push(work.session, person_id, work.today)


def _long_overdue(work: Work, task: Task) -> bool:
    """From the second working morning on."""
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    return due is not None and due.date() < work.need(WorkingCalendar).before(work.today)


def _entry(work: Work, task: Task, lead: int | None) -> Entry:
    assert task.due_at is not None
    name = work.person(lead).name if lead is not None else ""
    return Entry(task.number, task.title, task.due_at.astimezone(work.zone), name)
