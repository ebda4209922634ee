"""The days in what people write about duty, one token each: `25/11`, `từ 23/11 đến 29/11`, `T2-T6`, `7, 8, 9/12`."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.engine.work import Refusal
from handlers.calendar import Named, Stretch, WorkingCalendar, Wrong, find_deadlines, find_stretches, fold
from handlers.duty.pieces import Kind, Token, cover

LONGEST = 31
_WEEK = re.compile(r"(?:lich )?(?:trong )?(?:(?P<now>tuan nay|this week)|tuan (?:sau|toi)|next week)(?: ai truc)?")
_REFUSED = {Wrong.HOUR: "duty-hours-unclear", Wrong.PAST: "duty-day-past"}


def days(text: str, midnight: datetime, calendar: WorkingCalendar) -> Iterator[Token]:
    """A token for each day. Raises Refusal for days that are past or unclear, and for more than LONGEST at once."""
    for found in find_stretches(text, midnight, calendar):
        for gone in range(_counted(found)):
            yield Token(Kind.DAY, found.start, found.end, day=found.first + timedelta(days=gone))


def _counted(found: Stretch) -> int:
    if found.wrong is not None:
        raise Refusal(_REFUSED.get(found.wrong, "duty-day-unclear"), said=found.said.strip())
    if found.named is Named.FIRST or found.length > LONGEST + 1:
        raise Refusal("duty-day-unclear", said=found.said.strip())
    return found.length


def no_hours_left(text: str, midnight: datetime, calendar: WorkingCalendar) -> None:
    """Raises Refusal for an hour that is neither a part of the day nor from one hour to another: `mai 8h`."""
    oneself = [found.span() for found in re.finditer(r"(?<!\w)toi(?!\w)", fold(text))]
    for found in find_deadlines(cover(text, oneself), midnight, calendar):
        if found.has_hour:
            raise Refusal("duty-hours-unclear", said=found.said)


def week_named(text: str, today: date) -> list[date]:
    """The days of `tuần này`, from today, or of `tuần sau`; none where the text says anything else."""
    found = _WEEK.fullmatch(fold(text).strip())
    if found is None:
        return []
    monday = today - timedelta(days=today.weekday()) + timedelta(days=0 if found["now"] else 7)
    return [day for n in range(7) if (day := monday + timedelta(days=n)) >= today]
