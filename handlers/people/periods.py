"""From which day to which somebody stands in: read from what a leader writes, whole days only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.engine.work import Refusal
from handlers.calendar import Deadline, Problem, Rule, WorkingCalendar, find_deadlines, fold, nfc

LONGEST = 92
"""Days: who stands in for longer than a quarter is given the role itself."""

_FROM = re.compile(r"(?<!\w)from\s+", re.IGNORECASE)
_UNTIL = re.compile(r"(?<!\w)(?:until|till|to)\s+(?=\d)", re.IGNORECASE)
_BARE_FIRST = re.compile(r"(?<!\w)(?:từ|tu)\s+(?=\d{1,2}\s*(?:[-–]|(?:đến|den|tới|toi)(?!\w)))", re.IGNORECASE)
_LATER = re.compile(r"\s*(?:den|toi|-|–)(?!\w)")
_OPENED = re.compile(r"(?<!\w)tu\s+(?:ngay\s+)?$")
_CLOSED = re.compile(r"(?<!\w)(?:den|toi|het)\s+(?:het\s+)?(?:ngay\s+)?$")
_CLOSING = re.compile(r"(?:den|toi|het)\s")
_MANY_DAYS = re.compile(r"(?:(?:dau|giua|cuoi|het)\s)?(?:tuan|thang|quy|nam)(?!\w)|trong\s")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. `after`: what else was written behind them."""

    first: date
    last: date
    after: str = ""


def names_days(text: str, midnight: datetime, calendar: WorkingCalendar) -> bool:
    return bool(find_deadlines(_plain(text), midnight, calendar))


def read_period(text: str, midnight: datetime, calendar: WorkingCalendar) -> Period:
    """`đến 27/11`, `từ 23/11 đến hết 27/11`, `23-27/11`, `ngày 27/11`; Refusal for what is no stretch of days ahead.
    `midnight`: the beginning of today."""
    said = _plain(text)
    found = find_deadlines(said, midnight, calendar)
    if not found:
        raise Refusal("delegate-usage")
    first, last = _ends(said, found, midnight.date())
    if last < first:
        raise Refusal("delegate-end-first", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    days = (last - first).days + 1
    if days > LONGEST:
        raise Refusal("delegate-too-long", days=days, most=LONGEST)
    return Period(first, last, said[found[-1].end :].strip())


def _plain(text: str) -> str:
    """English words and a first day without its month, as the calendar reads them."""
    return _BARE_FIRST.sub("từ ngày ", _UNTIL.sub("đến ", _FROM.sub("từ ", nfc(text))))


def _ends(said: str, found: Sequence[Deadline], today: date) -> tuple[date, date]:
    if len(found) > 2:
        raise _unclear(said)
    if len(found) == 2:
        if _LATER.match(fold(said[found[0].end : found[1].end])) is None:
            raise _unclear(said)
        first = _day(found[0], today)
        return first, _day(found[1], today, after=first)
    only, before = found[0], fold(said[: found[0].start])
    last = _day(only, today)
    if only.begins is not None:
        return _ahead(only.begins.date(), today, only.said), last
    if _CLOSING.match(fold(only.said)) or _CLOSED.search(before):
        return today, last
    if _OPENED.search(before):
        raise Refusal("delegate-usage")
    if _MANY_DAYS.match(fold(only.said)):
        raise _unclear(only.said)
    return last, last


def _day(found: Deadline, today: date, after: date | None = None) -> date:
    """The day of one phrase; of several readings (`thứ 6` on a Friday) the first one that is not before `after`."""
    if found.has_hour or found.rule in (Rule.PERIODIC, Rule.FUZZY, Rule.BEFORE) or found.problem is Problem.IMPOSSIBLE:
        raise _unclear(found.said)
    if found.due is not None:
        return _ahead(found.due.date(), today, found.said)
    fitting = [each.date() for each in found.ask if after is not None and each.date() >= after]
    if not fitting:
        raise _unclear(found.said)
    return fitting[0]


def _ahead(day: date, today: date, said: str) -> date:
    if day < today:
        raise Refusal("delegate-day-past", said=said[:60])
    return day


def _unclear(said: str) -> Refusal:
    return Refusal("delegate-day-unclear", said=said.strip()[:60])
