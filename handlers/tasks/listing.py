"""Looking at tasks: /tasks in pages, /task with its history."""

import re
from datetime import datetime

from bot.chat.messages import Attachment, Card, Part
from bot.engine import commands
from bot.engine.features import Command, Press
from bot.engine.router import Router
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, say_short
from handlers.tasks import attaching, cards, lists
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import file_of, shown_task, task_of, view
from handlers.tasks.lists import Listing
from storage import audit, tasks
from storage.audit import AuditEntry
from storage.tasks import Task

LONGEST_NUMBER = 9  # digits: no database takes just any number


@feature.command("tasks", "viec", also=("congviec", "xemviec"), looks=True)
def list_tasks(order: Command, work: Work) -> None:
    """/tasks, /tasks nhóm, /tasks quá hạn, /tasks hôm nay, /tasks @binh tuần này"""
    if fold(order.text).strip().lstrip("#").isdecimal():
        show_task(order, work)
        return
    work.whisper(_page(work, lists.understood(work, order.text, order.mentions), 0))


@feature.command("overdue", "quahan", shown=False, looks=True, also=("trehan", "viectre", "aitre", "aiquahan"))
def list_overdue(order: Command, work: Work) -> None:
    """/quahan: what a leader in a hurry asks for"""
    work.whisper(_page(work, Listing(lists.OVERDUE), 0))


@feature.press("task-list")
def turn_page(press: Press, work: Work) -> None:
    kind, _, place = press.argument.partition(":")
    page = _page(work, lists.of_kind(kind), int(place) if place.isdecimal() and len(place) <= LONGEST_NUMBER else 0)
    if work.chat.private:
        work.redraw(page)
    else:
        work.whisper(page)  # what one person looks at does not change what stands before all


def _page(work: Work, listing: Listing, place: int) -> Card:
    found = lists.tasks_of(work, listing)
    return cards.page(
        work.words,
        lists.heading(work, listing),
        [view(work, each) for each in found],
        kind=listing.kind,
        place=place,
        names=listing.whose in (lists.GROUP, lists.OVERDUE),
        nothing=lists.nothing(work, listing),
    )


_AMOUNT = re.compile(r"\d+ (?:gio|ngay|tuan|thang|hours?|days?|weeks?)(?!\w)")  # `/giahan 2 ngày` is about no task 2
_WORD_TASK = re.compile(r"^(?:việc|viec|task)(?:\s+(?:số|so))?\s+", re.IGNORECASE)


def numbered(order: Command, work: Work) -> tuple[Task, str]:
    """The task whose number begins the order's text, else the one whose card is replied to; and what remains."""
    text = _WORD_TASK.sub("", order.text.strip())
    first, _, rest = text.partition(" ")
    number = first.lstrip("#").rstrip(",.:")
    amount = _AMOUNT.match(fold(text)) is not None
    if (amount or not number.isdecimal()) and (shown := shown_task(work, order.shown)) is not None:
        return shown, text
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
