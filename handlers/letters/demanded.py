"""Deadlines as a letter's row keeps them: what it demands by when, of whom, how that was counted, what is doubtful."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.calendar import WorkingCalendar
from handlers.letters.deadlines import Kind, LetterDeadline, of_kind, of_office
from handlers.letters.reading.actors import Actors
from handlers.letters.reading.offices import OfficeNames
from handlers.letters.reading.spans import Working

Kept = Mapping[str, Any]
MOST_DEADLINES = 12


def demands(
    found: Sequence[LetterDeadline], office: OfficeNames | None = None, recipients: Sequence[str] = ()
) -> str | None:
    """JSON; what `office` need not meet itself is marked as others'."""
    theirs = _others(found, office, recipients)
    kept = [
        kept_as(
            each.due,
            each.rule,
            each.kind,
            each.said,
            each.repeats,
            about=each.about,
            has_hour=each.has_hour,
            who=_named(each.who),
            others=each.start in theirs,
            doubt=str(each.doubt) if each.doubt else None,
            ask=[choice.isoformat() for choice in each.ask] if each.doubt else [],
            working=_worked(each.working),
        )
        for each in found[:MOST_DEADLINES]
    ]
    return json_of(kept) if kept else None


def _others(found: Sequence[LetterDeadline], office: OfficeNames | None, recipients: Sequence[str]) -> set[int]:
    if office is None:
        return set()
    demanded = of_kind(found, Kind.DEADLINE)
    ours = {each.start for each in of_office(demanded, office, recipients)}
    return {each.start for each in demanded if each.start not in ours}


def _named(who: Actors) -> str:
    return ", ".join(who.lead)


def _worked(working: Working | None) -> Kept | None:
    """How it was counted, where the day to count from is known."""
    if working is None or working.start is None or working.due is None:
        return None
    off = [day.isoformat() for day in working.skipped if day.weekday() < 5]
    return {
        "since": str(working.since),
        "start": working.start.isoformat(),
        "count": working.count,
        "unit": str(working.unit),
        "off": off,
    }


def kept_as(
    due: datetime | None,
    rule: str,
    kind: Kind,
    said: str,
    repeats: str | None,
    *,
    about: str,
    has_hour: bool,
    **more: Any,
) -> Kept:
    """`more` only where there is any."""
    known = {
        "due": due.isoformat() if due else None,
        "rule": str(rule),
        "kind": kind.value,
        "said": said,
        "repeats": repeats,
        "about": about,
        "has_hour": has_hour,
    }
    return known | {name: value for name, value in more.items() if value}


def json_of(kept: Sequence[Any]) -> str:
    return json.dumps(kept, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A deadline a task can be given for; `before`: a day said as `trước ngày …`, without an hour."""

    due: datetime
    about: str = ""
    before: bool = False
    repeats: str | None = None
    said: str = ""


def still_ahead(kept: Sequence[Kept], now: datetime) -> list[Ahead]:
    """The office's own deadlines that lie ahead, each moment once, the nearest first."""
    ahead: dict[datetime, Ahead] = {}
    for each in kept:
        due = datetime.fromisoformat(each["due"]) if each["due"] else None
        if each["kind"] == Kind.DEADLINE and due is not None and due > now and not each.get("others"):
            before = each["rule"] == "before" and not each["has_hour"]
            ahead.setdefault(due, Ahead(due, each["about"], before, each["repeats"], each["said"]))
    return [ahead[due] for due in sorted(ahead)]


def days_off(kept: Sequence[Kept], calendar: WorkingCalendar, zone: ZoneInfo) -> Mapping[date, date]:
    """The days among them on which nobody works, and the working day before each."""
    days = {datetime.fromisoformat(each["due"]).astimezone(zone).date() for each in kept if each["due"]}
    return {day: calendar.before(day) for day in days if not calendar.is_working(day)}


def asks_without_a_day(kept: Sequence[Kept], request: str | None) -> str | None:
    """What it asks for, if it nowhere says by when."""
    demanded = [each for each in kept if each["kind"] == Kind.DEADLINE]
    if any(each["due"] for each in demanded):
        return None
    return request or next((each["about"] or each["said"] for each in demanded), None)


def first_doubt(kept: Sequence[Kept]) -> int | None:
    """The place of the first deadline that a person has to decide on."""
    return next((place for place, each in enumerate(kept) if each.get("doubt")), None)


def readings(kept: Kept) -> list[datetime]:
    """The days a doubtful deadline may mean."""
    return [datetime.fromisoformat(each) for each in kept.get("ask", ())]


def decided(kept: Sequence[Kept], place: int, due: datetime | None, *, has_hour: bool) -> str:
    """JSON in which the doubtful deadline at `place` is `due`; without one it is no deadline at all."""
    sure = {name: value for name, value in kept[place].items() if name not in ("doubt", "ask")}
    settled = [{**sure, "due": due.isoformat(), "has_hour": has_hour}] if due is not None else []
    return json_of([*kept[:place], *settled, *kept[place + 1 :]])
