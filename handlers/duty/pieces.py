"""What a sentence about duty is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from handlers.duty.rules import Part, Slot

_COVER = "\ue000"  # what is understood already; no letter, so that nothing else is read into it


class Kind(Enum):
    END = auto()  # a comma, a new line
    DAY = auto()
    SLOT = auto()
    WHO = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    start: int
    end: int
    day: date | None = None
    slot: Slot | None = None
    part: Part | None = None
    """The part of the day that was named, where no clock times were."""
    who: str = ""


def cover(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = _COVER * (end - start)
    return "".join(letters)
