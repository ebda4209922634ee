"""What the command line says of phrases and letters, as plain values."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from config.settings import Settings
from handlers.calendar import WorkingCalendar, read_deadline
from handlers.calendar.office import working_calendar
from handlers.letters.deadlines import Kind, LetterDeadline, letter_deadlines, letter_doubts, of_kind
from handlers.letters.reading import Extracted, NoText, OcrMissing, Reading, Tesseract, read_letter, text_of
from handlers.letters.reading.meeting import Meeting, read_meeting
from handlers.letters.reading.pages import Page
from handlers.letters.reading.requests import asks_without_a_day
from handlers.letters.reading.several import letters_in
from handlers.letters.reading.sureness import Judged, Seen, judged


class CannotRead(Exception):
    """Why a letter cannot be read, in a sentence."""


def when(phrase: str, now: datetime | None, settings: Settings) -> dict[str, Any]:
    """`due` is an ISO instant or None, `ask` the readings to choose from, `span` the words it was read from.

    A day that is gone is told as it was named, with `problem`: past.
    """
    found = read_deadline(phrase, _local(now, settings.zone), working_calendar(settings))
    if found is None:
        return {"due": None, "rule": "fuzzy", "ask": [], "span": ""}
    told: dict[str, Any] = {
        "due": found.due.isoformat() if found.due else None,
        "rule": str(found.rule),
        "ask": [each.isoformat() for each in found.ask],
        "span": found.said,
    }
    more = {
        "recurring": found.repeats,
        "begins": found.begins.isoformat() if found.begins else None,
        "problem": str(found.problem) if found.problem else None,
    }
    return told | {name: value for name, value in more.items() if value}


def _local(now: datetime | None, zone: ZoneInfo) -> datetime:
    if now is None:
        return Clock(zone).now().astimezone(zone)
    return now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone)


def read_file(content: bytes, name: str, settings: Settings, password: str | None = None) -> dict[str, Any]:
    """A letter's fields; raises CannotRead where there is no text, saying why."""
    try:
        found = text_of(content, name, password=password, recogniser=Tesseract())
    except OcrMissing as lacking:
        raise CannotRead(f"{name}: a scan, and these packages are missing: {', '.join(lacking.missing)}") from lacking
    except NoText as nothing:
        raise CannotRead(f"{name}: no text to read ({nothing.why})") from nothing
    return _told(found.text, found.pages, settings) | _file_facts(found)


def read_text(text: str, settings: Settings) -> dict[str, Any]:
    """Keys as in a labelled letter: None or an empty list where the letter does not say."""
    return _told(text, (), settings)


def _file_facts(found: Extracted) -> dict[str, Any]:
    read_pages = [page.number for page in found.pages if page.text.strip()]
    return {"kind": str(found.kind), "pages": found.total_pages, "pages_read": len(read_pages)}


def _told(text: str, pages: Sequence[Page], settings: Settings) -> dict[str, Any]:
    first, *further = letters_in(text)
    known = judged(first, pages)
    reading, calendar, zone = known.reading, working_calendar(settings), settings.zone
    found = letter_deadlines(first, reading.issue_date, calendar, zone)
    issued = datetime.combine(reading.issue_date or date(2000, 1, 1), time(), zone)
    meeting = read_meeting(first, issued, calendar)
    shown = [each for each in found if not _is_the_meeting(each, meeting)]
    demanded = of_kind(found, Kind.DEADLINE)
    return {
        **_fields(reading),
        "deadlines": [_deadline(each, calendar, zone, sure=not known.is_scanned) for each in shown],
        "doubts": [_doubt(each, zone) for each in letter_doubts(first, reading.issue_date, calendar, zone)],
        "meeting": _meeting(meeting),
        "undated_report_request": asks_without_a_day(first, reading.doc_type, demanded),
        "sureness": _sureness(known, demanded, meeting),
        "where": {name: _where(seen) for name, seen in known.seen.items() if seen.where},
        "further_letters": [read_letter(each).number_symbol for each in further],
    }


