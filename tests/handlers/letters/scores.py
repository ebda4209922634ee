"""Scores the reader against labelled letters: precision, recall and F1 per field and kind, beside a naive baseline."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import config
from handlers.calendar import OfficeHours, WorkingCalendar, load_overrides
from handlers.letters.deadlines import Kind, LetterDeadline, letter_deadlines, of_kind
from handlers.letters.reading import Reading, read_letter
from handlers.letters.reading.meeting import read_meeting
from handlers.letters.reading.requests import asks_without_a_day
from handlers.letters.reading.sureness import Judged, Sureness, judged
from handlers.letters.reading.words import fold

Row = Mapping[str, Any]
Scores = dict[str, tuple[float, float]]
FIELDS = (
    "number_symbol",
    "issue_date",
    "place",
    "issuing_body",
    "doc_type",
    "subject",
    "recipients",
    "urgency",
    "secrecy",
    "signer_name",
    "signer_title",
    "references",
)
BESIDES = ("deadlines", "meeting", "undated_report_request")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def office_calendar() -> WorkingCalendar:
    table = (Path(config.__file__).parent / "holidays.toml").read_text(encoding="utf-8")
    return WorkingCalendar.vietnam(load_overrides(table), hours=OfficeHours.parse("07:30-11:30,13:30-17:00"))


@dataclass(frozen=True, slots=True)
class Tally:
    """Right ones among those read and among those wanted."""

    right: int
    read: int
    wanted: int

    @property
    def precision(self) -> float:
        return min(1.0, self.right / self.read) if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says of a letter."""

    reading: Reading
    deadlines: tuple[tuple[str | None, str], ...]
    meeting: tuple[str, str | None, str | None] | None
    undated: bool | None = None


def score(rows: Iterable[Row], read: Callable[[str], Reading] = read_letter) -> Scores:
    """Rows as `{"text", "labels", "unreadable_in_text"}`; a field not readable in the text does not count there."""
    read_rows = [(row, read(row["text"])) for row in rows]
    tallies = {field: tally(field, read_rows) for field in FIELDS}
    return {field: (each.precision, each.recall) for field, each in tallies.items()}


def tally(field: str, rows: list[tuple[Row, Reading]]) -> Tally:
    right = got = wanted = 0
    for row, reading in rows:
        if _unreadable(field, row):
            continue
        expected, answer = _wanted(field, row), _got(field, reading)
        right += len(expected) if _same(field, expected, answer) else len(expected & answer)
        got += len(answer)
        wanted += len(expected)
    return Tally(right, got, wanted)


def answered(text: str, calendar: WorkingCalendar) -> Answer:
    reading = read_letter(text)
    found = letter_deadlines(text, reading.issue_date, calendar, ZONE)
    demanded = of_kind(found, Kind.DEADLINE)
    met = read_meeting(text, datetime.combine(reading.issue_date or date(2000, 1, 1), time(), ZONE), calendar)
    meeting = (met.start.strftime("%Y-%m-%dT%H:%M"), met.place, met.link) if met else None
    undated = asks_without_a_day(text, reading.doc_type, demanded)
    return Answer(reading, tuple(map(_day_and_rule, demanded)), meeting, undated)


def _day_and_rule(each: LetterDeadline) -> tuple[str | None, str]:
    if each.due is None or each.repeats:
        return None, str(each.rule)
    return each.due.strftime("%Y-%m-%dT%H:%M" if each.has_hour else "%Y-%m-%d"), str(each.rule)


def tally_besides(rows: list[tuple[Row, Answer]]) -> dict[str, Tally]:
    """Deadlines with rule and hour, meetings with place and link, requests without a day."""
    deadlines = Tally(*map(sum, zip(*(_deadlines(row, answer) for row, answer in rows), strict=True)))
    met = [(_meeting(row), answer.meeting) for row, answer in rows]
    right = sum(want is not None and got is not None and _same_meeting(want, got) for want, got in met)
    meeting = Tally(right, sum(got is not None for _, got in met), sum(want is not None for want, _ in met))
    asked = [(bool(row["labels"].get("undated_report_request")), bool(answer.undated)) for row, answer in rows]
    undated = Tally(sum(a and b for a, b in asked), sum(b for _, b in asked), sum(a for a, _ in asked))
    return {"deadlines": deadlines, "meeting": meeting, "undated_report_request": undated}


