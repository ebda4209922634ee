"""Shifts are half-open; days off are asked about together; a roster knows what it lacks."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.calendar import OfficeHours, WorkingCalendar
from handlers.duty import rules
from handlers.duty.rules import Duty, Part, Roster, Slot
from storage.people import Role

HOURS = OfficeHours.parse("07:30-11:30,13:30-17:00")
CALENDAR = WorkingCalendar.vietnam({}, hours=HOURS)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(hour: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ((6, 8), [(8, 17)]),
        ((6, 7), [(7, 17)]),
        ((17, 18), [(7, 17)]),
        ((11, 13), [(7, 11), (13, 17)]),
        ((7, 17), []),
        ((5, 20), []),
    ],
)
def test_what_remains_of_a_shift(cut: tuple[int, int], left: list[tuple[int, int]]) -> None:
    start, end = (at(hour) for hour in cut)
    assert rules.without(at(7), at(17), start, end) == [(at(a), at(b)) for a, b in left]


@pytest.mark.parametrize(
    ("whole", "cuts", "left"),
    [
        (Part.DAY, [Part.AFTERNOON], [Part.MORNING]),
        (Part.DAY, [Part.MORNING], [Part.AFTERNOON]),
        (Part.DAY, [Part.MORNING, Part.AFTERNOON], []),
        (Part.DAY, [Part.NOON], [Part.MORNING, Part.AFTERNOON]),
        (Part.NOON, [Part.MORNING], [Part.NOON]),
        (Part.DAY, [Part.EVENING], [Part.DAY]),
        (Part.DAY, [Part.DAY], []),
    ],
)
def test_a_day_without_its_afternoon_is_a_morning(whole: Part, cuts: list[Part], left: list[Part]) -> None:
    def span(part: Part) -> tuple[datetime, datetime]:
        return rules.slot_of(part, HOURS).on(date(2026, 11, 20), ZONE)

    assert rules.remaining(span(whole), map(span, cuts), HOURS) == [span(part) for part in left]


@pytest.mark.parametrize("part", list(Part))
def test_every_part_of_the_day_is_found_again_by_its_hours(part: Part) -> None:
    slot = rules.slot_of(part, HOURS)
    assert rules.part_of(slot, HOURS) is part
    start, end = slot.on(date(2026, 11, 20), ZONE)
    assert start < end


def test_a_night_ends_the_next_morning() -> None:
    _, end = rules.slot_of(Part.NIGHT, HOURS).on(date(2026, 12, 31), ZONE)
    assert end == datetime(2027, 1, 1, 7, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("today", "days"),
    [("2026-11-19", 1), ("2026-11-20", 3), ("2026-12-31", 4)],
)
def test_before_days_off_all_days_up_to_the_next_working_day_are_asked_about(today: str, days: int) -> None:
    asked = rules.days_to_name(date.fromisoformat(today), CALENDAR)
    assert len(asked) == days
    assert CALENDAR.is_working(asked[-1])
    assert not any(CALENDAR.is_working(day) for day in asked[:-1])


def duty(part: Part, unit: str | None = None) -> Duty:
    return Duty(day=date(2026, 11, 20), slot=rules.slot_of(part, HOURS), name="Bình", unit=unit)


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ([Part.MORNING], Part.AFTERNOON),
        ([Part.AFTERNOON], Part.MORNING),
        ([Part.MORNING, Part.AFTERNOON], None),
        ([Part.DAY], None),
        ([Part.EVENING], None),
        ([Part.NOON], None),
        ([Part.ROUND], None),
        ([], None),
    ],
)
def test_the_other_half_of_a_half_covered_day_is_missed(parts: list[Part], missing: Part | None) -> None:
    assert rules.half_missing([duty(part) for part in parts], HOURS) is missing


def test_a_roster_is_published_when_there_is_something_to_say() -> None:
    day = date(2026, 11, 20)
    assert not Roster(day, ()).is_worth_publishing
    assert Roster(day, (), ("Văn phòng",)).is_worth_publishing
    assert not Roster(day, (), ("Văn phòng",), working=False).is_worth_publishing
    assert Roster(day, (duty(Part.DAY),), working=False).is_worth_publishing
    assert Roster(day, (duty(Part.DAY, "A"),), ("A", "B")).unnamed == ("B",)


@pytest.mark.parametrize(
    ("role", "own_person", "own_unit", "may"),
    [
        (Role.LEADER, False, False, True),
        (Role.DEPUTY, False, False, True),
        (Role.CLERK, False, False, False),
        (Role.MEMBER, False, False, False),
        (Role.MEMBER, True, False, True),
        (Role.MEMBER, False, True, True),
    ],
)
def test_who_may_enter_a_shift(role: Role, own_person: bool, own_unit: bool, may: bool) -> None:
    assert rules.may_enter(role, own_person=own_person, own_unit=own_unit) is may


def test_slots_of_a_day_are_in_order_of_their_beginning() -> None:
    assert min(Slot(time(13), time(17)), Slot(time(7), time(11))).start == time(7)
