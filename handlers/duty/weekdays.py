"""From one day of the week to another: `thứ 2 đến thứ 6`, `T2-T6 tuần sau`, `thứ hai tuần tới tới thứ sáu`."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.engine.work import Refusal
from handlers.calendar import fold, weekday_number
from handlers.duty.pieces import Kind, Token

_DAY = r"(?:(?:thu|t)\s?[2-7]|thu\s(?:hai|ba|tu|nam|sau|bay)|chu nhat|cn)"
_WEEK = r"(?:\s+tuan\s+(nay|sau|toi))?"
_STRETCH = re.compile(
    rf"(?<!\w)(?:tu\s+)?({_DAY}){_WEEK}\s*(-|–|den(?:\s+het)?|toi(?:\s+het)?|to)\s*({_DAY}){_WEEK}(?!\w)"
)
_WEEKS = {"nay": 0, "sau": 7, "toi": 7}


def weekday_stretches(text: str, midnight: datetime) -> Iterator[Token]:
    """A token for each day. Raises Refusal where the first may be today or in a week, or is past."""
    for found in _STRETCH.finditer(fold(text)):
        if text[slice(*found.span(3))].lower() == "tối":  # the evening of the first
            continue
        said = found[0].strip()
        first, last = _ends(found, midnight.date(), said)
        for gone in range((last - first).days + 1):
            yield Token(Kind.DAY, *found.span(), day=first + timedelta(days=gone))


def _ends(found: re.Match[str], today: date, said: str) -> tuple[date, date]:
    first_day, last_day = weekday_number(found[1]), weekday_number(found[4])
    weeks = found[2] or found[5], found[5] or found[2]
    if weeks[0] is None:
        first = today + timedelta(days=(first_day - today.weekday()) % 7)
        last = first + timedelta(days=(last_day - first_day) % 7)
        if first == today:
            raise Refusal("duty-day-unclear", said=said)
    else:
        monday = today - timedelta(days=today.weekday())
        first, last = (
            monday + timedelta(days=day + _WEEKS[week or ""])
            for day, week in zip((first_day, last_day), weeks, strict=True)
        )
    if first < today:
        raise Refusal("duty-day-past", said=said)
    if last <= first:
        raise Refusal("duty-day-unclear", said=said)
    return first, last
