"""From one day to another, as people write it: `từ 24/11 đến 28/11`, `T2-T6 tuần sau`, `7, 8, 9/12`, `Mon to Fri`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from handlers.calendar.day_points import Point, bare_numbers, of_weekday, on_weekday, points
from handlers.calendar.days import WorkingCalendar
from handlers.calendar.folding import fold, nfc
from handlers.calendar.meant import make
from handlers.calendar.weekday_lists import in_lists

_TO = re.compile(r"\s*(?:[-–—]|(?:cho\s)?(?:den|toi)(?:\s+het)?(?!\w)|(?:to|till|until|through)(?!\w))\s*(?:ngay\s+)?")
_SHORT_LAST = re.compile(
    r"\s?(?:[-–—]|den|toi)\s?([2-7])(?:\stuan\s(nay|sau|toi))?(?![\w/]|[.,:]\d|\s(?:gio|thang)(?!\w)|\s?[-–—]\s?\d)"
)
_WEEKS = {"nay": 0, "sau": 1, "toi": 1}
_UNTIL = re.compile(r"(?<!\w)(?:(?:cho\s)?(?:den|toi)|het|until|till|to|by|through)\s(?:het\s)?(?:ngay\s)?$")
_FROM = re.compile(r"(?<!\w)(?:tu|from|starting)\s(?:ngay\s)?$")
_LOOK_BACK = 24  # characters before a day in which its `từ`, `cho đến hết ngày` stand
_ELEMENT = re.compile(r"(\d{1,2})(?:\s?[-–—]\s?(\d{1,2}))?")
_OVER_NEW_YEAR = timedelta(days=92)
_MONTH = 31

_Ends = tuple[date, date] | None  # None where nobody can say


class Wrong(StrEnum):
    UNCLEAR = "unclear"  # no day of the calendar, or it may be several
    PAST = "past"  # its first day is gone
    BACKWARDS = "backwards"  # its last day is before its first
    HOUR = "hour"  # an hour stands between its words


class Named(StrEnum):
    WHOLE = "whole"  # a day, or both ends
    FIRST = "first"  # `từ 23/11`, and no end
    LAST = "last"  # `đến 27/11`: begins today


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Both days included; they mean nothing where it is UNCLEAR. `start`/`end` is the span in the NFC text."""

    said: str
    start: int
    end: int
    first: date
    last: date
    wrong: Wrong | None = None
    named: Named = Named.WHOLE
    has_hour: bool = False

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


