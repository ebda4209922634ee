"""Looking at tasks: /tasks in pages, /task with its history."""

import re
from datetime import datetime

from bot.chat.messages import Attachment, Card, Part
from bot.engine import commands
from bot.engine.features import Command, Press
from bot.engine.router import Router
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, say_short
from handlers.people.naming import leading_people
from handlers.tasks import attaching, cards
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import file_of, task_of, view
from storage import audit, tasks
from storage.audit import AuditEntry
from storage.tasks import Task

LONGEST_NUMBER = 9  # digits: no database takes just any number
_KINDS = {
    "": "mine", "cua toi": "mine", "mine": "mine", "toi": "mine",
    "nhom": "group", "group": "group", "tat ca": "group", "all": "group",
    "qua han": "overdue", "tre": "overdue", "overdue": "overdue", "late": "overdue",
}  # fmt: skip


@feature.command("tasks", "viec", also=("congviec", "xemviec"), looks=True)
def list_tasks(order: Command, work: Work) -> None:
    """/tasks, /tasks nhóm, /tasks quá hạn"""
    word = fold(order.text).strip()
    if word.lstrip("#").isdecimal():
        show_task(order, work)
        return
    if word and word not in _KINDS:
        _list_of(order, work)
        return
    work.whisper(_page(work, _KINDS.get(word, "mine"), 0))


def _list_of(order: Command, work: Work) -> None:
    """/viec @binh: another member's tasks; anything else is explained."""
    named, rest = leading_people(work, order.text, order.mentions)
    if not named or rest:
        raise Refusal("task-list-what")
    found = tasks.open_of_person(work.session, named[0].id or 0, work.group_id)
    heading = work.words("task-list-person-of", name=named[0].name)
    views = [view(work, each) for each in found[: cards.PAGE]]
    work.whisper(cards.page(work.words, heading, views, kind="group", place=0, names=False))


@feature.command("overdue", "quahan", shown=False, looks=True, also=("trehan", "viectre", "aitre", "aiquahan"))
def list_overdue(order: Command, work: Work) -> None:
    """/quahan: what a leader in a hurry asks for"""
    work.whisper(_page(work, "overdue", 0))


@feature.press("task-list")
def turn_page(press: Press, work: Work) -> None:
    kind, _, place = press.argument.partition(":")
    if kind not in _KINDS.values():
        raise Refusal("refuse-old-button")
    page = _page(work, kind, int(place) if place.isdecimal() and len(place) <= LONGEST_NUMBER else 0)
    if work.chat.private:
        work.redraw(page)
    else:
        work.whisper(page)  # what one person looks at does not change what stands before all


def _page(work: Work, kind: str, place: int) -> Card:
    if kind == "mine":
        found = tasks.open_of_person(work.session, work.actor.person_id, work.group_id)
    else:
        found = tasks.open_of_group(work.session, work.group_id)
    if kind == "overdue":
        found = [each for each in found if each.due_at is not None and each.due_at < work.now]
    heading = work.words(f"task-list-{kind}-of", group=work.here.name)
    views = [view(work, each) for each in found]
    return cards.page(work.words, heading, views, kind=kind, place=place, names=kind != "mine")


_WORD_TASK = re.compile(r"^(?:việc|viec|task)(?:\s+(?:số|so))?\s+", re.IGNORECASE)


def numbered(order: Command, work: Work) -> tuple[Task, str]:
    """The task whose number begins the order's text, and what remains."""
    text = _WORD_TASK.sub("", order.text.strip())
    first, _, rest = text.partition(" ")
    number = first.lstrip("#").rstrip(",.:")
    if not number.isdecimal():
        known = work.need(Router).commands[order.name]
        raise Refusal("task-which-number", command=commands.called(known, work.words.language))
    task = tasks.of_number(work.session, work.group_id, int(number)) if len(number) <= LONGEST_NUMBER else None
    if task is None:
        raise Refusal("task-unknown-number", number=number[:LONGEST_NUMBER])
    return task, rest.strip()


@feature.command("task", "viecso", looks=True)
def show_task(order: Command, work: Work) -> None:
    """/task 12: everything about one task"""
    task, _ = numbered(order, work)
    entries = audit.history(work.session, f"task:{task.id}")
    lines = [_told(work, entry) for entry in entries]
    work.whisper(cards.history(work.words, view(work, task), lines))


def _told(work: Work, entry: AuditEntry) -> str:
    name = work.person(entry.actor).name if entry.actor else work.words("history-by-itself")
    when = entry.at.astimezone(work.zone)
    said = work.words(f"history-{entry.action}")
    reason = entry.values.get("reason") or entry.values.get("file") or ""
    until = entry.values.get("until")
    if until:
        reason = say_short(datetime.fromisoformat(until).astimezone(work.zone), work.words.language)
    return f"{when:%d/%m %H:%M} {name} {said}" + (f": {cards.shortened(str(reason), 60)}" if reason else "")


@feature.press("task-file", group_of=group_of_task)
def send_file(press: Press, work: Work) -> None:
    """What the task was given with, or the evidence that it is done; in private where that is possible."""
    task = task_of(work, press.number)
    if not task.file:
        raise Refusal("refuse-old-button")
    file = file_of(task)
    account = work.address_of(work.actor.person_id)
    if file.messenger != (account.messenger if account is not None else work.chat.messenger):
        attaching.bring(work, task, file)
        return
    attached = Attachment(name=file.name, ref=file.id, mime=file.mime or "application/octet-stream")
    work.whisper(Card(parts=(Part(work.words("task-file-here", number=task.number)),), file=attached))
