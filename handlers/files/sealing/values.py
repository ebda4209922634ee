"""What is said of files: limits, what an inspection found, and a sealed file; without any library behind it."""

from dataclasses import dataclass, field
from enum import StrEnum

from handlers.files.sealing.kinds import Kind
from handlers.files.sealing.secrecy import Level


@dataclass(frozen=True, slots=True)
class Limits:
    """What an office file stays within, in bytes unless said otherwise."""

    size: int = 50 << 20
    inflated: int = 400 << 20
    part: int = 128 << 20  # one XML part: 180 MB of it took an ordinary reader 2 GB
    ratio: int = 200  # of a member above `small`; XML of a large table reaches 60
    small: int = 10 << 20
    members: int = 10_000


LIMITS = Limits()


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
    nobody has looked at all of it, and the sender has to be asked."""

    kind: Kind
    type: str
    """The extension that is its own (`docx`, `png`), or else the kind."""
    secrecy: Level | None
    has_text: bool
    protected: bool
    locked: bool = False
    """Cannot be read without a password, be the lock strong (`protected`) or weak."""
    macros: bool = False
    signed: bool = False
