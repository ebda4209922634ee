"""The sealing engine: what a file is, whether it may be sent, and the file under a password; knows nothing of chats."""

from handlers.files.sealing.inspection import Limits
from handlers.files.sealing.kinds import Kind, Reason, Refused
from handlers.files.sealing.passwords import new_password
from handlers.files.sealing.seal import Format, Inspection, Note, Sealed, inspect, seal, seal_many
from handlers.files.sealing.secrecy import Level, find_mark, text_of

__all__ = [
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
