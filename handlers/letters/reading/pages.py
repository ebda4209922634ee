"""Pages as they were read: their text, where each word stands, and how sure the recogniser was of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in shares of the page: (0, 0) is its upper left corner, (1, 1) its lower right one."""

    left: float
    top: float
    right: float
    bottom: float

    def with_(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """`start` and `end` are its place in the page's text; `sure` is 0 to 1, 1 where nothing was recognised."""

    start: int
    end: int
    box: Box
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1. `start` is where the page begins in the text of the whole file."""

    number: int
    text: str
    words: tuple[Word, ...] = ()
    is_scanned: bool = False
    start: int = 0

    def box_of(self, start: int, end: int) -> Box | None:
        """Around the words of a span of the page's text."""
        return around(word.box for word in self.words if word.start < end and word.end > start)

    @property
    def sure(self) -> float:
        """The mean over its words."""
        return sum(word.sure for word in self.words) / len(self.words) if self.words else 0.0


def around(boxes: Iterable[Box]) -> Box | None:
    whole: Box | None = None
    for box in boxes:
        whole = box if whole is None else whole.with_(box)
    return whole


def joined(pages: Sequence[Page]) -> tuple[str, tuple[Page, ...]]:
    """The text of the whole file, and the pages with their places in it."""
    placed: list[Page] = []
    text = ""
    for page in pages:
        text += "\n" if placed else ""
        placed.append(replace(page, start=len(text)))
        text += page.text
    return text, tuple(placed)
