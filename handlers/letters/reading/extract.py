"""The text of a file: Word, LibreOffice, PDF, pictures of pages, plain text."""

import io
import zipfile
import zlib
from functools import partial

from handlers.letters.reading import legacy, pictures
from handlers.letters.reading.extracted import Extracted, Kind
from handlers.letters.reading.markup import MarkupRefused, text_of_docx, text_of_odt
from handlers.letters.reading.nothing import NoText, OcrMissing, Why
from handlers.letters.reading.oldfonts import modern
from handlers.letters.reading.pages import Page, joined
from handlers.letters.reading.portable import FEWEST_LETTERS, pages_of_pdf
from handlers.letters.reading.recognising import Recogniser
from handlers.letters.reading.scans import Sheet, recognised

__all__ = ["Extracted", "Kind", "NoText", "OcrMissing", "Why", "text_of"]

_MAX_MEMBER = 64 * 1024 * 1024  # an honest letter's XML is far below; a zip bomb is not
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FEWEST_IN_PICTURE = 20  # letters; a photo of a face or a landscape gives a few stray ones


def text_of(
    content: bytes, name: str, *, password: str | None = None, recogniser: Recogniser | None = None
) -> Extracted:
    """The text of a file told by its content, not by `name`'s ending. Raises NoText (OcrMissing) and nothing else.

    Without a `recogniser` pictures of pages are NoText(SCAN). A wrong `password` is NoText(LOCKED) again.
    """
    if b"%PDF-" in content[:1024]:
        return _of_pdf(content, password, recogniser)
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    if content[:8] == _OLE:
        return _of_ole(content, name, password)
    if pictures.is_picture(content):
        return _of_picture(content, recogniser)
    if content[:5] == b"{\\rtf":
        raise NoText(Why.UNKNOWN)
    return _of_plain(content)


def _of_plain(content: bytes) -> Extracted:
    text = modern(_decoded(content))
    if any(ord(c) < 9 for c in text[:4096]):
        raise NoText(Why.UNKNOWN)
    if not any(c.isalpha() for c in text):
        raise NoText(Why.BROKEN if not content else Why.EMPTY)
    return Extracted(text, True, Kind.TEXT, (Page(1, text),))


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
    old = content.decode("latin-1")
    return old if modern(old) != old else content.decode("cp1258", "replace")


def _of_zip(content: bytes) -> Extracted:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                text, kind = text_of_docx(_member(archive, "word/document.xml")), Kind.DOCX
            elif "content.xml" in names and "mimetype" in names:
                _refuse_locked(archive)
                text, kind = text_of_odt(_member(archive, "content.xml")), Kind.ODT
            else:
                raise NoText(Why.UNKNOWN)
    except RuntimeError as error:  # zipfile: password required
        raise NoText(Why.LOCKED) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, MarkupRefused) as error:
        raise NoText(Why.BROKEN) from error
    return _in_words(text, kind)


def _in_words(text: str, kind: Kind) -> Extracted:
    """Few words in a word processor's file: a picture was pasted into it."""
    text = modern(text).replace("\u00ad", "")  # in TCVN3 a letter, else a place where a word may be broken
    if sum(c.isalpha() for c in text) < FEWEST_LETTERS:
        raise NoText(Why.SCAN)
    return Extracted(text, True, kind, (Page(1, text),))


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in _member(archive, manifest):
        raise NoText(Why.LOCKED)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(_MAX_MEMBER + 1)
    if len(content) > _MAX_MEMBER:
        raise NoText(Why.BROKEN)
    return content


def _of_ole(content: bytes, name: str, password: str | None) -> Extracted:
    """An OLE container: a Word file under a password, or Word 97-2003."""
    if not legacy.is_whole(content):
        raise NoText(Why.LOCKED if name.casefold().endswith((".docx", ".docm")) else Why.UNKNOWN)
    inner = legacy.unlocked(content, password)
    return _of_zip(inner) if inner is not None else _in_words(legacy.text_of_doc(content), Kind.DOC)


def _of_pdf(content: bytes, password: str | None, recogniser: Recogniser | None) -> Extracted:
    pages, total, head = pages_of_pdf(content, password, recogniser)
    text, placed = joined(pages)
    if not any(c.isalpha() for c in text):
        raise NoText(Why.EMPTY)
    whole = all(page.text.strip() for page in placed) and len(placed) == total
    return Extracted(text, whole, Kind.PDF, placed, total, head)


def _of_picture(content: bytes, recogniser: Recogniser | None) -> Extracted:
    if recogniser is None:
        raise NoText(Why.SCAN)
    if recogniser.missing():
        raise OcrMissing(recogniser.missing())
    try:
        frames = pictures.opened(content)
        sheets = [Sheet(i, partial(frames.__getitem__, i - 1), is_photo=True) for i in range(1, len(frames) + 1)]
        seen = recognised(sheets, recogniser)
    except pictures.NoPicture as error:
        raise NoText(Why.BROKEN) from error
    text, placed = joined([each.page or Page(i, "", is_scanned=True) for i, each in enumerate(seen, 1)])
    if sum(c.isalpha() for c in text) < _FEWEST_IN_PICTURE:
        raise NoText(Why.EMPTY)
    return Extracted(text, all(each.page for each in seen), Kind.PICTURE, placed, len(placed), seen[0].head)
