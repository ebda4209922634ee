"""What a letter demands by when: its deadlines and events, who has to act, and the dates that cannot be right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.calendar import Deadline, Problem, Rule, WorkingCalendar, find_deadlines, fold, nfc
from handlers.calendar.recurrence import next_day
from handlers.letters.mentions import puts_off
from handlers.letters.reading.actors import NOBODY, Actors, is_without_subject, who_acts
from handlers.letters.reading.demanding import (
    RELATIVE,
    Kind,
    Place,
    is_demanded,
    is_put_off,
    is_quoted,
    item_start,
    kind_of,
    place_of,
    sentence_start,
)
from handlers.letters.reading.meeting import first_hours, joined_lines, readable_hours
from handlers.letters.reading.offices import OfficeNames, own_share
from handlers.letters.reading.spans import Lasting, Working, counted, week_of_month

__all__ = [
    "Doubt", "Kind", "LetterDeadline", "LetterRule", "letter_deadlines", "letter_doubts", "of_kind", "of_office",
]  # fmt: skip

_ABOUT = 160  # characters of a sentence that are kept
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)|\d[/.\-]\d{1,2}[/.\-]\d\d(?!\d)")
_FROM = re.compile(r"\btu\s+(?:ngay\s+)?(\d{1,2})(?:\s*[/.-]\s*(\d{1,2}))?(?:\s*[/.-]\s*(\d{4}))?\s*$")


class LetterRule(StrEnum):
    ON = "on"  # at that time
    BY = "by"  # that day or hour included
    BEFORE = "before"  # strictly before, as letters say it
    WINDOW = "window"  # from a day to a day
    RELATIVE = "relative"  # so many days after something
    PERIODIC = "periodic"
    FUZZY = "fuzzy"


class Doubt(StrEnum):
    """Why a person has to say what is meant."""

    WEEKDAY_DIFFERS = "weekday-differs"  # the weekday and the date disagree
    IMPOSSIBLE = "impossible"  # 31/4
    BEFORE_ISSUE = "before-issue"  # earlier than the letter itself
    FUZZY = "fuzzy"  # "tuần 1 tháng 12"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDeadline:
    """`due` is aware, in the office's zone; None where it recurs without a day, or depends on a day nobody told.

    `said` are the letter's own words; `about` is the sentence that leads to them. `repeats` is an RRULE. `start` and
    `end` are the place of the words in the NFC text. `ask` holds readings to choose from when there is a `doubt`.
    Nobody in `who.lead`: those the letter is addressed to.
    """

    due: datetime | None
    rule: LetterRule
    kind: Kind
    said: str
    repeats: str | None = None
    about: str = ""
    has_hour: bool = False
    who: Actors = NOBODY
    begins: date | None = None
    working: Working | None = None
    doubt: Doubt | None = None
    ask: tuple[datetime, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Letter:
    """The text made even for reading, and the days to count from."""

    text: str
    folded: str
    issued: date | None
    arrived: date | None
    calendar: WorkingCalendar
    zone: ZoneInfo

    @property
    def now(self) -> datetime:
        return datetime.combine(self.issued or self.arrived or date(2000, 1, 1), time(), self.zone)


def letter_deadlines(
    text: str,
    issue_date: date | None,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    *,
    arrived: date | None = None,
) -> list[LetterDeadline]:
    """What `text` demands, in its order. Days without a year, and spans, are counted from the issue date; spans
    after receipt from `arrived`. Without either they stay without a due time. A day before the issue date is a
    deadline quoted from an older letter: letter_doubts tells of those that are not."""
    letter = _even(text, issue_date, arrived, calendar, zone)
    moved = puts_off(text)
    found: list[LetterDeadline] = []
    periodic: set[int] = set()
    for phrase in find_deadlines(letter.text, letter.now, calendar):
        place = place_of(letter.text, letter.folded, phrase)
        kind = kind_of(phrase, place)
        sentence = sentence_start(letter.folded, phrase.start)
        gone = issue_date is not None and phrase.problem is Problem.PAST
        again = phrase.repeats is not None and sentence in periodic
        old = moved and kind is Kind.DEADLINE and is_put_off(place)
        if kind is None or gone or again or old or phrase.problem is Problem.IMPOSSIBLE:
            continue
        periodic.update([sentence] if phrase.repeats is not None else [])
        found.append(_made(letter, phrase, kind, place, found))
    return found


def letter_doubts(
    text: str, issue_date: date | None, calendar: WorkingCalendar, zone: ZoneInfo, *, arrived: date | None = None
) -> list[LetterDeadline]:
    """Deadlines nobody may plan with before a person has looked: 31/4, a day before the letter's own, a weekday that
    is not the date's. Those of a wrong weekday are among letter_deadlines too, by their date."""
    letter = _even(text, issue_date, arrived, calendar, zone)
    found: list[LetterDeadline] = []
    for phrase in find_deadlines(letter.text, letter.now, calendar):
        place = place_of(letter.text, letter.folded, phrase)
        doubt = _doubt(phrase, issue_date)
        if doubt is None or kind_of(phrase, place) is None:
            continue
        if doubt is Doubt.BEFORE_ISSUE and (is_quoted(place) or not is_demanded(phrase, place)):
            continue
        made = _made(letter, phrase, Kind.DEADLINE, place, found)
        due = phrase.due if doubt is Doubt.BEFORE_ISSUE else made.due
        found.append(replace(made, due=due, doubt=doubt))
    return found


