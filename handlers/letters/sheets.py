"""The register on paper: the ten columns and the follow-up's seven of NĐ 30/2020, appendix IV; the fields of VI."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.engine.texts import Words
from handlers.letters.rules import LIMITS
from storage.letters import Letter

REGISTER = ("arrived", "number", "issuer", "symbol", "issued", "about", "given", "passed", "signed", "note")
FOLLOWING = ("number", "letter", "given", "due", "progress", "reply", "note")
DATES = frozenset(("arrived", "issued", "passed", "IssuedDate", "ArrivalDate", "DueDate"))
FIELDS: Mapping[str, int] = {
    # NĐ 30/2020, appendix VI: names and lengths; 0 where it gives none
    "TypeName": LIMITS["doc_type"],
    "CodeNumber": 11,
    "CodeNotation": 30,
    "IssuedDate": 0,
    "OrganName": LIMITS["issuer"],
    "Subject": LIMITS["subject"],
    "PageAmount": 0,
    "ArrivalDate": 0,
    "ArrivalNumber": 0,
    "Position": 100,
    "FullName": 50,
    "Priority": 0,
    "ToPlaces": LIMITS["recipients"],
    "TraceHeaderList": 0,
    "DueDate": 0,
}
_NUMBER = re.compile(r"^\s*(\d[\d.]*)\s*(?:/|(?=-))\s*(.*)$")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who works for a letter: since when, and when they said that they have it."""

    name: str
    given_at: datetime
    accepted: bool
    task: int


def code(number_symbol: str | None) -> tuple[str, str]:
    """Number and symbol apart: `12/UBND-VX`, and the Party's `26-KH/BTGTU`."""
    found = _NUMBER.match(number_symbol or "")
    return (found[1], found[2].lstrip("-")) if found else ("", number_symbol or "")


def register_row(words: Words, letter: Letter, hands: Sequence[Hand], zone: ZoneInfo) -> Row:
    """Dates as ISO; the sheets write them as the form has them."""
    passed = min((each.given_at for each in hands), default=letter.noted_at)
    return {
        "arrived": _day(letter.arrived_at, zone),
        "number": str(letter.arrival_number),
        "issuer": letter.issuer or "",
        "symbol": letter.number_symbol or "",
        "issued": letter.issue_date.isoformat() if letter.issue_date else "",
        "about": ": ".join(part for part in (letter.doc_type or words("sheet-letter"), letter.subject) if part),
        "given": "; ".join(dict.fromkeys(each.name for each in hands)),
        "passed": _day(passed, zone),
        "signed": "; ".join(dict.fromkeys(each.name for each in hands if each.accepted)),
        "note": "; ".join(part for part in (letter.urgency, letter.note) if part),
    }


def following_row(words: Words, letter: Letter, hands: Sequence[Hand], zone: ZoneInfo) -> Row:
    issued = words("sheet-dated", day=f"{letter.issue_date:%d/%m/%Y}") if letter.issue_date else ""
    named = " ".join(part for part in (letter.title, issued, letter.issuer) if part)
    return {
        "number": str(letter.arrival_number),
        "letter": ": ".join(part for part in (named, letter.subject) if part),
        "given": "; ".join(dict.fromkeys(each.name for each in hands)),
        "due": "; ".join(_dues(letter, zone)),
        "progress": words(f"letter-state-{letter.state}", reply=letter.reply_symbol or ""),
        "reply": letter.reply_symbol or "",
        "note": "; ".join(part for part in (", ".join(f"#{n}" for n in _tasks(hands)), letter.note) if part),
    }


def fields_row(letter: Letter, zone: ZoneInfo) -> Row:
    number, notation = code(letter.number_symbol)
    name, _, position = (letter.signer or "").partition(", ")
    due = _first_due(letter)
    values: dict[str, Any] = {
        "TypeName": letter.doc_type,
        "CodeNumber": number,
        "CodeNotation": notation,
        "IssuedDate": letter.issue_date.isoformat() if letter.issue_date else None,
        "OrganName": letter.issuer,
        "Subject": letter.subject,
        "PageAmount": letter.pages,
        "ArrivalDate": _day(letter.arrived_at, zone),
        "ArrivalNumber": letter.arrival_number,
        "Position": position,
        "FullName": name,
        "Priority": letter.urgency,
        "ToPlaces": (letter.recipients or "").replace("\n", "; "),
        "TraceHeaderList": letter.note,
        "DueDate": _day(due, zone),
    }
    return {each: str(values[each] or "")[: length or None] for each, length in FIELDS.items()}


def _dues(letter: Letter, zone: ZoneInfo) -> list[str]:
    found = [each for each in letter.demands if each["kind"] == "deadline" and each["due"]]
    moments = [(datetime.fromisoformat(each["due"]).astimezone(zone), each.get("has_hour")) for each in found[:3]]
    return [f"{due:%H:%M %d/%m/%Y}" if has_hour else f"{due:%d/%m/%Y}" for due, has_hour in moments]


def _first_due(letter: Letter) -> datetime | None:
    found = [each["due"] for each in letter.demands if each["kind"] == "deadline" and each["due"]]
    return datetime.fromisoformat(min(found)) if found else None


def _tasks(hands: Sequence[Hand]) -> list[int]:
    return list(dict.fromkeys(each.task for each in hands))


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat() if moment else ""


def as_form(column: str, value: str) -> str:
    """Dates as the form writes them: 05/11/2026."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if column in DATES and value else value
