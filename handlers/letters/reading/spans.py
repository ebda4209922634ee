"""Deadlines that count from a day: so many days after issue, receipt, or the end of something the letter names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.calendar import WorkingCalendar, fold
from handlers.letters.reading.demanding import RELATIVE

_COUNT = re.compile(r"(\d{1,3})\s+(ngay lam viec|ngay|gio|tieng|tuan|thang)(?: (lam viec))?")
_SINCE = re.compile(r"(?:ke tu|tinh tu|tu)(?: khi| luc)?(?: ngay| thoi diem)?\s+([^,.;()]{0,80})")
_ISSUE = re.compile(r"(?:ban hanh|ky\b|ra (?:thong bao|van ban|quyet dinh|cong van)|phat hanh)")
_ARRIVAL = re.compile(r"(?:nhan|tiep nhan)")
_END_OF = re.compile(r"(?:ket thuc|het (?:thoi gian|thoi han|han))\s+(?:thoi gian |viec )?(\w+(?: \w+)?)")


class Unit(StrEnum):
    DAY = "calendar_day"
    WORKING_DAY = "working_day"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"


class Since(StrEnum):
    ISSUE = "issue"
    ARRIVAL = "arrival"
    END = "end"  # of something the letter names
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Working:
    """How a relative deadline was counted, to be shown: `start` is not counted itself (Civil Code 2015, art. 147).

    `skipped` are the days off left out; only working days are counted so. `due` is None while nobody told the start.
    """

    count: int
    unit: Unit
    since: Since
    what: str  # the letter's own words for the start
    start: date | None = None
    skipped: tuple[date, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lasting:
    """Something that ends: `about` are the folded words in front of its time."""

    about: str
    ends: datetime


def counted(
    said: str,
    issued: date | None,
    arrived: date | None,
    ended: Sequence[Lasting],
    calendar: WorkingCalendar,
    zone: ZoneInfo,
) -> Working | None:
    """`said`: the phrase and the words behind it. None when it is no such span."""
    plain = fold(said)
    found = _COUNT.search(plain)
    if found is None or not RELATIVE.match(plain):
        return None
    unit = _unit(found[2], found[3])
    named = _SINCE.search(plain)
    what = " ".join(said[named.start(1) : named.end(1)].split()) if named else ""
    since, start = _start(named[1] if named else "nhan", issued, arrived, ended)
    working = Working(int(found[1]), unit, since, what, start)
    return working if start is None else _worked_out(working, start, calendar, zone)


def _unit(word: str, working: str | None) -> Unit:
    if word == "ngay lam viec" or working:
        return Unit.WORKING_DAY
    return {"ngay": Unit.DAY, "tuan": Unit.WEEK, "thang": Unit.MONTH}.get(word, Unit.HOUR)


def _start(what: str, issued: date | None, arrived: date | None, ended: Sequence[Lasting]) -> tuple[Since, date | None]:
    if _ISSUE.match(what):
        return Since.ISSUE, issued
    if _ARRIVAL.match(what):
        return Since.ARRIVAL, arrived
    end = _END_OF.match(what)
    if end is None:
        return Since.UNKNOWN, None
    same = next((each for each in ended if end[1].split()[0] in each.about.split()), None)
    return Since.END, same.ends.date() if same else None


def _worked_out(working: Working, start: date, calendar: WorkingCalendar, zone: ZoneInfo) -> Working:
    skipped: list[date] = []
    day = start
    if working.unit is Unit.WORKING_DAY:
        left = working.count
        while left:
            day += timedelta(days=1)
            if calendar.is_working(day):
                left -= 1
            else:
                skipped.append(day)
    elif working.unit is Unit.HOUR:
        # The hour of arrival is not known here: whole days, and the last of them.
        day += timedelta(days=-(-working.count // 24))
    else:
        day = _later(start, working)
    due = datetime.combine(day, calendar.hours.end, zone)
    return Working(working.count, working.unit, working.since, working.what, start, tuple(skipped), due)


def _later(start: date, working: Working) -> date:
    if working.unit is not Unit.MONTH:
        return start + timedelta(days=working.count * (7 if working.unit is Unit.WEEK else 1))
    month = start.month - 1 + working.count
    year, month = start.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(start.day, last))


def week_of_month(said: str, now: datetime, end: time) -> datetime | None:
    """`Tuần 1 tháng 12`: the Friday of the week in which the month begins, and so on; a reading to be asked about."""
    found = re.match(r"tuan (\d|dau) (?:cua )?thang (\d{1,2})", fold(said))
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    year = now.year + (int(found[2]) < now.month)
    first = date(year, int(found[2]), 1)
    week = 1 if found[1] == "dau" else int(found[1])
    return datetime.combine(first + timedelta(days=4 - first.weekday() + 7 * (week - 1)), end, now.tzinfo)
