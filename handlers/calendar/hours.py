"""Which hour is meant: clock times, parts of a day, and the office's own hours for `cuối giờ chiều`."""

from datetime import time

from handlers.calendar import grammar
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.grammar import Atom, Phrase

_NOON, _LATE, _END_OF_DAY = time(12), time(21), time(23, 59)
_SMALL = range(1, 7)  # "3h mai": nobody says which


def read_hours(phrase: Phrase, calendar: WorkingCalendar) -> tuple[time, ...] | None:
    """Clock times that may be meant, the likelier first; empty where none is said, None for what no clock shows."""
    part = phrase.of("part")
    named = part.first("part") or ("dem" if "night2" in part.facts else "sang") if part else None
    hour, edge = phrase.of("hour"), phrase.of("edge")
    if hour is not None and "ampm" in hour.facts:
        return _half_day(int(hour.facts["hap"]), int(hour.facts.get("map", 0)), hour.facts["ampm"])
    if hour is not None:
        return _clock(hour, "dem" if "night" in hour.facts else named)
    if edge is not None:
        return (_edge(edge, named, calendar),)
    ends = {"sang": calendar.hours.morning[1], "trua": _NOON, "chieu": calendar.hours.end, "toi": _LATE}
    return (ends.get(named, _END_OF_DAY),) if named else ()


def _clock(atom: Atom, part: str | None) -> tuple[time, ...] | None:
    written = atom.first("h", "hw", "hr") or ""
    hour, minute = grammar.number(written), _minute(atom)
    if "less" in atom.facts:
        hour, minute = hour - 1, 60 - grammar.number(atom.facts["less"])
    if hour > 24 or hour < 0 or not 0 <= minute <= 59 or (hour == 24 and minute):
        return None
    if hour == 24 or (hour == 12 and part in ("dem", "toi")):
        return (_END_OF_DAY,)
    if hour < 12 and _is_after_noon(hour, part):
        return (time(hour + 12, minute),)
    if part is None and hour in _SMALL and not written.startswith("0"):
        early, late = time(hour, minute), time(hour + 12, minute)
        return (early, late) if hour == 6 else (late, early)
    return (time(hour, minute),)


def _half_day(hour: int, minute: int, half: str) -> tuple[time, ...] | None:
    """`5pm`, as phones say it."""
    return (time(hour % 12 + (12 if half == "pm" else 0), minute),) if 1 <= hour <= 12 else None


def _minute(atom: Atom) -> int:
    halves = ("half", "half2", "half3")
    return int(atom.facts.get("m") or (30 if atom.facts.keys() & set(halves) else 0))


def _is_after_noon(hour: int, part: str | None) -> bool:
    return part in ("chieu", "toi") or (part == "trua" and hour < 4) or (part == "dem" and hour > 6)


def _edge(atom: Atom, part: str | None, calendar: WorkingCalendar) -> time:
    hours, named, edge = calendar.hours, atom.facts.get("edgepart") or part, atom.facts.get("edge")
    if edge == "dau" or (edge == "truoc" and named in ("lam", "lam viec")):
        return hours.afternoon[0] if named == "chieu" else hours.start
    if edge == "giua":
        return time(15) if named == "chieu" else time(9, 30)
    return hours.morning[1] if named in ("sang", "trua", "nghi trua") else hours.end
