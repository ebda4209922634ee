"""English deadlines in the words of the Vietnamese grammar: `due Friday 16h`, `by tomorrow afternoon`."""

import re
from collections.abc import Callable

_Word = Callable[[re.Match[str]], str]
_ENGLISH_TAIL = re.compile(r"[,;]?\s*\b(?:due|by|before|deadline|until)\b\s*(?:on\s+)?(.*)$", re.IGNORECASE | re.DOTALL)
_WEEKDAYS = {
    "mon": "thứ 2", "tues": "thứ 3", "wednes": "thứ 4", "thurs": "thứ 5", "fri": "thứ 6", "satur": "thứ 7",
    "sun": "chủ nhật",
}  # fmt: skip
_ENGLISH: tuple[tuple[str, _Word], ...] = (
    (r"\b(\d{1,2})(?::(\d\d))?\s?am\b", lambda m: f"{m[1]}h{m[2] or ''}"),
    (r"\b(\d{1,2})(?::(\d\d))?\s?pm\b", lambda m: f"{int(m[1]) % 12 + 12}h{m[2] or ''}"),
    (r"\bevery (mon|tues|wednes|thurs|fri|satur|sun)day\b", lambda m: _WEEKDAYS[m[1].lower()] + " hằng tuần"),
    (r"\bnext (mon|tues|wednes|thurs|fri|satur|sun)day\b", lambda m: _WEEKDAYS[m[1].lower()] + " tuần sau"),
    (r"\b(?:this )?(mon|tues|wednes|thurs|fri|satur|sun)day\b", lambda m: _WEEKDAYS[m[1].lower()]),
    (r"\bin (\d+) days?\b", lambda m: f"{m[1]} ngày nữa"),
    (r"\bin (\d+) weeks?\b", lambda m: f"{m[1]} tuần nữa"),
    (r"\btomorrow\b", lambda _: "mai"),
    (r"\btoday\b", lambda _: "hôm nay"),
    (r"\bmorning\b", lambda _: "sáng"),
    (r"\bafternoon\b", lambda _: "chiều"),
    (r"\bevening\b", lambda _: "tối"),
    (r"\bnoon\b", lambda _: "trưa"),
    (r"\bnext week\b", lambda _: "tuần sau"),
    (r"\bend of (?:the )?month\b", lambda _: "cuối tháng"),
    (r"\bend of (?:the )?week\b", lambda _: "cuối tuần"),
)
_PART_FIRST = re.compile(r"\b(mai|hôm nay|thứ \d(?: tuần sau)?) (sáng|trưa|chiều|tối)\b")


def in_vietnamese(text: str) -> str:
    """An English deadline at the end (`due Friday 16h`, `by tomorrow afternoon`) in the words of the grammar."""
    tail = _ENGLISH_TAIL.search(text) or re.search(r"\b((?:every|in \d|next|tomorrow)\b.*)$", text, re.IGNORECASE)
    if tail is None:
        return text
    said = tail[1]
    for pattern, word in _ENGLISH:
        said = re.sub(pattern, word, said, flags=re.IGNORECASE)
    said = _PART_FIRST.sub(r"\2 \1", said)
    return f"{text[: tail.start()].rstrip()}, hạn {said}" if said.strip() else text
