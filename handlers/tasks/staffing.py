"""Adding people to a task and taking them off it in words: `/sua 12 thêm Dũng`, `/sua 12 bỏ @an, thêm Bình`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.events import Mention
from bot.engine.work import Refusal, Work
from handlers.calendar import either_way, fold, nfc
from handlers.people.naming import who_alone
from handlers.tasks import cards
from handlers.tasks.life import draw, plan_reminders, record, redraw, snapshot, working
from handlers.tasks.telling import my_name
from storage import tasks
from storage.people import Person
from storage.tasks import Assignment, AssignmentState, Part, Task

_OFF, _ON = r"(?:bo|xoa|rut) bot|bo|bot|go|rut|xoa|remove|drop", r"bo sung|them|add"
_CHANGE = re.compile(rf"(?:(?P<off>{_OFF})|(?P<on>{_ON}))(?:\s+(?:nguoi|ten|bot))?(?:\s+|:\s*)(?=\S)")
_NEXT = re.compile(rf"(?<!bo)(?<!xoa)(?<!rut)(?:\s*[,;.]\s*|\s+)(?:(?:va|and)\s+)?(?=(?:{_OFF}|{_ON})\s)")

_TAIL = re.compile(either_way(r"\s+(?:vào|ra|nữa|(?:khỏi|vào|ra khỏi) việc(?: này)?)[\s.]*$"), re.IGNORECASE)
_LEADS = re.compile(either_way(r"(?:^|\s)chủ trì(?=\W*$)|\s+to lead$"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """People added or taken off; the first of those who are added `leads` where that is said."""

    on: bool
    named: Sequence[Person]
    leads: bool = False


Changes = Sequence[Change]


def changes(work: Work, text: str, mentions: Sequence[Mention]) -> Changes | None:
    """Who is added and taken off; None where the text says anything else (`bỏ hạn`, `thêm 2 ngày`, a title)."""
    text = nfc(text).strip()
    found = []
    for piece in _pieces(text):
        verb = _CHANGE.match(fold(piece))
        said = _TAIL.sub("", piece[verb.end() :]) if verb is not None else ""
        leads = _LEADS.search(said) if verb is not None and verb["on"] else None
        named = who_alone(work, said[: leads.start()] if leads else said, mentions)
        if verb is None or not named:
            return None
        found.append(Change(verb["on"] is not None, named, leads is not None))
    return found


def _pieces(text: str) -> Sequence[str]:
    cuts = [found.span() for found in _NEXT.finditer(fold(text)) if found.start()]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def change(work: Work, task: Task, wanted: Changes) -> None:
    """At once, as /undo takes it back. Who supports first leads where the lead is taken off."""
    was = snapshot(work, task)
    before = {each.person_id: each.part for each in working(work, task)}
    for each in wanted:
        for person in each.named:
            if each.on:
                _on(work, task, person, leads=each.leads and person is each.named[0])
            else:
                _off(work, task, person)
    now = _led(work, task)
    record(work, task, "task-staffed", was)
    plan_reminders(work, task)
    redraw(work, task)
    _tell(work, task, before, now)
    names = ", ".join(work.person(each.person_id).name for each in now)
    work.say("task-staffed", reply=True, number=task.number, names=names)


def _on(work: Work, task: Task, person: Person, *, leads: bool) -> None:
    own = tasks.assignment_of(work.session, task.id or 0, person.id or 0)
    works = own is not None and own.state is not AssignmentState.DECLINED
    if works and not leads:
        raise Refusal("task-staffed-already", number=task.number, name=person.name)
    own = own or Assignment(task_id=task.id or 0, person_id=person.id or 0, part=Part.SUPPORT)
    if not works:
        own.state, own.part, own.reason = AssignmentState.GIVEN, Part.SUPPORT, ""
    if leads:
        _all_support(work, task)
        own.part = Part.LEAD
    work.session.add(own)
    work.session.flush()


def _all_support(work: Work, task: Task) -> None:
    for each in tasks.assignments(work.session, task.id or 0):
        each.part = Part.SUPPORT


def _off(work: Work, task: Task, person: Person) -> None:
    own = tasks.assignment_of(work.session, task.id or 0, person.id or 0)
    if own is None:
        raise Refusal("task-staffed-not-there", number=task.number, name=person.name)
    work.session.delete(own)
    work.session.flush()
    if task.wanted_by == person.id:
        task.wanted_due_at, task.wanted_by = None, None


def _led(work: Work, task: Task) -> Sequence[Assignment]:
    """Who works on it now, the lead first; Refusal where nobody would."""
    hands = working(work, task)
    if not hands:
        raise Refusal("task-staffed-nobody", number=task.number)
    if hands[0].part is not Part.LEAD:
        _all_support(work, task)  # who declined leads no more
        hands[0].part = Part.LEAD
        work.session.flush()
    return hands


def _tell(work: Work, task: Task, before: Mapping[int, Part], now: Sequence[Assignment]) -> None:
    facts = {"number": task.number, "title": task.title[:120], "name": my_name(work)}
    for each in now:
        was = before.get(each.person_id)
        if was is None or (was is Part.LEAD and each.part is not Part.LEAD):
            work.tell(each.person_id, draw(work, task))
        elif was is not each.part and each.person_id != work.person_id:
            work.tell(each.person_id, cards.note(task.id or 0, work.words("task-told-lead", **facts)))
    for person_id in before.keys() - {each.person_id for each in now} - {work.person_id}:
        work.tell(person_id, cards.note(task.id or 0, work.words("task-told-off", **facts)))
