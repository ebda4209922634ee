"""What comes again: short months, days off, and when the period of the next one begins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar import read_deadline, recurrence
from tests.handlers.calendar.table import CALENDAR, FRIDAY, at


def following(rule: str, after: str, count: int) -> list[str]:
    day, found = date.fromisoformat(after), []
    for _ in range(count):
        day = recurrence.next_day(rule, day)
        found.append(day.isoformat())
    return found


def test_in_a_short_month_its_last_day_stands_in() -> None:
    assert following(recurrence.monthly(31), "2026-12-31", 4) == [
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
    ]
    assert following(recurrence.monthly(30), "2027-12-31", 3) == ["2028-01-30", "2028-02-29", "2028-03-30"]
    assert following(recurrence.monthly(29), "2027-01-30", 1) == ["2027-02-28"]
    assert following(recurrence.monthly(28), "2027-01-30", 1) == ["2027-02-28"]


def test_a_day_of_some_months_only() -> None:
    assert following(recurrence.monthly(20, (3, 6, 9, 12)), "2026-11-20", 3) == [
        "2026-12-20",
        "2027-03-20",
        "2027-06-20",
    ]
    assert following(recurrence.monthly(31, (6,)), "2026-11-20", 2) == ["2027-06-30", "2028-06-30"]
    assert following(recurrence.monthly(29, (2,)), "2026-11-20", 2) == ["2027-02-28", "2028-02-29"]


def test_every_week_and_every_working_day_of_the_week() -> None:
    assert following(recurrence.weekly(4), "2026-11-20", 2) == ["2026-11-27", "2026-12-04"]
    assert following(recurrence.daily(), "2026-11-20", 2) == ["2026-11-23", "2026-11-24"]


@given(st.integers(1, 31), st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_every_month_has_exactly_one_day(day: int, after: date) -> None:
    rule = recurrence.monthly(day)
    first = recurrence.next_day(rule, after)
    second = recurrence.next_day(rule, first)
    assert after < first < second
    assert (second.year * 12 + second.month) - (first.year * 12 + first.month) == 1
    assert first.day == day or (first + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("rule", "day", "begins"),
    [
        (recurrence.weekly(4), "2026-11-27", "2026-11-23"),
        (recurrence.weekly(0), "2026-11-23", "2026-11-23"),
        (recurrence.daily(), "2026-11-23", "2026-11-23"),
        (recurrence.monthly(25), "2026-12-25", "2026-12-01"),
        (recurrence.monthly(31), "2027-02-28", "2027-02-01"),
        (recurrence.monthly(20, (3, 6, 9, 12)), "2026-12-20", "2026-10-01"),
        (recurrence.monthly(10, (1, 4, 7, 10)), "2027-01-10", "2027-01-01"),
        (recurrence.monthly(10, (1, 4, 7, 10)), "2027-04-10", "2027-04-01"),
        (recurrence.monthly(25, (12,)), "2026-12-25", "2026-01-01"),
        (recurrence.monthly(10, (3,)), "2027-03-10", "2027-01-01"),
    ],
)
def test_a_period_begins_with_its_week_month_quarter_or_year(rule: str, day: str, begins: str) -> None:
    assert recurrence.period_start(rule, date.fromisoformat(day)) == date.fromisoformat(begins)


def test_a_period_never_begins_after_its_own_day() -> None:
    for text in (
        "ngày 10 tháng đầu quý",
        "ngày 20 của tháng cuối quý",
        "ngày 1 hằng tháng",
        "thứ 2 hằng tuần",
        "5/1 hằng năm",
    ):
        found = read_deadline(text, FRIDAY, CALENDAR)
        assert found is not None
        assert found.repeats is not None
        day = recurrence.next_day(found.repeats, FRIDAY.date())
        assert recurrence.period_start(found.repeats, day) <= day


def test_the_nominal_day_is_kept_when_it_is_a_day_off() -> None:
    found = read_deadline("ngày 24 hằng tháng", at("2026-11-20"), CALENDAR)
    assert found is not None
    assert found.due is not None
    assert found.due.date() == date(2026, 11, 24)
    assert CALENDAR.last_working(found.due.date()) == date(2026, 11, 23)


def test_today_counts_until_its_hour_has_struck() -> None:
    for clock, day in (("16h", "2026-11-20"), ("9h", "2026-11-27")):
        found = read_deadline(f"{clock} thứ 6 hằng tuần", FRIDAY, CALENDAR)
        assert found is not None
        assert found.due is not None
        assert found.due.date().isoformat() == day
