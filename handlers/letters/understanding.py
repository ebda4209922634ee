"""What a letter's file says, as far as it can be read: its text, what has to be compared, why there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.engine.work import Work
from handlers.calendar import WorkingCalendar
from handlers.files.sealing import Reason, Refused, find_mark
from handlers.files.sealing.apart import InspectionFailed, inspect
from handlers.letters import book, reading, rules
from handlers.letters.office import own_names
from handlers.letters.reading import Extracted, NoText, Why
from handlers.letters.reading.pages import Page
from handlers.letters.reading.several import as_one, has_head, letters_in
from handlers.letters.reading.sureness import Sureness, judged

MOST_IN_A_FILE = 25  # letters; more pages of a PDF are not read
LARGEST = 20 * 1024 * 1024  # bytes; more a bot may not download


@dataclass(frozen=True, slots=True)
class Read:
    """A file's text as far as there is one. `problem` is the id of what is said instead of a card."""

    text: str = ""
    note: str | None = None
    problem: str | None = None
    secret: bool = False
    locked: bool = False
    pages: int | None = None
    layout: tuple[Page, ...] = ()
    head: bytes | None = None
    """A picture of the top of a scan, to compare with."""
    extracted: Extracted | None = None
    is_first: bool = True
    """Of the letters in one file."""


def understood(content: bytes, name: str, *, password: str | None = None) -> Read:
    """What a file says. Raises nothing."""
    if not content:
        return Read(problem="letter-file-empty")
    if len(content) > LARGEST:
        return Read(problem="letter-file-too-big")
    try:
        if inspect(content, name).secrecy is not None:
            return Read(secret=True)
        found = reading.text_of(content, name, password=password, recogniser=reading.Tesseract())
    except Refused as refused:
        return Read(problem=_REFUSED.get(refused.reason, "letter-file-broken"), secret=refused.reason is Reason.SECRET)
    except InspectionFailed:
        return Read(problem="letter-file-broken")
    except NoText as none:
        if none.why not in _UNREAD:
            return Read(problem="letter-file-broken")
        return Read(note=_UNREAD[none.why], locked=none.why is Why.LOCKED)
    note = "letter-confirm-recognised" if found.is_scanned else "letter-confirm-cut" if found.was_cut else None
    secret = find_mark(found.text) is not None
    return Read(
        found.text,
        note,
        secret=secret,
        pages=found.total_pages,
        layout=tuple(found.pages),
        head=found.head if _has_to_be_seen(found) else None,
        extracted=found,
    )


def _has_to_be_seen(found: Extracted) -> bool:
    """A scan; or a file whose number or day is not among its letters: written by hand, or part of a picture."""
    if found.is_scanned:
        return True
    seen = judged(found.text, found.pages).seen
    return any(seen[name].sureness is not Sureness.SURE for name in ("number_symbol", "issue_date"))


_REFUSED = {Reason.EMPTY: "letter-file-empty", Reason.TOO_BIG: "letter-file-too-big"}
_UNREAD = {
    Why.SCAN: "letter-confirm-scan",
    Why.OCR_MISSING: "letter-confirm-no-ocr",
    Why.LOCKED: "letter-confirm-locked",
    Why.EMPTY: "letter-confirm-empty",
    Why.UNKNOWN: "letter-confirm-unknown",
}


def together(found: Sequence[Read]) -> tuple[int, Read]:
    """Several files that came as one message are one letter, wherever its head stands; none of them may bear a mark.

    Also the place of the file that is the letter; the others are its appendices. Photographed pages are one text.
    """
    first = found[0]
    if any(each.secret for each in found):
        return 0, Read(secret=True)
    legible = [place for place, each in enumerate(found) if each.extracted is not None]
    if len(found) == 1 or not legible or (first.extracted is None and not any(has_head(e.text) for e in found)):
        return 0, first
    album = as_one([each.extracted for each in found if each.extracted is not None])
    place = legible[album.place]
    text, pages = album.letter.text, sum(each.pages or 0 for each in found) or None
    return place, replace(found[place], text=text, layout=tuple(album.letter.pages), pages=pages)


def letters_of(found: Read) -> list[Read]:
    """A file may hold several letters, one after the other."""
    texts = letters_in(found.text)[:MOST_IN_A_FILE] if found.text else [found.text]
    if len(texts) == 1:
        return [found]
    return [replace(found, text=text, pages=None, is_first=not place) for place, text in enumerate(texts)]


def fields(work: Work, found: Read, caption: str) -> rules.Fields:
    """What the file says; what the sender wrote under it counts more."""
    calendar = work.need(WorkingCalendar)
    office = own_names(work)
    read_there = (
        rules.read_text(found.text, work.today, calendar, work.zone, pages=found.layout, office=office)
        if found.text
        else {}
    )
    written = book.read_line(work, caption) if caption else {}
    return {name: value for name, value in {**read_there, **written, "pages": found.pages}.items() if value}
