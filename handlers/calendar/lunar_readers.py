"""Days of the lunar calendar as people say them: `mùng 6`, `rằm tháng Giêng`, `30 Tết`, `trước Tết`."""

from datetime import date, datetime

from handlers.calendar import grammar
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.grammar import Atom
from handlers.calendar.lunar import lunar_to_solar, month_length
from handlers.calendar.meant import IMPOSSIBLE, Day, make, next_month

_LAST_MONTH = 12


def lunar(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    """`mùng 8/3` may be of either calendar, as `mùng 2/9` is said of the National Day; a bare `mùng 6` is lunar."""
    today, kind = now.date(), atom.facts.get("cal", "")
    if "eve" in atom.facts:
        return _before_new_year(30, today)
    if "ld4" in atom.facts:
        return _before_new_year(30 if atom.facts["ld4"] == "ba muoi" else int(atom.facts["ld4"]), today)
    day = 15 if "full" in atom.facts else grammar.number(atom.first("ld", "ld2", "ld3") or "0")
    named = atom.first("lm", "lm2", "lm3", "lm5")
    if named in ("sau", "nay"):
        return _of_either(day, next_month(today) if named == "sau" else today, today)
    month = grammar.month_number(named) if named else 1 if "ltet" in atom.facts else None
    in_moon = _coming(day, month, today)
    if named is None or not named.isdigit() or "lm" not in atom.facts or kind.startswith("a"):
        return Day((in_moon,)) if in_moon and not kind.startswith("d") else IMPOSSIBLE
    in_sun = _solar(day, int(named), today)
    if kind.startswith("d"):
        return Day((in_sun,)) if in_sun else IMPOSSIBLE
    readings = sorted({each for each in (in_sun, in_moon) if each})
    return Day(tuple(readings)) if readings else IMPOSSIBLE


def _of_either(day: int, month: date, today: date) -> Day:
    """`mùng 3 tháng sau`: of the solar month, or the next one of the moon."""
    both = {make(month.year, month.month, day), _coming(day, None, today)}
    return Day(tuple(sorted(each for each in both if each and each >= today)))


def _coming(day: int, month: int | None, today: date) -> date | None:
    months = [month] if month else range(1, 13)
    every = [
        found
        for year in (today.year - 1, today.year, today.year + 1)
        for each in months
        if (found := lunar_to_solar(year, each, day)) is not None and found >= today
    ]
    return min(every, default=None)


def _solar(day: int, month: int, today: date) -> date | None:
    every = (make(year, month, day) for year in range(today.year, today.year + 5))
    return next((found for found in every if found is not None and found >= today), None)


def _before_new_year(day: int, today: date) -> Day:
    """`30 Tết` is the year's last day even where its last month has 29."""
    for year in (today.year - 1, today.year):
        last = month_length(year, _LAST_MONTH)
        found = lunar_to_solar(year, _LAST_MONTH, last if day == 30 else day)
        if found is not None and found >= today:
            return Day((found,))
    return IMPOSSIBLE


def new_year(today: date) -> date:
    """The first day of Tết that is today or comes next."""
    found = _coming(1, 1, today)
    assert found is not None, "every lunar year has a first day"
    return found


def around_tet(atom: Atom, now: datetime, calendar: WorkingCalendar) -> Day:
    """Suggests the last working day before the holidays, or the first after them."""
    tet = new_year(now.date())
    return Day((calendar.before(tet) if atom.facts["tet"] == "truoc" else calendar.after(tet),), fuzzy=True)
