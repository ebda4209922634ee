"""Reads pages that are pictures: two at a time, each cleaned first, and keeps the picture of the letter's head."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from handlers.letters.reading import pictures
from handlers.letters.reading.pages import Page
from handlers.letters.reading.recognising import Recogniser, Unrecognised
from handlers.letters.reading.words import MOTTO, SENT_TO, date_line

AT_ONCE = 2
_HEAD = 0.3  # of the page, when nothing tells where the head ends
_BELOW = 0.02
_ABOUT = 0.15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be recognised; `picture` makes it when its turn comes, so that few are in memory."""

    number: int
    picture: Callable[[], Image.Image]
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """`page` is None where the recogniser gave up. `head` is a PNG, of the first sheet only."""

    page: Page | None
    head: bytes | None = None


def recognised(sheets: Sequence[Sheet], recogniser: Recogniser) -> list[Scanned]:
    """In the order of `sheets`. Raises NoPicture for a picture that cannot be opened."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="letter-page") as pool:
        first = sheets[0].number if sheets else 0
        return list(pool.map(lambda sheet: _read(sheet, recogniser, keep_head=sheet.number == first), sheets))


def _read(sheet: Sheet, recogniser: Recogniser, *, keep_head: bool) -> Scanned:
    picture = sheet.picture()
    picture = pictures.photo(picture) if sheet.is_photo else pictures.straight(picture)
    try:
        page, upright = recogniser.read(picture, sheet.number)
    except Unrecognised:
        return Scanned(None, pictures.head(picture, _HEAD) if keep_head else None)
    return Scanned(page, pictures.head(upright, head_ends(page)) if keep_head else None)


def head_ends(page: Page) -> float:
    """How far down the page number and date reach; the usual share where they were not recognised."""
    lowest, place = 0.0, 0
    for line in page.text.split("\n"):
        box = page.box_of(place, place + len(line))
        if SENT_TO.match(line):
            if box and lowest < box.top < lowest + _ABOUT:
                return box.top  # what the letter is about stands below the number, on several lines
            break
        place += len(line) + 1
        if box and box.bottom < 0.5 and (MOTTO.search(line) or date_line(line) or line.startswith("Số")):
            lowest = max(lowest, box.bottom)
    return lowest + _BELOW if lowest > 0.05 else _HEAD
