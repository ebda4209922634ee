"""Which day ends a week, a month, a quarter or a year, or stands at its beginning."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from handlers.calendar import grammar
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.grammar import Atom
from handlers.calendar.meant import IMPOSSIBLE, WEEK, Day, make, month_end, next_month

_FRIDAY, _SUNDAY = timedelta(days=4), timedelta(days=6)
_LENGTH = {"month": 1, "quarter": 3, "year": 12}


def before(kind: str, atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    """`trước tháng 12` ends with November; `trước hết tháng` names the period's end itself."""
    found = READERS[kind](atom, now, calendar)
    if not found.days or found.fuzzy or any("edge" in name for name in atom.facts):
        return found
    last = found.days[-1]
    if kind == "week":
        return Day((last - WEEK,), settled=True)
    begins = last.replace(month=last.month - _LENGTH[kind] + 1, day=1)
    return Day((begins - timedelta(days=1),), settled=True)


def _week(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    """A week's end is Friday; once that is over, its Sunday, or the next Friday where the week is not named."""
    which, edge = atom.facts.get("wkwhich", ""), atom.first("wkedge", "wkedge2")
    weeks = 2 if which == "sau nua" else 1 if (which and which != "nay") or "wkover" in atom.facts else 0
    monday = now.date() - timedelta(days=now.weekday()) + weeks * WEEK
    if edge in ("dau", "giua"):
        day = monday + timedelta(days=0 if edge == "dau" else 2)
        return Day((day if which or day >= now.date() else day + WEEK,), by=True)
    friday = monday + _FRIDAY
    if datetime.combine(friday, calendar.hours.end, now.tzinfo) > now:
        return Day((friday,), by=True)
    return Day((monday + _SUNDAY,) if which or edge == "trong" else (monday + _SUNDAY, friday + WEEK), by=True)


def _month(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    facts, first = atom.facts, now.date().replace(day=1)
    which, edge = atom.first("mowhich", "mo2", "mo3", "mo4") or "nay", atom.first("moedge")
    if which in ("sau", "toi") or "moover" in facts:
        first = next_month(first)
    elif which != "nay":
        named = _named_month(grammar.month_number(re.split(r"\s?(?:/|-|nam \d)", which)[0]), atom, first)
        if named is None:
            return IMPOSSIBLE
        first = named
    if edge == "dau":
        return Day((first,), by=True) if "mowhich" in facts and which != "nay" else Day(fuzzy=True)
    if edge == "giua":
        middle = first.replace(day=15)
        return Day(
            (middle if middle >= now.date() or "mowhich" in facts else next_month(first).replace(day=15),), by=True
        )
    return Day((month_end(first),), by=True)


def _named_month(month: int, atom: Atom, this: date) -> date | None:
    year = atom.first("moy", "moy2", "moy4")
    return make(int(year) if year else this.year + (month < this.month), month, 1)


def _quarter(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    """`cuối quý IV` names no day: its last one is only suggested."""
    which, year, edge = atom.facts.get("qu", "nay"), atom.facts.get("quy"), atom.first("quedge", "quedge2")
    this = (now.month - 1) // 3 + 1
    quarter, at = this, now.year
    if which in ("sau", "toi"):
        quarter, at = (this + 1, at) if this < 4 else (1, at + 1)
    elif which != "nay":
        quarter = grammar.quarter_number(which)
        at = int(year) if year else at + (quarter < this)
    last = make(at, quarter * 3, 1)
    if last is None:
        return IMPOSSIBLE
    if edge in ("dau", "giua"):
        return Day(fuzzy=True)
    return Day((month_end(last),), by=True, fuzzy=edge == "cuoi")


def _year(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    which = atom.first("ye", "ye2") or ("sau" if "yeover" in atom.facts else "nay")
    last = make(now.year if which == "nay" else now.year + 1 if which == "sau" else int(which), 12, 31)
    if last is None:
        return IMPOSSIBLE
    return Day(fuzzy=True) if atom.facts.get("yeedge") in ("dau", "giua") else Day((last,), by=True)


READERS: Mapping[str, Callable[[Atom, datetime, WorkingCalendar], Day]] = {
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
}
