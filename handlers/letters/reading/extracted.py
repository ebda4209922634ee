"""What was found in a file: its text and pages, whatever library opened it."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.letters.reading.pages import Page

FIRST, LAST = 20, 3  # pages of a long file that are read; the rest is appendix as a rule


class Kind(StrEnum):
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Extracted:
    """`has_text` is False when some pages were not read: pictures without a recogniser, or the middle of a long file.

    `head` is a picture of the top of the letter (PNG), to compare with; there is none of Word and text files.
    """

    text: str
    has_text: bool
    kind: Kind
    pages: tuple[Page, ...] = ()
    total_pages: int = 1
    head: bytes | None = None

    @property
    def is_scanned(self) -> bool:
        """Recognised from pictures, at least where the number stands: the first page."""
        return bool(self.pages) and self.pages[0].is_scanned

    @property
    def was_cut(self) -> bool:
        """Only the first pages and the last were read."""
        return self.total_pages > FIRST + LAST