def _deadlines(row: Row, answer: Answer) -> tuple[int, int, int]:
    wanted = Counter((each["due"], each["rule"]) for each in row["labels"]["deadlines"] if each["kind"] == "deadline")
    got = Counter(answer.deadlines)
    return (wanted & got).total(), got.total(), wanted.total()


def _meeting(row: Row) -> tuple[str, str | None, str | None] | None:
    said = row["labels"].get("meeting")
    return (said["start"], said["place"], said["link"]) if said else None


def _same_meeting(wanted: tuple[str, str | None, str | None], got: tuple[str, str | None, str | None]) -> bool:
    return wanted[0] == got[0] and wanted[2] == got[2] and fold(wanted[1] or "") == fold(got[1] or "")


def wrong_but_sure(row: Row) -> list[str]:
    """Fields shown as sure whose value is not the labelled one, also those the text cannot tell."""
    known: Judged = judged(row["text"])
    sure = [name for name, seen in known.seen.items() if seen.sureness is Sureness.SURE]
    return [name for name in sure if not _same(name, _wanted(name, row), _got(name, known.reading))]


def misses(row: Row, reading: Reading) -> dict[str, tuple[set[str], set[str]]]:
    """Per field what was expected and what was read, where they differ."""
    found = {field: (_wanted(field, row), _got(field, reading)) for field in FIELDS if not _unreadable(field, row)}
    return {field: pair for field, pair in found.items() if not _same(field, *pair)}


def _same(field: str, expected: set[str], answer: set[str]) -> bool:
    if field not in {"signer_title", "issuing_body"} or not expected or not answer:
        return expected == answer
    if field == "signer_title":
        return _words(expected) <= _words(answer) or _words(answer) <= _words(expected)
    return _words(expected) <= _words(answer) | {"tinh"} or _words(answer) <= _words(expected)


def _words(values: set[str]) -> set[str]:
    return {word for value in values for word in re.findall(r"\w+", value.replace("uy ban nhan dan", "ubnd"))}


def _unreadable(field: str, row: Row) -> bool:
    return field in row.get("unreadable_in_text", ())


def _wanted(field: str, row: Row) -> set[str]:
    return _as_set(row["labels"].get(field))


def _got(field: str, reading: Reading) -> set[str]:
    return _as_set(getattr(reading, field))


def _as_set(value: Any) -> set[str]:
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return {re.sub(r"[–—-]+", "-", fold(str(each))).strip(" .;,") for each in values}


# the baseline: what a regular expression for each field gives


def naive(text: str) -> Answer:
    number = re.search(r"Số\s*:?\s*(\d+/[\w-]+)", text)
    issued = re.search(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", text)
    subject = re.search(r"V/v\s+(.+)", text)
    sent = re.search(r"Kính gửi:\s*(.+)", text)
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    dates = re.findall(r"trước ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})", text)
    reading = Reading(
        number_symbol=number[1] if number else None,
        issue_date=_day(issued[3], issued[2], issued[1]) if issued else None,
        doc_type="Công văn" if subject else None,
        subject=subject[1] if subject else None,
        recipients=(sent[1],) if sent else (),
        signer_name=lines[-1] if lines and 2 <= len(lines[-1].split()) <= 4 else None,
        references=tuple(dict.fromkeys(re.findall(r"\d+/\d{4}/[\w-]+|\d+/[A-ZĐ-]+", text))),
    )
    days = [day for d, m, y in dates if (day := _day(y, m, d))]
    return Answer(reading, tuple((day.isoformat(), "before") for day in days), None)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
