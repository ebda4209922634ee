"""PDF with a password: AES-256 (revision 6); and what must be known of a PDF before: signed, protected, and how."""

import re
import secrets
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

_pdfium: Any = pypdfium2  # has no types
_SIGNED_FORM = 1  # SigFlags bit 1: the form holds a signature


class CannotOpen(ValueError):
    """What was sealed does not open, or opens without the password, or is not the same document."""


def sealed(content: bytes, password: str) -> bytes:
    """The document under a password, its streams as they are; opened again and compared before it is given out."""
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        _save(document, target, password)
        result = target.getvalue()
        _verify(document, result, password)
    return result


def write(source: Path, target: Path, password: str) -> None:
    """From file to file."""
    with pikepdf.open(source) as document:
        _save(document, target, password)


def _save(document: pikepdf.Pdf, target: Path | BytesIO, password: str) -> None:
    """The owner's password is random: nobody has it."""
    document.save(
        target,
        encryption=pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6, aes=True, metadata=True),
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )


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


def _verify(original: pikepdf.Pdf, result: bytes, password: str) -> None:
    if not needs_password(result):
        raise CannotOpen("opens without the password")
    with pikepdf.open(BytesIO(result), password=password) as document:
        if document.encryption.R != 6 or not document.user_password_matched:
            raise CannotOpen("not AES-256")
        if len(document.pages) != len(original.pages):
            raise CannotOpen("pages are missing")
        for before, after in zip(original.pages, document.pages, strict=True):
            if _streams(before) != _streams(after):
                raise CannotOpen("a page has changed")


def _streams(page: pikepdf.Page) -> list[bytes]:
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return [contents.read_raw_bytes()]
    if isinstance(contents, pikepdf.Array):
        return [part.read_raw_bytes() for part in contents.as_list() if isinstance(part, pikepdf.Stream)]
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
