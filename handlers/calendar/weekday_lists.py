"""Days of the week in a list, which belong to one week: `thứ 2, 4, 6 tuần sau`, `T2,T4 và T6`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from handlers.calendar import grammar
from handlers.calendar.day_points import Point, of_weekday

_NUMBER = r"(?:(?:thu\s?|t)?[2-7]|thu\s(?:hai|ba|tu|nam|sau|bay)|chu nhat|cn)"
_AND = r"\s?(?:[,;&]|va(?!\w)|and(?!\w))\s?(?:va\s)?"
_NO_COUNT = r"(?![\w/]|[.:]\d|\s?[-–—]\s?\w|\s(?:gio|thang|nguoi|ca|phong|to|nhom|viec)(?!\w))"
_MORE = re.compile(rf"(?:{_AND}{_NUMBER}{_NO_COUNT})+(?:\stuan\s(?P<week>nay|sau|toi)(?!\w|\snua))?")
_EACH = re.compile(rf"{_AND}({_NUMBER})(?!\w)")


def in_lists(folded: str, points: Sequence[Point], today: date) -> list[Point]:
    """The points, and the days that stand in a list as bare numbers behind them."""
    known = {each.start: each for each in points if each.weekday is not None}
    found, end = list[Point](), 0
    for point in points:
        if point.start < end:
            continue
        more = _MORE.match(folded, point.end) if point.weekday is not None else None
        if more is None:
            found.append(point)
            continue
        listed = [known.get(each.start(1)) or _bare(each) for each in _EACH.finditer(folded, more.start(), more.end())]
        if more["week"] is not None:
            listed[-1] = replace(listed[-1], weeks=int(more["week"] != "nay"), end=more.end())
        end = listed[-1].end
        found += _of_one_week([point, *listed], today)
    return found


def _bare(number: re.Match[str]) -> Point:
    start, end = number.span(1)
    written = number[1] if number[1][0].isalpha() else f"t{number[1]}"
    return Point(start=start, end=end, outer=start, weekday=grammar.weekday_number(written))


def _of_one_week(listed: Sequence[Point], today: date) -> Iterator[Point]:
    """`thứ 6, thứ 2 tuần sau` goes backwards, and so is of two weeks: each is read by itself."""
    said = {each.weeks for each in listed if each.weeks is not None}
    together = len(said) < 2 and all((a.weekday or 0) < (b.weekday or 0) for a, b in pairwise(listed))
    before: date | None = None
    for each in listed:
        weeks = next(iter(said), None) if together else each.weeks
        days = of_weekday(each.weekday or 0, weeks, today)
        if together and weeks is None and before is not None and len(each.days) != 1:  # a number, or today's name
            days = (before + timedelta(days=((each.weekday or 0) - before.weekday()) % 7),)
        before = days[0] if len(days) == 1 else None
        yield replace(each, days=days, weeks=weeks)
