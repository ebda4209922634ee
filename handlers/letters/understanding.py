"""What a letter's file says, as far as it can be read: its text, what has to be compared, why there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.engine.work import Work
from handlers.calendar import WorkingCalendar
from handlers.files.sealing import Reason, Refused, find_mark
from handlers.files.sealing.apart import InspectionFailed, inspect
from handlers.letters import book, reading, rules
from handlers.letters.reading import NoText, Why
from handlers.letters.reading.pages import Page

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
    head = found.head if found.is_scanned else None
    return Read(found.text, note, secret=secret, pages=found.total_pages, layout=tuple(found.pages), head=head)


_REFUSED = {Reason.EMPTY: "letter-file-empty", Reason.TOO_BIG: "letter-file-too-big"}
_UNREAD = {
    Why.SCAN: "letter-confirm-scan",
    Why.OCR_MISSING: "letter-confirm-no-ocr",
    Why.LOCKED: "letter-confirm-locked",
    Why.EMPTY: "letter-confirm-empty",
    Why.UNKNOWN: "letter-confirm-unknown",
}


def together(found: Sequence[Read]) -> Read:
    """Several files that came as one message are one letter: the first tells what it is, none may bear a mark.

    Photographed pages are one text.
    """
    first = found[0]
    if any(each.secret for each in found):
        return Read(secret=True)
    if first.problem is not None or len(found) == 1:
        return first
    photos = all(each.head is not None for each in found)
    text = "\n\n".join(each.text for each in found) if photos else first.text
    return replace(
        first, text=text, layout=() if photos else first.layout, pages=sum(each.pages or 0 for each in found) or None
    )


def fields(work: Work, found: Read, caption: str) -> rules.Fields:
    """What the file says; what the sender wrote under it counts more."""
    calendar = work.need(WorkingCalendar)
    read_there = rules.read_text(found.text, work.today, calendar, work.zone, pages=found.layout) if found.text else {}
    written = book.read_line(work, caption) if caption else {}
    return {name: value for name, value in {**read_there, **written, "pages": found.pages}.items() if value}
