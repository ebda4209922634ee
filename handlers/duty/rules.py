"""What a shift is and what a roster lacks: values and decisions, without storage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.calendar import OfficeHours, WorkingCalendar
from storage.people import Role

ASK_AGAIN = timedelta(minutes=75)  # after the first question: 15:00 → 16:15
LIST_MISSING = timedelta(minutes=105)  # 16:45
LATEST_FOR_ASKING = time(21)
LATEST_FOR_ASKING_AGAIN = time(18)  # a question that comes late, after an interruption, is asked only once
NOTICEABLY_LATE = timedelta(minutes=15)
DAYS_SHOWN = 7
EVENING_ENDS = time(21)


class Part(StrEnum):
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"  # until office begins the next morning
    DAY = "day"  # office hours, the noon break included
    ROUND = "round"  # day and night


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Clock times [start, end) of a day; one that ends at or before its start ends the next day."""

    start: time
    end: time

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        last = day + timedelta(days=1) if self.end <= self.start else day
        return datetime.combine(day, self.start, zone), datetime.combine(last, self.end, zone)


def slot_of(part: Part, hours: OfficeHours) -> Slot:
    (a, b), (c, d) = hours.morning, hours.afternoon
    return {
        Part.MORNING: Slot(a, b),
        Part.NOON: Slot(b, c),
        Part.AFTERNOON: Slot(c, d),
        Part.EVENING: Slot(d, EVENING_ENDS),
        Part.NIGHT: Slot(EVENING_ENDS, a),
        Part.DAY: Slot(a, d),
        Part.ROUND: Slot(a, a),
    }[part]


def part_of(slot: Slot, hours: OfficeHours) -> Part | None:
    """The part of the day with exactly these hours."""
    return next((part for part in Part if slot_of(part, hours) == slot), None)


def without(start: datetime, end: datetime, cut_start: datetime, cut_end: datetime) -> list[tuple[datetime, datetime]]:
    """What of [start, end) remains when [cut_start, cut_end) is taken away."""
    pieces = [(start, min(end, cut_start)), (max(start, cut_end), end)]
    return [(a, b) for a, b in pieces if a < b]


def remaining(
    whole: tuple[datetime, datetime], cuts: Iterable[tuple[datetime, datetime]], hours: OfficeHours
) -> list[tuple[datetime, datetime]]:
    """What is left of a shift after `cuts`. A new edge is not left in the noon break: a day without its afternoon is
    a morning. Moments in the office's zone."""
    left = [whole]
    for start, end in cuts:
        left = [piece for a, b in left for piece in without(a, b, start, end)]
    noon, afternoon = hours.morning[1], hours.afternoon[0]
    trimmed = []
    for a, b in left:
        starts = datetime.combine(a.date(), afternoon, a.tzinfo) if a != whole[0] and a.time() == noon else a
        ends = datetime.combine(b.date(), noon, b.tzinfo) if b != whole[1] and b.time() == afternoon else b
        trimmed.append((starts, ends))
    return [(a, b) for a, b in trimmed if a < b]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A shift as people see it: the day on which it begins, its hours, who, and for which unit."""

    day: date
    slot: Slot
    name: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on duty on one day, and the units that must name somebody. `working`: an ordinary working day."""

    day: date
    duties: tuple[Duty, ...]
    units: tuple[str, ...] = ()
    working: bool = True

    @property
    def unnamed(self) -> tuple[str, ...]:
        """Units for which nobody is named on this day."""
        named = {duty.unit for duty in self.duties}
        return tuple(name for name in self.units if name not in named)

    def of_unit(self, unit: str) -> "Roster":
        """Only what concerns one unit."""
        return Roster(self.day, tuple(duty for duty in self.duties if duty.unit == unit), (unit,), self.working)

    @property
    def is_worth_publishing(self) -> bool:
        """On working days where units report; on any day when somebody is on duty."""
        return bool(self.duties) or (self.working and bool(self.units))


def half_missing(duties: Sequence[Duty], hours: OfficeHours) -> Part | None:
    """The half of the working day for which nobody is named although somebody is for the other."""
    morning, afternoon = (_covered(duties, span) for span in (hours.morning, hours.afternoon))
    if morning == afternoon:
        return None
    return Part.AFTERNOON if morning else Part.MORNING


def _covered(duties: Sequence[Duty], span: tuple[time, time]) -> bool:
    """Whether anybody is there at some time of the span."""
    return any(
        duty.slot.start < span[1] and (duty.slot.end > span[0] or duty.slot.end <= duty.slot.start) for duty in duties
    )


def days_to_name(today: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Tomorrow, and when days off follow, every day up to and with the next working day."""
    last = calendar.after(today)
    return tuple(today + timedelta(days=n) for n in range(1, (last - today).days + 1))


def days_without(days: Iterable[date], named: Iterable[date]) -> tuple[date, ...]:
    taken = set(named)
    return tuple(day for day in days if day not in taken)


def may_enter(role: Role, *, own_person: bool, own_unit: bool) -> bool:
    """Leader and deputies for anybody, everybody else for themselves or the unit they answer for."""
    return role in (Role.LEADER, Role.DEPUTY) or own_person or own_unit
