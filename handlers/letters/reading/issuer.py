"""Which body issued a letter: as the head prints it, else as far as symbol, place and text betray it."""

import re
from collections import Counter

from handlers.letters.reading.header import NUMBER_LINE, SUBJECT_MARK, is_mark
from handlers.letters.reading.types import type_in_symbol
from handlers.letters.reading.words import APPENDIX, MOTTO, date_line, is_capitals, is_rule

_BODY_WORDS = (
    "ỦY BAN|UBND|HỘI|HĐND|BỘ|SỞ|BAN(?! HÀNH)|VĂN PHÒNG|PHÒNG(?! CHỐNG|, CHỐNG| THỦ| THƯƠNG)|TRUNG TÂM|TRƯỜNG|"
    "CHI CỤC|CỤC|TỔNG|THANH TRA|CÔNG AN|CÔNG TY|CÔNG ĐOÀN|ĐẢNG|CHI BỘ|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|QUẬN ỦY|THỊ ỦY|"
    "BỆNH VIỆN|TRẠM|BÁO|ĐÀI|LIÊN ĐOÀN|QUỸ|VIỆN|HỌC VIỆN|ĐẠI HỌC|KHO BẠC|NGÂN HÀNG|BẢO HIỂM|CHI NHÁNH|TÒA|TÒA ÁN|"
    "TỔ|TỈNH ĐOÀN|ĐOÀN|HẠT|THUẾ|HẢI QUAN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|KIỂM TOÁN|THƯ VIỆN|BẢO TÀNG|TẠP CHÍ|"
    "MẶT TRẬN|VỤ|ĐỘI|BAN CHẤP HÀNH|BCH|MTTQ|BQL|VP|CƠ QUAN"
)
STARTS_BODY = re.compile(rf"^(?:{_BODY_WORDS})(?!\w)")
_LEVEL_FIRST = re.compile(r"^(?:TỈNH|THÀNH PHỐ|TP|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\b(?! ỦY| ĐOÀN)")
_UNFINISHED = re.compile(r"(?:\bVÀ|,|-|\bTỈNH|\bHUYỆN|\bXÃ|\bPHƯỜNG|\bTHÀNH PHỐ)$")


def printed_body(zone: list[str]) -> str | None:
    """The body as printed, its superior in brackets: `VĂN PHÒNG (ỦY BAN NHÂN DÂN TỈNH …)`."""
    bodies: list[str] = []
    for line in _left_column(zone):
        continues = bodies and (_UNFINISHED.search(bodies[-1]) or not STARTS_BODY.match(line))
        if continues:
            bodies[-1] = f"{bodies[-1]} {line}"
        elif STARTS_BODY.match(line):
            bodies.append(line)
    if not bodies:
        return None
    return bodies[-1] if len(bodies) == 1 else f"{bodies[-1]} ({bodies[-2]})"


def _left_column(zone: list[str]) -> list[str]:
    """The lines in capitals above the number that are neither motto nor stamp."""
    column: list[str] = []
    for line in zone:
        if NUMBER_LINE.match(line) or SUBJECT_MARK.match(line):
            break
        if MOTTO.search(line) or date_line(line) or is_rule(line) or is_mark(line) or APPENDIX.match(line):
            continue
        if is_capitals(line):
            column.append(re.sub(r"^\W+|[\s*_—–.;:-]+$", "", line))
    return column


_COMMITTEE = re.compile(
    r"(?:UBND|[ỦU]y ban nhân dân)\s+(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b"
)
_LINKING = {"và", "-", "–", "các"}


def read_issuing_body(zone: list[str], text: str, symbol: str | None, place: str | None) -> str | None:
    return printed_body(zone) or (_betrayed(text, symbol, place) if symbol else None)


def _betrayed(text: str, symbol: str, place: str | None) -> str | None:
    """`UBND` is the committee of the level most spoken of; other abbreviations are spelt out in the text."""
    parts = re.split(r"[-/]", symbol)
    short = parts[1] if type_in_symbol(symbol) and len(parts) > 1 else parts[0]
    if short == "UBND":
        levels = Counter(_COMMITTEE.findall(text)).most_common(1)
        return f"ỦY BAN NHÂN DÂN {levels[0][0]} {place}".upper() if levels and place else None
    return _spelt_out(text, short)


def _spelt_out(text: str, short: str) -> str | None:
    """The words whose initials are `short`: Sở Thông tin và Truyền thông for STTTT."""
    if len(short) < 3:
        return None
    words = re.findall(r"[^\W\d_]+|[-–]", text)
    for i, word in enumerate(words):
        if word[0] == short[0] and STARTS_BODY.match(f"{word} {words[min(i + 1, len(words) - 1)]}".upper()):
            length = _length_of(words[i : i + 2 * len(short)], short)
            if length:
                return " ".join(words[i : i + length]).upper()
    return None


def _length_of(words: list[str], short: str) -> int:
    initials = ""
    for i, word in enumerate(words):
        if word.lower() not in _LINKING:
            initials += word[0].upper()
        if initials == short.upper():
            return i + 1
        if not short.upper().startswith(initials):
            return 0
    return 0
