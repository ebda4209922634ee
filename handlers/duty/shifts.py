"""Shifts of a work group: who is on duty, entering and removing shifts, and telling those concerned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.engine.work import Refusal, Work
from handlers.calendar import OfficeHours, WorkingCalendar
from handlers.duty import cards, rules
from handlers.duty.rules import Duty, Part, Roster, Slot
from storage import duty, people
from storage.duty import DutyUnit, Shift, SwapState
from storage.people import Person, Role

LONGEST_SPAN = 366  # days
QUESTIONS = ("duty-who", "duty-other")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One shift to be entered."""

    day: date
    slot: Slot
    person_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """What a person is no longer on duty for."""

    person_id: int
    duty: Duty


@dataclass(frozen=True, slots=True)
class Entered:
    """What entering did: the days it was about, whose shifts made way, and who could not be told."""

    days: tuple[date, ...]
    displaced: tuple[Person, ...]
    unreachable: tuple[Person, ...]


# seeing


def midnight(work: Work, day: date) -> datetime:
    return datetime.combine(day, time(), work.zone)


def rosters(work: Work, days: Sequence[date]) -> list[Roster]:
    """The roster of each of these days."""
    calendar = work.need(WorkingCalendar)
    units = tuple(each.name for each in duty.units(work.session, work.group_id))
    found = starting(work, days)
    duties = [as_duty(work, each) for each in found]
    return [
        Roster(day, tuple(each for each in duties if each.day == day), units, calendar.is_working(day)) for day in days
    ]


def roster(work: Work, day: date) -> Roster:
    return rosters(work, [day])[0]


def starting(work: Work, days: Sequence[date]) -> Sequence[Shift]:
    """Shifts that begin on one of these days."""
    if not days:
        return ()
    since, until = midnight(work, min(days)), midnight(work, max(days) + _DAY)
    return duty.starting(work.session, work.group_id, since, until)


def as_duty(work: Work, shift: Shift) -> Duty:
    start, end = shift.start_at.astimezone(work.zone), shift.end_at.astimezone(work.zone)
    unit = duty.unit(work.session, shift.unit_id) if shift.unit_id is not None else None
    return Duty(
        day=start.date(),
        slot=Slot(start.time(), end.time()),
        name=work.person(shift.person_id).name,
        unit=unit.name if unit else None,
    )


def who_is_on_duty(work: Work, day: date) -> list[str]:
    """A line for each shift of the day, in order: `Sáng: Bình`; nothing when nobody is on duty."""
    return cards.by_slot(work.words, roster(work, day).duties, hours(work))


def unnamed_days(work: Work, unit: DutyUnit, days: Iterable[date]) -> tuple[date, ...]:
    """The days for which the unit has named nobody."""
    days = tuple(days)
    named = [each.start_at.astimezone(work.zone).date() for each in starting(work, days) if each.unit_id == unit.id]
    return rules.days_without(days, named)


# entering


def enter(work: Work, entries: Sequence[Entry]) -> Entered:
    """Writes the shifts; what overlaps them in the same unit makes way, and those concerned are told."""
    for entry in entries:
        _permit(work, entry)
    fresh = [entry for entry in dict.fromkeys(entries) if not _stands(work, entry)]
    displaced = _make_way(work, entries)
    added = [_add(work, entry) for entry in fresh]
    days = tuple(sorted({entry.day for entry in entries}))
    _tell_displaced(work, displaced)
    unreachable = _tell_named(work, added)
    _close_questions(work, entries)
    redraw_published(work, days)
    losers = {each.person_id: work.person(each.person_id) for each in displaced}
    return Entered(days, tuple(losers.values()), unreachable)


def _permit(work: Work, entry: Entry) -> None:
    actor = work.actor
    own_person = entry.person_id == actor.person_id
    if not rules.may_enter(actor.role, own_person=own_person, own_unit=_is_own_unit(work, entry.unit_id)):
        raise Refusal("duty-not-yours", name=work.person(entry.person_id).name)


def _stands(work: Work, entry: Entry) -> bool:
    start, end = entry.slot.on(entry.day, work.zone)
    return any(
        each.person_id == entry.person_id and each.start_at == start and each.end_at == end
        for each in _of_unit(work, entry)
    )


def _of_unit(work: Work, entry: Entry) -> list[Shift]:
    start, end = entry.slot.on(entry.day, work.zone)
    there = duty.overlapping(work.session, work.group_id, start, end)
    return [each for each in there if each.unit_id == entry.unit_id]


def _make_way(work: Work, entries: Sequence[Entry]) -> list[Cut]:
    """Cuts what overlaps out of earlier shifts that the actor may change; what others lose is returned."""
    kept = {(each.person_id, *each.slot.on(each.day, work.zone)) for each in entries}
    cuts = []
    for entry in entries:
        span = entry.slot.on(entry.day, work.zone)
        for shift in _of_unit(work, entry):
            if (shift.person_id, shift.start_at, shift.end_at) not in kept and _may_change(work, shift):
                cuts += take_out(work, shift, span)
    named = {each.person_id for each in entries}
    return [cut for cut in cuts if cut.person_id not in named]


def _may_change(work: Work, shift: Shift) -> bool:
    own_person = shift.person_id == work.person_id
    return rules.may_enter(work.actor.role, own_person=own_person, own_unit=_is_own_unit(work, shift.unit_id))


def _is_own_unit(work: Work, unit_id: int | None) -> bool:
    unit = duty.unit(work.session, unit_id) if unit_id is not None else None
    return unit is not None and unit.person_id == work.person_id


