"""From which day to which somebody stands in: read from what a leader writes, whole days only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.engine.work import Refusal
from handlers.calendar import Named, Stretch, WorkingCalendar, Wrong, find_stretches, fold, nfc

LONGEST = 92
"""Days: who stands in for longer than a quarter is given the role itself."""

_TOI = re.compile(r"(?<!\w)toi(?=\s+(?:het\s+|ngay\s+)?\d)", re.IGNORECASE)  # nobody says "I" behind a name
_AND = re.compile(r"\s*(?:[,;+&]|va(?!\w)|and(?!\w))\s*(?:va\s+)?")
_MORE = re.compile(r"[\s,;+&–-]*(?:va |and |den |toi )?(?:\d|(?:hai|ba|tu|nam|bay|cn|chu nhat)(?!\w))")
_ALL_WRONG = {
    Wrong.UNCLEAR: "delegate-day-unclear",
    Wrong.HOUR: "delegate-day-unclear",
    Wrong.PAST: "delegate-day-past",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. `after`: what else was written behind them."""

    first: date
    last: date
    after: str = ""


def names_days(text: str, midnight: datetime, calendar: WorkingCalendar) -> bool:
    return bool(find_stretches(_plain(text), midnight, calendar))


def read_period(text: str, midnight: datetime, calendar: WorkingCalendar) -> Period:
    """`đến 27/11`, `từ 23/11 đến hết 27/11`, `thứ 2 đến thứ 6`, `ngày 27/11`; Refusal for what is no stretch of days
    ahead. `midnight`: the beginning of today."""
    said = _plain(text)
    found = find_stretches(said, midnight, calendar)
    if not found:
        raise Refusal("delegate-usage")
    for each in found:
        _refuse(each)
    if not _follow_each_other(said, found):
        raise _unclear(said)
    if _MORE.match(fold(said[found[-1].end :])):
        raise _unclear(said[found[0].start :])  # further days, which would be passed over in silence
    first, last = found[0].first, found[-1].last
    days = (last - first).days + 1
    if days > LONGEST:
        raise Refusal("delegate-too-long", days=days, most=LONGEST)
    return Period(first, last, said[found[-1].end :].strip())


def _plain(text: str) -> str:
    return _TOI.sub("đến", nfc(text))


def _refuse(found: Stretch) -> None:
    if found.wrong is Wrong.BACKWARDS:
        raise Refusal("delegate-end-first", first=f"{found.first:%d/%m/%Y}", last=f"{found.last:%d/%m/%Y}")
    if found.wrong is not None:
        raise Refusal(_ALL_WRONG[found.wrong], said=found.said.strip()[:60])
    if found.has_hour:
        raise _unclear(found.said)
    if found.named is Named.FIRST:
        raise Refusal("delegate-usage")


def _follow_each_other(said: str, found: Sequence[Stretch]) -> bool:
    """`7, 8, 9/12` is a stretch; `7, 9/12` is none."""
    return all(
        after.first == before.last + timedelta(days=1)
        and after.named is Named.WHOLE
        and _AND.fullmatch(fold(said[before.end : after.start])) is not None
        for before, after in pairwise(found)
    )


def _unclear(said: str) -> Refusal:
    return Refusal("delegate-day-unclear", said=said.strip()[:60])
