"""Adding people to a task and taking them off it in words: `/sua 12 thêm Dũng`, `/sua 12 bỏ @an, thêm Bình`."""

import re
from collections.abc import Mapping, Sequence

from bot.chat.events import Mention
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.people.naming import who_alone
from handlers.tasks import cards
from handlers.tasks.life import draw, plan_reminders, record, redraw, snapshot
from handlers.tasks.telling import my_name
from storage import tasks
from storage.people import Person
from storage.tasks import Assignment, AssignmentState, Part, Task

_OFF, _ON = r"(?:bo|xoa|rut) bot|bo|bot|go|rut|xoa|remove|drop", r"bo sung|them|add"
_CHANGE = re.compile(rf"(?:(?P<off>{_OFF})|(?P<on>{_ON}))(?:\s+(?:nguoi|ten|bot))?\s+(?=\S)")
_NEXT = re.compile(rf"(?<!bo)(?<!xoa)(?<!rut)(?:\s*[,;.]\s*|\s+)(?:(?:va|and)\s+)?(?=(?:{_OFF}|{_ON})\s)")

Changes = Sequence[tuple[bool, Sequence[Person]]]


def changes(work: Work, text: str, mentions: Sequence[Mention]) -> Changes | None:
    """Whether on or off, and who; None where the text says anything else (`bỏ hạn`, `thêm 2 ngày`, a title)."""
    text = nfc(text).strip()
    found = []
    for piece in _pieces(text):
        verb = _CHANGE.match(fold(piece))
        named = who_alone(work, piece[verb.end() :], mentions) if verb is not None else ()
        if verb is None or not named:
            return None
        found.append((verb["on"] is not None, named))
    return found


def _pieces(text: str) -> Sequence[str]:
    cuts = [found.span() for found in _NEXT.finditer(fold(text)) if found.start()]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def change(work: Work, task: Task, wanted: Changes) -> None:
    """At once, as /undo takes it back. Who supports first leads where the lead is taken off."""
    was = snapshot(work, task)
    before = {each.person_id: each.part for each in _working(work, task)}
    for on, named in wanted:
        for person in named:
            (_on if on else _off)(work, task, person)
    now = _led(work, task)
    record(work, task, "task-staffed", was)
    plan_reminders(work, task)
    redraw(work, task)
    _tell(work, task, before, now)
    names = ", ".join(work.person(each.person_id).name for each in now)
    work.say("task-staffed", reply=True, number=task.number, names=names)


def _working(work: Work, task: Task) -> Sequence[Assignment]:
    hands = tasks.assignments(work.session, task.id or 0)
    return [each for each in hands if each.state is not AssignmentState.DECLINED]


def _on(work: Work, task: Task, person: Person) -> None:
    own = tasks.assignment_of(work.session, task.id or 0, person.id or 0)
    if own is not None and own.state is not AssignmentState.DECLINED:
        raise Refusal("task-staffed-already", number=task.number, name=person.name)
    own = own or Assignment(task_id=task.id or 0, person_id=person.id or 0, part=Part.SUPPORT)
    own.state, own.part, own.reason = AssignmentState.GIVEN, Part.SUPPORT, ""
    work.session.add(own)
    work.session.flush()


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
    working = _working(work, task)
    if not working:
        raise Refusal("task-staffed-nobody", number=task.number)
    if working[0].part is not Part.LEAD:
        for each in tasks.assignments(work.session, task.id or 0):
            each.part = Part.SUPPORT  # who declined leads no more
        working[0].part = Part.LEAD
        work.session.flush()
    return working


def _tell(work: Work, task: Task, before: Mapping[int, Part], now: Sequence[Assignment]) -> None:
    facts = {"number": task.number, "title": task.title[:120], "name": my_name(work)}
    for each in now:
        if each.person_id not in before:
            work.tell(each.person_id, draw(work, task))
        elif each.part is not before[each.person_id] and each.person_id != work.person_id:
            work.tell(each.person_id, cards.note(task.id or 0, work.words("task-told-lead", **facts)))
    for person_id in before.keys() - {each.person_id for each in now} - {work.person_id}:
        work.tell(person_id, cards.note(task.id or 0, work.words("task-told-off", **facts)))