def take_out(work: Work, shift: Shift, *spans: tuple[datetime, datetime]) -> list[Cut]:
    """Removes these spans from a shift; what remains of it stays as shifts of its own."""
    shift.removed_at = work.now
    work.session.add(shift)
    for open_swap in duty.open_swaps(work.session, shift.id or 0):
        duty.close_swap(work.session, open_swap.id or 0, SwapState.WITHDRAWN)
    work.record("duty-shift-removed", f"shift:{shift.id}", **_facts(work, shift))
    whole = (shift.start_at.astimezone(work.zone), shift.end_at.astimezone(work.zone))
    for a, b in rules.remaining(whole, spans, hours(work)):
        _write(work, shift.person_id, shift.unit_id, a, b)
    lost = [(max(a, shift.start_at), min(b, shift.end_at)) for a, b in spans]
    return [Cut(shift.person_id, _part_of(work, shift, a, b)) for a, b in lost if a < b]


def _part_of(work: Work, shift: Shift, start: datetime, end: datetime) -> Duty:
    a, b = start.astimezone(work.zone), end.astimezone(work.zone)
    return replace(as_duty(work, shift), day=a.date(), slot=Slot(a.time(), b.time()))


def _add(work: Work, entry: Entry) -> Shift:
    start, end = entry.slot.on(entry.day, work.zone)
    return _write(work, entry.person_id, entry.unit_id, start, end)


def _write(work: Work, person_id: int, unit_id: int | None, start: datetime, end: datetime) -> Shift:
    shift = Shift(
        group_id=work.group_id,
        unit_id=unit_id,
        person_id=person_id,
        start_at=start,
        end_at=end,
        entered_by=work.person_id,
    )
    work.session.add(shift)
    work.session.flush()
    work.record("duty-shift-entered", f"shift:{shift.id}", **_facts(work, shift))
    return shift


def _facts(work: Work, shift: Shift) -> dict[str, str | int | None]:
    return {
        "person": shift.person_id,
        "unit": shift.unit_id,
        "start": shift.start_at.astimezone(work.zone).isoformat(),
        "end": shift.end_at.astimezone(work.zone).isoformat(),
    }


# telling


def _tell_named(work: Work, added: Sequence[Shift]) -> tuple[Person, ...]:
    """Tells everybody but the actor; who has no account the bot can write to is returned."""
    unreachable = []
    for person_id in dict.fromkeys(each.person_id for each in added):
        if person_id == work.person_id:
            continue
        mine = [each for each in added if each.person_id == person_id]
        card = cards.named(work.words, [as_duty(work, each) for each in mine], hours(work), by=_actor_name(work))
        if not work.tell(person_id, card, report=f"duty-told:{mine[0].id}"):
            unreachable.append(work.person(person_id))
    return tuple(unreachable)


def _tell_displaced(work: Work, cuts: Sequence[Cut]) -> None:
    for person_id in dict.fromkeys(each.person_id for each in cuts):
        if person_id != work.person_id:
            lost = [each.duty for each in cuts if each.person_id == person_id]
            work.tell(person_id, cards.relieved(work.words, lost, hours(work), by=_actor_name(work)))


def remove(work: Work, found: Sequence[Shift], spans: Sequence[tuple[datetime, datetime]]) -> None:
    """Removes shifts, or the given spans of them."""
    cuts = []
    for shift in found:
        if not _may_change(work, shift):
            raise Refusal("duty-not-yours", name=work.person(shift.person_id).name)
        cuts += take_out(work, shift, *(spans or [(shift.start_at, shift.end_at)]))
    _tell_displaced(work, cuts)
    redraw_published(work, {each.start_at.astimezone(work.zone).date() for each in found})


def redraw_published(work: Work, days: Iterable[date]) -> None:
    """The roster in the rooms follows what changes on its day."""
    if work.today in days:
        work.session.flush()
        work.update(cards.published(work.words, work.group_id, roster(work, work.today), hours(work)))


def _close_questions(work: Work, entries: Sequence[Entry]) -> None:
    """Who has named somebody for all the days asked about is asked no more."""
    touched = {each.unit_id for each in entries}
    for unit in duty.units(work.session, work.group_id):
        if unit.id in touched:
            close_questions(work, unit, answered_only=True)


def close_questions(work: Work, unit: DutyUnit, *, answered_only: bool = False) -> None:
    for question in duty.questions_about(work.session, work.group_id, unit.id or 0, QUESTIONS):
        if not (answered_only and unnamed_days(work, unit, asked_days(question.values["days"]))):
            work.session.delete(question)
    work.session.flush()


def asked_days(span: str) -> tuple[date, ...]:
    """From `2026-11-21:2026-11-23` to the days. Raises ValueError for what no question of ours spans: actions can be
    forged, and ten thousand years hold up everybody."""
    first, last = map(date.fromisoformat, span.split(":"))
    if (last - first).days > LONGEST_SPAN:
        raise ValueError("longer than a year")
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def span_of(days: Sequence[date]) -> str:
    return f"{min(days)}:{max(days)}"


def hours(work: Work) -> OfficeHours:
    return work.need(WorkingCalendar).hours


def whole_day(work: Work) -> Slot:
    return rules.slot_of(Part.DAY, hours(work))


def leaders(work: Work) -> list[int]:
    return [each.person_id for each in people.with_role(work.session, work.group_id, Role.LEADER)]


def _actor_name(work: Work) -> str:
    return work.person(work.actor.person_id).name