def of_kind(found: Sequence[LetterDeadline], kind: Kind) -> list[LetterDeadline]:
    return [each for each in found if each.kind is kind]


def of_office(
    found: Sequence[LetterDeadline], office: OfficeNames, recipients: Sequence[str] = ()
) -> list[LetterDeadline]:
    """Those this office has to meet itself, as leader or in support; all of them when the letter does not tell."""
    named = [each.who.lead + each.who.support if each.who.lead else () for each in found]
    return [found[i] for i in own_share(named, office, recipients).ours]


def _even(text: str, issued: date | None, arrived: date | None, calendar: WorkingCalendar, zone: ZoneInfo) -> _Letter:
    """Every character keeps its place."""
    text = first_hours(joined_lines(readable_hours(nfc(text))))
    return _Letter(text, fold(text), issued, arrived, calendar, zone)


def _doubt(phrase: Deadline, issued: date | None) -> Doubt | None:
    if phrase.problem is Problem.IMPOSSIBLE:
        return Doubt.IMPOSSIBLE
    if phrase.problem is Problem.WEEKDAY_DIFFERS:
        return Doubt.WEEKDAY_DIFFERS
    if phrase.problem is Problem.PAST and issued is not None and phrase.due and phrase.due.date() < issued:
        return Doubt.BEFORE_ISSUE
    return None


def _made(
    letter: _Letter, phrase: Deadline, kind: Kind, place: Place, earlier: Sequence[LetterDeadline]
) -> LetterDeadline:
    working = _working(letter, phrase, earlier)
    due = working.due if working else _due(letter, phrase, place)
    doubt = _doubt(phrase, letter.issued) or (Doubt.FUZZY if phrase.rule is Rule.FUZZY else None)
    return LetterDeadline(
        due=due,
        rule=_rule(phrase, kind, working),
        kind=kind,
        said=_said(letter, phrase, working),
        repeats=phrase.repeats if phrase.rule is Rule.PERIODIC else None,
        about=_about(letter, phrase),
        has_hour=phrase.has_hour,
        who=_who(letter, phrase, earlier),
        begins=_begins(letter, phrase, due) if kind is Kind.EVENT_WINDOW else None,
        working=working,
        doubt=doubt,
        ask=phrase.ask,
        start=phrase.start,
        end=phrase.end,
    )


