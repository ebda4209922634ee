"""What the command line says of phrases and letters, as plain values."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from config.settings import Settings
from handlers.calendar import WorkingCalendar, read_deadline
from handlers.calendar.office import working_calendar
from handlers.letters.deadlines import LetterDeadline, letter_deadlines
from handlers.letters.reading import NoText, Reading, read_letter, text_of


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


def read_file(content: bytes, name: str, settings: Settings) -> dict[str, Any]:
    """A letter's fields; raises CannotRead for scans and files without text."""
    try:
        return read_text(text_of(content, name).text, settings)
    except NoText as nothing:
        raise CannotRead(f"{name}: no text to read ({nothing.why})") from nothing


def read_text(text: str, settings: Settings) -> dict[str, Any]:
    """Keys as in a labelled letter: None or an empty list where the letter does not say."""
    reading = read_letter(text)
    calendar = working_calendar(settings)
    demanded = letter_deadlines(text, reading.issue_date, calendar, settings.zone)
    return {**_fields(reading), "deadlines": [_deadline(each, calendar, settings.zone) for each in demanded]}


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


def _deadline(each: LetterDeadline, calendar: WorkingCalendar, zone: ZoneInfo) -> dict[str, Any]:
    due = each.due.astimezone(zone) if each.due else None
    hour = due is not None and each.has_hour
    return {
        "text_span": each.said,
        "due": (due.strftime("%Y-%m-%dT%H:%M") if hour else due.date().isoformat()) if due else None,
        "rule": str(each.rule),
        "kind": str(each.kind),
        "recurring": each.repeats,
        "due_is_working_day": calendar.is_working(due.date()) if due else None,
    }
