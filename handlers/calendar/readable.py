"""A text as the patterns read it: without marks, except where a mark decides between two words of time."""

import re

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

_WORD = re.compile(r"@\w+|[^\W\d_]+")
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
    marked = any(letter > "\x7f" and letter.isalpha() for letter in text)
    pieces, place = [], 0
    for word in _WORD.finditer(text):
        pieces += [fold(text[place : word.start()]), _seen(text, word, marked=marked)]
        place = word.end()
    return "".join((*pieces, fold(text[place:])))


def _seen(text: str, word: re.Match[str], *, marked: bool) -> str:
    written = word[0]
    if written.startswith("@"):
        return MASK * len(written)
    bare, lowered = fold(written), written.lower()
    if bare in _CAREFUL and not _CAREFUL[bare](text, word):
        return MASK * len(written)
    if lowered == bare:
        return _HOMOGRAPHS.get(bare, bare) if marked else bare
    return _MEANT[bare].get(lowered, MASK * len(written)) if bare in _MEANT else bare


def _is_no_name(text: str, word: re.Match[str]) -> bool:
    """`Mai` in the middle of a sentence is a colleague."""
    return not word[0].istitle() or _starts_sentence(text, word)


def _starts_sentence(text: str, word: re.Match[str]) -> bool:
    return _SENTENCE_START.search(text, max(0, word.start() - 8), word.start()) is not None


def _stands_for_a_day(text: str, word: re.Match[str]) -> bool:
    """`chiều kia`, `hạn mốt`; not `việc kia`, `hôm kia`, and not the number `mot`."""
    if word[0].lower() == "một":
        return True
    before = text[max(0, word.start() - 12) : word.start()].lower()
    return _STANDS_FOR_A_DAY.search(before) is not None or _COUNTS.match(text, word.end()) is not None


def _is_morning_or_next(text: str, word: re.Match[str]) -> bool:
    """`chuyen sang thu 2` only moves something."""
    return word[0].lower() != "sang" or _MOVED.search(fold(text[max(0, word.start() - 12) : word.start()])) is None


def _is_no_country(_text: str, word: re.Match[str]) -> bool:
    return word[0] != "Nam"


_CAREFUL = {
    "mai": _is_no_name,
    "nam": _is_no_country,
    "kia": _stands_for_a_day,
    "mot": _stands_for_a_day,
    "sang": _is_morning_or_next,
}