def _working(letter: _Letter, phrase: Deadline, earlier: Sequence[LetterDeadline]) -> Working | None:
    if not RELATIVE.match(fold(phrase.said)):
        return None
    rest = re.split(r"[.;](?=\s|$)|\n", letter.text[phrase.end : phrase.end + 120])[0]
    ended = [Lasting(fold(each.about), each.due) for each in earlier if each.kind is Kind.EVENT_WINDOW and each.due]
    said = letter.text[phrase.start : phrase.end] + rest
    return counted(said, letter.issued, letter.arrived, ended, letter.calendar, letter.zone)


def _due(letter: _Letter, phrase: Deadline, place: Place) -> datetime | None:
    if phrase.problem is Problem.IMPOSSIBLE:
        return None
    if letter.issued is None and letter.arrived is None and not _YEAR.search(place.said):
        return None
    if phrase.due is None and phrase.problem is Problem.WEEKDAY_DIFFERS:
        return phrase.ask[0]
    if phrase.rule is Rule.FUZZY:
        return week_of_month(phrase.said, letter.now, letter.calendar.hours.end)
    return _next_time(phrase.due, phrase.repeats, letter.arrived)


def _next_time(due: datetime | None, repeats: str | None, arrived: date | None) -> datetime | None:
    """Of what comes again the first that lies ahead, though the letter was long under way."""
    if due is None or repeats is None or arrived is None or due.date() >= arrived:
        return due
    return datetime.combine(next_day(repeats, arrived - timedelta(days=1)), due.timetz())


def _rule(phrase: Deadline, kind: Kind, working: Working | None) -> LetterRule:
    if working is not None:
        return LetterRule.RELATIVE
    if kind is Kind.EVENT_WINDOW:
        return LetterRule.WINDOW
    return LetterRule.ON if kind is Kind.EVENT else LetterRule(phrase.rule.value)


def _said(letter: _Letter, phrase: Deadline, working: Working | None) -> str:
    said = letter.text[phrase.start : phrase.end]
    if working is not None and working.what:
        rest = letter.text[phrase.end : phrase.end + 120]
        at = rest.find(working.what.split()[-1])
        said += rest[: at + len(working.what.split()[-1])] if at >= 0 else ""
    said = " ".join(said.replace("*", "").split())
    return said + (")" if said.count("(") > said.count(")") else "")


def _about(letter: _Letter, phrase: Deadline) -> str:
    start = sentence_start(letter.folded, phrase.start)
    said = " ".join(letter.text[start : phrase.start].replace("*", "").split()).strip(" -+•,;:")
    return said if len(said) <= _ABOUT else "…" + said[-_ABOUT:].partition(" ")[2]


def _who(letter: _Letter, phrase: Deadline, earlier: Sequence[LetterDeadline]) -> Actors:
    """In its own sentence; else in the numbered item it belongs to."""
    start = sentence_start(letter.folded, phrase.start)
    previous = max((each.end - start for each in earlier if start < each.end <= phrase.start), default=0)
    found = who_acts(letter.text[start : phrase.start], phrase.start - start, previous)
    item = item_start(letter.text, phrase.start)
    numbered = re.match(r"\s*\d{1,2}[.)]\s", letter.text[item:start]) is not None
    if found.lead or item >= start or not numbered or not is_without_subject(letter.text[start : phrase.end]):
        return found
    first = re.split(r"[.;](?=\s)", letter.text[item + 3 : phrase.start])[0]
    return who_acts(first, len(first)) if first else found


def _begins(letter: _Letter, phrase: Deadline, due: datetime | None) -> date | None:
    """`từ ngày 10/5/2026 đến hết ngày 14/5/2026`: the first day; what it leaves out is the last day's."""
    found = _FROM.search(letter.folded[max(0, phrase.start - 40) : phrase.start])
    if found is None or due is None:
        return None
    month, year = int(found[2] or due.month), int(found[3] or due.year)
    try:
        first = date(year, month, int(found[1]))
        return first if first <= due.date() else date(year - 1, month, int(found[1]))
    except ValueError:
        return None
