"""What a phrase's day may be: the value that every reader of days answers with, and months' arithmetic."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

_YEARS = range(1900, 2200)  # what a letter can mean; beyond it calendars know nothing
WEEK = timedelta(days=7)


class Problem(StrEnum):
    IMPOSSIBLE = "impossible"  # 31/2
    PAST = "past"
    WEEKDAY_DIFFERS = "weekday-differs"  # thứ Hai 25/11/2026, which is a Wednesday


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or several readings of it (those gone by are left out later), or none.

    `by`: the day is included however it was said; `settled`: a leading `trước` is in the day already. The days of a
    `fuzzy` one are only suggestions. `begins` is the first day of a range.
    """

    days: tuple[date, ...] = ()
    moment: datetime | None = None
    by: bool = False
    settled: bool = False
    fuzzy: bool = False
    problem: Problem | None = None
    repeats: str | None = None
    begins: date | None = None


IMPOSSIBLE = Day(problem=Problem.IMPOSSIBLE)


def make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def full_year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_end(day: date) -> date:
    return next_month(day) - timedelta(days=1)


def months_on(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = next_month(first)
    return min(first + timedelta(days=day.day - 1), month_end(first))
