"""How a letter's text, a line written by hand, or one corrected value become the fields of the register."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from handlers.calendar import WorkingCalendar, fold, nfc, read_deadline, split_deadline
from handlers.letters import mentions
from handlers.letters.deadlines import Kind, LetterDeadline, letter_deadlines, letter_doubts
from handlers.letters.demanded import demands, json_of, kept_as
from handlers.letters.doubtful import with_readings
from handlers.letters.reading import DOC_TYPES
from handlers.letters.reading.offices import OfficeNames
from handlers.letters.reading.pages import Page
from handlers.letters.reading.requests import asks_without_a_day as asks_undated
from handlers.letters.reading.stamps import doubtful_urgency
from handlers.letters.reading.sureness import Judged, judged

Fields = Mapping[str, Any]
MOST_CITED = 12
# characters; NĐ 30/2020, phụ lục VI (number and symbol together)
LIMITS = {"number_symbol": 45, "issuer": 200, "doc_type": 100, "subject": 500, "recipients": 1000, "signer": 150}


class Field(StrEnum):
    """What can be corrected on a card."""

    NUMBER = "number_symbol"
    DATE = "issue_date"
    ISSUER = "issuer"
    SUBJECT = "subject"
    DEADLINE = "deadlines"
    TYPE = "doc_type"
    SIGNER = "signer"
    RECIPIENTS = "recipients"
    URGENCY = "urgency"
    MEETING = "meeting"


_SYMBOL = re.compile(r"(?<![\w/])\d+(?:\.\d+)?(?:/\d{4})?[/-][A-Za-zĐđƯư]+\d*(?:[-/.&][A-Za-zĐđƯư]+\d*)*(?![\w/])")
_ON_DAY = re.compile(
    r"(?<![\w/])(\d{1,2})\s?(?:[/.-]|tháng|thang)\s?(\d{1,2})(?:\s?(?:[/.-]|năm|nam)\s?(\d{4}|\d{2}))?(?![\w/])"
)
_ABOUT = re.compile(r"(?<!\w)(?:v/v|về việc|ve viec|trích yếu|trich yeu)\s*:?\s*(.+)", re.IGNORECASE | re.DOTALL)
_OF_BODY = re.compile(r"(?<!\w)(?:của|cua)\s+([^,;\n]+)", re.IGNORECASE)
_NOTHING = frozenset(("khong", "khong so", "khong co", "xoa", "-", "none", "no"))
_URGENCIES = {"khan": "Khẩn", "thuong khan": "Thượng khẩn", "hoa toc": "Hỏa tốc"}


def read_text(
    text: str,
    today: date,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    *,
    pages: Sequence[Page] = (),
    office: OfficeNames | None = None,
) -> Fields:
    """What a whole letter says of itself, and which of it has to be compared with the paper (`doubtful`)."""
    known = judged(text, pages, today=today)
    reading = known.reading
    signer = ", ".join(part for part in (reading.signer_name, reading.signer_title) if part)
    fields = {
        "number_symbol": reading.number_symbol,
        "issue_date": reading.issue_date,
        "issuer": reading.issuing_body,
        "doc_type": reading.doc_type,
        "subject": reading.subject,
        "recipients": "\n".join(reading.recipients),
        "signer": signer,
        "urgency": str(reading.urgency) if reading.urgency else None,
    }
    found = _deadlines(text, reading.issue_date, today, calendar, zone)
    demanded = [each for each in found if each.kind is Kind.DEADLINE]
    asks = asks_undated(text, reading.doc_type, demanded)
    besides = {
        "deadlines": demands(found, office, reading.recipients),
        "cites": json_of(reading.references[:MOST_CITED]),
        "extends": mentions.puts_off(text),
        "meeting": mentions.meeting(text, reading.issue_date or today, calendar, zone),
        "request": mentions.request(text) if asks else None,
        "doubtful": json_of(
            [_COLUMNS.get(name, name) for name, seen in known.seen.items() if seen.sureness == "check"]
            + _stamp(text, known)
        ),
    }
    return {**{name: _fitting(name, value) for name, value in fields.items()}, **besides}


def _stamp(text: str, known: Judged) -> list[str]:
    """`urgency=Hỏa tốc`: what a picture's stamp may say."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    seen = doubtful_urgency(lines) if known.is_scanned and known.reading.urgency is None else None
    return [f"{STAMP}{seen}"] if seen else []


STAMP = "urgency="


def _deadlines(
    text: str, issued: date | None, today: date, calendar: WorkingCalendar, zone: ZoneInfo
) -> list[LetterDeadline]:
    """In the order of the text, with those among them that cannot be as they are written."""
    found = letter_deadlines(text, issued, calendar, zone, arrived=today)
    known = {each.start for each in found}
    doubts = letter_doubts(text, issued, calendar, zone, arrived=today)
    both = [*found, *(each for each in doubts if each.start not in known)]
    return [with_readings(each, issued or today, calendar, zone) for each in sorted(both, key=lambda each: each.start)]


_COLUMNS = {"issuing_body": "issuer", "signer_name": "signer"}


