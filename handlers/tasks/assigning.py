"""Giving out work: /assign, the questions it may raise, and the opening of tasks."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messages import plain
from bot.engine import context
from bot.engine.features import Answer, Command
from bot.engine.work import Refusal, Work
from handlers.calendar import Deadline, WorkingCalendar, read_deadline, say_short
from handlers.people.calling import post_calling
from handlers.people.naming import guessed, leading_people, mentioned_anywhere, people_alone, unaddressed, with_support
from handlers.tasks import anew, everybody, reading, recurring
from handlers.tasks.attaching import attach, refuse_marked
from handlers.tasks.feature import COMMANDERS, feature
from handlers.tasks.life import announce, begin
from handlers.tasks.reading import Draft
from storage import letters, people, tasks
from storage.people import Person
from storage.roster import Colleague
from storage.tasks import Assignment, Task, Urgency

AT_ONCE = 20  # tasks in one order
OFFERED = 8  # people shown as buttons


@dataclass(frozen=True, slots=True)
class Wish:
    """A task to be opened, as JSON between questions. `due` is an ISO instant; `said` what is still to be decided."""

    title: str
    urgency: str = Urgency.ORDINARY
    due: str | None = None
    decided: bool = False
    before: bool = False
    repeats: str | None = None
    letter: int | None = None
    question: str = "task-ask-deadline"
    readings: tuple[str, ...] = ()
    said: str = ""


_CALLED = re.compile(r"(?:(?<!\w)cho\s+)?@\w+(?=\s*(?:$|,|hạn\s|han\s))|@\w+[,\s]*")  # `nộp báo cáo cho @binh`


@feature.command("assign", "giao", who=COMMANDERS)
def assign(order: Command, work: Work) -> None:
    """/assign @an @binh Báo cáo số liệu, hạn thứ 6 16h"""
    if (standing := anew.standing(order, work)) is not None:
        anew.give(work, *standing)
        return
    named, rest = leading_people(work, unaddressed(order.text), order.mentions)
    if not named and len(items := reading.own_items(order.text, everybody.begins)) > 1:
        for item in items:  # "- @binh …" and "- @chi …": each line has its own people
            assign(replace(order, text=item), work)
        return
    to_all = everybody.read(work, order, named, rest)
    named, rest = to_all or _named(work, order, named, rest)
    file = order.file or (order.reply.file if order.reply else None)
    refuse_marked(order.text, file)
    drafts = reading.read_order(rest, work.local, work.need(WorkingCalendar))
    wishes = [_wish(work, draft if draft.title else replace(draft, title=_quoted(order))) for draft in drafts]
    if not all(wish.title for wish in wishes):
        raise Refusal("task-what")
    if len(wishes) > AT_ONCE:
        raise Refusal("task-too-many", limit=AT_ONCE)
    message = order.message_id if order.file else order.reply.message_id if order.reply else ""
    kept = _kept(file, message)
    if to_all is not None:
        facts = _facts([each.id or 0 for each in named], wishes, kept)
        everybody.ask(work, named, [_with_deadline(work, wish) for wish in wishes], facts)
        return
    if not named and len(wishes) == 1 and (guess := guessed(work, rest)) is not None:
        _ask_whether(work, wishes[0], *guess, kept)
        return
    proceed(work, [each.id or 0 for each in named], wishes, kept)


def _named(work: Work, order: Command, named: Sequence[Person], rest: str) -> tuple[Sequence[Person], str]:
    """Those at the beginning; else whoever is named in the order."""
    if not named:
        named = mentioned_anywhere(work, order.text, order.mentions)
        rest = _CALLED.sub("", order.text) if named else order.text
    return with_support(work, named, rest, order.mentions)


def from_letter(
    work: Work,
    *,
    letter_id: int,
    title: str,
    due: datetime | None = None,
    before: bool = False,
    said: Deadline | None = None,
    choices: Sequence[datetime] = (),
    repeats: str | None = None,
    urgency: Urgency = Urgency.ORDINARY,
    person_ids: Sequence[int] = (),
) -> None:
    """Opens a task from a registered letter: asks to whom it goes, and by when where that is not settled.

    `said` is the order's own deadline; without one `due` holds, or one of `choices` is asked for. The first of
    `person_ids` leads.
    """
    context.allow(work, COMMANDERS)
    wish = _wish(work, Draft(title[: reading.TITLE_LIMIT], urgency, None, said))
    if said is None:
        ahead = due is not None and due > work.now
        wish = replace(
            wish,
            due=due.isoformat() if due else None,
            decided=ahead,
            before=before,
            repeats=repeats if ahead else None,
            readings=tuple(each.isoformat() for each in choices),
        )
    proceed(work, person_ids, [replace(wish, letter=letter_id)], None)


def _quoted(order: Command) -> str:
    """A reply without words of one's own takes over what it replies to."""
    if order.reply is None:
        return ""
    said = order.reply.text or (order.reply.file.name if order.reply.file else "")
    return " ".join(said.split())[: reading.TITLE_LIMIT]


