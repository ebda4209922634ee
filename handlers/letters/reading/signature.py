"""Who signed: the capacity and title in capitals, the name below, and what stands beside them in merged lines."""

import re
from dataclasses import dataclass

from handlers.letters.reading.words import APPENDIX, BULLET, SENT_TO, is_capitals, tidy

_CAPACITY = r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L|T/UQ)\b\s*\.?)"
_HEADS = (
    "CHỦ TỊCH|PHÓ|QUYỀN|GIÁM ĐỐC|TỔNG|CHÁNH|TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|HIỆU TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|"
    "VỤ TRƯỞNG|THỦ TƯỚNG|VIỆN TRƯỞNG|BÍ THƯ|HẠT TRƯỞNG|ĐỘI TRƯỞNG|TRẠM TRƯỞNG|THỦ TRƯỞNG|CHỈ HUY|CHÍNH ỦY|"
    "CHÍNH TRỊ VIÊN|TỔ TRƯỞNG|ỦY VIÊN|THƯỜNG TRỰC|THƯ KÝ|CHỦ NHIỆM|KIỂM TOÁN TRƯỞNG|TỔNG BIÊN TẬP|KẾ TOÁN TRƯỞNG|"
    "GIÁM THỊ|CHỦ TỌA"
)
# Words in capitals at the end of a line of the distribution list: the other column.
_BESIDE = re.compile(rf"(?P<list>.*?[:;.,)]?)\s+(?P<title>(?:{_CAPACITY}\s*|(?:{_HEADS})\b)[A-ZÀ-ỸĐ .,/-]*)$")
_TITLE = re.compile(rf"^(?:{_CAPACITY}|(?:{_HEADS})(?!\w))")

