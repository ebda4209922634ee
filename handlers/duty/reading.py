"""From what people write about duty to days, hours and names: `25/11 sáng @binh, chiều @chi`, `mai em trực`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum, auto

from bot.engine.work import Refusal
from handlers.calendar import Rule, WorkingCalendar, find_deadlines, fold, nfc
from handlers.calendar.deadlines import Problem
from handlers.duty.rules import Part, Slot, slot_of

LONGEST = 1000
SELF = re.compile(
    r"(?:em|tôi|toi|mình|minh|tui|tớ|cháu|con|anh|chị|chi|cô|chú|bác|bản thân|chính (?:em|tôi)|me|i|myself)$"
)
_ALSO_NAMES = frozenset({"anh", "chi", "minh", "con"})
_COVER = "\ue000"  # what is understood already; no letter, so that nothing else is read into it
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
_TODAY = re.compile(r"\s*(nay|hom nay)(?!\w)")
_ENGLISH = {"today": "hôm nay", "tomorrow": "ngày mai"}
_HOURS = re.compile(
    r"(?<![\d/@\w])(?:(?P<part>sang|trua|chieu|toi|dem)\s+)?(?:tu\s)?"
    r"(\d{1,2})(?:\s?(?:h|g|:|gio)\s?(\d{2})?)?\s*(?:-|–|den|toi|to)\s*"
    r"(\d{1,2})\s?(?:h|g|:|gio)\s?(\d{2})?(?![\d\w])"
)
_WORD = re.compile(r"[,;\n]|[^\s,;]+")
_FILLER = re.compile(
    r"(?:truc|ca|buoi|la|a|nhe|nhi|ngay|se|da|vang|thi|va|voi|o|di|nha|ok|cho|vao|luc|phan|cong|cu|nhan|xin|bao|lich"
    r"|gom|luon|cung|con|and|is|are|on|duty)$"
)
_NEGATION = re.compile(r"(?<!\w)(?:khong|ko|hong|chua|nghi|ban roi|not)(?!\w)")


class _Kind(Enum):
    END = auto()  # a comma, a new line
    DAY = auto()
    SLOT = auto()
    WHO = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    start: int
    end: int
    day: date | None = None
    slot: Slot | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be on duty when. No days: those that were asked about; no slots: all day."""

    days: tuple[date, ...]
    slots: tuple[Slot, ...]
    who: tuple[str, ...]


@dataclass(slots=True)
class _Clause:
    days: list[date] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    who: list[str] = field(default_factory=list)
    last: _Kind = _Kind.END


def read(text: str, names: Iterable[str], midnight: datetime, calendar: WorkingCalendar) -> tuple[Wish, ...]:
    """Every wish in `text`. `names` are what members are called; `midnight` is the beginning of today.

    Raises Refusal for a day that does not exist, is past or may mean two.
    """
    tokens = _tokens(nfc(text)[:LONGEST], names, midnight, calendar)
    return tuple(_wishes(tokens))


def is_self(words: str) -> bool:
    """Whether the writer means themselves: `em`, `tôi`, `anh` …"""
    return SELF.match(nfc(words).lower()) is not None


def may_be_a_name(words: str) -> bool:
    """`Anh`, `Chi`: a pronoun that is a name as well when it is written so."""
    return fold(words) in _ALSO_NAMES and (words[:1].isupper() or words == "chi")


def denies(text: str) -> bool:
    """Whether the text says that somebody is not on duty: then it is not read as a roster."""
    return _NEGATION.search(fold(text)) is not None


# tokens


def _tokens(text: str, names: Iterable[str], midnight: datetime, calendar: WorkingCalendar) -> list[_Token]:
    covered = _cover(text, _name_spans(text, names))
    found: list[_Token] = list(_english_days(covered, midnight, calendar))
    covered = _cover(covered, _spans(found))
    hours = [*_hours(covered)]
    covered = _cover(covered, _spans(hours))
    parts = [*_parts(covered, midnight, calendar)]
    covered = _cover(covered, _spans(parts))
    found += [*hours, *parts, *_days(covered, midnight, calendar)]
    found.sort(key=lambda token: token.start)
    return [*_with_words(text, found, _name_spans(text, names))]


def _spans(tokens: Iterable[_Token]) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in tokens]