def _kept(file: FileRef | None, message: str) -> str | None:
    if file is None:
        return None
    return json.dumps({"file": asdict(file), "message": message}, ensure_ascii=False)


def _wish(work: Work, draft: Draft) -> Wish:
    found = draft.deadline
    letter = letters.of_symbol(work.session, work.group_id, draft.letter_number) if draft.letter_number else None
    wish = Wish(
        title=draft.title,
        urgency=str(draft.urgency),
        letter=letter.id if letter else None,
        question=reading.problem_text(found),
        said=found.said if found else "",
    )
    if found is None:
        return wish
    return replace(
        wish,
        due=found.due.isoformat() if found.due and draft.settled else None,
        decided=draft.settled,
        before=reading.is_before_a_day(found),
        repeats=found.repeats if draft.settled else None,
        readings=tuple(each.isoformat() for each in found.ask),
    )


# asking until everything is decided


def proceed(work: Work, person_ids: Sequence[int], wishes: Sequence[Wish], file: str | None) -> None:
    """Asks what is still open, one thing at a time; then opens every task."""
    kept = _facts(person_ids, wishes, file)
    if not person_ids:
        _ask_who(work, wishes[0], kept)
        return
    undecided = next((wish for wish in wishes if not wish.decided), None)
    if undecided is not None:
        _ask_deadline(work, undecided, kept)
        return
    for wish in wishes:
        _announce(work, *open_task(work, person_ids, wish, file))
    if work.chat.private:
        work.say("task-given", count=len(wishes))


def _facts(person_ids: Sequence[int], wishes: Sequence[Wish], file: str | None) -> dict[str, Any]:
    return {"people": list(person_ids), "wishes": [asdict(wish) for wish in wishes], "file": file}


def _with_deadline(work: Work, wish: Wish) -> str:
    if wish.due is None:
        return wish.title
    when = say_short(datetime.fromisoformat(wish.due).astimezone(work.zone), work.words.language)
    return work.words("task-ask-everybody-due", title=wish.title, when=when)


def _ask_whether(work: Work, wish: Wish, guess: Sequence[Colleague], said: str, file: str | None) -> None:
    """Words in small letters may be members' names: those members are offered first, and the task without them."""
    without = wish.title.removeprefix(" ".join(said.split())).lstrip(" ,:") or wish.title
    kept: dict[str, Any] = {"people": [], "wishes": [asdict(wish)], "file": file, "without": without}
    first = (", ".join(each.name for each in guess), ",".join(str(each.id) for each in guess))
    _ask_who(work, wish, {**kept, "guessed": first[1]}, first=[first])


def _ask_who(work: Work, wish: Wish, kept: dict[str, Any], *, first: Sequence[tuple[str, str]] = ()) -> None:
    members = [(person.name, str(person.id)) for _, person in people.members(work.session, work.group_id)]
    options = [*first, *(each for each in members if each not in first)][:OFFERED]
    work.ask("tasks.who", plain(work.words("task-ask-who", title=wish.title)), options=options, per_row=2, **kept)


