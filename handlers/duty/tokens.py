"""The pieces of what people write about duty: days, hours, and the words between them, which name people."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time

from bot.engine.work import Refusal
from handlers.calendar import WorkingCalendar, fold, nfc
from handlers.duty.days import days, no_hours_left
from handlers.duty.pieces import Kind, Token, cover
from handlers.duty.rules import Part, Slot, slot_of

_TIME_WORD = re.compile(r"(?:mai|sang|trua|chieu|toi|dem|kia|mot|hai|ba|tu|nam|sau|bay|thu|nay|hom)$")
_NAME_IN_TEXT = re.compile(r"@\w+")
_SENTENCE_START = re.compile(r"(?:^|[\n.!?;])\s*$")
_PARTS = (
    (Part.ROUND, r"ca ngay (?:lan |va )?dem|ngay dem|24\s?/\s?24|24h|day and night"),
    (Part.DAY, r"(?:ca|nguyen|het) ngay(?! \d)|all day"),
    (Part.NIGHT, r"(?:ca |buoi )?dem|night"),
    (Part.MORNING, r"(?:ca |buoi )?sang|morning"),
    (Part.NOON, r"(?:ca |buoi )?trua|noon"),
    (Part.AFTERNOON, r"(?:ca |buoi )?chieu|afternoon"),
    (Part.EVENING, r"(?:ca |buoi )?toi(?! (?:truc|nhan|se|lam|di)\b)|evening"),
)
_PART = re.compile("|".join(rf"(?P<{part}>(?<!\w)(?:{pattern})(?!\w))" for part, pattern in _PARTS))
_MARKED = {"sang": "sáng", "trua": "trưa", "chieu": "chiều", "toi": "tối", "dem": "đêm", "ca": "cả"}
_HOURS = re.compile(
    r"(?<![\d/@\w])(?:tu\s)?"
    r"(\d{1,2})(?:\s?(?:h|g|:|gio)\s?(\d{2})?)?\s*(?:-|–|den|toi|to)\s*"
    r"(\d{1,2})\s?(?:h|g|:|gio)\s?(\d{2})?(?![\d\w])"
)
_WORD = re.compile(r"[,;\n]|[^\s,;]+")
_FILLER = re.compile(
    r"(?:truc|ca|buoi|la|a|nhe|nhi|ngay|se|da|vang|thi|va|voi|o|di|nha|ok|cho|vao|luc|phan|cong|cu|nhan|xin|bao|lich"
    r"|gom|luon|cung|con|and|is|are|on|duty)$"
)


def tokens_of(text: str, names: Iterable[str], midnight: datetime, calendar: WorkingCalendar) -> list[Token]:
    names_at = name_spans(text, names)
    covered = cover(text, names_at)
    found = [*days(covered, midnight, calendar)]
    covered = cover(covered, _spans(found))
    hours = [*_hours(covered)]
    covered = cover(covered, _spans(hours))
    parts = [*_parts(covered, calendar)]
    no_hours_left(cover(covered, _spans(parts)), midnight, calendar)
    found += [*hours, *parts]
    found.sort(key=lambda token: token.start)
    return [*_with_words(text, found, names_at)]


def _spans(tokens: Iterable[Token]) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in tokens]


def name_spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where people are named, so that a Mai, a Sáng or a Tư is not taken for a time."""
    folded = fold(text)
    spans = [found.span() for found in _NAME_IN_TEXT.finditer(text)]
    for name in sorted({nfc(each) for each in names if len(each) > 1}, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", folded):
            if text[found.start()].isupper() and not _is_a_time(text, folded, found):
                spans.append(found.span())  # noqa: PERF401 - three conditions do not fit one expression
    return spans


def _is_a_time(text: str, folded: str, found: re.Match[str]) -> bool:
    """A sentence may begin with a capital `Mai` or `Sáng` that is none's name; before `trực` it is a name."""
    if _TIME_WORD.match(found[0]) is None:
        return False
    at_start = _SENTENCE_START.search(text[: found.start()]) is not None
    return at_start and not folded[found.end() :].lstrip().startswith("truc")


def _hours(text: str) -> Iterator[Token]:
    for found in _HOURS.finditer(fold(text)):
        a, am, b, bm = (int(each or 0) for each in found.groups())
        if a > 24 or b > 24 or am > 59 or bm > 59:
            raise Refusal("duty-hours-unclear", said=found[0].strip())
        yield Token(Kind.SLOT, *found.span(), slot=Slot(time(a % 24, am), time(b % 24, bm)))


def _parts(text: str, calendar: WorkingCalendar) -> Iterator[Token]:
    folded = fold(text)
    for found in _PART.finditer(folded):
        if not _written_so(text[found.start() : found.end()]):
            continue
        part = Part(found.lastgroup or "")
        yield Token(Kind.SLOT, *found.span(), slot=slot_of(part, calendar.hours), part=part)


def _written_so(words: str) -> bool:
    """`tôi` and `tới` are no evening; words without any marks pass."""
    return all(
        word in (fold(word), _MARKED.get(fold(word), word)) or word == "ca" for word in nfc(words).lower().split()
    )


def _with_words(text: str, found: Sequence[Token], names: Sequence[tuple[int, int]]) -> Iterator[Token]:
    place = 0
    for token in found:
        yield from _words(text, place, token.start, names)
        yield token
        place = token.end
    yield from _words(text, place, len(text), names)


def _words(text: str, start: int, end: int, names: Sequence[tuple[int, int]]) -> Iterator[Token]:
    """Runs of words that are no time and no filler: names; commas and new lines end a clause."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        if word[0] in (",", ";", "\n"):
            yield from _run(text, run)
            yield Token(Kind.END, *word.span())
            run = []
        elif _is_filler(word, names):
            yield from _run(text, run)
            run = []
        else:
            run.append(word)
    yield from _run(text, run)


def _is_filler(word: re.Match[str], names: Sequence[tuple[int, int]]) -> bool:
    if any(start <= word.start() < end for start, end in names):
        return False
    bare = fold(word[0]).strip(".:!?()-–")
    return not bare or _FILLER.match(bare) is not None


def _run(text: str, words: Sequence[re.Match[str]]) -> Iterator[Token]:
    if words:
        start, end = words[0].start(), words[-1].end()
        yield Token(Kind.WHO, start, end, who=text[start:end].strip(" .:!?()-–"))
