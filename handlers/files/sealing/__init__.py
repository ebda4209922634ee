"""The sealing engine: what a file is, whether it may be sent, and the file under a password; knows nothing of chats.

The libraries that open files are loaded when the first file comes: 30 MB that an idle program need not carry.
"""

from handlers.files.sealing.kinds import Kind, Reason, Refused
from handlers.files.sealing.passwords import new_password
from handlers.files.sealing.secrecy import Level, find_mark
from handlers.files.sealing.values import LIMITS, Format, Inspection, Limits, Note, Sealed

__all__ = [
    "LIMITS",
    "Format",
    "Inspection",
    "Kind",
    "Level",
    "Limits",
    "Note",
    "Reason",
    "Refused",
    "Sealed",
    "find_mark",
    "inspect",
    "new_password",
    "seal",
    "seal_many",
    "text_of",
]


def inspect(content: bytes, name: str, limits: Limits = LIMITS) -> Inspection:
    """Raises Refused for what must not be opened or sent; a secrecy mark is reported."""
    from handlers.files.sealing.under_password import inspect as inspect_it

    return inspect_it(content, name, limits)


def seal(
    content: bytes,
    name: str,
    password: str | None = None,
    *,
    seen: Inspection | None = None,
    limits: Limits = LIMITS,
) -> Sealed:
    """The file under a password, opened again with it; does not look for secrecy. Raises Refused."""
    from handlers.files.sealing.under_password import seal as seal_it

    return seal_it(content, name, password, seen=seen, limits=limits)


def seal_many(files: list[tuple[str, bytes]], name: str) -> Sealed:
    """Several files, each inspected before, in one archive whose list of names can be read. Raises Refused."""
    from handlers.files.sealing.under_password import seal_many as seal_them

    return seal_them(files, name, hide_names=False, seen=True)


def text_of(content: bytes, kind: Kind) -> str:
    """What can be read of a file of this kind."""
    from handlers.files.sealing.contents import text_of as read

    return read(content, kind)
