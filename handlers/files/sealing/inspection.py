"""What is looked at before a file is trusted: bombs, slips, overlaps, entities, macros, and whether it is whole."""

import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

import pikepdf

from handlers.files.sealing import cfb, pdf
from handlers.files.sealing.kinds import Found, Kind, Reason, Refused, check_name, find
from handlers.files.sealing.values import LIMITS, Limits

_CHUNK = 1 << 18
_MACRO_STORAGES = frozenset(("Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"))


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be opened: its kind, and what a group's policy may ask about."""

    found: Found
    macros: bool
    signed: bool


def inspected(content: bytes, name: str, limits: Limits = LIMITS) -> Inspected:
    """Raises Refused with the first reason found; the cheap ones are looked for first."""
    if len(content) > limits.size:
        raise Refused(Reason.TOO_BIG, f"{len(content)} bytes")
    found = find(content)
    check_name(found, name)
    if found.kind in (Kind.OOXML, Kind.ODF, Kind.ZIP):
        return _in_archive(content, found, limits)
    if found.kind is Kind.PDF:
        _check_pdf(content)
    if found.kind is Kind.IMAGE:
        _check_image(content, found)
    if found.kind in (Kind.LEGACY_OFFICE, Kind.ENCRYPTED_OOXML):
        return Inspected(found, macros=_check_compound(content), signed=False)
    return Inspected(found, macros=False, signed=found.kind is Kind.PDF and pdf.is_signed(content))


def _in_archive(content: bytes, found: Found, limits: Limits) -> Inspected:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _check_declared(members, limits)
            _check_names(members)
            _check_places(content, archive, members)
            if found.kind is not Kind.ZIP and any(member.flag_bits & 1 for member in members):
                raise Refused(Reason.CORRUPT, "an encrypted member in a package")
            _check_inflated(archive, members, found, limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, struct.error, OSError) as error:
        raise Refused(Reason.CORRUPT, "zip member") from error
    names = [member.filename for member in members]
    macros = (found.extension or "").endswith("m") or any(name.startswith("Basic/") for name in names)
    signed = any(name.startswith("_xmlsignatures/") or name.endswith("documentsignatures.xml") for name in names)
    return Inspected(found, macros=macros, signed=signed)


def _check_declared(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Before anything is inflated: 0.4 ms, and every honest bomb is caught."""
    if not members:
        raise Refused(Reason.EMPTY, "no members")
    if len(members) > limits.members:
        raise Refused(Reason.BOMB, f"{len(members)} members")
    if sum(member.file_size for member in members) > limits.inflated:
        raise Refused(Reason.BOMB, "declared size")
    for member in members:
        if member.file_size > limits.small and member.file_size > limits.ratio * max(1, member.compress_size):
            raise Refused(Reason.BOMB, "ratio")
        if member.filename.endswith((".xml", ".rels")) and member.file_size > limits.part:
            raise Refused(Reason.BOMB, "part")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    names = [member.orig_filename for member in members]
    for member, name in zip(members, names, strict=True):
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or "\0" in name or re.match(r"^[A-Za-z]:", name):
            raise Refused(Reason.ZIP_SLIP)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Refused(Reason.ZIP_SLIP, "link")
    if len({name.casefold() for name in names}) != len(names):
        raise Refused(Reason.CORRUPT, "two members of one name")


def _check_places(content: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Members lie one after another from the first byte to the directory: none shares bytes with the next."""
    end = 0
    for number, member in enumerate(sorted(members, key=lambda member: member.header_offset)):
        at = member.header_offset
        if at < end:
            raise Refused(Reason.BOMB, "members overlap")
        if number == 0 and at != 0:
            raise Refused(Reason.POLYGLOT, "something before the first member")
        if content[at : at + 4] != b"PK\3\4":
            raise Refused(Reason.CORRUPT, "no local header")
        name_length, extra_length = struct.unpack_from("<2H", content, at + 26)
        end = at + 30 + name_length + extra_length + member.compress_size
        encoded = content[at + 30 : at + 30 + name_length]
        if encoded != member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace"):
            raise Refused(Reason.CORRUPT, "a member of two names")
    if end > archive.start_dir:
        raise Refused(Reason.BOMB, "members overlap the directory")


def _check_inflated(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], found: Found, limits: Limits) -> None:
    """Declared sizes can lie: bytes are counted while inflating, checksums compared, and XML looked at for a DTD."""
    left = limits.inflated
    for member in members:
        if member.flag_bits & 1 or member.is_dir():
            continue
        head = b""
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                head = head or chunk
                left -= len(chunk)
                if left < 0:
                    raise Refused(Reason.BOMB, "inflates beyond what it declares")
        if found.kind is not Kind.ZIP and member.filename.endswith((".xml", ".rels", ".vml")):
            refuse_dtd(head)


class _RootReached(Exception):
    """The prolog, the only place for a DTD, is over."""


def refuse_dtd(head: bytes) -> None:
    """Raises Refused if the XML that begins like this defines a document type."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise Refused(Reason.DTD)

    def start(*_: object) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(head, False)
    except _RootReached:
        return
    except expat.ExpatError as error:
        raise Refused(Reason.CORRUPT, "XML") from error
    if len(head) >= _CHUNK:
        raise Refused(Reason.CORRUPT, "XML that does not begin")


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise Refused(Reason.TRUNCATED, "no end of file mark")
    try:
        pdf.check(content)
    except (pikepdf.PdfError, ValueError) as error:
        raise Refused(Reason.CORRUPT, "PDF") from error


def _check_image(content: bytes, found: Found) -> None:
    if found.extension == "png" and b"IEND" not in content[-4096:]:
        raise Refused(Reason.TRUNCATED, "PNG")
    if found.extension == "jpg" and b"\xff\xd9" not in content[len(content) // 2 :]:
        raise Refused(Reason.TRUNCATED, "JPEG")


def _check_compound(content: bytes) -> bool:
    """Every stream can be read to its end; says whether one of them is a project of macros."""
    try:
        container = cfb.Reader(content)
        for path in container.paths:
            container.read(path)
    except cfb.Malformed as error:
        raise Refused(Reason.TRUNCATED, str(error)) from error
    return any(_MACRO_STORAGES.intersection(path) for path in container.paths)
