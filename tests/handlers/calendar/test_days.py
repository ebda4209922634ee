"""Which days are worked: the statutory days off of Việt Nam, the swaps of 2026, and the operator's table."""

from datetime import date, datetime, time, timedelta

import holidays
import pytest

from config.settings import Settings
from handlers.calendar import OfficeHours, WorkingCalendar, load_overrides
from handlers.calendar.lunar import lunar_to_solar, month_length
from handlers.calendar.office import working_calendar
from tests.handlers.calendar.table import CALENDAR, ZONE

HOURS = OfficeHours.parse("07:30-11:30,13:30-17:00")


def days(first: str, last: str) -> list[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2020-01-23", "2020-01-29"),
        ("2021-02-10", "2021-02-16"),
        ("2022-01-31", "2022-02-04"),
        ("2023-01-20", "2023-01-26"),
        ("2024-02-08", "2024-02-14"),
        ("2025-01-27", "2025-01-31"),
        ("2026-02-14", "2026-02-22"),
        ("2027-02-04", "2027-02-10"),
    ],
)
def test_nobody_works_at_tết(first: str, last: str) -> None:
    assert [day for day in days(first, last) if CALENDAR.is_working(day)] == []
    before, after = date.fromisoformat(first), date.fromisoformat(last)
    assert CALENDAR.is_working(CALENDAR.before(before))
    assert CALENDAR.after(before) > after


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01", "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24",
        "2027-01-01", "2027-04-16", "2027-05-03", "2027-09-02", "2027-09-03", "2027-11-24",
    ],
)  # fmt: skip
def test_statutory_days_are_off_and_have_a_name(day: str) -> None:
    assert not CALENDAR.is_working(date.fromisoformat(day))
    assert CALENDAR.why_off(date.fromisoformat(day))


def test_the_day_of_culture_is_off_from_2026_only() -> None:
    assert CALENDAR.is_working(date(2025, 11, 24))
    assert not CALENDAR.is_working(date(2026, 11, 24))
    assert "Văn hóa" in CALENDAR.why_off(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("off", "made_up"),
    [
        ("2026-01-02", "2026-01-10"),
        ("2026-08-31", "2026-08-22"),
        ("2025-05-02", "2025-04-26"),
        ("2024-04-29", "2024-05-04"),
    ],
)
def test_a_swapped_day_is_made_up_for_on_a_saturday(off: str, made_up: str) -> None:
    saturday = date.fromisoformat(made_up)
    assert not CALENDAR.is_working(date.fromisoformat(off))
    assert CALENDAR.is_working(saturday)
    assert saturday.weekday() == 5
    assert CALENDAR.why_off(saturday) == ""


def test_an_ordinary_weekend_is_off_without_a_name() -> None:
    assert not CALENDAR.is_working(date(2026, 11, 21))
    assert CALENDAR.why_off(date(2026, 11, 21)) == ""


def test_the_operators_table_stands_above_the_statutory_days() -> None:
    table = (
        '[[day]]\ndate = 2026-11-24\nkind = "working"\n'
        '[[day]]\ndate = 2026-11-25\nkind = "off"\nname = "Ngày truyền thống"\n'
    )
    calendar = WorkingCalendar.vietnam(load_overrides(table), hours=HOURS)
    assert calendar.is_working(date(2026, 11, 24))
    assert not calendar.is_working(date(2026, 11, 25))
    assert (calendar.why_off(date(2026, 11, 24)), calendar.why_off(date(2026, 11, 25))) == ("", "Ngày truyền thống")


def test_an_empty_table_says_nothing() -> None:
    assert load_overrides("") == {}


@pytest.mark.parametrize(
    "entry", ['date = 2026-11-24\nkind = "holiday"', "date = 2026-11-24", 'kind = "off"', 'date = "mai"\nkind = "off"']
)
def test_a_wrong_line_of_the_table_is_refused_with_a_reason(entry: str) -> None:
    with pytest.raises(ValueError, match=r"holidays\.toml"):
        load_overrides(f"[[day]]\n{entry}\n")