def _is_the_meeting(each: LetterDeadline, meeting: Meeting | None) -> bool:
    return each.kind is Kind.EVENT and meeting is not None and each.due == meeting.start


def _sureness(known: Judged, demanded: Sequence[LetterDeadline], meeting: Meeting | None) -> dict[str, str]:
    told = {name: str(seen.sureness) for name, seen in known.seen.items()}
    unsure = known.is_scanned or any(each.doubt for each in demanded)
    told["deadlines"] = "not found" if not demanded else "check" if unsure else "sure"
    told["meeting"] = "not found" if meeting is None else "check" if known.is_scanned else "sure"
    return told


def _where(seen: Seen) -> dict[str, Any] | None:
    if seen.where is None:
        return None
    box = seen.where.box
    corners = [round(edge, 4) for edge in (box.left, box.top, box.right, box.bottom)] if box else None
    return {"page": seen.where.page, "span": [seen.where.start, seen.where.end], "box": corners}


def _meeting(meeting: Meeting | None) -> dict[str, Any] | None:
    if meeting is None:
        return None
    end = meeting.end.strftime("%Y-%m-%dT%H:%M") if meeting.end else None
    return {
        "start": meeting.start.strftime("%Y-%m-%dT%H:%M"),
        "end": end,
        "place": meeting.place,
        "link": meeting.link,
    }


def _fields(reading: Reading) -> dict[str, Any]:
    return {
        "number_symbol": reading.number_symbol,
        "issue_date": reading.issue_date.isoformat() if reading.issue_date else None,
        "place": reading.place,
        "issuing_body": reading.issuing_body,
        "doc_type": reading.doc_type,
        "subject": reading.subject,
        "recipients": list(reading.recipients),
        "urgency": reading.urgency,
        "secrecy": reading.secrecy,
        "signer_name": reading.signer_name,
        "signer_title": reading.signer_title,
        "references": list(reading.references),
    }


def _deadline(each: LetterDeadline, calendar: WorkingCalendar, zone: ZoneInfo, *, sure: bool) -> dict[str, Any]:
    due = each.due.astimezone(zone) if each.due and not each.repeats else None
    told: dict[str, Any] = {
        "text_span": each.said,
        "due": _day(due, hour=each.has_hour),
        "rule": str(each.rule),
        "kind": str(each.kind),
        "what": each.about,
        "who": {"lead": list(each.who.lead), "support": list(each.who.support)},
        "start": each.begins.isoformat() if each.begins else None,
        "recurring": each.repeats,
        "hour": each.due.astimezone(zone).strftime("%H:%M") if each.due and each.repeats and each.has_hour else None,
        "relative": _relative(each),
        "due_is_working_day": calendar.is_working(due.date()) if due else None,
        "sureness": "sure" if sure and each.doubt is None else "check",
    }
    if each.doubt:
        told["doubt"] = str(each.doubt)
        told["ask"] = [choice.isoformat() for choice in each.ask]
    return told


def _day(due: datetime | None, *, hour: bool) -> str | None:
    return None if due is None else due.strftime("%Y-%m-%dT%H:%M") if hour else due.date().isoformat()


def _relative(each: LetterDeadline) -> dict[str, Any] | None:
    working = each.working
    if working is None:
        return None
    return {
        "n": working.count,
        "unit": str(working.unit),
        "since": str(working.since),
        "start": working.start.isoformat() if working.start else None,
        "skipped": [day.isoformat() for day in working.skipped],
    }


def _doubt(each: LetterDeadline, zone: ZoneInfo) -> dict[str, Any]:
    due = each.due.astimezone(zone) if each.due else None
    return {
        "text_span": each.said,
        "doubt": str(each.doubt),
        "due": _day(due, hour=each.has_hour),
        "ask": [choice.isoformat() for choice in each.ask],
    }
