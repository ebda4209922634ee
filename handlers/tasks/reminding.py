"""Reminding of a task beside its ladder: /remind, and when, where it was not said."""

from collections.abc import Iterator
from datetime import datetime, time

from bot.chat.messages import plain
from bot.engine.features import Answer, Command
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, read_deadline, say_moment, say_short
from handlers.reminders import ladder
from handlers.reminders.rules import SHORTLY, Rung
from handlers.tasks.feature import feature
from handlers.tasks.life import seat, task_of, working
from handlers.tasks.listing import numbered
from handlers.tasks.rules import Seat
from storage.tasks import Task

AFTERNOON = time(15)


@feature.command("remind", "nhac")
def remind(order: Command, work: Work) -> None:
    """/remind 12 9h mai: a leader reminds those who work on it, others remind themselves"""
    task, rest = numbered(order, work)
    taken = _allowed(work, task)
    if rest:
        _plan(work, task, taken, _moment(work, task, rest))
    else:
        _ask_when(work, task)


def _allowed(work: Work, task: Task) -> Seat:
    if task.is_closed:
        raise Refusal("task-refuse-closed", number=task.number)
    taken = seat(work, task)
    if not taken.commands and taken.part is None:
        raise Refusal("task-refuse-not-yours", number=task.number)
    return taken


def _ask_when(work: Work, task: Task) -> None:
    options = [
        (work.words(text_id, when=say_short(at, work.words.language)), at.isoformat())
        for text_id, at in _usual(work, task)
    ]
    work.ask("tasks.remind", plain(work.words("remind-ask", number=task.number)), options=options, task=task.id)


def _usual(work: Work, task: Task) -> Iterator[tuple[str, datetime]]:
    """This afternoon, the next working morning, two hours before the deadline: those that lie ahead."""
    calendar, now = work.need(WorkingCalendar), work.local
    afternoon = datetime.combine(work.today, AFTERNOON, work.zone)
    morning = datetime.combine(calendar.after(work.today), calendar.hours.start, work.zone)
    before = task.due_at.astimezone(work.zone) - SHORTLY if task.due_at else None
    if afternoon > now and calendar.is_working(work.today):
        yield "remind-afternoon", afternoon
    yield "remind-morning", morning
    if before is not None and before > now and before not in (afternoon, morning):
        yield "remind-before", before


@feature.answer("tasks.remind")
def when_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    taken = _allowed(work, task)
    when = datetime.fromisoformat(answer.chosen) if answer.chosen else _moment(work, task, answer.text)
    if when <= work.now:
        raise Refusal("remind-when", number=task.number)  # the button waited too long
    _plan(work, task, taken, when)


def _moment(work: Work, task: Task, text: str) -> datetime:
    found = read_deadline(text, work.local, work.need(WorkingCalendar))
    when = (found.due or (found.ask[0] if found.ask else None)) if found else None
    if when is None or when <= work.now:
        raise Refusal("remind-when", number=task.number)
    return when


def _plan(work: Work, task: Task, taken: Seat, when: datetime) -> None:
    everybody = [each.person_id for each in working(work, task)]
    for person_id in everybody if taken.commands else [work.actor.person_id]:
        ladder.add(work, task, person_id, Rung.EXTRA, when)
    work.record("reminder-added", f"task:{task.id}", until=when.isoformat())
    work.say("remind-added", number=task.number, when=say_moment(when.astimezone(work.zone), work.words.language))
