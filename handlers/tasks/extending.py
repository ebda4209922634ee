"""More time: asked for with a button or in words, granted or denied by a leader."""

import re
from datetime import datetime, timedelta

from bot.chat.messages import plain
from bot.engine.features import Answer, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, fold, read_deadline, say_moment, say_short
from handlers.tasks import cards
from handlers.tasks.feature import feature, group_of_task
from handlers.tasks.life import (
    commander_of,
    demand,
    live_on,
    put_before_commander,
    record,
    redraw,
    snapshot,
    task_of,
    view,
)
from handlers.tasks.rules import Move
from handlers.tasks.telling import confirm, my_name, settled, tell_workers
from storage.tasks import Task


@feature.press("task-extend", group_of=group_of_task)
def extension_pressed(press: Press, work: Work) -> None:
    ask_until_when(work, task_of(work, press.number))


def ask_until_when(work: Work, task: Task) -> None:
    demand(work, task, Move.ASK_EXTENSION)
    calendar = work.need(WorkingCalendar)
    base = max(task.due_at or work.now, work.now).astimezone(work.zone)
    days = [calendar.add(base.date(), count) for count in (1, 2, 5)]
    readings = [datetime.combine(day, calendar.hours.end, work.zone) for day in days]
    options = [(say_short(each, work.words.language), each.isoformat()) for each in readings]
    work.ask("tasks.extend", plain(work.words("task-ask-until", number=task.number)), options=options, task=task.id)


@feature.answer("tasks.extend")
def until_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    if answer.chosen:
        ask_extension(work, task, datetime.fromisoformat(answer.chosen))
        return
    extend_in_words(work, task, answer.text)


_WEEKDAY_ONLY = re.compile(r"^(?!.*\d\s?[/.-]\s?\d).*(?:\bthu\b|\bt[2-7]\b|chu nhat|\bcn\b)")


def extend_in_words(work: Work, task: Task, text: str) -> None:
    """`xin lùi đến thứ 2`: with a day that is clear it is asked of the leader, otherwise of the person again."""
    if (later := more_time(work, task, text)) is not None:
        ask_extension(work, task, later)
        return
    found = read_deadline(text, work.local, work.need(WorkingCalendar))
    if found is None or found.problem or not (found.due or found.ask):
        ask_until_when(work, task)
        return
    until = found.due or found.ask[-1]
    if task.due_at is not None and _WEEKDAY_ONLY.search(fold(found.said)):
        while until <= task.due_at:  # "thứ 2", said of a task due on Thursday, is the Monday after it
            until += timedelta(days=7)
    ask_extension(work, task, until)


_MORE = re.compile(
    r"(?:[^\W\d]+ ){0,4}them (?P<count>\d{1,2}|mot|hai|ba|bon|nam) (?P<unit>ngay|hom|tuan|gio|tieng)"
    r"(?: nua| a| nhe| cho \w+| duoc khong)*[ .?]*"
)
_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}


def more_time(work: Work, task: Task, text: str) -> datetime | None:
    """`thêm 2 ngày`: after the deadline, or after now where that is gone or there is none."""
    found = _MORE.fullmatch(fold(text).strip())
    if found is None:
        return None
    count = _COUNTS.get(found["count"]) or int(found["count"])
    ahead = task.due_at is not None and task.due_at > work.now
    base = (task.due_at if ahead and task.due_at else work.now).astimezone(work.zone)
    if found["unit"] in ("gio", "tieng"):
        return base + timedelta(hours=count)
    day = base.date() + timedelta(days=count * (7 if found["unit"] == "tuan" else 1))
    hour = task.due_at.astimezone(work.zone).time() if task.due_at else work.need(WorkingCalendar).hours.end
    return datetime.combine(day, hour, work.zone)


def ask_extension(work: Work, task: Task, until: datetime) -> None:
    seat = demand(work, task, Move.ASK_EXTENSION)
    if until <= work.now or (task.due_at and until <= task.due_at):
        raise Refusal("task-extension-not-later", number=task.number)
    was = snapshot(work, task)
    live_on(work, task, Move.ASK_EXTENSION, seat)
    task.wanted_due_at, task.wanted_by = until, work.actor.person_id
    when = say_moment(until.astimezone(work.zone), work.words.language)
    record(work, task, "task-extension-asked", was, until=until.isoformat())
    redraw(work, task)
    if commander_of(work, task) == work.actor.person_id:
        grant(work, task)
        return
    text = work.words("task-told-extension", name=my_name(work), number=task.number, when=when)
    put_before_commander(work, task, cards.decision(work.words, text, view(work, task), "grant", "deny"))
    if work.chat.private:
        work.say("task-extension-asked", number=task.number)


@feature.press("task-grant", group_of=group_of_task)
def grant_pressed(press: Press, work: Work) -> None:
    grant(work, task_of(work, press.number))


def grant(work: Work, task: Task) -> None:
    seat = demand(work, task, Move.GRANT)
    was = snapshot(work, task)
    task.due_at, task.before = task.wanted_due_at, False
    live_on(work, task, Move.GRANT, seat)
    record(work, task, "task-extended", was, until=task.due_at.isoformat() if task.due_at else "")
    confirm(work, "task-granted", task)
    settled(work, task, "task-decided-granted")
    tell_workers(work, task, "task-told-granted")


@feature.press("task-deny", group_of=group_of_task)
def deny_pressed(press: Press, work: Work) -> None:
    task = task_of(work, press.number)
    seat = demand(work, task, Move.DENY)
    was = snapshot(work, task)
    live_on(work, task, Move.DENY, seat)
    record(work, task, "task-extension-denied", was)
    confirm(work, "task-denied", task)
    settled(work, task, "task-decided-denied")
    tell_workers(work, task, "task-told-denied")
