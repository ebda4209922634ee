"""The days in what people write about duty, also those between a first and a last: `từ 23/11 đến 29/11`, `23-29/11`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.engine.work import Refusal
from handlers.calendar import Rule, WorkingCalendar, find_deadlines, fold
from handlers.calendar.deadlines import Problem
from handlers.duty.pieces import Kind, Token, cover

_ENGLISH = {"today": "hôm nay", "tomorrow": "ngày mai"}
_PERIOD = re.compile(r"(?:(?:dau|giua|cuoi|het)\s)?(?:tuan|thang|quy|nam)(?!\w)|trong\s")  # many days, not one
_WEEK = re.compile(r"(?:lich )?(?:trong )?(?:(?P<now>tuan nay|this week)|tuan (?:sau|toi)|next week)(?: ai truc)?")
LONGEST = 31
_TO = r"(?:-|–|(?:den|toi)(?:\s+het)?)"
_BETWEEN = re.compile(rf"\s*{_TO}\s*(?:ngay\s+)?")
_OWN_BETWEEN = re.compile(rf"{_TO}\s*(?:ngay\s+)?")
_BARE = re.compile(rf"(?<![\d/@\w])(?:tu\s+)?(?:ngay\s+)?(\d{{1,2}})\s*{_TO}\s*(?:ngay\s+)?$")
_OWN_BARE = re.compile(rf"(\d{{1,2}})\s*{_TO}\s*(?=\d)")
_OWN_FIRST = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{4})?\s*[-–]")  # `30/11-4/12` is read as one
_FROM = re.compile(r"(?<!\w)tu\s+(?:ngay\s+)?$")


def english_days(text: str, midnight: datetime, calendar: WorkingCalendar) -> Iterator[Token]:
    for found in re.finditer(r"(?<!\w)(?:today|tomorrow)(?!\w)", text.lower()):
        for deadline in find_deadlines(_ENGLISH[found[0]], midnight, calendar):
            yield Token(Kind.DAY, *found.span(), day=deadline.due.date() if deadline.due else None)


def days(text: str, midnight: datetime, calendar: WorkingCalendar) -> Iterator[Token]:
    myself = [found.span() for found in re.finditer(r"(?<!\w)toi(?!\w)", fold(text))]
    for found in find_deadlines(cover(text, myself), midnight, calendar):
        if found.has_hour:
            raise Refusal("duty-hours-unclear", said=found.said)
        if _PERIOD.match(fold(found.said)):
            raise Refusal("duty-day-unclear", said=found.said)
        if found.due is None or found.problem is Problem.IMPOSSIBLE or found.rule in (Rule.PERIODIC, Rule.FUZZY):
            raise Refusal("duty-day-unclear", said=found.said)
        if found.due < midnight:
            raise Refusal("duty-day-past", said=found.said)
        last = Token(Kind.DAY, found.start, found.end, day=found.due.date())
        if found.begins is None or _OWN_FIRST.match(found.said) is None:
            yield last
        else:
            first = replace(last, start=_with_from(fold(text), found.start), day=found.begins.date())
            yield from _stretch(text, first, last)


def week_named(text: str, today: date) -> list[date]:
    """The days of `tuần này`, from today, or of `tuần sau`; none where the text says anything else."""
    found = _WEEK.fullmatch(fold(text).strip())
    if found is None:
        return []
    monday = today - timedelta(days=today.weekday()) + timedelta(days=0 if found["now"] else 7)
    return [day for n in range(7) if (day := monday + timedelta(days=n)) >= today]


def filled(text: str, days: Iterable[Token]) -> Iterator[Token]:
    """The days that stand in `text`, in its order, and those in between where two of them are a stretch. Raises
    Refusal for one that ends before it begins or is longer than LONGEST days."""
    folded, first, place = fold(text), None, 0
    for token in days:
        own = _OWN_BETWEEN.match(folded, token.start, token.end)  # `đến 25/11` is read as one
        before = folded[place : own.end() if own else token.start]
        began = first if first is not None and _BETWEEN.fullmatch(before) else _bare(folded, token, place, before)
        if first is not None and began is not first:
            yield first
        first, place = token, token.end
        if began is not None:
            yield from _stretch(text, replace(began, start=_with_from(folded, began.start)), token)
            first = None
    if first is not None:
        yield first


def _bare(folded: str, token: Token, place: int, before: str) -> Token | None:
    """The first of `23-25/11`, which has no month of its own."""
    inside, outside = _OWN_BARE.match(folded, token.start, token.end), _BARE.search(before)
    number = inside or outside
    if number is None or token.day is None:
        return None
    start = token.start if inside else place + number.start()
    return replace(token, start=start, day=_day_of(token.day, int(number[1])))


def _with_from(folded: str, start: int) -> int:
    found = _FROM.search(folded[:start])
    return found.start() if found else start


def _day_of(last: date, number: int) -> date | None:
    """The day of this number that comes last before `last`: `28 đến 3/12` begins in November."""
    before = (last - timedelta(days=gone) for gone in range(1, LONGEST + 1))
    return next((day for day in before if day.day == number), None)


def _stretch(text: str, first: Token, last: Token) -> Iterator[Token]:
    said = text[first.start : last.end].strip()
    if first.day is None or last.day is None or not first.day < last.day <= first.day + timedelta(days=LONGEST):
        raise Refusal("duty-day-unclear", said=said)
    for gone in range((last.day - first.day).days + 1):
        yield replace(first, end=last.end, day=first.day + timedelta(days=gone))
