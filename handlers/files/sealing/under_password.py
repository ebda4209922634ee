"""Sealing one file: inspected, put under a password in the form its readers can open, opened again, given out."""

from dataclasses import replace

import pikepdf

from handlers.files.sealing import ooxml, pdf, zipaes
from handlers.files.sealing.cfb import Malformed
from handlers.files.sealing.contents import search
from handlers.files.sealing.inspection import Inspected, inspected
from handlers.files.sealing.kinds import Kind, Reason, Refused
from handlers.files.sealing.passwords import new_password
from handlers.files.sealing.protection import is_locked, is_protected
from handlers.files.sealing.secrecy import find_mark, words_of_name
from handlers.files.sealing.values import LIMITS, Format, Inspection, Limits, Note, Sealed

_CANNOT_OPEN = (ooxml.CannotOpen, zipaes.CannotOpen, pdf.CannotOpen, Malformed)


def inspect(content: bytes, name: str, limits: Limits = LIMITS) -> Inspection:
    """Raises Refused for what must not be opened or sent; a secrecy mark is reported, in the content or in the name."""
    seen = inspected(content, name, limits)
    found = _outside(content, seen)
    searched = search(content, seen.found.kind, locked=found.locked and seen.found.kind is not Kind.ZIP)
    mark = find_mark("\n".join((searched.text, words_of_name(name))))
    return replace(found, secrecy=mark, has_text=searched.complete)


def _outside(content: bytes, seen: Inspected) -> Inspection:
    """All but what is said in it."""
    kind = seen.found.kind
    return Inspection(
        kind=kind,
        type=seen.found.extension or kind,
        secrecy=None,
        has_text=False,
        protected=is_protected(content, kind),
        locked=is_locked(content, kind),
        macros=seen.macros,
        signed=seen.signed,
    )


def seal(content: bytes, name: str, password: str | None = None, *, seen: Inspection | None = None,
         limits: Limits = LIMITS) -> Sealed:  # fmt: skip
    """The file under `password`, or under a new one. What is already protected passes unchanged, with a note.

    Secrecy is not looked for here: `inspect` comes before, and what it has `seen` is not looked for again, so that an
    untrusted file is taken apart in one place only. Raises Refused.
    """
    seen = seen or _outside(content, inspected(content, name, limits))
    name = zipaes.safe_name(name)
    if seen.protected:
        return Sealed(name, content, "", _format_of(seen.kind), Note.ALREADY_PROTECTED)
    password = password or new_password()
    try:
        return _sealed(content, name, password, seen)
    except _CANNOT_OPEN as error:
        raise Refused(Reason.UNVERIFIED, str(error)) from error


def seal_many(
    files: list[tuple[str, bytes]],
    name: str,
    password: str | None = None,
    *,
    hide_names: bool = True,
    seen: bool = False,
    limits: Limits = LIMITS,
) -> Sealed:
    """Several files in one archive called `name`. `seen`: each has been inspected."""
    for member, content in files:
        if not seen:
            inspected(content, member, limits)
    if sum(len(content) for _, content in files) > limits.size:
        raise Refused(Reason.TOO_BIG)
    password = password or new_password()
    try:
        return Sealed(_as_zip(name), zipaes.sealed(files, password, hide_names=hide_names), password, Format.ZIP)
    except zipaes.CannotOpen as error:
        raise Refused(Reason.UNVERIFIED, str(error)) from error


def _sealed(content: bytes, name: str, password: str, seen: Inspection) -> Sealed:
    if seen.kind is Kind.OOXML:
        return Sealed(name, ooxml.sealed(content, password), password, Format.OOXML)
    signed = seen.kind is Kind.PDF and seen.signed
    if seen.kind is Kind.PDF and not signed and not seen.locked:
        try:
            return Sealed(name, _pdf(content, password), password, Format.PDF)
        except pdf.Signed:
            signed = True
    note = Note.SIGNED_PDF if signed else None
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
