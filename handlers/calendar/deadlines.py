"""From a phrase to an instant: what a deadline means when it is said now, with the readings to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from handlers.calendar import grammar
from handlers.calendar.day_readers import Day, Problem, read_day
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.folding import nfc
from handlers.calendar.grammar import Atom, Phrase

__all__ = ["Deadline", "Problem", "Rule", "find_deadlines", "read_deadline", "split_deadline"]


class Rule(StrEnum):
    ON = "on"  # at that time
    BY = "by"  # that day or hour included
    BEFORE = "before"  # strictly before, as letters say it
    PERIODIC = "periodic"
    FUZZY = "fuzzy"


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
    day = read_day(phrase, now, calendar)
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


def _rule(phrase: Phrase, day: Day) -> Rule:
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
