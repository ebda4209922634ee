"""From a phrase to an instant: what a deadline means when it is said now, with the readings to choose from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from handlers.calendar import grammar, recurrence
from handlers.calendar.days import WorkingCalendar, lunar_to_solar
from handlers.calendar.folding import nfc
from handlers.calendar.grammar import Atom, Phrase

_WEEK = timedelta(days=7)
_YEARS = range(1900, 2200)  # what a letter can mean; beyond it calendars know nothing
_LATELY = timedelta(days=31)  # a day and month without a year that lie this close behind are a slip, not next year


class Rule(StrEnum):
    ON = "on"  # at that time
    BY = "by"  # that day or hour included
    BEFORE = "before"  # strictly before, as letters say it
    PERIODIC = "periodic"
    FUZZY = "fuzzy"


class Problem(StrEnum):
    IMPOSSIBLE = "impossible"  # 31/2
    PAST = "past"
    WEEKDAY_DIFFERS = "weekday-differs"  # thứ Hai 25/11/2026, which is a Wednesday


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """How a phrase is understood. Instants are aware, in the zone of the `now` it was read with.

    `due` is None when nobody can say yet; `ask` holds the readings to choose from then. `start`/`end` is the span in
    the NFC text. `repeats` is an RRULE; `due` is its next time then. `begins` is the first day of a range.
    """

    due: datetime | None
    rule: Rule
    said: str
    start: int
    end: int
    has_hour: bool = False
    ask: tuple[datetime, ...] = ()
    repeats: str | None = None
    problem: Problem | None = None
    prefixed: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    """A day, or several readings of it, or none."""

    days: tuple[date, ...] = ()
    moment: datetime | None = None
    by: bool = False
    fuzzy: bool = False
    problem: Problem | None = None
    repeats: str | None = None


def read_deadline(text: str, now: datetime, calendar: WorkingCalendar) -> Deadline | None:
    """The phrase in `text` that most looks like a deadline; None when there is none. `now` is aware, office's zone."""
    found = find_deadlines(text, now, calendar)
    named = [each for each in found if each.prefixed]
    return next(reversed(named or list(found)), None)


def find_deadlines(text: str, now: datetime, calendar: WorkingCalendar) -> Sequence[Deadline]:
    """Every expression of time, in order."""
    return [_understood(phrase, now, calendar) for phrase in grammar.phrases(text)]


def split_deadline(text: str, now: datetime, calendar: WorkingCalendar) -> tuple[str, Deadline | None]:
    """A task's title and its deadline: the last phrase with `hạn`, `trước` …, or the one with which the text ends."""
    text = nfc(text).strip()
    for found in reversed(find_deadlines(text, now, calendar)):
        rest = text[found.end :].strip(" .,;!-–)")
        if found.prefixed or not rest:
            before = text[: found.start].rstrip(" ,;:-–(.")
            return " ".join(part for part in (before, rest) if part), found
    return text, None


