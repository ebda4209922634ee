"""What goes out on the morning of a working day: one message to the group and one to each person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
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
from storage.people import Member, Person, Role
from storage.tasks import AssignmentState, Part, Task

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
    board = _board(work)
    late = due.late > LATE
    _to_the_group(work, board, late=late)
    for member, _ in board.members:
        _to_a_person(work, member, board, late=late)


@dataclass(frozen=True, slots=True)
class _Board:
    """What the group has before it this morning, looked up once for everybody."""

    members: Sequence[tuple[Member, Person]]
    open: Sequence[tuple[Task, Entry]]
    """Tasks with a deadline."""
    of_person: Mapping[int, AbstractSet[int]]
    """Tasks somebody works on, by person."""
    letters: Sequence[Entry]
    """Those that wait for a leader or the clerk."""


def _board(work: Work) -> _Board:
    members = people.members(work.session, work.group_id)
    names = {person.id: person.name for _, person in members}
    found = [each for each in tasks.open_of_group(work.session, work.group_id) if each.due_at is not None]
    hands = tasks.people_of(work.session, [each.id or 0 for each in found])
    lead = {each.task_id: each.person_id for each in hands if each.part is Part.LEAD}
    of_person: dict[int, set[int]] = defaultdict(set)
    for each in hands:
        if each.state != AssignmentState.DECLINED:
            of_person[each.person_id].add(each.task_id)

    def name(task: Task) -> str:
        person = lead.get(task.id or 0)
        return "" if person is None else names.get(person) or work.person(person).name

    return _Board(
        members=members,
        open=[(each, _entry(work, each, name(each))) for each in found],
        of_person=of_person,
        letters=[Entry(each.number, each.title, each.due, "", letter=True) for each in waiting(work)],
    )


def _to_the_group(work: Work, board: _Board, *, late: bool) -> None:
    sorted_ = rules.by_nearness([*(entry for _, entry in board.open), *board.letters], work.local)
    on_duty = duty.who_is_on_duty(work, work.today)
    if sorted_.is_empty and not on_duty:
        return
    card = cards.digest(work.words, work.here.name, work.today, sorted_, on_duty, late=late)
    work.post(card, key=f"digest:{work.group_id}:{work.today}", priority=Priority.BULK)


def _to_a_person(work: Work, member: Member, board: _Board, *, late: bool) -> None:
    """Their own list, with letters that wait for a leader or the clerk; for the leader besides what others have had
    overdue since the working day before yesterday's end."""
    leads = member.role is Role.LEADER
    mine = board.of_person.get(member.person_id, frozenset())
    letters = board.letters if member.role is not Role.MEMBER else []
    own = rules.by_nearness([*(entry for task, entry in board.open if task.id in mine), *letters], work.local)
    escalated = [entry for task, entry in board.open if leads and task.id not in mine and _long_overdue(work, task)]
    closing = reach.line(work) if leads else ""
    if own.is_empty and not escalated and not closing:
        return
    card = cards.own_digest(work.words, work.here.name, work.today, own, escalated, late=late)
    if closing:
        card = replace(card, parts=(*card.parts, Words("\n" + closing)))
    key = f"digest:{work.group_id}:{work.today}:{member.person_id}"
    if work.tell(member.person_id, card, key=key, priority=Priority.BULK):
        reminders.count_push(work.session, member.person_id, work.today)


def _long_overdue(work: Work, task: Task) -> bool:
    """From the second working morning on."""
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    return due is not None and due.date() < work.need(WorkingCalendar).before(work.today)


def _entry(work: Work, task: Task, lead: str) -> Entry:
    assert task.due_at is not None
    return Entry(task.number, task.title, task.due_at.astimezone(work.zone), lead)