def read_line(
    text: str, today: date, calendar: WorkingCalendar, zone: ZoneInfo, *, office: OfficeNames | None = None
) -> Fields:
    """What somebody writes down by hand: `Số: 12/UBND-VX ngày 5/11/2026 của UBND tỉnh V/v …, hạn 25/11`.

    Only what is there; a letter that was pasted as a whole is read as one.
    """
    text = nfc(text).strip()
    if text.count("\n") >= 4:
        whole = read_text(text, today, calendar, zone, office=office)
        return {name: value for name, value in whole.items() if value}
    about = _ABOUT.search(text)
    head = text[: about.start()] if about else text
    number, issuer = _SYMBOL.search(head), _OF_BODY.search(head)
    issued = read_day(head[number.end() :] if number else head, today)
    found = _deadlines(text, issued, today, calendar, zone)
    subject, _ = split_deadline(about[1], datetime.combine(today, time(), zone), calendar) if about else (None, None)
    fields = {
        "number_symbol": number[0] if number else None,
        "issue_date": issued,
        "issuer": _fitting("issuer", issuer[1]) if issuer else None,
        "subject": _fitting("subject", subject),
        "deadlines": demands([each for each in found if each.kind is Kind.DEADLINE]),
        "extends": mentions.puts_off(text),
        "cites": _cited(head, number),
    }
    return {name: value for name, value in fields.items() if value}


def _cited(head: str, number: re.Match[str] | None) -> str | None:
    """Further numbers and symbols in a line written by hand."""
    others = [each for each in _SYMBOL.findall(head[number.end() :] if number else "") if number and each != number[0]]
    return json_of(others[:MOST_CITED]) if others else None


def read_day(text: str, today: date) -> date | None:
    """The first day in `text`; without a year, the latest such day that is not ahead."""
    found = _ON_DAY.search(text)
    if found is None:
        return None
    written = int(found[3]) if found[3] else None
    years = [written + 2000 if written < 100 else written] if written is not None else [today.year, today.year - 1]
    for year in years:
        made = _make(year, int(found[2]), int(found[1]))
        if made is not None and (written is not None or made <= today):
            return made
    return None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1945 <= year <= 2199 else None
    except ValueError:
        return None


# correcting one value


class NotUnderstood(ValueError):
    """The value does not fit its field."""


def corrected(field: Field, said: str, now: datetime, calendar: WorkingCalendar) -> Fields:
    """The change to the letter's fields; `không` empties one. Raises NotUnderstood. `now` in the office's zone."""
    said = " ".join(nfc(said).split()) if field is not Field.RECIPIENTS else nfc(said).strip()
    if not said:
        raise NotUnderstood(field)
    if fold(said).strip(" .") in _NOTHING:
        return {field.value: "[]" if field is Field.DEADLINE else None}
    return {field.value: _READERS.get(field, _as_said)(field, said, now, calendar)}


def _as_said(field: Field, said: str, _now: datetime, _calendar: WorkingCalendar) -> Any:
    return _fitting(field.value, said)


def _number(_field: Field, said: str, _now: datetime, _calendar: WorkingCalendar) -> Any:
    said = re.sub(r"^(?:số|so)\s*:?\s*", "", said, flags=re.IGNORECASE)
    if not re.search(r"\d", said) or len(said) > LIMITS["number_symbol"]:
        raise NotUnderstood(said[:20])
    return re.sub(r"\s*([/-])\s*", r"\1", said)


def _day(_field: Field, said: str, now: datetime, _calendar: WorkingCalendar) -> Any:
    found = read_day(said, now.date())
    if found is None:
        raise NotUnderstood("a day")
    return found


def _deadline(_field: Field, said: str, now: datetime, calendar: WorkingCalendar) -> Any:
    found = read_deadline(said, now, calendar)
    if found is None or found.due is None:
        raise NotUnderstood("a deadline")
    return json_of(
        [kept_as(found.due, "by", Kind.DEADLINE, found.said, found.repeats, about="", has_hour=found.has_hour)]
    )


def _meeting(_field: Field, said: str, now: datetime, calendar: WorkingCalendar) -> Any:
    """`8h 25/11 tại Phòng họp số 2`"""
    when, _, place = said.partition(" tại ")
    found = read_deadline(when, now, calendar)
    if found is None or found.due is None or not found.has_hour:
        raise NotUnderstood("an hour")
    link = re.search(r"https?://\S+", place)
    kept = {
        "start": found.due.isoformat(),
        "place": place.replace(link[0] if link else "", "").strip(" ,.;") or None,
        "link": link[0] if link else None,
    }
    return json.dumps(kept, ensure_ascii=False)


def _doc_type(_field: Field, said: str, _now: datetime, _calendar: WorkingCalendar) -> Any:
    known = next((kind.name for kind in DOC_TYPES if fold(kind.name) == fold(said)), None)
    return known or _fitting("doc_type", said)


def _urgency(_field: Field, said: str, _now: datetime, _calendar: WorkingCalendar) -> Any:
    if fold(said) not in _URGENCIES:
        raise NotUnderstood("an urgency")
    return _URGENCIES[fold(said)]


_READERS: Mapping[Field, Callable[[Field, str, datetime, WorkingCalendar], Any]] = {
    Field.NUMBER: _number,
    Field.DATE: _day,
    Field.DEADLINE: _deadline,
    Field.TYPE: _doc_type,
    Field.URGENCY: _urgency,
    Field.MEETING: _meeting,
}


def _fitting(name: str, value: Any) -> Any:
    """A text within its field's length; nothing for an empty one."""
    if not isinstance(value, str):
        return value
    return value.strip()[: LIMITS.get(name, 500)] or None


def task_title(letter: str, subject: str | None, about: str) -> str:
    """`Công văn 296/SNV-TCBC: Báo cáo số liệu`"""
    return f"{letter}: {about or subject}" if about or subject else letter
