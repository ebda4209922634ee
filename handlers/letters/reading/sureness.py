"""How sure each field of a letter is, and where it was read; what was recognised from a picture is to be checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.calendar import fold, nfc
from handlers.letters.reading.fields import Reading, read_letter
from handlers.letters.reading.issuer import printed_body
from handlers.letters.reading.pages import Box, Page
from handlers.letters.reading.signature import has_family_name
from handlers.letters.reading.spelling import looks_scanned
from handlers.letters.reading.types import type_in_symbol

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
_LONGEST_SUBJECT = 420  # characters; a longer one has swallowed the text below it


class Sureness(StrEnum):
    SURE = "sure"
    CHECK = "check"  # a person compares it with the letter
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Where:
    """`start` and `end` in the text of the whole file; `box` where the page's layout is known. Pages count from 1."""

    start: int
    end: int
    page: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    sureness: Sureness
    where: Where | None = None


NOT_FOUND = Seen(Sureness.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Judged:
    """`seen` has every name of FIELDS. `is_scanned` also where a pasted text bears the traces of recognising."""

    reading: Reading
    seen: Mapping[str, Seen]
    is_scanned: bool


def judged(text: str, pages: Sequence[Page] = (), *, today: date | None = None) -> Judged:
    """Reads a letter and says of every field how sure it is."""
    reading = read_letter(text)
    scanned = any(page.is_scanned for page in pages) or looks_scanned(text)
    seen = {name: _seen(name, reading, text, pages, scanned=scanned, today=today) for name in FIELDS}
    return Judged(reading, seen, scanned)


def _seen(name: str, reading: Reading, text: str, pages: Sequence[Page], *, scanned: bool, today: date | None) -> Seen:
    value = getattr(reading, name)
    if not value:
        return NOT_FOUND
    where = find(_looked_for(name, value), text, pages)
    doubtful = scanned if name != "doc_type" else scanned and not _agree(reading)
    if doubtful or _is_doubtful(name, reading, text, today):
        return Seen(Sureness.CHECK, where)
    return Seen(Sureness.SURE, where)


def _agree(reading: Reading) -> bool:
    """Heading and symbol name the same kind."""
    kind = type_in_symbol(reading.symbol) if reading.symbol else None
    return kind is not None and kind.name == reading.doc_type


def _is_doubtful(name: str, reading: Reading, text: str, today: date | None) -> bool:
    match name:
        case "issue_date":
            return today is not None and reading.issue_date is not None and reading.issue_date > today
        case "doc_type":
            kind = type_in_symbol(reading.symbol) if reading.symbol else None
            return kind is not None and kind.name != reading.doc_type
        case "issuing_body":
            return printed_body(text.split("\n")[:45]) is None and find([reading.issuing_body or ""], text) is None
        case "subject":
            return len(reading.subject or "") > _LONGEST_SUBJECT
        case "signer_name":
            return not has_family_name(reading.signer_name or "")
        case _:
            return False


def _looked_for(name: str, value: object) -> list[str]:
    """What of a value stands in the text, first to last."""
    if isinstance(value, date):
        return [f"ngày {value.day:02} tháng {value.month:02} năm {value.year}", f"ngày {value:%d/%m/%Y}"]
    if isinstance(value, tuple):
        return [value[0], value[-1]]
    said = str(value)
    if name == "issuing_body":
        return [said.split(" (")[0]]
    return said.split(" / ") if name == "signer_title" else [said]


def find(parts: Sequence[str], text: str, pages: Sequence[Page] = ()) -> Where | None:
    """The first of `parts` that stands in the text, whatever its marks, spaces and line breaks."""
    plain = fold(nfc(text))
    for part in parts:
        words = re.findall(r"\w+", fold(nfc(part)))
        found = re.search(r"[\W_]*".join(_loose(word) for word in words), plain) if words else None
        if found:
            return _placed(found.start(), found.end(), pages)
    return None


def _loose(word: str) -> str:
    return rf"0?{word.lstrip('0')}" if word.isdigit() and word.lstrip("0") else re.escape(word)


def _placed(start: int, end: int, pages: Sequence[Page]) -> Where:
    for page in reversed(pages):
        if page.start <= start:
            return Where(start, end, page.number, page.box_of(start - page.start, end - page.start))
    return Where(start, end)
