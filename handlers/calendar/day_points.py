"""Single days and weeks in a text, each by its own words: the ends of stretches, before they are joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.calendar import grammar
from handlers.calendar.day_readers import read_day
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.folding import fold
from handlers.calendar.grammar import Atom, Phrase
from handlers.calendar.meant import WEEK, Day

_COVER = "\ue000"  # no letter and no gap: nothing is read into it
_BESIDE = frozenset({"prefix", "by"})
_CLOCK = frozenset({"hour", "part", "edge"})
_PERIODS = frozenset({"week", "month", "quarter", "year", "repeat"})
_FULL = r"\d{1,2}\s?[/.]\s?\d{1,2}(?!\d)|\d{1,2}\s?thang\s\d"  # a day with its month
_WEEKDAY_AHEAD = r"(?:thu|t)\s?[2-7](?!\w)|thu\s(?:hai|ba|tu|nam|sau|bay)(?!\w)|chu nhat|cn(?!\w)"
_HYPHEN = re.compile(rf"(?<=[\w])\s?[-–—]\s?(?=(?:ngay\s)?(?:{_FULL})|{_WEEKDAY_AHEAD})|(?<=\d),(?={_FULL})")
_THEN = re.compile(  # `thu 2 toi thu 4` is no "next Monday", `from 23/11 to 27/11` no team 27
    rf"(?<=\w)(?<!tuan)(?<!thang)\s(?:toi|to|till|until|through)\s(?=(?:het\s)?(?:ngay\s)?(?:{_FULL}|{_WEEKDAY_AHEAD}))"
)
_NUMBER = r"\d{1,2}(?:\s?[-–—]\s?\d{1,2})?"
BARE = re.compile(
    r"(?<![\w/.,:@\-–—])(?<!\d[,;.:/\-–—] )(?<!\d )"
    rf"(?P<numbers>{_NUMBER}(?:\s?(?:[,;]|va\s|and\s|&)\s?(?:ngay\s)?{_NUMBER}){{0,30}})"
    rf"(?P<then>\s?(?:[,;]|va(?!\w)|and(?!\w)|&)\s?|\s?(?:[-–—]|(?:den|toi|to|till|until)(?:\shet)?(?!\w))\s?)"
    rf"(?=(?:ngay\s)?(?:{_FULL}))"
)
_COUNTED = re.compile(
    r"(?<!\w)(?:phong|to|so|tang|lop|ban|doi|khu|ca|ap|thon|nhom|dieu|khoan|muc|thu|(?P<no_day>thang|nam)|room|team|unit|no|floor)\s?$"
)
_ALONE = re.compile(r"\d{1,2}\s?(?:[,;&]|va|and)")
_EN_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?(?!\s?[2-7])|fri|sat(?:ur)?|sun)(?:day)?"
_EN_WEEK = r"(?:\s(?P<{0}>this|next)\sweek)?"
_EN_TO = r"\s?(?:[-–—]|to|till|until|through)\s?"
_ENGLISH = re.compile(
    rf"(?<!\w)(?:(?P<begun>(?P<first>{_EN_DAY}){_EN_WEEK.format('w1')}){_EN_TO}(?P<last>{_EN_DAY}){_EN_WEEK.format('w2')}"
    rf"|(?P<named>today|tomorrow)|(?:(?P<which>this|next)\s)?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    rf"{_EN_WEEK.format('w3')}|(?P<week>this|next)\sweek)(?!\w)"
)
_EN_NUMBERS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day by its words; `days` are its readings, none where nobody can say which day is meant."""

    start: int
    end: int
    outer: int
    """Where the words that belong to it begin: `chậm nhất`, `đến hết`."""
    days: tuple[date, ...] = ()
    closes: bool = False
    """A whole period: it may end a stretch, but names no day of its own."""
    week_end: date | None = None
    weekday: int | None = None
    """Only a day of the week is named; `weeks`: which week, if said."""
    weeks: int | None = None
    number: int | None = None
    """A day of a month that is not named."""
    has_month: bool = False
    has_year: bool = False
    has_hour: bool = False
    hour_inside: bool = False


def points(text: str, midnight: datetime, calendar: WorkingCalendar) -> list[Point]:
    """All of the NFC `text`, in its order."""
    folded = fold(text)
    english = list(_english(text, folded, midnight.date()))
    spans = [(each.start, each.end) for each in english]
    spans += [found.span() for found in bare_numbers(folded)]
    spans += [found.span() for found in _HYPHEN.finditer(folded)]
    spans += [found.span() for found in _THEN.finditer(folded) if "tối" not in text[slice(*found.span())].lower()]
    found = [_point(each, midnight, calendar) for each in grammar.phrases(_covered(text, spans))]
    return sorted([*english, *(each for each in found if each is not None)], key=lambda each: each.start)