@pytest.mark.parametrize("table", ["[day]\ndate = 2026-11-24", "day = 3", "[[day]\n", "mai nghỉ"])
def test_a_table_that_is_none_is_refused_with_a_reason(table: str) -> None:
    with pytest.raises(ValueError, match=r"holidays\.toml"):
        load_overrides(table)


def test_the_operators_own_file_replaces_the_one_that_ships(settings: Settings) -> None:
    assert not working_calendar(settings).is_working(date(2026, 1, 2))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    own = '[[day]]\ndate = 2026-01-02\nkind = "working"\n'
    (settings.data_dir / "holidays.toml").write_text(own, encoding="utf-8")
    assert working_calendar(settings).is_working(date(2026, 1, 2))
    assert not working_calendar(settings).is_working(date(2026, 1, 10))


def test_working_days_are_counted_from_the_day_after() -> None:
    friday = date(2026, 11, 20)
    assert CALENDAR.add(friday, 0) == friday
    assert CALENDAR.add(friday, 1) == date(2026, 11, 23)
    assert CALENDAR.add(friday, 2) == date(2026, 11, 25)  # over the 24th
    assert CALENDAR.add(date(2026, 8, 21), 1) == date(2026, 8, 22)  # a Saturday that is worked


def test_the_last_working_day_before_a_day_off() -> None:
    assert CALENDAR.last_working(date(2026, 11, 24)) == date(2026, 11, 23)
    assert CALENDAR.last_working(date(2026, 2, 19)) == date(2026, 2, 13)
    assert CALENDAR.last_working(date(2026, 11, 20)) == date(2026, 11, 20)
    assert CALENDAR.before(date(2026, 11, 23)) == date(2026, 11, 20)
    assert CALENDAR.after(date(2026, 11, 23)) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("moment", "moved"),
    [
        ("2026-11-20T10:00", "2026-11-20T10:00"),
        ("2026-11-20T12:00", "2026-11-20T12:00"),
        ("2026-11-20T06:00", "2026-11-20T07:30"),
        ("2026-11-20T17:01", "2026-11-23T07:30"),
        ("2026-11-21T10:00", "2026-11-23T07:30"),
        ("2026-11-23T22:00", "2026-11-25T07:30"),
    ],
)
def test_what_falls_outside_office_hours_waits(moment: str, moved: str) -> None:
    said = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    assert CALENDAR.in_office_hours(said).strftime("%Y-%m-%dT%H:%M") == moved


def test_office_hours_are_two_spans_in_order() -> None:
    hours = OfficeHours.parse("07:00-11:30, 13:30-17:00")
    assert (hours.start, hours.end) == (time(7), time(17))
    for wrong in ("07:30-17:00", "17:00-13:30,07:30-11:30", "07:30,17:00", "7-11,13-17x", ""):
        with pytest.raises(ValueError):
            OfficeHours.parse(wrong)


# the lunar calendar


def test_the_lunar_year_begins_when_việt_nam_says() -> None:
    known = holidays.Vietnam(language="en_US", years=range(2020, 2031))
    for year in range(2020, 2031):
        new_year = lunar_to_solar(year, 1, 1)
        assert new_year is not None
        assert new_year in known, year
    assert lunar_to_solar(2007, 1, 1) == date(2007, 2, 17)  # a day before Beijing
    assert lunar_to_solar(2030, 1, 1) == date(2030, 2, 2)  # a day before Beijing


def test_lunar_months_have_29_or_30_days_and_follow_each_other() -> None:
    for year in range(1990, 2060):
        for month in range(1, 13):
            length = month_length(year, month)
            assert length in (29, 30)
            assert lunar_to_solar(year, month, length) is not None
            assert lunar_to_solar(year, month, length + 1) is None


def test_known_lunar_days() -> None:
    assert lunar_to_solar(2026, 3, 10) == date(2026, 4, 26)  # Giỗ Tổ
    assert lunar_to_solar(2025, 8, 15) == date(2025, 10, 6)  # Trung thu, after a leap sixth month
    assert lunar_to_solar(2023, 3, 10) == date(2023, 4, 29)  # after a leap second month
    assert lunar_to_solar(2026, 13, 1) is None
    assert lunar_to_solar(1000, 1, 1) is None
