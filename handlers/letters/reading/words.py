"""Shapes shared by the reader: folding, the motto, the date line, and how lines begin and end."""

import re
import unicodedata

# ỦY BAN and uỷ ban, QUYẾT and the scanner's QUYÉT, must compare equal: marks are dropped, đ is d.
_D = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d"})

MOTTO = re.compile(
    r"C[ỘỌO]NG\s*H[ÒOÓ][ÀA]?A?\s+X[ÃA]\s+H[ỘỌO]I\s+CH[ỦU]\s+NGH[ĨI]A(?:\s+VI[ỆE]T\s+NAM)?.*"
    r"|Đ[ộọo]c\s+l[ậạa]p\s*[-–—]\s*T[ựưu]\s*do\s*[-–—]\s*H[ạa]nh\s+ph[úu]c.*"
    r"|Đ[ẢA]NG\s+C[ỘỌO]NG\s+S[ẢA]N\s+VI[ỆE]T\s+NAM.*"
)

_NAME_WORD = r"(?!V/v)[A-ZÀ-ỸĐ][\w'’.]*"
_LEVEL = r"(?:(?:[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Xx]ã|[Pp]hường|[Đđ]ặc khu|T[Pp]\.?)\s*)"
PLACE = rf"{_LEVEL}?{_NAME_WORD}(?:\s+(?:-\s+)?{_NAME_WORD}){{0,4}}"
# A day, month or year may be blank (filled in by hand or by the signing tool) or garbled by the scanner.
_BLANK = r"[^\s,;:]{0,4}?"
DATE_LINE = re.compile(
    rf"(?:(?<![\w/-])(?P<place>{PLACE})\s*,\s*)?[Nn]gày\s*[,.]?(?P<day>{_BLANK})[\s.…_]*tháng\s*(?P<month>{_BLANK})[\s.…_]*"
    rf"năm[\s.…_]*(?P<year>\d{{0,4}})[\s.…]*$"
)
SHORT_DATE_LINE = re.compile(
    rf"(?<![\w/-])(?P<place>{PLACE})\s*,\s*[Nn]gày\s*(?P<day>\d{{1,2}})\s*[-/.]\s*(?P<month>\d{{1,2}})\s*[-/.]"
    r"\s*(?P<year>\d{4})[\s.]*$"
)

ADDRESSED = re.compile(r"^\W{0,3}[Kk]ính\s+gửi\b\s*[:;.]?\s*", re.UNICODE)
SENT_TO = re.compile(r"^\W{0,3}[Nn]ơi\s+nhận\b\s*[:;.]?\s*")
BULLET = re.compile(r"^(?:[-–—•+~ˆ*·]|o(?=\s))\s*")
NUMBERED = re.compile(r"^(?:[IVX]+\s*[.)]|\d{1,2}\s*[.)](?!\d)|[a-zđ]\s*\)|Điều\s+\d+|Phần\s|Chương\s+[IVX\d])")
APPENDIX = re.compile(r"^(?:(?:PHỤ LỤC|DANH SÁCH|DANH MỤC|BIỂU MẪU|BIỂU SỐ)\b|(?:Phụ lục|Mẫu số)\s*[IVX\d]*$)")

_OPENINGS = (
    "căn cứ|thực hiện|theo|ngày|nhân dịp|trong|để|nhằm|trên cơ sở|triển khai thực hiện|hiện nay|vừa qua|sau khi|"
    "xét|qua|được sự|tiếp theo|tiếp tục|tại|thừa lệnh|thừa ủy quyền|phúc đáp|đến nay|từ ngày|từ đầu|kể từ|"
    "vào lúc|vào hồi|kính gửi|trước|hôm nay|thời gian qua|những năm|năm|phát huy|với mục|sau|nhận được|ngay sau|"
    "liên quan|trả lời|về việc thực hiện|hưởng ứng|chào mừng|do|trân trọng|chủ trì|thời gian|địa điểm|thành phần"
)
OPENING = re.compile(rf"^(?:{_OPENINGS})(?![\w-])", re.IGNORECASE)
# A line that ends on such a word cannot end there: the next line belongs to it.
OPEN_END = re.compile(
    r"(?:[,\-–(]|\b(?:của|và|về|các|những|tại|với|cho|trong|theo|thuộc|do|từ|ở|là|đối với|trên|đến|số|"
    r"để|bằng|hoặc|cùng|một số|việc|giữa))$",
    re.IGNORECASE,
)
_LEVEL_END = re.compile(r"\b(?:tỉnh|huyện|quận|xã|phường|đặc khu|thành phố|thị trấn|sở|bộ|ban|phòng)$", re.IGNORECASE)
_PROPER = re.compile(
    r"(?!Ban |Sở |Ủy |Hội |Phòng |Bộ |Văn phòng |Đảng |Trung tâm |Thường trực |Trường |Công an |Chi cục )"
    r"[A-ZÀ-ỸĐ][a-zà-ỹđ]+ (?:- )?[A-ZÀ-ỸĐ][a-zà-ỹđ]+"
)


def fold(text: str) -> str:
    """`text` without marks, in lower case, single spaces: for comparing, never for showing."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.translate(_D)) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def is_capitals(line: str) -> bool:
    """Nearly all letters are capitals (a scanner may slip one), and there are at least four of them."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def runs_on(line: str, following: str) -> bool:
    """`line` cannot end where it does: `… của ⏎ Luật …`, `… tỉnh ⏎ Quảng Trị …`."""
    if OPENING.match(following) and following[:1].isupper():
        return False
    return bool(OPEN_END.search(line) or (_LEVEL_END.search(line) and _PROPER.match(following)))


def date_line(line: str) -> re.Match[str] | None:
    """The place and date at the end of a line, filled in or not."""
    return DATE_LINE.search(line) or SHORT_DATE_LINE.search(line)


def is_rule(line: str) -> bool:
    """Only strokes, stars and dots: a drawn line."""
    return bool(line) and not any(c.isalnum() for c in line)


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \t\n;:.,-–—_*“”\"'„`|")