def bare_numbers(folded: str) -> Iterator[re.Match[str]]:
    """Days that take their month from the one that follows: `23-`, `7, 8 và ` before `9/12`."""
    for found in BARE.finditer(folded):
        counted = _COUNTED.search(folded, max(0, found.start() - 9), found.start())
        if counted is None or not (counted["no_day"] or _ALONE.match(found[0])):  # `Phòng 3, 9/12`
            yield found


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = _COVER * (end - start)
    return "".join(letters)


def on_weekday(weekday: int, weeks: int, today: date) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(days=weekday) + weeks * WEEK


def of_weekday(weekday: int, weeks: int | None, today: date) -> tuple[date, ...]:
    """Its readings: said on that very day it may be today or in a week."""
    if weeks is not None:
        return (on_weekday(weekday, weeks, today),)
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
    return (ahead, ahead + WEEK) if ahead == today else (ahead,)


def _week(weeks: int, today: date) -> tuple[date, date]:
    """The week's first day that is still to come, and its Sunday."""
    return max(today, on_weekday(0, weeks, today)), on_weekday(6, weeks, today)


def _point(phrase: Phrase, midnight: datetime, calendar: WorkingCalendar) -> Point | None:
    own = [each for each in phrase.atoms if each.kind not in _BESIDE | _CLOCK]
    if not own:
        return None  # a clock time
    day = read_day(phrase, midnight, calendar)
    clocks = [each for each in phrase.atoms if each.kind in _CLOCK]
    whole = phrase.end if own[-1] is phrase.atoms[-1] else own[-1].end
    place = Point(
        start=own[0].start,
        end=whole,
        outer=_outer(phrase, own[0]),
        has_hour=bool(clocks) or day.moment is not None,
        hour_inside=any(own[0].start < each.start < own[-1].start for each in clocks),
    )
    return _read(place, phrase, own, day, midnight.date())


def _outer(phrase: Phrase, first: Atom) -> int:
    start = first.start
    for each in reversed(phrase.atoms[: phrase.atoms.index(first)]):
        if each.kind in _CLOCK:
            break
        start = each.start
    return start


def _read(place: Point, phrase: Phrase, own: list[Atom], day: Day, today: date) -> Point:
    week, weekday, monthday = phrase.of("week"), phrase.of("weekday"), phrase.of("monthday")
    if day.fuzzy or day.repeats or day.problem or (phrase.of("prefix") is not None and not day.settled):
        return place
    if weekday is not None and all(each.kind in ("weekday", "week") for each in own):
        number = grammar.weekday_number(weekday.facts["wd"])
        return replace(place, days=day.days, weekday=number, weeks=_weeks(day.days, number, weekday, week, today))
    if (
        week is not None
        and len(own) == 1
        and week.first("wkedge", "wkedge2") in (None, "het")
        and "wkover" not in week.facts
    ):
        which = week.facts.get("wkwhich", "nay")
        first, last = _week(0 if which == "nay" else 2 if which == "sau nua" else 1, today)
        return replace(place, days=(first,), week_end=last)
    if any(each.kind in _PERIODS for each in own) or (day.by and own[0].kind in ("ago", "bare-span")):
        return replace(place, days=day.days, closes=True)
    if monthday is not None and "cd" in monthday.facts and "cm" not in monthday.facts:
        return replace(place, days=day.days, number=int(monthday.facts["cd"]))
    fixed = phrase.of("date")
    has_year = fixed is not None and bool({"iy", "ay", "by"} & fixed.facts.keys())
    return replace(place, days=day.days, has_month=fixed is not None, has_year=has_year)


def _weeks(days: tuple[date, ...], number: int, weekday: Atom, week: Atom | None, today: date) -> int | None:
    if len(days) != 1 or (week is None and not weekday.facts.get("wkind", "").startswith("tuan")):
        return None
    return (days[0] - on_weekday(number, 0, today)).days // 7


def _english(text: str, folded: str, today: date) -> Iterator[Point]:
    for found in _ENGLISH.finditer(folded):
        start, end = found.span()
        if not text[start:end].replace("–", "-").replace("—", "-").isascii():
            continue  # `món`, `sún`
        if found["named"]:
            day = today + timedelta(days=found["named"] == "tomorrow")
            yield Point(start=start, end=end, outer=start, days=(day,))
        elif found["week"]:
            first, last = _week(found["week"] == "next", today)
            yield Point(start=start, end=end, outer=start, days=(first,), week_end=last)
        elif found["day"]:
            yield _en_weekday(found["day"], found["which"] or found["w3"], (start, end), today)
        else:
            yield _en_weekday(found["first"], found["w1"], (start, found.end("begun")), today)
            yield _en_weekday(found["last"], found["w2"], (found.start("last"), end), today)


def _en_weekday(word: str, which: str | None, span: tuple[int, int], today: date) -> Point:
    number, weeks = _EN_NUMBERS[word[:2]], {"this": 0, "next": 1}.get(which or "")
    days = of_weekday(number, weeks, today)
    return Point(start=span[0], end=span[1], outer=span[0], days=days, weekday=number, weeks=weeks)
