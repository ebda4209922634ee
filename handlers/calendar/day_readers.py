"""Which day is meant: dates, weekdays, spans, months, quarters, lunar days and what comes again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from handlers.calendar import grammar, recurrence
from handlers.calendar.days import WorkingCalendar, lunar_to_solar
from handlers.calendar.grammar import Atom, Phrase

_WEEK = timedelta(days=7)
_PERIODS = ("month", "quarter", "year")
_YEARS = range(1900, 2200)  # what a letter can mean; beyond it calendars know nothing
_LATELY = timedelta(days=31)  # a day and month without a year that lie this close behind are a slip, not next year


class Problem(StrEnum):
    IMPOSSIBLE = "impossible"  # 31/2
    PAST = "past"
    WEEKDAY_DIFFERS = "weekday-differs"  # thứ Hai 25/11/2026, which is a Wednesday


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or several readings of it, or none."""

    days: tuple[date, ...] = ()
    moment: datetime | None = None
    by: bool = False
    fuzzy: bool = False
    problem: Problem | None = None
    repeats: str | None = None


def read_day(phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> Day:
    weekday, repeat = phrase.of("weekday"), phrase.of("repeat")
    if repeat is not None or (weekday is not None and weekday.facts.get("wkind") in ("hang tuan", "moi tuan")):
        return _repeated(phrase, repeat, now, calendar)
    for kind, read in _READERS.items():
        atom = phrase.of(kind)
        if atom is not None:
            found = read(atom, now, calendar)
            if kind in _PERIODS and found.days and phrase.of("prefix") is not None and not _ends(atom):
                return Day((_period_begin(found.days[0], kind) - timedelta(days=1),), by=True)
            return _with_weekday(found, weekday) if weekday is not None and kind in ("date", "monthday") else found
    if weekday is not None:
        return _weekday(weekday, phrase, now, calendar)
    if phrase.of("fuzzy") is not None:
        return Day(fuzzy=True)
    return Day((now.date(),))


def _ends(atom: Atom) -> bool:
    """`hết tháng 12`, `cuối quý I`: the period's end is named, not the period."""
    return any(atom.facts.get(edge) for edge in ("moedge", "quedge", "yeedge"))


def _period_begin(last: date, kind: str) -> date:
    """`trước tháng 12` ends with November: the first day of the month, quarter or year that ends with `last`."""
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    return last.replace(month=last.month - months + 1, day=1)


def _with_weekday(found: Day, weekday: Atom) -> Day:
    """`thứ Sáu, 27/11`: the weekday confirms the date, or there is something to ask."""
    wanted = grammar.weekday_number(weekday.facts["wd"])
    if found.problem or not found.days or found.days[0].weekday() == wanted:
        return found
    return replace(found, problem=Problem.WEEKDAY_DIFFERS)


def _date(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    facts = atom.facts
    day = int(facts.get("ad") or facts["bd"])
    month = grammar.month_number(facts.get("am") or facts["bm"])
    written = facts.get("ay") or facts.get("by")
    if written is None:
        return _in_a_year_ahead(day, month, now.date())
    year = int(written) + (2000 if len(written) == 2 else 0)
    made = _make(year, month, day)
    return Day((made,)) if made else Day(problem=Problem.IMPOSSIBLE)


def _in_a_year_ahead(day: int, month: int, today: date) -> Day:
    this, following = _make(today.year, month, day), _make(today.year + 1, month, day)
    if this is None and following is None:
        return Day(problem=Problem.IMPOSSIBLE)
    if this is not None and this >= today:
        return Day((this,))
    if this is not None and today - this <= _LATELY:
        return Day((this,))  # gone by: is asked about
    return Day((following,)) if following else Day(problem=Problem.IMPOSSIBLE)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _monthday(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    day, today = int(atom.facts["cd"]), now.date()
    which = atom.facts.get("cm", "")
    if not 1 <= day <= 31:
        return Day(problem=Problem.IMPOSSIBLE)
    first = today.replace(day=1)
    if which.endswith(("sau", "toi")) or (not which and day < today.day):
        first = _next_month(first)
    made = _make(first.year, first.month, day)
    return Day((made,)) if made else Day(problem=Problem.IMPOSSIBLE)


def _named_day(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    word = "mai" if "mai" in atom.facts["dayname"] else atom.facts["dayname"].split()[-1]
    ahead = {"nay": 0, "ngay": 0, "mai": 1, "sau": 1, "kia": 2, "mot": 2}[word]
    return Day((now.date() + timedelta(days=ahead),))


def _lunar(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    """`mùng 6` of the lunar month that is named, or the next one that comes."""
    day = int(atom.facts["ld"])
    month = grammar.month_number(atom.facts["lm"]) if "lm" in atom.facts else None
    today = now.date()
    every = [
        solar
        for year in (today.year - 1, today.year, today.year + 1)
        for each in ([month] if month else range(1, 13))
        if (solar := lunar_to_solar(year, each, day)) is not None and solar >= today
    ]
    return Day((min(every),)) if every else Day(problem=Problem.IMPOSSIBLE)


def _after_a_while(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    amount = grammar.number(atom.facts.get("n") or atom.facts["n2"])
    unit = atom.facts.get("nunit") or atom.facts["nunit2"]
    by = not (atom.facts.get("within") or atom.facts.get("within2") or "").startswith("sau") and (
        "within" in atom.facts or "within2" in atom.facts
    )
    if unit == "ngay lam viec":
        return Day((calendar.add(now.date(), amount),), by=True)
    if unit in ("gio", "tieng", "phut"):
        length = timedelta(minutes=amount) if unit == "phut" else timedelta(hours=amount)
        return Day(moment=now + length, by=by)
    if unit == "thang":
        return Day((_months_on(now.date(), amount),), by=by)
    return Day((now.date() + timedelta(days=amount * (7 if unit == "tuan" else 1)),), by=by)


def _months_on(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = _next_month(first)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), _month_end(first))


def _weekday(atom: Atom, phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> Day:
    wanted, today = grammar.weekday_number(atom.facts["wd"]), now.date()
    monday = today - timedelta(days=today.weekday())
    which = atom.facts.get("wkind", "")
    week = phrase.of("week")
    if week is not None:
        which = "tuan " + week.facts.get("wkwhich", "nay")
    if which in ("tuan sau", "tuan toi", "sau"):
        return Day((monday + _WEEK + timedelta(days=wanted),))
    if which == "tuan nay":
        return Day((monday + timedelta(days=wanted),))
    ahead = (wanted - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    if ahead or which == "nay":
        return Day((coming,))
    if which == "toi":
        return Day((coming + _WEEK,))
    return Day((today, today + _WEEK))  # "thứ 6" said on a Friday


def _week(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    monday = now.date() - timedelta(days=now.weekday())
    if atom.facts.get("wkwhich") in ("sau", "toi"):
        monday += _WEEK
    edge = atom.facts.get("wkedge") or atom.facts.get("wkedge2")
    place = {"dau": 0, "giua": 2}.get(edge or "", 4)
    day = monday + timedelta(days=place)
    return Day((day if day >= now.date() else day + _WEEK,), by=True)


def _month(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    facts, first = atom.facts, now.date().replace(day=1)
    which = facts.get("mowhich") or facts.get("mo2") or facts.get("mo3") or "nay"
    edge = facts.get("moedge")
    if which in ("sau", "toi"):
        first = _next_month(first)
    elif which != "nay":
        month = int(which.split("/")[0].split()[0])
        year = facts.get("moy") or facts.get("moy2")
        named = _make(int(year) if year else first.year + (month < first.month), month, 1)
        if named is None:
            return Day(problem=Problem.IMPOSSIBLE)
        first = named
    if edge == "dau":
        return Day((first,), by=True) if "mowhich" in facts else Day(fuzzy=True)
    if edge == "giua":
        return Day((first.replace(day=15),), by=True)
    return Day((_month_end(first),), by=True)


def _quarter(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    which, year = atom.facts.get("qu", "nay"), atom.facts.get("quy")
    quarter, at = (now.month - 1) // 3 + 1, now.year
    if which == "sau":
        quarter, at = (quarter + 1, at) if quarter < 4 else (1, at + 1)
    elif which != "nay":
        wanted = grammar.quarter_number(which)
        at = int(year) if year else at + (wanted < quarter)
        quarter = wanted
    if atom.facts.get("quedge") == "cuoi" and which not in ("nay", "sau"):
        return Day(fuzzy=True)
    last = _make(at, quarter * 3, 1)
    return Day((_month_end(last),), by=True) if last else Day(problem=Problem.IMPOSSIBLE)


def _year(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    which = atom.facts.get("ye", "nay")
    year = now.year if which == "nay" else now.year + 1 if which == "sau" else int(which)
    last = _make(year, 12, 31)
    if last is None:
        return Day(problem=Problem.IMPOSSIBLE)
    return Day(fuzzy=True) if atom.facts.get("yeedge") == "dau" else Day((last,), by=True)


def _next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month_end(first: date) -> date:
    return _next_month(first) - timedelta(days=1)


# what comes again


def _quarterday(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    day, which = int(atom.facts["qd"]), atom.facts["which"]
    if "quy" in which:
        months = (1, 4, 7, 10) if which.startswith("dau") else (3, 6, 9, 12)
        return _next_of(recurrence.monthly(day, months), now)
    return _next_of(recurrence.monthly(day), now)


def _repeated(phrase: Phrase, repeat: Atom | None, now: datetime, calendar: WorkingCalendar) -> Day:
    weekday, monthday, fixed = phrase.of("weekday"), phrase.of("monthday"), phrase.of("date")
    unit = (repeat.facts.get("unit") if repeat else "tuan") or "thang"
    if weekday is not None:
        return _next_of(recurrence.weekly(grammar.weekday_number(weekday.facts["wd"])), now)
    if unit == "ngay":
        return _next_of(recurrence.daily(), now)
    if monthday is not None and unit in ("thang", "quy"):
        months = (3, 6, 9, 12) if unit == "quy" else ()
        return _next_of(recurrence.monthly(int(monthday.facts["cd"]), months), now)
    if fixed is not None and unit == "nam":
        month = grammar.month_number(fixed.facts.get("am") or fixed.facts["bm"])
        return _next_of(recurrence.monthly(int(fixed.facts.get("ad") or fixed.facts["bd"]), (month,)), now)
    edge = phrase.of("month") or phrase.of("week")
    if edge is not None or (unit != "tuan" and phrase.of("edge")):
        return _next_of(recurrence.weekly(4) if unit == "tuan" else recurrence.monthly(31), now)
    return Day(repeats=_UNDATED[unit])  # "định kỳ hằng tháng": the day is to be asked


_UNDATED: Mapping[str, str] = {
    "tuan": "FREQ=WEEKLY",
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
}


def _next_of(rule: str, now: datetime) -> Day:
    return Day(
        (recurrence.next_day(rule, now.date() - timedelta(days=1)), recurrence.next_day(rule, now.date()))[:1],
        repeats=rule,
    )


_READERS: Mapping[str, Callable[[Atom, datetime, WorkingCalendar], Day]] = {
    "ago": _after_a_while,
    "date": _date,
    "quarterday": _quarterday,
    "monthday": _monthday,
    "lunar": _lunar,
    "day": _named_day,
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
}
