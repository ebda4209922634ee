"""From what people write about duty to wishes: `25/11 sáng @binh, chiều @chi`, `mai em trực`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.engine.work import Refusal
from handlers.calendar import WorkingCalendar, fold, nfc
from handlers.duty.pieces import Kind, Token, cover
from handlers.duty.rules import Part, Slot
from handlers.duty.tokens import name_spans, tokens_of

LONGEST = 1000
_SELF = re.compile(
    r"(?:em|tôi|toi|mình|minh|tui|tớ|cháu|anh|chị|chi|cô|chú|bác|bản thân|chính (?:em|tôi)|me|i|myself)$"
)
_ALSO_NAMES = frozenset({"anh", "chi", "minh"})
_NEGATION = re.compile(r"(?<!\w)(?:khong|ko|hong|chua|nghi|ban roi|not)(?!\w)")


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
    part: Part | None = None
    """The part of the day that was named last, in case its clock times follow."""
    last: Kind = Kind.END

    def add_slot(self, slot: Slot, part: Part | None) -> None:
        """`chiều 1h30-5h`: the clock times say more exactly when the afternoon is."""
        if part is None and self.part is not None:
            self.slots.pop()
            slot = _in_part(slot, self.part)
        self.slots.append(slot)
        self.part = part


def read(text: str, names: Iterable[str], midnight: datetime, calendar: WorkingCalendar) -> tuple[Wish, ...]:
    """Every wish in `text`. `names` are what members are called; `midnight` is the beginning of today.

    Raises Refusal for a day that does not exist, is past or may mean two, and for a text of more than LONGEST letters.
    """
    if len(text) > LONGEST:
        raise Refusal("duty-too-long")
    tokens = tokens_of(nfc(text), names, midnight, calendar)
    return tuple(_wishes(tokens))


def is_self(words: str) -> bool:
    """Whether the writer means themselves: `em`, `tôi`, `anh` …"""
    return _SELF.match(nfc(words).lower()) is not None


def may_be_a_name(words: str) -> bool:
    """`Anh`, `Chi`: a pronoun that is a name as well when it is written so."""
    return fold(words) in _ALSO_NAMES and (words[:1].isupper() or words == "chi")


def denies(text: str, names: Iterable[str]) -> bool:
    """Whether the text says that somebody is not on duty: then it is not read as a roster."""
    text = nfc(text)
    return _NEGATION.search(fold(cover(text, name_spans(text, names)))) is not None


def _wishes(tokens: Sequence[Token]) -> Iterator[Wish]:
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


def _people_first(tokens: Sequence[Token]) -> bool:
    """`Bình sáng, chiều` goes on about Bình; `sáng Bình, chiều` begins something new."""
    first = next((token.kind for token in tokens if token.kind in (Kind.WHO, Kind.SLOT)), None)
    return first is Kind.WHO


def _clauses(tokens: Sequence[Token]) -> Iterator[_Clause]:
    clause = _Clause()
    for token in tokens:
        if token.kind is Kind.END or _begins_anew(clause, token):
            if clause.last is not Kind.END:
                yield clause
            clause = _Clause()
        if token.day is not None:
            clause.days.append(token.day)
        if token.slot is not None:
            clause.add_slot(token.slot, token.part)
        if token.who:
            clause.who.append(token.who)
        clause.last = token.kind
    if clause.last is not Kind.END:
        yield clause


def _begins_anew(clause: _Clause, token: Token) -> bool:
    """`sáng @binh chiều @chi` and `Bình sáng em chiều` are two clauses without a comma."""
    if token.kind is Kind.DAY:
        return bool(clause.days and clause.who) and clause.last is Kind.WHO
    if token.kind is Kind.SLOT:
        return bool(clause.slots and clause.who) and clause.last is Kind.WHO
    if token.kind is Kind.WHO:
        return bool((clause.slots or clause.days) and clause.who) and clause.last is not Kind.WHO
    return False


def _in_part(slot: Slot, part: Part) -> Slot:
    """Hours as the clock on the wall shows them: `chiều 1h30-5h` is 13:30 to 17:00, `đêm 10h-6h` begins at 22:00."""
    if part not in (Part.AFTERNOON, Part.EVENING, Part.NIGHT) or slot.start >= time(12):
        return slot
    end = slot.end
    if slot.start < end < time(12):
        end = time(end.hour + 12, end.minute)
    return Slot(time(slot.start.hour + 12, slot.start.minute), end)
