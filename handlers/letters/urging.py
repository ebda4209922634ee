"""Reminders of letters that nobody has looked at, and of those whose deadline passes with nobody at work on them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat.messages import Button, Card
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.calendar import WorkingCalendar
from handlers.letters import cards, demanded, orders
from handlers.letters.feature import feature
from storage import letters, people
from storage.letters import Letter
from storage.outbox import Priority
from storage.people import Role
from storage.tasks import Urgency

HOUR, TWO_HOURS = timedelta(hours=1), timedelta(hours=2)
TWICE_A_DAY = (time(8), time(14))


def next_urging(urgency: Urgency, after: datetime, calendar: WorkingCalendar) -> datetime | None:
    """When a leader is to be urged next; `after` in the office's zone. None: an ordinary letter urges nobody."""
    if urgency is Urgency.EXPRESS:
        return after + HOUR  # at night as well
    if urgency is Urgency.VERY_URGENT:
        return calendar.in_office_hours(after + TWO_HOURS)
    if urgency is not Urgency.URGENT:
        return None
    day = after.date()
    while True:
        marks = [datetime.combine(day, mark, after.tzinfo) for mark in TWICE_A_DAY]
        ahead = [each for each in marks if each > after and calendar.is_working(day)]
        if ahead:
            return ahead[0]
        day += timedelta(days=1)


def plan(work: Work, letter: Letter) -> None:
    """When it is registered: an express letter (hỏa tốc) is told at once."""
    calendar, urgency = work.need(WorkingCalendar), orders.urgency_of(letter.urgency)
    at = work.now if urgency is Urgency.EXPRESS else next_urging(urgency, work.local, calendar)
    if at is not None:
        work.later("letters-urge", f"letters-urge:{letter.id}", at, letter=letter.id)
    else:
        begun = calendar.in_office_hours(work.local)
        at = datetime.combine(calendar.after(begun.date()), begun.time(), begun.tzinfo)
        work.later("letters-unnoted", f"letters-unnoted:{letter.id}", at, letter=letter.id)
    watch(work, letter)


def watch(work: Work, letter: Letter) -> None:
    """Its first deadline ahead: when that passes and nobody is at work on it, the leader hears of it."""
    ahead = demanded.still_ahead(letter.demands, work.now)
    if ahead and not letter.is_over:
        work.later("letters-overdue", f"letters-overdue:{letter.id}", ahead[0].due, letter=letter.id)
    else:
        work.cancel(f"letters-overdue:{letter.id}")


def stop(work: Work, letter: Letter) -> None:
    """A leader knows of it: nobody is urged any more."""
    work.cancel(f"letters-urge:{letter.id}")
    work.cancel(f"letters-unnoted:{letter.id}")
    if letter.is_over:
        work.cancel(f"letters-overdue:{letter.id}")


@feature.due("letters-urge")
def urge(due: Due, work: Work) -> None:
    letter = letters.get(work.session, due.facts["letter"])
    if letter is None or letter.is_noted or not letter.is_registered:
        return
    _tell_leaders(work, letter, "letter-urge")
    at = next_urging(orders.urgency_of(letter.urgency), work.local, work.need(WorkingCalendar))
    if at is not None:
        work.later("letters-urge", due.key, at, letter=letter.id)


@feature.due("letters-unnoted")
def unnoted(due: Due, work: Work) -> None:
    """A working day has passed."""
    letter = letters.get(work.session, due.facts["letter"])
    if letter is not None and letter.is_registered and not letter.is_noted:
        _tell_leaders(work, letter, "letter-unnoted")


@feature.due("letters-overdue")
def overdue(due: Due, work: Work) -> None:
    letter = letters.get(work.session, due.facts["letter"])
    if letter is not None and letter.state in (letters.LetterState.REGISTERED, letters.LetterState.NOTED):
        _tell_leaders(work, letter, "letter-overdue")


def _tell_leaders(work: Work, letter: Letter, text_id: str) -> None:
    """The leader, else the deputies, in private; the rooms when none of them can be reached."""
    card = _card(work, letter, text_id)
    for role in (Role.LEADER, Role.DEPUTY):
        found = people.with_role(work.session, work.group_id, role)
        told = [work.tell(each.person_id, card, priority=Priority.REMINDER) for each in found]
        if any(told):
            return
    work.post(card, priority=Priority.REMINDER)


def _card(work: Work, letter: Letter, text_id: str) -> Card:
    said = cards.said(
        work.words,
        text_id,
        arrival=letter.arrival,
        title=letter.title,
        subject=cards.cut(letter.subject, 120) or "",
        urgency=letter.urgency or "",
    )
    show = Button(label=work.words("letter-button-show"), action=f"letter-show:{letter.id}")
    seen = Button(label=work.words("letter-button-seen"), action=f"letter-seen:{letter.id}")
    give = Button(label=work.words("letter-button-task"), action=f"letter-task:{letter.id}")
    return replace(said, buttons=((show, give) if letter.is_noted else (show, seen, give),))
