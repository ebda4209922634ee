"""Giving a task that stands already to other people: `/giao 12 @an`, `/giao @an` in answer to its card."""

import re
from collections.abc import Sequence

from bot.chat.messages import plain
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.people.naming import leading_people, who_alone
from handlers.tasks.life import demand, draw, plan_reminders, record, redraw, shown_task, snapshot
from handlers.tasks.rules import Move
from storage import tasks
from storage.people import Person
from storage.tasks import Assignment, AssignmentState, Part, Task

_NUMBER = r"(?P<sign>#|(?:cong )?viec(?: so)? #?)?(?P<number>\d{1,6})"
_FIRST = re.compile(rf"{_NUMBER}[,:]?\s+(?:(?:cho|sang)\s+)?(?=\S)")
_AFTER = re.compile(rf"(?:lam )?{_NUMBER}")
_LAST = re.compile(rf"{_NUMBER}\s*$")


def standing(order: Command, work: Work) -> tuple[Task, Sequence[Person]] | None:
    """The task and the people, where an order says nothing else; a number without a sign may be part of a title."""
    if (shown := shown_task(work, order.shown)) is not None:
        named = who_alone(work, order.text, order.mentions)
        return (shown, named) if named else None
    text = nfc(order.text)
    first = _FIRST.match(fold(text))
    if first is not None:
        named = who_alone(work, text[first.end() :], order.mentions)
        return _of_number(work, first, named)
    last = _LAST.search(fold(text))
    if last is None or not last["sign"]:
        return None  # most orders, for whom nobody's name need be looked for
    named, rest = leading_people(work, text, order.mentions)
    after = _AFTER.fullmatch(fold(rest))
    return _of_number(work, after, named) if after is not None and after["sign"] else None


def _of_number(work: Work, said: re.Match[str], named: Sequence[Person]) -> tuple[Task, Sequence[Person]] | None:
    if not named:
        return None
    task = tasks.of_number(work.session, work.group_id, int(said["number"]))
    if task is None and said["sign"]:
        raise Refusal("task-unknown-number", number=said["number"])
    return (task, named) if task is not None else None


def give(work: Work, task: Task, named: Sequence[Person]) -> None:
    """`/giao @an` in answer to a task's card: the first named leads from now; who declined is out of it."""
    demand(work, task, Move.EDIT)
    was = snapshot(work, task)
    wanted = [each.id or 0 for each in named]
    relieved = []
    for each in tasks.assignments(work.session, task.id or 0):
        if each.part is Part.LEAD or each.state is AssignmentState.DECLINED or each.person_id in wanted:
            relieved += [each.person_id] if each.state is not AssignmentState.DECLINED else []
            work.session.delete(each)
    work.session.flush()
    for place, person_id in enumerate(wanted):
        part = Part.SUPPORT if place else Part.LEAD
        work.session.add(Assignment(task_id=task.id or 0, person_id=person_id, part=part))
    work.session.flush()
    record(work, task, "task-given-anew", was)
    plan_reminders(work, task)
    redraw(work, task)
    for person_id in wanted:
        work.tell(person_id, draw(work, task))
    text = work.words("task-told-relieved", number=task.number, title=task.title[:120], name=named[0].name)
    for person_id in relieved:
        if person_id not in (*wanted, work.person_id):
            work.tell(person_id, plain(text))
    work.say("task-given-anew", reply=True, number=task.number, name=named[0].name)
