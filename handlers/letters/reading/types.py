"""The kinds of letters and their abbreviations: NĐ 30/2020/NĐ-CP, phụ lục III, and those of law and Party."""

import re
from dataclasses import dataclass

from handlers.letters.reading.words import fold


@dataclass(frozen=True, slots=True)
class DocType:
    """`abbreviation` as in the letter's symbol; two kinds have none (công văn, thư công)."""

    name: str
    abbreviation: str | None = None


LETTER = DocType("Công văn")

# The 29 kinds of NĐ 30/2020, in the decree's order.
DOC_TYPES: tuple[DocType, ...] = (
    DocType("Nghị quyết", "NQ"),
    DocType("Quyết định", "QĐ"),
    DocType("Chỉ thị", "CT"),
    DocType("Quy chế", "QC"),
    DocType("Quy định", "QyĐ"),
    DocType("Thông cáo", "TC"),
    DocType("Thông báo", "TB"),
    DocType("Hướng dẫn", "HD"),
    DocType("Chương trình", "CTr"),
    DocType("Kế hoạch", "KH"),
    DocType("Phương án", "PA"),
    DocType("Đề án", "ĐA"),
    DocType("Dự án", "DA"),
    DocType("Báo cáo", "BC"),
    DocType("Biên bản", "BB"),
    DocType("Tờ trình", "TTr"),
    DocType("Hợp đồng", "HĐ"),
    LETTER,
    DocType("Công điện", "CĐ"),
    DocType("Bản ghi nhớ", "BGN"),
    DocType("Bản thỏa thuận", "BTT"),
    DocType("Giấy ủy quyền", "GUQ"),
    DocType("Giấy mời", "GM"),
    DocType("Giấy giới thiệu", "GGT"),
    DocType("Giấy nghỉ phép", "GNP"),
    DocType("Phiếu gửi", "PG"),
    DocType("Phiếu chuyển", "PC"),
    DocType("Phiếu báo", "PB"),
    DocType("Thư công"),
)

# Acts of legislation (Luật 64/2025/QH15) and kinds only the Party uses.
OTHER_TYPES: tuple[DocType, ...] = (
    DocType("Thông tư liên tịch", "TTLT"),
    DocType("Thông tư", "TT"),
    DocType("Nghị định", "NĐ"),
    DocType("Pháp lệnh", "PL"),
    DocType("Kết luận", "KL"),
    DocType("Thông tri", None),
    DocType("Luật", None),
    DocType("Lệnh", "L"),
)

_ALL = DOC_TYPES + OTHER_TYPES
_BY_ABBREVIATION = {kind.abbreviation: kind for kind in _ALL if kind.abbreviation} | {"CV": LETTER, "TTR": _ALL[15]}
_BY_LENGTH = sorted(_ALL, key=lambda kind: -len(kind.name))
_HEADINGS = re.compile("^(" + "|".join(re.escape(fold(kind.name)) for kind in _BY_LENGTH) + r")\b")
_BY_FOLDED = {fold(kind.name): kind for kind in _ALL}


def type_in_symbol(symbol: str) -> DocType | None:
    """What `QĐ-UBND`, `2025/NQ-CP` or the Party's `KH/TU` is; None when the symbol begins with a body's name."""
    for part in re.split(r"[/-]", symbol)[:2]:
        if not part.isdigit():
            return _BY_ABBREVIATION.get(part)
    return None


def type_in_heading(line: str) -> tuple[DocType, int] | None:
    """The kind a heading in capitals begins with, and in how many words; marks lost in scanning do not matter."""
    found = _HEADINGS.match(fold(line))
    if not found:
        return None
    kind = _BY_FOLDED[found.group(1)]
    return kind, len(kind.name.split())
