"""A text as the patterns read it: without marks, except where a mark decides between two words of time."""

import re
from collections.abc import Callable, Mapping

from handlers.calendar.folding import fold, nfc

MASK = "~"  # stands for a letter of a word that is none of time; no pattern matches it

# Bare word: how it may have been written, and what the patterns then see. A word written otherwise is no word of time
# ("tuân" is no "tuần"); a word that is not listed is seen without marks.
_MEANT: dict[str, dict[str, str]] = {
    "mot": {"một": "một", "mốt": "mốt"},
    "toi": {"tối": "tối", "tới": "tới"},
    "sang": {"sáng": "sáng"},
    "sau": {"sáu": "sáu"},
    "tu": {"tư": "tư", "từ": "từ"},
    "nua": {"nữa": "nua", "nửa": "nửa"},
    **{
        fold(words.split()[0]): {word: fold(word) for word in words.split()}
        for words in (
            "trưa", "chiều", "đêm", "trước", "hạn", "thứ", "tuần", "tháng", "quý quí", "năm", "đến", "hết", "đầu",
            "cuối", "giữa", "hằng hàng", "mỗi", "giờ", "bảy bẩy", "bốn", "tám", "chín", "mười mươi", "mùng", "mồng",
            "tết", "rằm", "chạp", "giêng", "hôm", "chủ", "chốt chót", "rưỡi", "kém", "nay này", "ngày", "lễ",
            "mai", "kia", "ba", "hai", "trong", "h", "g",
        )
    },
}  # fmt: skip
_HOMOGRAPHS = {"sang": "sAng", "mot": MASK * 3, "mong": MASK * 4, "ram": MASK * 3}
"""What a bare word is in a text that is otherwise written with marks: `sang năm` is next year, no morning."""

_LISTED = re.compile(rf"@\w+|(?<![^\W\d_])(?:{'|'.join(sorted(_MEANT))})(?![^\W\d_])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;,\n(\-–])\s*$")
_STANDS_FOR_A_DAY = re.compile(
    r"(?:^|[,;:.(\-–\n]|(?<!\w)(?:s[aá]ng|trưa|trua|chiều|chieu|t[oố]i|đêm|mai|hạn|han|đến|den|vào|vao|xong|nộp|nop|dl"
    r"|deadline|ngày|ngay|bữa|bua|\d\s?[hg]))\s*$"
)
_COUNTS = re.compile(r"\s(?:ngày|ngay|tuần|tuan|tháng|thang|giờ|gio|tiếng|tieng|hôm|hom|lần|lan)(?!\w)", re.IGNORECASE)
_MOVED = re.compile(r"(?<!\w)(?:chuyen|doi|hoan|lui|dich|gui|trinh)(?: lich| han| hop)?\s$")


def readable(text: str) -> str:
    """As long as the NFC text; the patterns run over it."""
    text = nfc(text)
    folded = fold(text)
    marked = not text.isascii() and any(letter > "\x7f" and letter.isalpha() for letter in text)
    pieces: list[str] = []
    place = 0
    for word in _LISTED.finditer(folded):
        start, end = word.span()
        pieces += (folded[place:start], _seen(text, word[0], start, end, marked=marked))
        place = end
    pieces.append(folded[place:])
    return "".join(pieces)


def _seen(text: str, bare: str, start: int, end: int, *, marked: bool) -> str:
    written = text[start:end]
    if bare not in _MEANT or (bare in _CAREFUL and not _CAREFUL[bare](text, start, written)):
        return MASK * len(written)
    lowered = written.lower()
    if lowered == bare:
        return _HOMOGRAPHS.get(bare, bare) if marked else bare
    return _MEANT[bare].get(lowered, MASK * len(written))


def _is_no_name(text: str, start: int, written: str) -> bool:
    """`Mai` in the middle of a sentence is a colleague."""
    return not written.istitle() or _SENTENCE_START.search(text, max(0, start - 8), start) is not None


def _is_no_country(_text: str, _start: int, written: str) -> bool:
    return written != "Nam"


def _stands_for_a_day(text: str, start: int, written: str) -> bool:
    """`chiều kia`, `hạn mốt`; not `việc kia`, `hôm kia`, and not the number `mot`."""
    if written.lower() == "một":
        return True
    before = text[max(0, start - 12) : start].lower()
    return _STANDS_FOR_A_DAY.search(before) is not None or _COUNTS.match(text, start + len(written)) is not None


def _is_morning_or_next(text: str, start: int, written: str) -> bool:
    """`chuyen sang thu 2` only moves something."""
    return written.lower() != "sang" or _MOVED.search(fold(text[max(0, start - 12) : start])) is None


_CAREFUL: Mapping[str, Callable[[str, int, str], bool]] = {
    "mai": _is_no_name,
    "nam": _is_no_country,
    "kia": _stands_for_a_day,
    "mot": _stands_for_a_day,
    "sang": _is_morning_or_next,
}
