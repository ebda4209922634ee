"""`mai tôi bận không trực được`: who cannot be on duty is offered to ask a colleague for that shift."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from bot.chat.messages import Button, Card, Part, plain
from bot.engine import context
from bot.engine.features import Answer, Command, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import Named, WorkingCalendar, Wrong, find_stretches
from handlers.duty import cards, excuses, shifts, swaps
from handlers.duty.feature import feature
from handlers.people import naming
from storage import duty, people
from storage.duty import Shift
from storage.people import Person, Who

OFFERED = 8  # colleagues as buttons
SHOWN = 4  # shifts with a button each


@feature.words("duty-away", who=Who.ANYONE)
def cannot(said: Command, work: Work) -> bool:
    """True where the writer says so of a duty of their own, or of days on which they have none."""
    if not excuses.says_cannot(said.text, ()):
        return False
    mine = _enter_where_on_duty(work)
    if work.member is None or not excuses.says_cannot(said.text, _others(work)):
        return False
    days = _days(work, said.text)
    if days is not None:
        mine = [each for each in mine if each.start_at.astimezone(work.zone).date() in days]
    begun = [each for each in mine[: None if days is not None else 1] if each.start_at <= work.now]
    ahead = [each for each in mine if each.start_at > work.now]
    for each in begun:
        work.say("duty-away-begun", reply=True, when=_when(work, each))
    if ahead and (days is not None or not begun):
        work.reply(_card(work, ahead[:SHOWN] if days is not None else ahead[:1]))
    elif not begun:
        work.say("duty-away-none", reply=True)
    return True


def _enter_where_on_duty(work: Work) -> Sequence[Shift]:
    """The writer's shifts, the one that runs first; in private of the first group that has any, whichever is chosen."""
    if work.person_id is None:
        return ()
    here = [work.group_id] if work.member is not None else []
    there = [group.id or 0 for _, group in context.own_groups(work)] if work.chat.private else []
    for group_id in dict.fromkeys([*here, *there]):
        running = duty.overlapping(work.session, group_id, work.now, work.now + timedelta(minutes=1))
        begun = [each for each in running if each.person_id == work.person_id and each.start_at <= work.now]
        if found := [*begun, *duty.coming_of(work.session, group_id, work.person_id, work.now)]:
            context.enter(work, group_id)
            return found
    if there and work.member is None:
        context.enter(work, there[0])
    return ()


def _others(work: Work) -> list[str]:
    """The colleagues' names; who writes of oneself by name means oneself."""
    return [name for each in naming.colleagues(work) if each.id != work.person_id for name in naming.names_of(each)]


def _days(work: Work, text: str) -> set[date] | None:
    """None where no day is said: the next shift is meant."""
    found = find_stretches(text, shifts.midnight(work, work.today), work.need(WorkingCalendar))
    clear = [each for each in found if each.wrong is None and each.named is not Named.FIRST]
    if not clear and any(each.wrong is not Wrong.PAST for each in found):
        return None
    days = {each.first + timedelta(days=n) for each in clear for n in range(min(each.length, 31))}
    return days if found else None


def _card(work: Work, mine: Sequence[Shift]) -> Card:
    said = [_when(work, each) for each in mine]
    one = len(mine) == 1
    labels = [work.words("duty-away-button") if one else cards.as_label(each) for each in said]
    buttons = [(Button(label=label, action=f"duty-away:{each.id}"),) for label, each in zip(labels, mine, strict=True)]
    return Card(parts=(Part(work.words("duty-away", when="; ".join(said))),), buttons=tuple(buttons))


def _when(work: Work, shift: Shift) -> str:
    return cards.when(work.words, shifts.as_duty(work, shift), shifts.hours(work))


def _group_of(session: Session, argument: str) -> int | None:
    shift = duty.shift(session, int(argument))
    return shift.group_id if shift else None


@feature.press("duty-away", group_of=_group_of)
def pressed(press: Press, work: Work) -> None:
    """The button Nhờ trực thay: whom?"""
    shift = _own(work, press.number)
    there = duty.overlapping(work.session, work.group_id, shift.start_at, shift.end_at)
    taken = {each.person_id for each in there} | {work.actor.person_id}
    free = [person for _, person in people.members(work.session, work.group_id) if person.id not in taken]
    options = [(person.name, str(person.id)) for person in free[:OFFERED]]
    asked = plain(work.words("duty-away-whom", when=_when(work, shift)))
    work.ask("duty-away-whom", asked, options=options, per_row=2, shift=shift.id)


@feature.answer("duty-away-whom", who=Who.STAFF)
def whom(answer: Answer, work: Work) -> None:
    shift = _own(work, answer.facts["shift"])
    swaps.offer(work, shift, _named(work, answer))


def _named(work: Work, answer: Answer) -> Person:
    if answer.chosen:
        return work.person(int(answer.chosen))
    found = naming.people_alone(work, answer.text, answer.mentions)
    if len(found) != 1:
        raise Refusal("person-unknown", name=answer.text[:60])
    return found[0]


def _own(work: Work, number: int) -> Shift:
    shift = duty.shift(work.session, number)
    if shift is None or shift.person_id != work.actor.person_id or shift.group_id != work.group_id:
        raise Refusal("duty-swap-no-shift")
    if shift.removed_at is not None or shift.start_at <= work.now:
        raise Refusal("duty-swap-gone")  # before anybody is asked for
    return shift
