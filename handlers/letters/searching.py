"""Looking letters up: /letters with a year, a month, words of the subject, the issuer or the number."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.chat.messages import Card
from bot.engine.features import Command, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.letters import cards
from handlers.letters.feature import feature
from storage import letters, letters_search
from storage.letters import Search

_MONTH = re.compile(r"(?<![\w/])(?:thang\s*)?(0?[1-9]|1[0-2])\s?[/-]\s?(20\d\d)(?![\w/])")
_YEAR = re.compile(r"(?<![\w/])(?:nam\s*)?(20\d\d)(?![\w/])")
_MONTH_NAMED = re.compile(r"(?<![\w/])thang (?:(nay|0?[1-9]|1[0-2])|(truoc|vua roi|qua))(?![\w/]| ?[/-])")
_PAGE = re.compile(r"\d{1,6}", re.ASCII)
_SOUGHT = 46  # bytes of a search that a button can carry


@feature.command("letters", "sovanban", also=("tim", "timkiem", "tracuu", "timcongvan", "timvanban"), looks=True)
def find(order: Command, work: Work) -> None:
    """/letters, /letters ubnd 5180, /letters bao cao bien che, /letters 11/2026, /letters 2025"""
    work.show(_page(work, sought(order.text), 0, said=" ".join(nfc(order.text).split())[:_SOUGHT]))


@feature.press("letters-page")
def turn(press: Press, work: Work) -> None:
    number, _, asked = press.argument.partition(":")
    if not _PAGE.fullmatch(number):
        raise Refusal("refuse-old-button")
    work.redraw(_page(work, asked, int(number)))


def _page(work: Work, asked: str, number: int, *, said: str = "") -> Card:
    search = read(asked, work.today, work.zone)
    total = letters.count(work.session, work.group_id, search)
    found = letters.page(work.session, work.group_id, search, skip=number * cards.A_PAGE, limit=cards.A_PAGE)
    return cards.page(work.words, said or asked or str(work.today.year), asked, number, found, total)


def sought(text: str) -> str:
    """A search as a button can carry it: folded, and as many of its words as fit."""
    kept = ""
    for word in fold(nfc(text)).split():
        longer = f"{kept} {word}".strip()
        if len(longer.encode()) > _SOUGHT:
            break
        kept = longer
    return kept


def read(asked: str, today: date, zone: ZoneInfo) -> Search:
    """A month (`11/2026`), a year, and words; without anything this year's register."""
    asked = _months_named(asked, today)
    month = _MONTH.search(asked)
    rest = asked.replace(month[0], " ", 1) if month else asked
    year = None if month else _YEAR.search(rest)
    if year is not None and int(year[1]) <= today.year + 1:
        rest = rest.replace(year[0], " ", 1)
    else:
        year = None
    terms = letters_search.terms(rest)
    if month is not None:
        since, until = month_span(int(month[2]), int(month[1]), zone)
        return Search(terms=terms, since=since, until=until)
    if year is not None:
        return Search(terms=terms, year=int(year[1]))
    return Search(terms=terms) if terms else Search(year=today.year)


def _months_named(asked: str, today: date) -> str:
    """`thang truoc`, `thang nay`, `thang 10`: as `10/2026`, the latest one that has begun."""
    found = _MONTH_NAMED.search(asked)
    if found is None:
        return asked
    gone = 0 if found[1] == "nay" else 1 if found[2] else (today.month - int(found[1])) % 12
    month = today.year * 12 + today.month - 1 - gone
    return f"{asked[: found.start()]}{month % 12 + 1}/{month // 12}{asked[found.end() :]}"


def month_span(year: int, month: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """[first day, first day of the next month) in the office's zone."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(date(year, month, 1), time(), zone), datetime.combine(following, time(), zone)
