"""What leaders change of a task: /edit, /extend, /cancel."""

import re
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import plain
from bot.engine.features import Answer, Command
from bot.engine.work import Refusal, Work
from handlers.calendar import Deadline, Problem, WorkingCalendar, fold, nfc, say_moment, split_deadline
from handlers.people.naming import leading_people
from handlers.tasks import anew, cards, extending, reading, recurring, staffing
from handlers.tasks.english import in_vietnamese
from handlers.tasks.feature import COMMANDERS, feature
from handlers.tasks.life import demand, live_on, plan_reminders, record, redraw, seat, snapshot, task_of
from handlers.tasks.listing import numbered
from handlers.tasks.rules import Move
from handlers.tasks.telling import my_name
from storage import tasks
from storage.tasks import Task


@feature.command("edit", "sua", who=COMMANDERS)
def edit(order: Command, work: Work) -> None:
    """/edit 12 hạn 30/11, /edit 12 Tên việc mới, /edit 12 thêm @an, /edit 12 bỏ @an"""
    task, rest = numbered(order, work)
    demand(work, task, Move.EDIT)
    if not rest:
        raise Refusal("task-edit-what", number=task.number)
    if not _is_no_deadline(rest) and (wanted := staffing.changes(work, rest, order.mentions)) is not None:
        staffing.change(work, task, wanted)
        return
    named, text = leading_people(work, rest.removeprefix("chủ trì").strip(), order.mentions)
    if named:
        anew.give(work, task, named)
        if not text:
            return
        rest = text
    if _NO_DEADLINE.fullmatch(fold(rest)):
        _change(work, task, None, None, before=False)
        return
    if (later := extending.more_time(work, task, rest)) is not None:
        _change(work, task, None, later, before=False)
        return
    title, found = _read(work, rest, task.due_at or work.now)
    if found is not None:
        if found.problem is Problem.IMPOSSIBLE:
            raise Refusal("task-deadline-impossible", said=found.said)
        if found.due is None or found.problem is not None:
            raise Refusal("task-deadline-unclear", said=found.said)
    if title:
        _ask_for_title(work, task, title, found)
    elif found is not None:
        _change(work, task, None, found.due, before=reading.is_before_a_day(found))


@feature.command("extend", "giahan")
def extend(order: Command, work: Work) -> None:
    """/extend 12 thứ 2, /extend 12 thêm 2 ngày: a leader gives more time, who works on it asks for it"""
    task, rest = numbered(order, work)
    if not seat(work, task).commands:
        extending.extend_in_words(work, task, rest)
    elif rest:
        later = rest if _LATER.match(fold(rest)) else f"lùi {rest}"
        edit(replace(order, text=f"{task.number} {later}"), work)
    else:
        raise Refusal("task-extend-what", number=task.number)


_LATER = re.compile(r"(?:xin |cho )?(?:gia han|lui|doi|hoan|keo dai)(?: han| lai| den| sang| toi)*\s+")


def _read(work: Work, text: str, due: datetime) -> tuple[str, Deadline | None]:
    """A title and a deadline; `gia hạn đến thứ 2` says a deadline alone, later than the one that is."""
    now, calendar, text = work.local, work.need(WorkingCalendar), nfc(text)
    later = _LATER.match(fold(text))
    if later is not None:
        title, found = split_deadline(f"hạn {text[later.end() :]}", now, calendar)
        if found is not None and not title:
            ahead = [each for each in found.ask if each > due]
            return "", replace(found, due=ahead[0]) if len(ahead) == 1 and found.problem is None else found
    return split_deadline(in_vietnamese(text), now, calendar)


_NO_DEADLINE = re.compile(r"(?:han )?(?:khong(?: co)?(?: han)?|bo han|none)")


def _is_no_deadline(text: str) -> bool:
    """`bo han` is no order to take Hân off; `bỏ Hân` is."""
    return text.islower() and _NO_DEADLINE.fullmatch(text) is not None


def _ask_for_title(work: Work, task: Task, title: str, found: Deadline | None) -> None:
    """Other words for a task are an order anew: nobody should change them by a slip."""
    options = [(work.words("task-edit-yes"), "yes"), (work.words("task-edit-no"), "no")]
    due = found.due.isoformat() if found and found.due else None
    asked = plain(work.words("task-ask-title", number=task.number, title=title[:200]))
    before = found is not None and reading.is_before_a_day(found)
    work.ask("tasks.title", asked, options=options, task=task.id, title=title, due=due, before=before)


@feature.answer("tasks.title", who=COMMANDERS)
def title_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    demand(work, task, Move.EDIT)
    if answer.chosen != "yes" and fold(answer.text).strip() not in ("co", "dong y", "ok", "yes"):
        work.say("task-edit-left", number=task.number)
        return
    due = datetime.fromisoformat(answer.facts["due"]) if answer.facts["due"] else task.due_at
    _change(work, task, answer.facts["title"], due, before=answer.facts["before"])


def _change(work: Work, task: Task, title: str | None, due: datetime | None, *, before: bool) -> None:
    was = snapshot(work, task)
    task.due_at, task.before = due, before
    if title:
        task.title = title[: reading.TITLE_LIMIT]
    record(work, task, "task-edited", was)
    plan_reminders(work, task)
    redraw(work, task)
    _tell_change(work, task, "task-told-edited")
    work.say("task-edited", number=task.number, title=cards.shortened(task.title, 80), when=_until(work, task))


@feature.command("cancel", "huy", who=COMMANDERS)
def cancel(order: Command, work: Work) -> None:
    """/cancel 12"""
    task, rest = numbered(order, work)
    demand(work, task, Move.CANCEL)
    if rest and all(each.lstrip("#").isdecimal() for each in re.split(r"[\s,]+", rest)):
        cancel(replace(order, text=rest), work)  # "/huy 1 2 3"
    if task.series_id is None:
        _cancel(work, task)
        return
    options = [(work.words("task-cancel-one"), "one"), (work.words("task-cancel-all"), "all")]
    work.ask("tasks.cancel", plain(work.words("task-ask-cancel", number=task.number)), options=options, task=task.id)


@feature.answer("tasks.cancel", who=COMMANDERS)
def cancel_was_said(answer: Answer, work: Work) -> None:
    task = task_of(work, answer.facts["task"])
    demand(work, task, Move.CANCEL)
    if answer.chosen == "all" and task.series_id is not None:
        recurring.end(work, task.series_id)
    _cancel(work, task)


def _cancel(work: Work, task: Task) -> None:
    was = snapshot(work, task)
    live_on(work, task, Move.CANCEL, seat(work, task))
    record(work, task, "task-cancelled", was)
    redraw(work, task)
    _tell_change(work, task, "task-told-cancelled")
    work.say("task-cancelled", number=task.number)


def _tell_change(work: Work, task: Task, text_id: str) -> None:
    facts = {"number": task.number, "name": my_name(work), "title": task.title[:120], "when": _until(work, task)}
    text = work.words(text_id, **facts)
    for each in tasks.assignments(work.session, task.id or 0):
        if each.person_id != work.person_id:
            work.tell(each.person_id, cards.note(task.id or 0, text))


def _until(work: Work, task: Task) -> str:
    due = task.due_at.astimezone(work.zone) if task.due_at else None
    return say_moment(due, work.words.language) if due else work.words("task-short-no-deadline")