def _ask_deadline(work: Work, wish: Wish, kept: dict[str, Any]) -> None:
    readings = [datetime.fromisoformat(each) for each in wish.readings] or _suggestions(work)
    options = [(say_short(each, work.words.language), each.isoformat()) for each in readings]
    options.append((work.words("task-no-deadline"), "none"))
    text = work.words(wish.question, title=wish.title, said=wish.said)
    work.ask("tasks.deadline", plain(text), options=options, **kept)


def _suggestions(work: Work) -> list[datetime]:
    """The ends of today (if it lies ahead), of the next working day, of this week and of the next."""
    calendar, today = work.need(WorkingCalendar), work.today
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    days = {today, calendar.after(today), friday, friday + timedelta(days=7)}
    ends = [datetime.combine(day, calendar.hours.end, work.zone) for day in sorted(days) if calendar.is_working(day)]
    return [each for each in ends if each > work.now]


@feature.answer("tasks.who", who=COMMANDERS)
def who_was_said(answer: Answer, work: Work) -> None:
    chosen = [int(each) for each in answer.chosen.split(",")] if answer.chosen else []
    if not chosen:
        chosen = [each.id or 0 for each in people_alone(work, answer.text, answer.mentions)]
    wishes = _wishes(answer)
    if ",".join(map(str, chosen)) == answer.facts.get("guessed"):
        wishes = [replace(wishes[0], title=answer.facts["without"])]
    proceed(work, chosen, wishes, answer.facts["file"])


@feature.answer("tasks.everybody", who=COMMANDERS)
def everybody_was_meant(answer: Answer, work: Work) -> None:
    if not everybody.says_yes(answer.chosen, answer.text):
        work.say("task-everybody-left")
        return
    present = {person.id for _, person in people.members(work.session, work.group_id)}
    proceed(work, [each for each in answer.facts["people"] if each in present], _wishes(answer), answer.facts["file"])


@feature.answer("tasks.deadline", who=COMMANDERS)
def deadline_was_said(answer: Answer, work: Work) -> None:
    wishes = _wishes(answer)
    place = next(n for n, wish in enumerate(wishes) if not wish.decided)
    wishes[place] = _decided(work, wishes[place], answer)
    proceed(work, answer.facts["people"], wishes, answer.facts["file"])


def _decided(work: Work, wish: Wish, answer: Answer) -> Wish:
    if answer.chosen is not None:
        return replace(wish, due=None if answer.chosen == "none" else answer.chosen, decided=True)
    if answer.text.strip().lower() in ("không", "khong", "không hạn", "khong han"):
        return replace(wish, due=None, decided=True)
    if reading.says_more(answer.text, work.local, work.need(WorkingCalendar)):
        raise Refusal("task-answer-unclear", title=wish.title)  # likely another order: it must not settle this one
    found = read_deadline(answer.text, work.local, work.need(WorkingCalendar))
    again = _wish(work, Draft(wish.title, Urgency(wish.urgency), None, found))
    return replace(again, letter=wish.letter)


def _wishes(answer: Answer) -> list[Wish]:
    return [Wish(**{**kept, "readings": tuple(kept["readings"])}) for kept in answer.facts["wishes"]]


# opening


def open_task(
    work: Work, person_ids: Sequence[int], wish: Wish, file: str | None = None
) -> tuple[Task, Sequence[Assignment]]:
    """Writes the task with its people, its reminders and its series; says nothing yet."""
    due = datetime.fromisoformat(wish.due) if wish.due else None
    giver = work.actor.person_id
    task = Task(
        group_id=work.group_id,
        number=people.next_task_number(work.session, work.group_id),
        title=wish.title,
        urgency=Urgency(wish.urgency),
        due_at=due,
        before=wish.before,
        letter_id=wish.letter,
        given_by=giver,
        given_at=work.now,
    )
    hands = tasks.add(work.session, task, person_ids)
    if wish.repeats and due:
        recurring.begin(work, task, wish.repeats, due.astimezone(work.zone), person_ids)
    if file is not None:
        kept = json.loads(file)
        attach(work, task, FileRef(**kept["file"]), kept["message"])
    begin(work, task, hands, "task-given")
    return task, hands


def _announce(work: Work, task: Task, hands: Sequence[Assignment]) -> None:
    called = [each.person_id for each in hands]
    announce(work, task, hands, lambda card: post_calling(work, card, called))
