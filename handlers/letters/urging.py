"""Reminders of letters that nobody has looked at, and of those whose deadline passes with nobody at work on them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat.messages import Button, Card
from bot.engine.abilities import Abilities
from bot.engine.features import Due
from bot.engine.work import Work
from handlers.calendar import WorkingCalendar
from handlers.letters import cards, demanded, orders
from handlers.letters.feature import feature
from storage import duty, letters, outbox, people, posts
from storage.letters import Letter
from storage.outbox import Priority
from storage.people import Role
from storage.tasks import Urgency

HOUR, TWO_HOURS, THREE_HOURS = timedelta(hours=1), timedelta(hours=2), timedelta(hours=3)
TWICE_A_DAY = (time(8), time(14))
HOURLY = 3  # urgings, the first among them; who has not looked by then is busy, and mutes what sounds every hour
DAY = (time(6), time(22))  # the leader of an office is not woken twice for the same letter


def next_urging(urgency: Urgency, after: datetime, calendar: WorkingCalendar, told: int = 0) -> datetime | None:
    """When somebody is to be urged next; `after` in the office's zone. None: an ordinary letter urges nobody."""
    if urgency is Urgency.EXPRESS:
        return after + (HOUR if told < HOURLY else THREE_HOURS)  # at night as well: there is who is on duty
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


def settle(work: Work, letter: Letter) -> None:
    """What urged about it says from now that it is in hand, and its buttons are gone."""
    ended = cards.said(work.words, "letter-urge-ended", arrival=letter.arrival, title=letter.title)
    for key in (_key(letter), _duty_key(letter)):
        work.update(replace(ended, key=key))


@feature.due("letters-urge")
def urge(due: Due, work: Work) -> None:
    letter = letters.get(work.session, due.facts["letter"])
    if letter is None or letter.is_noted or not letter.is_registered:
        return
    urgency, told = orders.urgency_of(letter.urgency), int(due.facts.get("told", 0)) + 1
    rests = urgency is Urgency.EXPRESS and told > HOURLY and not DAY[0] <= work.local.time() < DAY[1]
    called = [] if rests else _tell_leaders(work, letter, "letter-urge")
    _tell_on_duty(work, letter, called)
    at = next_urging(urgency, work.local, work.need(WorkingCalendar), told)
    if at is not None:
        work.later("letters-urge", due.key, at, letter=letter.id, told=told)


def _tell_on_duty(work: Work, letter: Letter, called: Sequence[int]) -> None:
    """Outside office hours: the leader is perhaps not looking, and has to be phoned."""
    if work.need(WorkingCalendar).in_office_hours(work.local) == work.local:
        return
    present = duty.overlapping(work.session, work.group_id, work.now, work.now + timedelta(minutes=1))
    watching = sorted({each.person_id for each in present}.difference(called))
    key = _duty_key(letter)
    if watching and _takes_the_place(work, key):
        card = replace(_card(work, letter, "letter-urge-on-duty", gives=False), key=key)
        for person_id in watching:
            work.tell(person_id, card, priority=Priority.REMINDER)


def _takes_the_place(work: Work, key: str) -> bool:
    """Removes the urging before, so that only the latest stands; False while that is still on its way."""
    for messenger, chat in outbox.standing(work.session, key):
        message = posts.message_showing(work.session, messenger, chat, key)
        if message is None:
            return False
        if work.need(Abilities).of(messenger).deletes:
            work.delete_message(messenger, chat, message)
    return True


def _key(letter: Letter) -> str:
    return f"letter-urge:{letter.id}"


def _duty_key(letter: Letter) -> str:
    return f"letter-urge-duty:{letter.id}"


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


def _tell_leaders(work: Work, letter: Letter, text_id: str) -> list[int]:
    """The leader, else the deputies, in private; the rooms when none of them can be reached. Who was told."""
    card = _card(work, letter, text_id)
    if not _takes_the_place(work, _key(letter)):
        return []
    for role in (Role.LEADER, Role.DEPUTY):
        found = people.with_role(work.session, work.group_id, role)
        told = [each.person_id for each in found if work.tell(each.person_id, card, priority=Priority.REMINDER)]
        if told:
            return told
    work.post(card, priority=Priority.REMINDER)
    return []


def _card(work: Work, letter: Letter, text_id: str, *, gives: bool = True) -> Card:
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
    steps = (give,) if letter.is_noted else (seen, give)
    return replace(said, key=_key(letter), buttons=((show, *(steps if gives else ())),))