def _cover(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = _COVER * (end - start)
    return "".join(letters)


def _name_spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
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


def _hours(text: str) -> Iterator[_Token]:
    for found in _HOURS.finditer(fold(text)):
        a, am, b, bm = (int(each or 0) for each in found.groups()[1:])
        if a > 24 or b > 24 or am > 59 or bm > 59:
            raise Refusal("duty-hours-unclear", said=found[0].strip())
        if found["part"] in ("chieu", "toi", "dem") and a < 12:
            a, b = a + 12, b + 12 if a < b < 12 else b
        yield _Token(_Kind.SLOT, *found.span(), slot=Slot(time(a % 24, am), time(b % 24, bm)))


def _parts(text: str, midnight: datetime, calendar: WorkingCalendar) -> Iterator[_Token]:
    folded = fold(text)
    for found in _PART.finditer(folded):
        if not _written_so(text[found.start() : found.end()]):
            continue
        slot = slot_of(Part(found.lastgroup or ""), calendar.hours)
        today = _TODAY.match(folded, found.end())
        yield _Token(_Kind.SLOT, *found.span(), slot=slot)
        if today is not None:
            yield _Token(_Kind.DAY, found.end(), today.end(), day=midnight.date())


def _written_so(words: str) -> bool:
    """`tôi` and `tới` are no evening; words without any marks pass."""
    return all(
        word in (fold(word), _MARKED.get(fold(word), word)) or word == "ca" for word in nfc(words).lower().split()
    )


def _english_days(text: str, midnight: datetime, calendar: WorkingCalendar) -> Iterator[_Token]:
    for found in re.finditer(r"(?<!\w)(?:today|tomorrow)(?!\w)", text.lower()):
        for deadline in find_deadlines(_ENGLISH[found[0]], midnight, calendar):
            yield _Token(_Kind.DAY, *found.span(), day=deadline.due.date() if deadline.due else None)


def _days(text: str, midnight: datetime, calendar: WorkingCalendar) -> Iterator[_Token]:
    myself = [found.span() for found in re.finditer(r"(?<!\w)toi(?!\w)", fold(text))]
    for found in find_deadlines(_cover(text, myself), midnight, calendar):
        if found.has_hour:
            raise Refusal("duty-hours-unclear", said=found.said)
        if found.due is None or found.problem is Problem.IMPOSSIBLE or found.rule in (Rule.PERIODIC, Rule.FUZZY):
            raise Refusal("duty-day-unclear", said=found.said)
        if found.due < midnight:
            raise Refusal("duty-day-past", said=found.said)
        yield _Token(_Kind.DAY, found.start, found.end, day=found.due.date())


def _with_words(text: str, found: Sequence[_Token], names: Sequence[tuple[int, int]]) -> Iterator[_Token]:
    place = 0
    for token in found:
        yield from _words(text, place, token.start, names)
        yield token
        place = token.end
    yield from _words(text, place, len(text), names)


def _words(text: str, start: int, end: int, names: Sequence[tuple[int, int]]) -> Iterator[_Token]:
    """Runs of words that are no time and no filler: names; commas and new lines end a clause."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        if word[0] in (",", ";", "\n"):
            yield from _run(text, run)
            yield _Token(_Kind.END, *word.span())
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


def _run(text: str, words: Sequence[re.Match[str]]) -> Iterator[_Token]:
    if words:
        start, end = words[0].start(), words[-1].end()
        yield _Token(_Kind.WHO, start, end, who=text[start:end].strip(" .:!?()-–"))


# clauses


def _wishes(tokens: Sequence[_Token]) -> Iterator[Wish]:
    """A clause names days, hours and people in any order; what it leaves out comes from the one before."""
    days: tuple[date, ...] = ()
    waiting = _Clause()
    done: list[Wish] = []
    for clause in _clauses(tokens):
        if clause.days:
            days = (*waiting.days, *clause.days) if not waiting.slots else tuple(clause.days)
        if not clause.who:
            if clause.slots and done and not clause.days and not waiting.slots and _people_first(tokens):
                done[-1] = Wish(done[-1].days, (*done[-1].slots, *clause.slots), done[-1].who)
                continue
            waiting = _Clause(days=list(days) if clause.days else waiting.days, slots=waiting.slots + clause.slots)
            continue
        slots = (*waiting.slots, *clause.slots)
        if not slots and not clause.days and not waiting.days and done:
            done[-1] = Wish(done[-1].days, done[-1].slots, (*done[-1].who, *clause.who))
        else:
            done.append(Wish(days, slots, tuple(clause.who)))
        waiting = _Clause()
    if waiting.days or waiting.slots:
        done.append(Wish(tuple(waiting.days) or days, tuple(waiting.slots), ()))
    yield from done


def _people_first(tokens: Sequence[_Token]) -> bool:
    """`Bình sáng, chiều` goes on about Bình; `sáng Bình, chiều` begins something new."""
    first = next((token.kind for token in tokens if token.kind in (_Kind.WHO, _Kind.SLOT)), None)
    return first is _Kind.WHO


def _clauses(tokens: Sequence[_Token]) -> Iterator[_Clause]:
    clause = _Clause()
    for token in tokens:
        if token.kind is _Kind.END or _begins_anew(clause, token):
            if clause.last is not _Kind.END:
                yield clause
            clause = _Clause()
        if token.day is not None:
            clause.days.append(token.day)
        if token.slot is not None:
            clause.slots.append(token.slot)
        if token.who:
            clause.who.append(token.who)
        clause.last = token.kind
    if clause.last is not _Kind.END:
        yield clause


def _begins_anew(clause: _Clause, token: _Token) -> bool:
    """`sáng @binh chiều @chi` and `Bình sáng em chiều` are two clauses without a comma."""
    if token.kind is _Kind.DAY:
        return bool(clause.days and clause.who)
    if token.kind is _Kind.SLOT:
        return bool(clause.slots and clause.who) and clause.last is _Kind.WHO
    if token.kind is _Kind.WHO:
        return bool(clause.slots and clause.who) and clause.last is not _Kind.WHO
    return False
