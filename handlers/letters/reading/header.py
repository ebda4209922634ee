"""What the head of a letter says: number and symbol, place and date, issuing body, urgency and secrecy."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.letters.reading.types import type_in_heading
from handlers.letters.reading.words import (
    ADDRESSED,
    MOTTO,
    date_line,
    fold,
    is_capitals,
    tidy,
)

_ZONE_LINES = 45
SUBJECT_MARK = re.compile(r"^\W{0,3}[VvW]\s*[/.]\s*[vV]\b[\s:.]*")

_CHUNK = r"[^\W\d_](?:[\w&.+]{0,30}\w)?"
SYMBOL = rf"{_CHUNK}(?:-{_CHUNK})*"
NUMBER_LINE = re.compile(r"^\W{0,4}S[ốỐôóÓòoO]\b\s*[:;.]?\s*(?P<rest>.*)$")
_NUMBER = re.compile(
    rf"^(?P<digits>\d{{1,7}}(?:\.\d{{1,4}})*[a-zA-Z]?)[\s_]*"
    rf"(?:/\s*(?P<state>(?:\d{{4}}\s*/\s*)?{SYMBOL}(?:,{_CHUNK})*)|-\s*(?P<party>[A-ZĐ]\w{{1,3}}\s*/\s*{SYMBOL}))"
)
_SYMBOL_ONLY = re.compile(rf"[/-]\s*(?P<symbol>(?:\d{{4}}/)?{SYMBOL}(?:/{SYMBOL})?)")


class Urgency(StrEnum):
    """NĐ 30/2020, điều 8: the letter's own words."""

    EXPRESS = "Hỏa tốc"
    VERY_URGENT = "Thượng khẩn"
    URGENT = "Khẩn"


class Secrecy(StrEnum):
    """Luật 117/2025/QH15: the three levels. A letter that bears one may not be kept by a program in a network."""

    TOP = "Tuyệt mật"
    HIGH = "Tối mật"
    SECRET = "Mật"  # noqa: S105 - the level's name


@dataclass(frozen=True, slots=True)
class Number:
    """`symbol` is known also where the running number was left blank for the signing tool or the pen."""

    whole: str | None = None
    symbol: str | None = None


def head_zone(lines: list[str]) -> list[str]:
    """The lines above the addressees, the heading of the kind, or the first article."""
    zone: list[str] = []
    for line in lines[:_ZONE_LINES]:
        if ADDRESSED.match(line) or is_heading(line) or re.match(r"(?:Căn cứ|Điều 1|Thực hiện)\b", line):
            break
        zone.append(line)
    return zone


def is_heading(line: str) -> bool:
    return is_capitals(line) and type_in_heading(line) is not None and not MOTTO.search(line)


def read_number(zone: list[str]) -> Number:
    for line in zone:
        found = NUMBER_LINE.match(line)
        if found is None or not re.search(r"[/-]", found["rest"]):
            continue
        return _number(found["rest"])
    return Number()


def _number(rest: str) -> Number:
    found = _NUMBER.match(rest)
    if found:
        symbol = re.sub(r"\s+", "", found["state"] or found["party"])
        mark = "/" if found["state"] else "-"
        return Number(f"{found['digits']}{mark}{symbol}", re.sub(r"^\d{4}/", "", symbol))
    blank = _SYMBOL_ONLY.search(rest)
    return Number(None, re.sub(r"^\d{4}/", "", blank["symbol"])) if blank else Number()


def read_place_and_date(zone: list[str]) -> tuple[str | None, date | None]:
    """From the date line only: a date inside a sentence is never the letter's own."""
    for line in zone:
        found = date_line(line)
        if found is None or found.start() > 3:
            continue
        return found["place"], _as_date(found)
    return None, None


def _as_date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:  # left blank, or no such day
        return None


def is_mark(line: str) -> bool:
    return _urgency_in(line) is not None or _secrecy_in(line) is not None or fold(line).startswith("luu hanh noi bo")


def read_urgency(zone: list[str]) -> Urgency | None:
    return next((mark for mark in map(_urgency_in, zone) if mark), None)


def read_secrecy(zone: list[str], lines: list[str]) -> Secrecy | None:
    """A stamp in the head, or a line of its own anywhere (appendices bear it too)."""
    marks = [_secrecy_in(line) for line in zone] + [_secrecy_alone(line) for line in lines]
    return next((level for level in Secrecy if level in marks), None)


def _urgency_in(line: str) -> Urgency | None:
    said = re.sub(r"^(?:độ|mức độ)?\s*khẩn\s*:\s*", "", tidy(line).casefold())
    for level in Urgency:
        if said == level.casefold() or (said == "hỏa tốc hẹn giờ" and level is Urgency.EXPRESS):
            return level
        if re.search(
            rf"(?:^|CÔNG ĐIỆN ){level.upper()}(?=$| (?:ỦY BAN|UBND|BỘ|SỞ|TỈNH|VĂN PHÒNG|CỘNG HÒA|ĐẢNG))", line
        ):
            return level
    return None


def _secrecy_alone(line: str) -> Secrecy | None:
    if len(line) > 40 or "mật" not in line.casefold():
        return None
    said = re.sub(r"^(?:độ|mức độ)?\s*mật\s*:\s*", "", tidy(line).casefold())
    shouted = is_capitals(line) or tidy(line).isupper() or ":" in line
    return next((level for level in Secrecy if said == level.casefold() and shouted), None)


def _secrecy_in(line: str) -> Secrecy | None:
    alone = _secrecy_alone(line)
    if alone:
        return alone
    found = re.search(r"(?<!BÍ )(?<!BẢO )(?<!CƠ )\b((?:TUYỆT |TỐI )?MẬT)\b(?! MÃ| VỤ| ONG)", line)
    return next((level for level in Secrecy if found and level.upper() == found[1]), None)
