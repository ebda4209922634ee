"""A stamp of urgency that a scanner saw only in part: what it may have been, for a person to say."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from handlers.letters.reading.header import NUMBER_LINE, Urgency, head_zone
from handlers.letters.reading.words import MOTTO, fold

_LIKE = 0.72  # of a stamp's letters; `HÓA TÓC`, `THUONG KHÀN`, `KHÂN` are such, `KHÁNH HÒA` is none
_LONGEST = 24  # characters of a line that can be a stamp


def doubtful_urgency(lines: Sequence[str]) -> Urgency | None:
    """What a short line of the head may have been, where no urgency was read for certain."""
    found = [each for line in head_zone(list(lines)) if (each := _likest(line)) is not None]
    return max(found)[1] if found else None


def _likest(line: str) -> tuple[float, Urgency] | None:
    said = "".join(sign for sign in fold(line.replace("0", "O").replace("1", "I")) if sign.isalpha())
    shouted = sum(sign.isupper() for sign in line) * 2 > sum(sign.isalpha() for sign in line)
    if not shouted or len(line.strip()) > _LONGEST or NUMBER_LINE.match(line) or MOTTO.search(line):
        return None
    likeness = [(SequenceMatcher(None, said, "".join(fold(level).split())).ratio(), level) for level in Urgency]
    best = max(likeness)
    return best if best[0] >= _LIKE and said[:1] in "htk" else None
