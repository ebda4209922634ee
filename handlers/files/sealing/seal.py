"""Sealing one file: inspected, put under a password in the form its readers can open, opened again, given out."""

from dataclasses import dataclass, field
from enum import StrEnum

import pikepdf

from handlers.files.sealing import ooxml, pdf, zipaes
from handlers.files.sealing.cfb import Malformed
from handlers.files.sealing.inspection import LIMITS, Inspected, Limits, inspected
from handlers.files.sealing.kinds import Found, Kind, Reason, Refused
from handlers.files.sealing.passwords import new_password
from handlers.files.sealing.protection import is_locked, is_protected
from handlers.files.sealing.secrecy import Level, find_mark, text_of

_CANNOT_OPEN = (ooxml.CannotOpen, zipaes.CannotOpen, pdf.CannotOpen, Malformed)


class Format(StrEnum):
    OOXML = "ooxml"  # the same file, Office asks for the password
    ZIP = "zip"  # needs an archiver
    PDF = "pdf"  # the same file, the reader asks for the password


class Note(StrEnum):
    ALREADY_PROTECTED = "already-protected"  # passed unchanged: only the sender knows the password
    SIGNED_PDF = "signed-pdf"  # in a zip, for encrypting it would break the digital signature


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file ready to be sent. `password` is empty if it is the sender's own."""

    name: str
    content: bytes = field(repr=False)
    password: str = field(repr=False)
    format: Format
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. `secrecy` None says that no mark was found, not that there is none; without text (`has_text`)
    nobody has looked, and the sender has to be asked."""

    kind: Kind
    secrecy: Level | None
    has_text: bool
    protected: bool
    macros: bool = False
    signed: bool = False


def inspect(content: bytes, name: str, limits: Limits = LIMITS) -> Inspection:
    """Raises Refused for what must not be opened or sent; a secrecy mark is reported, in the content or in the name."""
    seen = inspected(content, name, limits)
    unreadable = seen.found.kind is not Kind.ZIP and is_locked(content, seen.found.kind)
    text = "" if unreadable else text_of(content, seen.found.kind)
    return Inspection(
        kind=seen.found.kind,
        secrecy=find_mark(text),
        has_text=_has_text(text, content, seen.found),
        protected=is_protected(content, seen.found.kind),
        macros=seen.macros,
        signed=seen.signed,
    )


def seal(content: bytes, name: str, password: str | None = None, *, limits: Limits = LIMITS) -> Sealed:
    """The file under `password`, or under a new one. What is already protected passes unchanged, with a note.

    Secrecy is not looked for here: `inspect` comes before. Raises Refused.
    """
    seen = inspected(content, name, limits)
    name = zipaes.safe_name(name)
    if is_protected(content, seen.found.kind):
        return Sealed(name, content, "", _format_of(seen.found.kind), Note.ALREADY_PROTECTED)
    password = password or new_password()
    try:
        return _sealed(content, name, password, seen)
    except _CANNOT_OPEN as error:
        raise Refused(Reason.UNVERIFIED, str(error)) from error


def seal_many(files: list[tuple[str, bytes]], name: str, password: str | None = None, *, hide_names: bool = True,
              limits: Limits = LIMITS) -> Sealed:  # fmt: skip
    """Several files in one archive called `name`."""
    for member, content in files:
        inspected(content, member, limits)
    if sum(len(content) for _, content in files) > limits.size:
        raise Refused(Reason.TOO_BIG)
    password = password or new_password()
    try:
        return Sealed(_as_zip(name), zipaes.sealed(files, password, hide_names=hide_names), password, Format.ZIP)
    except zipaes.CannotOpen as error:
        raise Refused(Reason.UNVERIFIED, str(error)) from error


def _sealed(content: bytes, name: str, password: str, seen: Inspected) -> Sealed:
    if seen.found.kind is Kind.OOXML:
        return Sealed(name, ooxml.sealed(content, password), password, Format.OOXML)
    if seen.found.kind is Kind.PDF and not seen.signed and not pdf.needs_password(content):
        return Sealed(name, _pdf(content, password), password, Format.PDF)
    note = Note.SIGNED_PDF if seen.found.kind is Kind.PDF and seen.signed else None
    return Sealed(_as_zip(name), zipaes.sealed([(name, content)], password), password, Format.ZIP, note)


def _pdf(content: bytes, password: str) -> bytes:
    try:
        return pdf.sealed(content, password)
    except pikepdf.PdfError as error:
        raise Refused(Reason.CORRUPT, "PDF") from error


def _format_of(kind: Kind) -> Format:
    return {Kind.ENCRYPTED_OOXML: Format.OOXML, Kind.PDF: Format.PDF}.get(kind, Format.ZIP)


def _as_zip(name: str) -> str:
    name = zipaes.safe_name(name)
    stem, dot, _ = name.rpartition(".")
    return (stem if dot else name) + ".zip"


def _has_text(text: str, content: bytes, found: Found) -> bool:
    """Whether there was anything to search; one scanned page among written ones is a page nobody has read."""
    if found.kind is Kind.PDF and pdf.has_unread_pages(content):
        return False
    return any(letter.isalpha() for letter in text)