def _understood(phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> Deadline:
    day = _day(phrase, now, calendar)
    hours, sure = _hours(phrase, calendar)
    rule = Rule.PERIODIC if day.repeats else Rule.FUZZY if day.fuzzy else _rule(phrase, day)
    result = Deadline(
        due=None,
        rule=rule,
        said=phrase.said,
        start=phrase.start,
        end=phrase.end,
        has_hour=bool(hours) or day.moment is not None,
        repeats=day.repeats,
        problem=day.problem,
        prefixed=phrase.has_prefix,
    )
    if day.moment is not None:
        return replace(result, due=day.moment)
    clocks = hours or (calendar.hours.end,)
    readings = [datetime.combine(d, c, now.tzinfo) for d in day.days for c in clocks]
    return _decided(result, readings, now, bare_hour=sure and not _names_a_day(phrase))


def _decided(found: Deadline, readings: list[datetime], now: datetime, *, bare_hour: bool) -> Deadline:
    """One reading is the deadline; several are asked about, those gone by left out; a past one is asked about."""
    if found.problem is Problem.IMPOSSIBLE or not readings:
        return found
    if found.problem is not None:
        return replace(found, ask=tuple(readings))
    ahead = [each for each in readings if each > now]
    if not ahead:
        later = [each + timedelta(days=1) for each in readings[:1]] if bare_hour else []
        return replace(found, due=None if later else readings[0], ask=tuple(later), problem=Problem.PAST)
    if len(ahead) == 1:
        return replace(found, due=ahead[0])
    return replace(found, ask=tuple(ahead))


def _rule(phrase: Phrase, day: _Day) -> Rule:
    if phrase.of("by") is not None:
        return Rule.BY
    if phrase.of("prefix") is not None:
        return Rule.BEFORE
    return Rule.BY if day.by else Rule.ON


# hours


def _hours(phrase: Phrase, calendar: WorkingCalendar) -> tuple[tuple[time, ...], bool]:
    """Clock times that may be meant, and whether there is only one way to read them."""
    part = phrase.of("part")
    named = part.facts["part"] if part else None
    hour = phrase.of("hour")
    if hour is not None:
        return _clock(hour, named)
    edge = phrase.of("edge")
    if edge is not None:
        return (_edge(edge, named, calendar),), True
    if named is not None:
        ends = {"sang": calendar.hours.morning[1], "trua": time(12), "chieu": calendar.hours.end, "toi": time(21)}
        return (ends[named],), True
    return (), True


def _clock(atom: Atom, part: str | None) -> tuple[tuple[time, ...], bool]:
    hour, minute = int(atom.facts["h"]), int(atom.facts.get("m") or (30 if "half" in atom.facts else 0))
    if hour == 24 and minute == 0:
        return (time(23, 59),), True
    if hour > 23:
        return (), True
    afternoon = part in ("chieu", "toi") or (part == "trua" and hour < 4)
    if afternoon and hour < 12:
        return (time(hour + 12, minute),), True
    if part is None and 1 <= hour <= 5 and not atom.facts.get("m", "").startswith("0") and "m" not in atom.facts:
        return (time(hour + 12, minute), time(hour, minute)), False  # "3h mai": nobody says which
    return (time(hour, minute),), True


def _edge(atom: Atom, part: str | None, calendar: WorkingCalendar) -> time:
    hours = calendar.hours
    named = atom.facts.get("edgepart") or part
    if atom.facts.get("edge") == "dau":
        return hours.afternoon[0] if named == "chieu" else hours.start
    if named in ("sang", "trua", "nghi trua"):
        return hours.morning[1]
    if atom.facts.get("edge") == "giua":
        return time(15) if named == "chieu" else time(9, 30)
    return hours.end


def _names_a_day(phrase: Phrase) -> bool:
    return any(atom.kind not in ("prefix", "by", "hour", "part", "edge") for atom in phrase.atoms)


# days


def _day(phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> _Day:
    weekday, repeat = phrase.of("weekday"), phrase.of("repeat")
    if repeat is not None or (weekday is not None and weekday.facts.get("wkind") in ("hang tuan", "moi tuan")):
        return _repeated(phrase, repeat, now, calendar)
    for kind, read in _READERS.items():
        atom = phrase.of(kind)
        if atom is not None:
            found = read(atom, now, calendar)
            return _with_weekday(found, weekday) if weekday is not None and kind in ("date", "monthday") else found
    if weekday is not None:
        return _weekday(weekday, phrase, now, calendar)
    if phrase.of("fuzzy") is not None:
        return _Day(fuzzy=True)
    return _Day((now.date(),))


def _with_weekday(found: _Day, weekday: Atom) -> _Day:
    """`thứ Sáu, 27/11`: the weekday confirms the date, or there is something to ask."""
    wanted = grammar.weekday_number(weekday.facts["wd"])
    if found.problem or not found.days or found.days[0].weekday() == wanted:
        return found
    return replace(found, problem=Problem.WEEKDAY_DIFFERS)


def _date(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    facts = atom.facts
    day = int(facts.get("ad") or facts["bd"])
    month = grammar.month_number(facts.get("am") or facts["bm"])
    written = facts.get("ay") or facts.get("by")
    if written is None:
        return _in_a_year_ahead(day, month, now.date())
    year = int(written) + (2000 if len(written) == 2 else 0)
    made = _make(year, month, day)
    return _Day((made,)) if made else _Day(problem=Problem.IMPOSSIBLE)


def _in_a_year_ahead(day: int, month: int, today: date) -> _Day:
    this, following = _make(today.year, month, day), _make(today.year + 1, month, day)
    if this is None and following is None:
        return _Day(problem=Problem.IMPOSSIBLE)
    if this is not None and this >= today:
        return _Day((this,))
    if this is not None and today - this <= _LATELY:
        return _Day((this,))  # gone by: is asked about
    return _Day((following,)) if following else _Day(problem=Problem.IMPOSSIBLE)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _monthday(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    day, today = int(atom.facts["cd"]), now.date()
    which = atom.facts.get("cm", "")
    if not 1 <= day <= 31:
        return _Day(problem=Problem.IMPOSSIBLE)
    first = today.replace(day=1)
    if which.endswith(("sau", "toi")) or (not which and day < today.day):
        first = _next_month(first)
    made = _make(first.year, first.month, day)
    return _Day((made,)) if made else _Day(problem=Problem.IMPOSSIBLE)


def _named_day(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    word = "mai" if "mai" in atom.facts["dayname"] else atom.facts["dayname"].split()[-1]
    ahead = {"nay": 0, "ngay": 0, "mai": 1, "sau": 1, "kia": 2, "mot": 2}[word]
    return _Day((now.date() + timedelta(days=ahead),))


def _lunar(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
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
    return _Day((min(every),)) if every else _Day(problem=Problem.IMPOSSIBLE)


def _after_a_while(atom: Atom, now: datetime, calendar: WorkingCalendar) -> _Day:
    amount = grammar.number(atom.facts.get("n") or atom.facts["n2"])
    unit = atom.facts.get("nunit") or atom.facts["nunit2"]
    by = not (atom.facts.get("within") or atom.facts.get("within2") or "").startswith("sau") and (
        "within" in atom.facts or "within2" in atom.facts
    )
    if unit == "ngay lam viec":
        return _Day((calendar.add(now.date(), amount),), by=True)
    if unit in ("gio", "tieng", "phut"):
        length = timedelta(minutes=amount) if unit == "phut" else timedelta(hours=amount)
        return _Day(moment=now + length, by=by)
    if unit == "thang":
        return _Day((_months_on(now.date(), amount),), by=by)
    return _Day((now.date() + timedelta(days=amount * (7 if unit == "tuan" else 1)),), by=by)


def _months_on(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = _next_month(first)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), _month_end(first))


def _weekday(atom: Atom, phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> _Day:
    wanted, today = grammar.weekday_number(atom.facts["wd"]), now.date()
    monday = today - timedelta(days=today.weekday())
    which = atom.facts.get("wkind", "")
    week = phrase.of("week")
    if week is not None:
        which = "tuan " + week.facts.get("wkwhich", "nay")
    if which in ("tuan sau", "tuan toi", "sau"):
        return _Day((monday + _WEEK + timedelta(days=wanted),))
    if which == "tuan nay":
        return _Day((monday + timedelta(days=wanted),))
    ahead = (wanted - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    if ahead or which == "nay":
        return _Day((coming,))
    if which == "toi":
        return _Day((coming + _WEEK,))
    return _Day((today, today + _WEEK))  # "thứ 6" said on a Friday


def _week(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    monday = now.date() - timedelta(days=now.weekday())
    if atom.facts.get("wkwhich") in ("sau", "toi"):
        monday += _WEEK
    edge = atom.facts.get("wkedge") or atom.facts.get("wkedge2")
    place = {"dau": 0, "giua": 2}.get(edge or "", 4)
    day = monday + timedelta(days=place)
    return _Day((day if day >= now.date() else day + _WEEK,), by=True)


def _month(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    facts, first = atom.facts, now.date().replace(day=1)
    which = facts.get("mowhich") or facts.get("mo2") or facts.get("mo3") or "nay"
    edge = facts.get("moedge")
    if which in ("sau", "toi"):
        first = _next_month(first)
    elif which != "nay":
        month = int(which.split("/")[0].split()[0])
        year = facts.get("moy") or facts.get("moy2")
        if not 1 <= month <= 12:
            return _Day(problem=Problem.IMPOSSIBLE)
        first = date(int(year) if year else first.year + (month < first.month), month, 1)
    if edge == "dau":
        return _Day((first,), by=True) if "mowhich" in facts else _Day(fuzzy=True)
    if edge == "giua":
        return _Day((first.replace(day=15),), by=True)
    return _Day((_month_end(first),), by=True)


def _quarter(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    which, year = atom.facts.get("qu", "nay"), atom.facts.get("quy")
    quarter, at = (now.month - 1) // 3 + 1, now.year
    if which == "sau":
        quarter, at = (quarter + 1, at) if quarter < 4 else (1, at + 1)
    elif which != "nay":
        wanted = grammar.quarter_number(which)
        at = int(year) if year else at + (wanted < quarter)
        quarter = wanted
    if atom.facts.get("quedge") == "cuoi" and which not in ("nay", "sau"):
        return _Day(fuzzy=True)
    return _Day((_month_end(date(at, quarter * 3, 1)),), by=True)


def _year(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    which = atom.facts.get("ye", "nay")
    year = now.year if which == "nay" else now.year + 1 if which == "sau" else int(which)
    return _Day(fuzzy=True) if atom.facts.get("yeedge") == "dau" else _Day((date(year, 12, 31),), by=True)


def _next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month_end(first: date) -> date:
    return _next_month(first) - timedelta(days=1)


# what comes again


def _quarterday(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> _Day:
    day, which = int(atom.facts["qd"]), atom.facts["which"]
    if "quy" in which:
        months = (1, 4, 7, 10) if which.startswith("dau") else (3, 6, 9, 12)
        return _next_of(recurrence.monthly(day, months), now)
    return _next_of(recurrence.monthly(day), now)


def _repeated(phrase: Phrase, repeat: Atom | None, now: datetime, calendar: WorkingCalendar) -> _Day:
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
    return _Day(repeats=_UNDATED[unit])  # "định kỳ hằng tháng": the day is to be asked


_UNDATED: Mapping[str, str] = {
    "tuan": "FREQ=WEEKLY",
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
}


def _next_of(rule: str, now: datetime) -> _Day:
    return _Day(
        (recurrence.next_day(rule, now.date() - timedelta(days=1)), recurrence.next_day(rule, now.date()))[:1],
        repeats=rule,
    )


_READERS: Mapping[str, Callable[[Atom, datetime, WorkingCalendar], _Day]] = {
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


def readings(found: Deadline) -> Iterable[datetime]:
    return (found.due,) if found.due else found.ask
