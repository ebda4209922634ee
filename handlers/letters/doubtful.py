"""What a date that cannot be right may have been meant to be: 31/4, a day before the letter's own."""

import calendar as months
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.calendar import WorkingCalendar, read_deadline
from handlers.letters.deadlines import Doubt, LetterDeadline

_DATE = re.compile(r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})(?:\s*(?:[/.-]|năm)\s*(\d{4}))?")


def with_readings(found: LetterDeadline, issued: date, working: WorkingCalendar, zone: ZoneInfo) -> LetterDeadline:
    """A doubtful deadline with the days to choose from; `ask` stays empty where nobody can guess one."""
    if found.doubt is Doubt.IMPOSSIBLE:
        return replace(found, ask=tuple(_read_anew(found.said, issued, working, zone)))
    if found.doubt is Doubt.BEFORE_ISSUE and found.due is not None:
        days = _not_before(found.due.astimezone(zone).date(), issued)
        return replace(found, ask=tuple(datetime.combine(each, found.due.timetz()) for each in days))
    if found.doubt is not None and found.due is not None and not found.ask:
        return replace(found, ask=(found.due,))
    return found


def _read_anew(said: str, issued: date, working: WorkingCalendar, zone: ZoneInfo) -> Iterator[datetime]:
    """The words once more with a day that there is, so that their hour holds."""
    written = _DATE.search(said)
    if written is None:
        return
    day, month, year = int(written[1]), int(written[2]), int(written[3] or issued.year)
    for each in _near(day, month, year):
        again = f"{said[: written.start()]}{each:%d/%m/%Y}{said[written.end() :]}"
        found = read_deadline(again, datetime.combine(issued, time(), zone), working)
        if found is not None and found.due is not None:
            yield found.due


def _near(day: int, month: int, year: int) -> Sequence[date]:
    """31/4: the month's last day and the one after it; 12/25: the other way round."""
    if not 1900 <= year <= 2199:
        return ()
    if 1 <= month <= 12 < day <= 31:
        last = date(year, month, months.monthrange(year, month)[1])
        return (last, last + timedelta(days=1))
    return (date(year, day, month),) if 1 <= day <= 12 < month <= 31 and month <= _last(year, day) else ()


def _last(year: int, month: int) -> int:
    return months.monthrange(year, month)[1]


def _not_before(day: date, issued: date) -> list[date]:
    """The same day of the next month that is not before the letter's own, and of the next year."""
    found: set[date] = set()
    for step in range(14):
        year, month = issued.year + (issued.month - 1 + step) // 12, (issued.month - 1 + step) % 12 + 1
        if day.day > _last(year, month):
            continue
        meant = date(year, month, day.day)
        if meant >= issued and (not found or (month == day.month and len(found) < 2)):
            found.add(meant)
    return sorted(found)
