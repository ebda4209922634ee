"""PDF with a password: AES-256 (revision 6); and what must be known of a PDF before: signed, protected, and how."""

import re
import secrets
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from handlers.files.sealing import pdf_writing
from handlers.files.sealing.pdf_keys import prepared
from handlers.files.sealing.pdf_writing import Signed as Signed

_pdfium: Any = pypdfium2  # has no types
_BYTES_OF_AN_OBJECT = 8192  # on average, where our writer is the faster one: measured at 1, 2, 4 and 8 KB
_SIGNED_FORM = 1  # SigFlags bit 1: the form holds a signature


class CannotOpen(ValueError):
    """What was sealed does not open, or opens without the password, or is not the same document."""


def sealed(content: bytes, password: str) -> bytes:
    """The document under a password, opened again and compared before it is given out. Raises Signed for a
    signature `is_signed` has not seen: in an object stream, in a form that does not say so."""
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        written = None
        if _is_mostly_streams(document, len(content)):
            written = pdf_writing.write(document, target, password)
        else:
            _save(document, target, password)
        result = target.getvalue()
        _verify(document, written, result, password)
    return result


def write(source: Path, target: Path, password: str) -> None:
    """From file to file."""
    with pikepdf.open(source) as document:
        if _is_mostly_streams(document, source.stat().st_size):
            with target.open("wb") as file:
                pdf_writing.write(document, file, password)
        else:
            _save(document, target, password)


def _save(document: pikepdf.Pdf, target: Path | BytesIO, password: str) -> None:
    """By qpdf. The owner's password is random: nobody has it."""
    owner = secrets.token_urlsafe(32)
    document.save(target, encryption=pikepdf.Encryption(user=prepared(password), owner=owner, R=6))


def _is_mostly_streams(document: pikepdf.Pdf, size: int) -> bool:
    """Where there are at least 8 KB for each object, it is the streams that cost, and our writer is quick with them:
    20 MB of pictures in a third of the time. Where objects are small it is their number that costs, and qpdf takes
    half as long for each and packs them together. What the trailer says of their number saves counting them, and may
    be a lie."""
    most = size // _BYTES_OF_AN_OBJECT
    said = document.trailer.get("/Size")
    return not (isinstance(said, int) and said > most) and len(document.get_xref_table()) <= most


def is_signed(content: bytes) -> bool:
    """Whether re-encrypting would break a digital signature. Both signals are needed: a signature dictionary may be
    inside an object stream, where a search of bytes does not see it."""
    if b"/ByteRange" in content:
        return True
    try:
        with pikepdf.open(BytesIO(content)) as document:
            form = document.Root.get("/AcroForm")
            flags = form.get("/SigFlags", 0) if isinstance(form, pikepdf.Dictionary) else 0
            return bool(int(flags) & _SIGNED_FORM) or "/Perms" in document.Root
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError):
        return False


def needs_password(content: bytes) -> bool:
    """Whether a person without the password is kept out; an owner password alone keeps nobody out."""
    try:
        with pikepdf.open(BytesIO(content)):
            return False
    except pikepdf.PasswordError:
        return True


def uses_aes(content: bytes) -> bool:
    """Whether the locked document at least says AES: RC4 of 40 or 128 bits is not taken for protection."""
    return re.search(rb"/CFM\s*/AESV[23]\b", content) is not None


def check(content: bytes) -> None:
    """Raises pikepdf.PdfError for a damaged document; one with a password counts as sound."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            len(document.pages)
    except pikepdf.PasswordError:
        return


def _verify(original: pikepdf.Pdf, written: pdf_writing.Renumbered | None, result: bytes, password: str) -> None:
    if not needs_password(result):
        raise CannotOpen("opens without the password")
    with pikepdf.open(BytesIO(result), password=prepared(password)) as document:
        if document.encryption.R != 6 or not document.user_password_matched:
            raise CannotOpen("not AES-256")
        if written is not None:
            _verify_objects(written, document)
        if len(document.pages) != len(original.pages):
            raise CannotOpen("pages are missing")
        for before, after in zip(original.pages, document.pages, strict=True):
            if not _is_same(_streams(before), _streams(after)):
                raise CannotOpen("a page has changed")


def _verify_objects(written: pdf_writing.Renumbered, document: pikepdf.Pdf) -> None:
    """All of them as they were, every stream byte by byte, as qpdf reads what we wrote."""
    for number, (words, stream) in enumerate(written.objects(), 1):
        after: Any = document.get_object(number, 0)
        is_stream = isinstance(after, pikepdf.Stream)
        said = pdf_writing.description(after) if is_stream else pdf_writing.words_of(after)
        if is_stream != (stream is not None) or b"".join(written.split(words)) != said:
            raise CannotOpen("an object has changed")
        if stream is not None and stream.read_raw_bytes() != after.read_raw_bytes():
            raise CannotOpen("a stream has changed")


def _is_same(before: list[pikepdf.Stream], after: list[pikepdf.Stream]) -> bool:
    """qpdf may pack what was not packed."""
    return len(before) == len(after) and all(
        one.read_raw_bytes() == other.read_raw_bytes() or one.read_bytes() == other.read_bytes()
        for one, other in zip(before, after, strict=True)
    )


def _streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, pikepdf.Array):
        return [part for part in contents.as_list() if isinstance(part, pikepdf.Stream)]
    return []


def has_unread_pages(content: bytes) -> bool:
    """Whether a page shows pictures and no text: a scan."""
    try:
        document = _pdfium.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return True
    try:
        return any(_is_scan(page) for page in document)
    finally:
        document.close()


def _is_scan(page: Any) -> bool:
    text = page.get_textpage()
    try:
        if text.count_chars() > 0:
            return False
        return any(True for _ in page.get_objects(filter=(_pdfium.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))
    finally:
        text.close()
        page.close()
