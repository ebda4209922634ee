"""What goes out on the morning of a working day: one message to the group and one to each person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.messages import Card
from bot.chat.messages import Part as Words
from bot.engine.each import tell_each
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
from storage.tasks import AssignmentState, Part

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
    _to_each(work, board, late=late)


@dataclass(frozen=True, slots=True)
class _Board:
    """What the group has before it this morning, looked up once for everybody."""

    members: Sequence[tuple[Member, Person]]
    open: Mapping[int, Entry]
    """Tasks with a deadline, the nearest first."""
    of_person: Mapping[int, Sequence[int]]
    """Those somebody works on, by person, in the same order."""
    letters: Sequence[Entry]
    """Those that wait for a leader or the clerk."""


def _board(work: Work) -> _Board:
    members = people.members(work.session, work.group_id)
    names = {person.id: person.name for _, person in members}
    lead: dict[int, int] = {}
    hands: dict[int, list[int]] = defaultdict(list)
    for each in tasks.hands_on_open_with_deadline(work.session, work.group_id):
        if each.part is Part.LEAD:
            lead[each.task_id] = each.person_id
        if each.state is not AssignmentState.DECLINED:
            hands[each.task_id].append(each.person_id)

    def name(task: int) -> str:
        person = lead.get(task)
        return "" if person is None else names.get(person) or work.person(person).name

    found: dict[int, Entry] = {}
    of_person: dict[int, list[int]] = defaultdict(list)
    for each in tasks.open_with_deadline(work.session, work.group_id):
        found[each.id] = Entry(each.number, each.title, each.due_at.astimezone(work.zone), name(each.id))
        for person in hands[each.id]:
            of_person[person].append(each.id)
    letters = [Entry(each.number, each.title, each.due, "", letter=True) for each in waiting(work)]
    return _Board(members=members, open=found, of_person=of_person, letters=letters)


def _to_the_group(work: Work, board: _Board, *, late: bool) -> None:
    sorted_ = rules.by_nearness([*board.open.values(), *board.letters], work.local)
    on_duty = duty.who_is_on_duty(work, work.today)
    if sorted_.is_empty and not on_duty:
        return
    card = cards.digest(work.words, work.here.name, work.today, sorted_, on_duty, late=late)
    work.post(card, key=f"digest:{work.group_id}:{work.today}", priority=Priority.BULK)


def _to_each(work: Work, board: _Board, *, late: bool) -> None:
    made = {member.person_id: _own(work, member, board, late=late) for member, _ in board.members}
    key = f"digest:{work.group_id}:{work.today}"
    told = {person: card for person, card in made.items() if card is not None}
    reached = tell_each(work, told, key=key, priority=Priority.BULK)
    reminders.count_pushes(work.session, reached, work.today)


def _own(work: Work, member: Member, board: _Board, *, late: bool) -> Card | None:
    """Their own list, with letters that wait for a leader or the clerk; for the leader besides what others have had
    overdue since the working day before yesterday's end."""
    leads = member.role is Role.LEADER
    mine = board.of_person.get(member.person_id, ())
    letters = board.letters if member.role is not Role.MEMBER else ()
    own = rules.by_nearness([*(board.open[task] for task in mine), *letters], work.local)
    escalated = _escalated(work, board, mine) if leads else []
    closing = reach.line(work) if leads else ""
    if own.is_empty and not escalated and not closing:
        return None
    card = cards.own_digest(work.words, work.here.name, work.today, own, escalated, late=late)
    return replace(card, parts=(*card.parts, Words("\n" + closing))) if closing else card


def _escalated(work: Work, board: _Board, mine: Sequence[int]) -> list[Entry]:
    """What others have had overdue, from the second working morning on."""
    since = work.need(WorkingCalendar).before(work.today)
    return [each for task, each in board.open.items() if task not in mine and each.due.date() < since]
