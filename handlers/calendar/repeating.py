"""What comes again: which rule a phrase names, and its next days."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from handlers.calendar import grammar, recurrence
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.grammar import Atom, Phrase
from handlers.calendar.meant import Day

_ENDS_OF_QUARTERS, _STARTS_OF_QUARTERS = (3, 6, 9, 12), (1, 4, 7, 10)


def comes_again(phrase: Phrase) -> bool:
    weekday = phrase.of("weekday")
    return phrase.of("repeat") is not None or (
        weekday is not None and ("wdlist" in weekday.facts or weekday.facts.get("wkind") in ("hang tuan", "moi tuan"))
    )


def read(phrase: Phrase, now: datetime) -> Day:
    """Where no day is named (`định kỳ hằng tháng`) it is to be asked for."""
    rule = _rule(phrase)
    return _next_of(rule, now) if rule else Day(repeats=_undated(phrase.of("repeat")))


def _rule(phrase: Phrase) -> str | None:
    weekday, monthday, fixed = phrase.of("weekday"), phrase.of("monthday"), phrase.of("date")
    facts = repeat.facts if (repeat := phrase.of("repeat")) else {}
    if "every" in facts or "each" in facts:
        return None
    if weekday is not None and "wdlist" in weekday.facts:
        named = re.split(r"\s*(?:,|va|-)\s*(?:thu\s*)?", weekday.facts["wdlist"])
        return recurrence.weekly(*(grammar.weekday_number(f"thu {each}") for each in named))
    if weekday is not None:
        others = re.split(r"\s*(?:,|va|-)\s*", weekday.facts.get("others", ""))
        return recurrence.weekly(
            *(grammar.weekday_number(each) for each in (*filter(None, others), weekday.facts["wd"]))
        )
    if "eachpart" in facts or facts.get("unit") == "ngay":
        return recurrence.daily()
    unit = facts.get("unit") or facts["endunit"]
    if (dated := phrase.of("quarterday")) is not None:
        after = unit == "quy" and "which2" in dated.facts
        return recurrence.monthly(int(dated.facts["qd"]), _STARTS_OF_QUARTERS) if after else _of_quarter(dated)
    if monthday is not None and "cd" in monthday.facts and unit in ("thang", "quy"):
        after = monthday.facts.get("cm") == "thang sau"  # of a quarter: the month that follows it
        months = _STARTS_OF_QUARTERS if after else _ENDS_OF_QUARTERS
        return recurrence.monthly(int(monthday.facts["cd"]), months if unit == "quy" else ())
    if fixed is not None and unit == "nam":
        day, month = int(fixed.first("ad", "bd") or 1), grammar.month_number(fixed.first("am", "bm") or "1")
        return recurrence.monthly(day, (month,))
    ends = [atom for atom in phrase.atoms if atom.facts.keys() & {"endunit", "moedge", "wkedge", "wkedge2", "quedge2"}]
    if ends or phrase.of("edge") or (monthday is not None and "lastof" in monthday.facts):
        return _end_of(unit)
    return None


def _end_of(unit: str) -> str:
    months = {"thang": (), "quy": _ENDS_OF_QUARTERS, "nam": (12,)}
    return recurrence.weekly(4) if unit == "tuan" else recurrence.monthly(31, months[unit])


def quarterday(atom: Atom, now: datetime, _calendar: WorkingCalendar) -> Day:
    return _next_of(_of_quarter(atom), now)


def _of_quarter(atom: Atom) -> str:
    which = atom.first("which", "which2") or ""
    if "quy" not in which:
        return recurrence.monthly(int(atom.facts["qd"]))
    return recurrence.monthly(
        int(atom.facts["qd"]), _STARTS_OF_QUARTERS if which.startswith("dau") else _ENDS_OF_QUARTERS
    )


_UNDATED: Mapping[str, tuple[str, int]] = {
    "ngay": ("DAILY", 1),
    "tuan": ("WEEKLY", 1),
    "thang": ("MONTHLY", 1),
    "quy": ("MONTHLY", 3),
    "nam": ("YEARLY", 1),
}


def _undated(repeat: Atom | None) -> str:
    facts = repeat.facts if repeat else {}
    times = grammar.number(facts.get("every") or facts.get("each") or "1")
    frequency, every = _UNDATED[facts.get("unit") or facts.get("everyunit") or facts.get("eachunit") or "tuan"]
    return f"FREQ={frequency}" + (f";INTERVAL={times * every}" if times * every > 1 else "")


def _next_of(rule: str, now: datetime) -> Day:
    """Today's, if it is a day of the rule, and the one after it."""
    first: date = recurrence.next_day(rule, now.date() - timedelta(days=1))
    return Day((first, recurrence.next_day(rule, first)), repeats=rule)