_SURNAMES = frozenset(
    (  # noqa: SIM905 - a list of words is read as words
        "An Bàn Bùi Bạch Bế Cao Chu Chung Châu Chúng Chế Chử Cung Cà Cát Cù Cầm Cẩm Danh Diệp Doãn Dư Dương Giang "
        "Giàng Giáp Hoa Hoàng Huỳnh Hà Hàn Hán Hình Hùng Hạ Hạng Hầu Hồ Hồng Hờ Hứa Kha Khuất Khâu Khúc Khương Khổng "
        "Kim Kiên Kiều Ksor Kỳ La Lang Liêu Liễu Long Lâm Lã Lê Lò Lô Lù Lý Lưu Lương Lường Lạc Lại Lầu Lộ Lục Lữ Ma "
        "Mai Mã Mè Mùa Mạc Mạnh Mẫn Mộc Nay Nghiêm Nguyễn Ngô Nhan Nhâm Nhữ Ninh Nông Phan Phí Phó Phùng Phương Phạm "
        "Quan Quang Quàng Quách Quản Rah Rmah Rơ Siu Sùng Sơn Sầm Thang Thi Thiều Thào Thái Thân Thạch Thẩm Thập "
        "Tiêu Triệu Trình Trương Trần Trịnh Ty Tào Tín Tòng Tô Tôn Tăng Tưởng Tạ Tề Tống Từ Ung Uông Vi Viên Vàng "
        "Vòng Võ Văn Vũ Vương Vừ Xa Y Yên Ân Âu Ôn Ông Đinh Điền Điểu Đoàn Đàm Đào Đái Đường Đậu Đặng Đồng Đổng Đỗ "
        "Đới Ứng"
    ).split()
)
_RANK = (
    r"(?:(?:PGS|GS|TS|ThS|Ths|ThS|Ths|BS|BSCKI{1,2}|BS\.?\s?CKI{1,2}|CKI{1,2}|KS|CN|LS|NGƯT|TTƯT|DS|CVCC)\s*\.\s*|"
    r"(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)\s+|(?:Ông|Bà|Đ/c|Đồng chí)[:.]?\s+)"
)
_WORD = r"[A-ZÀ-ỸĐ][a-zà-ỹđ'’]*"
_NAME = re.compile(rf"(?P<rank>{_RANK}*)(?P<name>{_WORD}(?:\s+{_WORD}){{1,5}})$")
_CAPITAL_NAME = re.compile(r"^[A-ZÀ-ỸĐ]+(?:\s+[A-ZÀ-ỸĐ]+){1,4}$")
_SIGNED = re.compile(r"^\W*(?:đã\s+ký|ký\s+tên|đã\s+kí|signed)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """`title` is every line of capacity and title joined by ` / `, as printed: `TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG`."""

    name: str | None = None
    title: str | None = None


def read_signature(lines: list[str]) -> Signature:
    block = _block(lines)
    titles, names = _titles_and_names(block)
    return Signature(_best(names), " / ".join(titles) or None)


def _block(lines: list[str]) -> list[str]:
    """From the distribution list (or the title above it, where the columns came out the other way) to any appendix."""
    sent = next((i for i, line in enumerate(lines) if SENT_TO.match(line)), None)
    begin = len(lines) // 2 if sent is None else sent
    end = next((i for i in range(max(1, begin), len(lines)) if APPENDIX.match(lines[i])), len(lines))
    if sent is None:
        return _from_last_titles(lines[max(0, end - 14) : end])
    return _from_last_titles(lines[max(0, sent - 9) : sent]) + lines[sent:end][:60]


def _from_last_titles(lines: list[str]) -> list[str]:
    """From the last group of title lines on, unless sentences follow it."""
    at = [i for i, line in enumerate(lines) if is_title(line)]
    if not at or any(len(line.split()) > 8 for line in lines[at[-1] + 1 :]):
        return []
    first = at[-1]
    while first and (is_title(lines[first - 1]) or not lines[first - 1]):
        first -= 1
    return lines[first:]


def is_title(line: str) -> bool:
    return bool(_TITLE.match(line)) and is_capitals(line) and len(line.split()) <= 14


def _titles_and_names(block: list[str]) -> tuple[list[str], list[str]]:
    titles: list[str] = []
    names: list[str] = []
    for line in block:
        if is_title(line):
            titles.append(_even(line))
            continue
        beside = _BESIDE.match(line)
        if beside and is_capitals(beside["title"]) and (SENT_TO.match(line) or BULLET.match(line) or beside["list"]):
            titles.append(_even(beside["title"]))
            continue
        if titles and not names and _goes_on(line, titles[-1]):
            titles[-1] = f"{titles[-1]} {line}"
            continue
        name = _name_in(line)
        if name:
            names.append(name)
    return titles, names


def _even(title: str) -> str:
    return tidy(re.sub(r"\s*\.\s*", ". ", title))


def _goes_on(line: str, title: str) -> bool:
    """A title too long for its line: `PHÓ CHỦ TỊCH PHỤ TRÁCH` / `VĂN HÓA - XÃ HỘI`; a name in capitals is none."""
    if not is_capitals(line) or BULLET.match(line) or SENT_TO.match(line):
        return False
    return not (_CAPITAL_NAME.match(line) and line.split()[0].capitalize() in _SURNAMES) and not title.startswith("Q.")


def _name_in(line: str) -> str | None:
    """A name that fills the line, or follows the end of a list item beside it (`- Lưu: VT. Võ Thành Công`)."""
    if _SIGNED.match(line):
        return None
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", line)
    listed = bool(BULLET.match(line) or SENT_TO.match(line))
    if not listed:
        whole = _NAME.fullmatch(bare)
        if whole and line[-1:] not in ";,:":
            return str(whole["name"])
        if _CAPITAL_NAME.match(bare) and bare.split()[0].capitalize() in _SURNAMES:
            return bare.title()
    beside = re.search(rf"[;.,:)]\s*(?:{_RANK})*((?:{_WORD})(?:\s+{_WORD}){{1,4}})$", bare)
    if beside and line[-1:].isalpha() and beside[1].split()[0] in _SURNAMES:
        return beside[1]
    return None


def _best(names: list[str]) -> str | None:
    """The last one that begins with a family name; else the last one."""
    familiar = [name for name in names if name.split()[0] in _SURNAMES]
    return familiar[-1] if familiar else names[-1] if names else None


def has_family_name(name: str) -> bool:
    """Begins with one of the family names of the country."""
    return name.split(" ", 1)[0] in _SURNAMES