def find_stretches(text: str, midnight: datetime, calendar: WorkingCalendar) -> Sequence[Stretch]:
    """Every stretch of days and every single day, in order; the days of a list are one each. `midnight`: the beginning
    of today, in the office's zone."""
    text, today = nfc(text), midnight.date()
    folded = fold(text)
    return list(_Reader(text, folded, today).read(in_lists(folded, points(text, midnight, calendar), today)))


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    folded: str
    today: date

    def read(self, days: Sequence[Point]) -> Iterator[Stretch]:
        numbers = {found.end(): found for found in bare_numbers(self.folded)}
        place = 0
        while place < len(days):
            point, place = days[place], place + 1
            if point.start in numbers:
                yield from self._with_numbers(point, numbers[point.start])
                continue
            last = self._last_of(point, days[place] if place < len(days) else None)
            yield self._single(point) if last is None else self._joined(point, last)
            while last is not None and place < len(days) and days[place].start < last.end:
                place += 1

    def _last_of(self, first: Point, following: Point | None) -> Point | None:
        """The other end of what begins with `first`: `thứ 2-6`, or the next day named, behind a `đến`."""
        short = _SHORT_LAST.match(self.folded, first.end) if first.weekday is not None else None
        if short is not None and not self._is_evening(first.end, short.end()):
            number, weeks = int(short[1]) - 2, _WEEKS.get(short[2] or "")
            days = of_weekday(number, weeks, self.today)
            return Point(
                start=short.start(1), outer=short.start(1), end=short.end(), days=days, weekday=number, weeks=weeks
            )
        if following is None or self._is_evening(first.end, following.start):
            return None
        return following if _TO.fullmatch(self.folded, first.end, following.start) else None

    def _is_evening(self, start: int, end: int) -> bool:
        return "tối" in self.text[start:end].lower()

    # one day, or a week

    def _single(self, point: Point) -> Stretch:
        start, named = self._beginning(point)
        if len(point.days) != 1 or (point.closes and named is not Named.LAST):
            return self._stretch(start, point, None, named=named)
        day = point.week_end or point.days[0]
        first = self.today if named is Named.LAST else point.days[0]
        ends = (day, day) if day < self.today else (first, day)
        return self._stretch(start, point, ends if named is not Named.FIRST else (first, first), named=named)

    def _beginning(self, point: Point) -> tuple[int, Named]:
        """Where the words begin that say from when (`từ ngày`) or until when (`cho đến hết ngày`)."""
        back = max(0, point.start - _LOOK_BACK)
        before = self.folded[back : point.start]
        until, since = _UNTIL.search(before), _FROM.search(before)
        if until is not None and not self._is_oneself(back + until.start(), point.start):
            return min(back + until.start(), point.outer), Named.LAST
        if since is not None and self.text[back + since.start() + 1 : back + since.start() + 2].lower() != "ư":
            return min(back + since.start(), point.outer), Named.FIRST
        return point.outer, Named.WHOLE

    def _is_oneself(self, start: int, end: int) -> bool:
        """`tôi 25/11`, `toi 25/11`, and the evening; with its mark `tới` says until when."""
        written = self.text[start:end].lower()
        return fold(written).startswith("toi") and not written.startswith("tới")

    # from one day to another

    def _joined(self, first: Point, last: Point) -> Stretch:
        start = self._beginning(first)[0]
        return self._stretch(start, first, self._ends(first, last), until=last)

    def _ends(self, first: Point, last: Point) -> _Ends:
        if first.closes or not first.days or not last.days:
            return None
        if first.weekday is not None and last.weekday is not None:
            return self._week_days(first, last)
        if first.number is not None and last.has_month:
            begins = _before(last.days[0], first.number)
        else:
            begins = first.days[0] if len(first.days) == 1 else None
        ends = self._end(begins, first, last) if begins is not None else None
        if begins is None or ends is None:
            return None
        return (_year_of(begins, ends, first, last), ends)

    def _week_days(self, first: Point, last: Point) -> _Ends:
        """`thứ 2 đến thứ 6`, also over the week's end; one of today's name may be in a week as well."""
        begins, ending = first.weekday or 0, last.weekday or 0
        since = last.weeks if first.weeks is None else first.weeks
        until = since if last.weeks is None else last.weeks
        if since is not None and until is not None:
            ends = on_weekday(begins, since, self.today), on_weekday(ending, until, self.today)
        elif len(first.days) == 1:
            ends = first.days[0], first.days[0] + timedelta(days=(ending - begins) % 7)
        else:
            return None
        return ends if ends[0] != ends[1] else None

    def _end(self, begins: date, first: Point, last: Point) -> date | None:
        if last.week_end is not None:
            return last.week_end
        if last.weekday is not None and last.weeks is None:
            ahead = (last.weekday - begins.weekday()) % 7
            beside = not any(letter.isalpha() for letter in self.text[first.end : last.start])
            return begins + timedelta(days=ahead) if ahead or beside else None  # `23/11 - thứ 2` is one day
        if last.number is not None:
            return _on_or_after(begins, last.number)
        if first.has_year and last.has_month and not last.has_year:
            return next(filter(lambda day: day >= begins, _same_day(last.days[0], begins.year, 1)), None)
        return last.days[0] if len(last.days) == 1 else None

    # `7, 8 và 9/12`, `23-25/11`

    def _with_numbers(self, point: Point, found: re.Match[str]) -> Iterator[Stretch]:
        """Each day of the list; a number takes its month from what stands behind it."""
        start, _ = self._beginning(replace(point, start=found.start(), outer=found.start()))
        elements = list(_ELEMENT.finditer(self.folded, found.start(), found.end("numbers")))
        joins = _TO.fullmatch(found["then"]) is not None
        if len(point.days) != 1 or (joins and elements[-1][2]):
            yield self._stretch(start, point, None)
            return
        listed = [*self._dated(elements, point.days[0])]
        begun = listed.pop() if joins else None
        for place, (element, ends) in enumerate(listed):
            whole = replace(point, start=element.start(), end=element.end())
            yield self._stretch(element.start() if place else start, whole, ends)
        if begun is None:
            yield self._stretch(point.outer, point, (point.days[0], point.days[0]))
        else:
            ends = (begun[1][0], point.days[0]) if begun[1] else None
            yield self._stretch(begun[0].start() if listed else start, point, ends)

    def _dated(self, elements: Sequence[re.Match[str]], ahead: date) -> Iterator[tuple[re.Match[str], _Ends]]:
        """The elements with their days, each before those of the next."""
        dated: list[tuple[re.Match[str], _Ends]] = []
        following: date | None = ahead
        for each in reversed(elements):
            last = _before(following, int(each[2] or each[1]))
            following = _before(last, int(each[1])) if each[2] else last
            dated.insert(0, (each, (following, last) if following and last else None))
        yield from dated

    def _stretch(
        self,
        start: int,
        point: Point,
        ends: _Ends,
        *,
        until: Point | None = None,
        named: Named = Named.WHOLE,
    ) -> Stretch:
        last = until or point
        first, end = ends or (self.today, self.today)
        wrong = Wrong.HOUR if point.hour_inside or last.hour_inside else None
        if ends is None:
            wrong = wrong or Wrong.UNCLEAR
        elif first < self.today:
            wrong = wrong or Wrong.PAST
        elif end < first:
            wrong = wrong or Wrong.BACKWARDS
        return Stretch(
            said=self.text[start : last.end],
            start=start,
            end=last.end,
            first=first,
            last=end,
            wrong=wrong,
            named=named,
            has_hour=point.has_hour or last.has_hour,
        )


def _before(last: date | None, number: int) -> date | None:
    """The day of this number that comes last before `last`: `28 đến 3/12` begins in November."""
    if last is None:
        return None
    days = (last - timedelta(days=gone) for gone in range(1, _MONTH + 1))
    return next((day for day in days if day.day == number), None)


def _on_or_after(first: date, number: int) -> date | None:
    days = (first + timedelta(days=gone) for gone in range(2 * _MONTH))
    return next((day for day in days if day.day == number), None)


def _same_day(day: date, year: int, step: int) -> Iterator[date]:
    return (made for at in (year, year + step) if (made := make(at, day.month, day.day)))


def _year_of(begins: date, ends: date, first: Point, last: Point) -> date:
    """A first day without its year: of the last one's, or over New Year just before it."""
    if not first.has_month or first.has_year or (begins <= ends and not last.has_year):
        return begins
    nearest = next(filter(lambda day: day <= ends, _same_day(begins, ends.year, -1)), begins)
    return nearest if last.has_year or ends - nearest <= _OVER_NEW_YEAR else begins
