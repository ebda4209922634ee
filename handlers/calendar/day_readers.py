"""Which day is meant: dates, weekdays and spans; periods, lunar days and what comes again have readers of their own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.calendar import grammar, lunar_readers, period_readers, repeating
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.grammar import Atom, Phrase
from handlers.calendar.meant import IMPOSSIBLE, WEEK, Day, Problem, full_year, make, month_end, months_on, next_month

_LATELY = timedelta(days=31)  # a day and month without a year that lie this close behind are a slip, not next year


def read_day(phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> Day:
    weekday = phrase.of("weekday")
    if repeating.comes_again(phrase):
        return repeating.read(phrase, now)
    if weekday is not None and phrase.of("week") is not None:
        return _weekday(weekday, phrase, now)
    for atom in phrase.atoms:
        read = _READERS.get(atom.kind)
        if read is not None:
            if atom.kind in period_readers.READERS and phrase.of("prefix") is not None:
                return period_readers.before(atom.kind, atom, now, calendar)
            found = _earlier(phrase.of("lead"), read(atom, now, calendar), calendar)
            return _with_weekday(found, weekday, now) if weekday is not None else found
    if weekday is not None:
        return _weekday(weekday, phrase, now)
    return Day((now.date(),))


def _earlier(lead: Atom | None, found: Day, calendar: WorkingCalendar) -> Day:
    """`3 ngày trước 30/11`."""
    if lead is None:
        return found
    days, amount = found.days, grammar.number(lead.facts["ln"])
    if lead.facts["lunit"] == "ngay lam viec":
        for _ in range(amount):
            days = tuple(map(calendar.before, days))
        return replace(found, days=days)
    return replace(found, days=tuple(_ahead(day, -amount, lead.facts["lunit"]) for day in days))


def _with_weekday(found: Day, weekday: Atom, now: datetime) -> Day:
    """`thứ Sáu, 27/11`: the weekday confirms the date, or chooses among readings, or there is something to ask."""
    wanted = grammar.weekday_number(weekday.facts["wd"])
    fitting = tuple(day for day in found.days if day.weekday() == wanted)
    if found.problem or found.fuzzy or not found.days or fitting:
        return replace(found, days=fitting or found.days)
    day = found.days[0]
    near = day + timedelta(days=(wanted - day.weekday() + 3) % 7 - 3)
    days = (day, near) if near >= now.date() else (day,)
    return replace(found, days=days, problem=Problem.WEEKDAY_DIFFERS)


def _date(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    if "iy" in atom.facts:
        year, month, day = (int(atom.facts[name]) for name in ("iy", "im", "id"))
        made = make(year, month, day)
        return Day((made,)) if made else IMPOSSIBLE
    day, month = int(atom.first("ad", "bd") or 0), grammar.month_number(atom.first("am", "bm") or "0")
    written = atom.first("ay", "by")
    if written is None:
        return in_a_year_ahead(day, month, now.date())
    made = make(full_year(written), month, day)
    return Day((made,)) if made else IMPOSSIBLE


def in_a_year_ahead(day: int, month: int, today: date) -> Day:
    this, following = make(today.year, month, day), make(today.year + 1, month, day)
    if this is not None and today - this <= _LATELY:
        return Day((this,))  # ahead, or just gone by: that is asked about
    return Day((following,)) if following else IMPOSSIBLE


def _range(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    """`16 - 20/11/2026`: due on its last day."""
    facts = {"ad": atom.facts["ed"], "am": atom.first("em", "em2") or ""}
    year = atom.first("ey", "ey2")
    found = _date(Atom("date", atom.start, atom.end, facts | ({"ay": year} if year else {})), now, calendar)
    if not found.days:
        return found
    last = found.days[0]
    begins = make(last.year, int(atom.facts.get("rm", last.month)), int(atom.facts["rd"]))
    if begins is not None and begins > last:
        begins = make(last.year - 1, begins.month, begins.day)
    return replace(found, by=True, begins=begins) if begins else IMPOSSIBLE


def _monthday(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    """`ngày 25`: the next one; on the 25th itself today's or the next month's."""
    today = now.date()
    first = today.replace(day=1)
    if "lastof" in atom.facts:
        last = month_end(next_month(first) if atom.facts["lastof"].endswith("sau") else first)
        return Day((calendar.last_working(last) if "worked" in atom.facts else last,))
    day, which = int(atom.facts["cd"]), atom.facts.get("cm", "")
    if not 1 <= day <= 31:
        return IMPOSSIBLE
    if which:
        made = make(*_month_of(first if which.endswith("nay") else next_month(first)), day)
        return Day((made,)) if made else IMPOSSIBLE
    months = [first, next_month(first)] if day >= today.day else [next_month(first), next_month(next_month(first))]
    made, later = (make(*_month_of(month), day) for month in months)
    if made is None:  # "ngày 31" in November: its last day, or December's 31st
        return Day(tuple(each for each in (month_end(months[0]), later) if each))
    return Day((made, later) if made == today and later else (made,))


def _month_of(first: date) -> tuple[int, int]:
    return first.year, first.month


def _named_day(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    word = "mai" if "mai" in atom.facts["dayname"] else atom.facts["dayname"].split()[-1]
    ahead = {"nay": 0, "ngay": 0, "mai": 1, "sau": 1, "kia": 2, "mot": 2}[word]
    return Day((now.date() + timedelta(days=ahead),), by="trong" in atom.facts["dayname"])


def _new_year(_atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    return Day((date(now.year + (now.date() > date(now.year, 1, 1)), 1, 1),))


def _after_a_while(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    if "halfunit" in atom.facts:
        return _half(atom.facts["halfunit"], now)
    amount = grammar.number(atom.first("n", "n2", "n3") or "0")
    unit = atom.first("nunit", "nunit2", "nunit3") or "ngay"
    within, later = atom.first("within", "within2") or "", atom.facts.get("later", "")
    by = within.startswith("trong") or later.startswith(("ke", "tinh")) or atom.kind == "bare-span"
    if unit == "ngay lam viec":
        return Day((calendar.add(now.date(), amount),), by=True)
    if unit.startswith(("gio", "tieng", "phut", "h")) and unit != "hom":
        minutes = amount * (1 if unit == "phut" else 60) + (30 if "nhalf" in atom.facts else 0)
        return Day(moment=now + timedelta(minutes=minutes), by=by)
    amounts = [amount, *([grammar.number(atom.facts["nto"])] if "nto" in atom.facts else [])]
    days = [_ahead(now.date(), each, unit) for each in amounts]
    if "nhalf" in atom.facts:
        days = [day + timedelta(days=15) for day in days]
    return Day(tuple(days), by=by)


def _ahead(today: date, amount: int, unit: str) -> date:
    if unit == "thang":
        return months_on(today, amount)
    return today + timedelta(days=amount * (7 if unit.startswith("tuan") else 1))


def _half(unit: str, now: datetime) -> Day:
    if unit == "thang":
        return Day((now.date() + timedelta(days=15),))
    return Day(moment=now + timedelta(hours=12 if unit == "ngay" else 0.5))


def _weekday(atom: Atom, phrase: Phrase, now: datetime) -> Day:
    wanted, today = grammar.weekday_number(atom.facts["wd"]), now.date()
    monday = today - timedelta(days=today.weekday())
    which, week = atom.facts.get("wkind", ""), phrase.of("week")
    if week is not None:
        which = "tuan sau" if "wkover" in week.facts else "tuan " + week.facts.get("wkwhich", "nay")
    if which.endswith("sau nua"):
        return Day((monday + 2 * WEEK + timedelta(days=wanted),))
    if which.endswith("sau") or which in ("tuan toi", "tuan ke tiep", "tuan tiep theo"):
        return Day((monday + WEEK + timedelta(days=wanted),))
    if which == "tuan nay":
        return Day((monday + timedelta(days=wanted),))
    ahead = (wanted - today.weekday()) % 7
    coming = today + timedelta(days=ahead)
    if ahead or which == "nay":
        return Day((coming,))
    return Day((coming + WEEK,)) if which == "toi" else Day((today, today + WEEK))  # "thứ 6" said on a Friday


def _fuzzy(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    return lunar_readers.around_tet(atom, now, calendar) if "tet" in atom.facts else Day(fuzzy=True)


_READERS: Mapping[str, Callable[[Atom, datetime, WorkingCalendar], Day]] = {
    "ago": _after_a_while,
    "bare-span": _after_a_while,
    "date": _date,
    "range": _range,
    "quarterday": repeating.quarterday,
    "monthday": _monthday,
    "lunar": lunar_readers.lunar,
    "newyear": _new_year,
    "day": _named_day,
    **period_readers.READERS,
    "fuzzy": _fuzzy,
}
