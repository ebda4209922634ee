"""From a phrase to an instant: what a deadline means when it is said now, with the readings to choose from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from handlers.calendar import grammar
from handlers.calendar.day_readers import read_day
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.folding import fold, nfc
from handlers.calendar.grammar import Phrase
from handlers.calendar.hours import read_hours
from handlers.calendar.meant import Day, Problem

__all__ = ["Deadline", "Problem", "Rule", "find_deadlines", "read_deadline", "split_deadline"]

_FROM = re.compile(r"(?<!\w)(?:tu )(?:ngay |luc )?$")
_UNTIL = re.compile(r"(?:den|toi)\s")
_OR = re.compile(r"\s*(?:hoac(?: la)?|hay(?: la)?)\s*")
_BETWEEN = re.compile(r"\s*(?:den|toi|-|–)\s*(?:het\s*)?$|\s*$")
_DESCRIBED = re.compile(
    r"(?:bao cao|ke hoach|lich|chuong trinh|so lieu|tinh hinh|cong tac|nhiem vu|ket qua|noi dung|hop|giao ban|truc"
    r"|chi tieu|luong|bang|diem|tien do|hoat dong|dinh ky)\s*$"
)


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
    begins: datetime | None = None
    is_bare_period: bool = False


def read_deadline(text: str, now: datetime, calendar: WorkingCalendar) -> Deadline | None:
    """The phrase in `text` that most looks like a deadline; None when there is none. `now` is aware, office's zone."""
    found = _with_ranges(nfc(text), find_deadlines(text, now, calendar))
    named = [each for each in found if each.prefixed]
    pointed = [each for each in found if not each.is_bare_period]
    likely = named or pointed or found
    if all(each.rule is Rule.PERIODIC for each in likely):
        return next(iter(likely), None)  # "hằng tháng, hằng quý, hằng năm"
    return likely[-1]


def find_deadlines(text: str, now: datetime, calendar: WorkingCalendar) -> Sequence[Deadline]:
    """Every expression of time, in order."""
    return [_understood(phrase, now, calendar) for phrase in grammar.phrases(text)]


def split_deadline(text: str, now: datetime, calendar: WorkingCalendar) -> tuple[str, Deadline | None]:
    """A task's title and its deadline: the last phrase with `hạn`, `trước` …, or the one with which the text ends."""
    text = nfc(text).strip()
    for found in reversed(_with_ranges(text, find_deadlines(text, now, calendar))):
        rest = text[found.end :].strip(" .,;!-–)")
        if found.prefixed or (not rest and not _describes(text, found)):
            before = text[: found.start].rstrip(" ,;:-–(.")
            return " ".join(part for part in (before, rest) if part), found
    return text, None


def _describes(text: str, found: Deadline) -> bool:
    """`Báo cáo tháng 12`, `lịch tuần sau`: a period that a thing is about."""
    if not found.is_bare_period or not text[: found.start].strip():
        return False
    before = fold(text[max(0, found.start - 20) : found.start])
    return not fold(found.said).startswith(("tuan", "sang", "qua")) or _DESCRIBED.search(before) is not None


def _with_ranges(text: str, found: Sequence[Deadline]) -> list[Deadline]:
    """`từ ngày 23/11 đến hết ngày 27/11` is one deadline: its end, with the day on which it begins."""
    joined = list(found[:1])
    for first, last in pairwise(found):
        opened = _FROM.search(fold(text[max(0, first.start - 10) : first.start]))
        between = fold(text[first.end : last.start])
        if _OR.fullmatch(between):
            joined[-1] = _either(text, joined[-1], last)
            continue
        continues = _UNTIL.match(fold(last.said)) if not between.strip() else _BETWEEN.fullmatch(between)
        if opened is None or not continues:
            joined.append(last)
            continue
        start = first.start - len(opened[0])
        begins = first.due if first.due and last.due and first.due <= last.due else None
        rule = Rule.BY if last.rule in (Rule.ON, Rule.BY) else last.rule
        joined[-1] = replace(last, start=start, said=text[start : last.end], begins=begins, rule=rule)
    return joined


def _either(text: str, first: Deadline, last: Deadline) -> Deadline:
    """`chiều nay hoặc sáng mai`: to be asked."""
    both = sorted({each for one in (first, last) for each in (one.due, *one.ask) if each})
    return replace(last, start=first.start, said=text[first.start : last.end], due=None, ask=tuple(both), repeats=None)


def _understood(phrase: Phrase, now: datetime, calendar: WorkingCalendar) -> Deadline:
    day, hours = read_day(phrase, now, calendar), read_hours(phrase, calendar)
    rule = _rule(phrase, day)
    due, ask, problem = _decided(phrase, day, rule, hours, now, calendar)
    return Deadline(
        due=due,
        rule=rule,
        said=phrase.said,
        start=phrase.start,
        end=phrase.end,
        has_hour=hours is None or bool(hours) or day.moment is not None,
        ask=ask,
        repeats=day.repeats,
        problem=problem,
        prefixed=phrase.has_prefix,
        begins=datetime.combine(day.begins, calendar.hours.start, now.tzinfo) if day.begins else None,
        is_bare_period=phrase.is_bare_period,
    )


_Decision = tuple[datetime | None, tuple[datetime, ...], Problem | None]


def _decided(
    phrase: Phrase, day: Day, rule: Rule, hours: tuple[time, ...] | None, now: datetime, calendar: WorkingCalendar
) -> _Decision:
    """One reading is the deadline; several are asked about, those gone by left out.

    A day that is gone stays as it was named, with the problem; an hour that is gone is asked about.
    """
    if day.moment is not None:
        return day.moment, (), None
    if hours is None or day.problem is Problem.IMPOSSIBLE:
        return None, (), Problem.IMPOSSIBLE
    readings = [datetime.combine(d, c, now.tzinfo) for d in day.days for c in hours or (calendar.hours.end,)]
    if day.problem is not None or not readings:
        return None, tuple(readings), day.problem
    ahead = tuple(each for each in readings if each > now)
    if rule is Rule.FUZZY:
        return None, ahead, None
    if ahead:
        return (ahead[0], (), None) if len(ahead) == 1 or day.repeats else (None, ahead, None)
    if hours and not phrase.names_a_day:
        return None, _hours_later(readings[0], now), Problem.PAST
    return readings[0], (), Problem.PAST


def _hours_later(gone: datetime, now: datetime) -> tuple[datetime, ...]:
    """`9h` said at ten: tonight's nine, or tomorrow's."""
    tonight, tomorrow = gone + timedelta(hours=12), gone + timedelta(days=1)
    return (tonight, tomorrow) if gone.hour < 12 and tonight > now else (tomorrow,)


def _rule(phrase: Phrase, day: Day) -> Rule:
    if day.repeats:
        return Rule.PERIODIC
    if day.fuzzy:
        return Rule.FUZZY
    if phrase.of("prefix") is not None and not day.settled:  # "hạn: trước ngày 30/11" as well
        return Rule.BEFORE
    return Rule.BY if day.by or day.settled or phrase.of("by") is not None else Rule.ON
