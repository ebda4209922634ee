"""The text of a file: Word, LibreOffice, PDF with a text layer, plain text; scans have none."""

import io
import threading
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

import pypdfium2 as pdfium

from handlers.letters.reading.markup import MarkupRefused, text_of_docx, text_of_odt
from handlers.letters.reading.widgets import with_widget_texts

_MAX_MEMBER = 64 * 1024 * 1024  # an honest letter's XML is far below; a zip bomb is not
_MAX_PAGES = 300
_FEWEST_LETTERS = 80  # a scan may carry a few words of its signing stamp
_PDFIUM = threading.Lock()  # PDFium may be used by one thread at a time, whatever the document


class Kind(StrEnum):
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    TEXT = "text"


class Why(StrEnum):
    """Why there is nothing to read."""

    SCAN = "scan"  # pictures of pages: needs OCR, and a person to confirm
    LOCKED = "locked"  # needs a password
    BROKEN = "broken"  # the file's own format is damaged or dangerous
    UNKNOWN = "unknown"  # a format this program does not read


class NoText(Exception):
    """The file gives no text; `why` decides what the person is told."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Extracted:
    """`has_text` is False when some pages are pictures only, so that part of the letter was not read."""

    text: str
    has_text: bool
    kind: Kind


def text_of(content: bytes, name: str) -> Extracted:
    """The text of a file told by its content, not by `name`'s ending. Raises NoText and nothing else."""
    if b"%PDF-" in content[:1024]:
        return _of_pdf(content)
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        # An OLE container: a Word file under a password, or Word 97-2003.
        raise NoText(Why.LOCKED if name.casefold().endswith((".docx", ".docm")) else Why.UNKNOWN)
    return _of_plain(content)


def _of_plain(content: bytes) -> Extracted:
    text = _decoded(content)
    if any(ord(c) < 9 for c in text[:4096]):
        raise NoText(Why.UNKNOWN)
    if not any(c.isalpha() for c in text):
        raise NoText(Why.BROKEN)
    return Extracted(text, True, Kind.TEXT)


def _decoded(content: bytes) -> str:
    """By its mark, else UTF-8, else UTF-16 where every other byte is small, else Windows' old Vietnamese page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is not None and "\0" not in text:
        return text
    for start, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        halves = content[start:4096:2]
        if halves and sum(byte < 0x21 for byte in halves) > 0.8 * len(halves):
            return content.decode(codec, "replace")
    return content.decode("cp1258", "replace")


def _of_zip(content: bytes) -> Extracted:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                text, kind = text_of_docx(_member(archive, "word/document.xml")), Kind.DOCX
            elif "content.xml" in names and "mimetype" in names:
                text, kind = text_of_odt(_member(archive, "content.xml")), Kind.ODT
            else:
                raise NoText(Why.UNKNOWN)
    except RuntimeError as error:  # zipfile: password required
        raise NoText(Why.LOCKED) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, MarkupRefused) as error:
        raise NoText(Why.BROKEN) from error
    if _letters(text) < _FEWEST_LETTERS:
        raise NoText(Why.SCAN)
    return Extracted(text, True, kind)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(_MAX_MEMBER + 1)
    if len(content) > _MAX_MEMBER:
        raise NoText(Why.BROKEN)
    return content


def _of_pdf(content: bytes) -> Extracted:
    pages = _pages(content)
    if sum(map(_letters, pages)) < _FEWEST_LETTERS:
        raise NoText(Why.SCAN)
    pages[0] = with_widget_texts(pages[0], content)
    return Extracted("\n".join(pages), all(page.strip() for page in pages), Kind.PDF)


def _pages(content: bytes) -> list[str]:
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(content)  # type: ignore[no-untyped-call]
        except pdfium.PdfiumError as error:
            raise NoText(Why.LOCKED if "assword" in str(error) else Why.BROKEN) from error
        try:
            return [_page_text(document, i) for i in range(min(len(document), _MAX_PAGES))] or [""]
        except pdfium.PdfiumError as error:
            raise NoText(Why.BROKEN) from error
        finally:
            document.close()  # type: ignore[no-untyped-call]


def _page_text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    words = page.get_textpage()
    try:
        return str(words.get_text_range()).replace("\r\n", "\n")
    finally:
        words.close()
        page.close()


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)
