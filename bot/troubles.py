"""What goes wrong around the program and not in it, in a sentence with what to do: database, disk, key."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

from bot.serving import NotReady
from storage.columns import SecretBroken
from storage.vault import VaultBroken

OTHER_KEY = (
    "GIAOBAN_SECRET_KEY is not the key with which this data was encrypted: put the old key back, or behind the new "
    "one after a comma"
)
_FULL = "the disk is full or cannot be written: free some space; leave the -wal file, there is data in it"
_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FULL,
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened: look at GIAOBAN_DATA_DIR, and whose the directory is",
    sqlite3.SQLITE_READONLY: "its file cannot be written: give it to the user the program runs as",
    sqlite3.SQLITE_BUSY: "another program holds it: try again in a minute",
    sqlite3.SQLITE_CORRUPT: "its file is damaged: keep it as it is, and restore a backup",
    sqlite3.SQLITE_NOTADB: "its file is no database: look at GIAOBAN_DATA_DIR, or restore a backup",
}


def in_words(failure: BaseException) -> str | None:
    """None: a fault of the program itself, which is to be told with where it happened."""
    if isinstance(failure, NotReady):
        return str(failure)
    if isinstance(failure, SecretBroken | VaultBroken):
        return OTHER_KEY
    if isinstance(failure, DBAPIError):
        return of_database(failure.orig or failure)
    if isinstance(failure, sqlite3.Error):
        return of_database(failure)
    if isinstance(failure, OSError) and failure.strerror:
        where = f"{failure.filename}: " if failure.filename else ""
        return where + (_FULL if failure.errno == errno.ENOSPC else failure.strerror)
    return None


def of_database(failure: BaseException) -> str | None:
    """None where it answers and a statement was wrong."""
    if isinstance(failure, sqlite3.Error):
        said = _SQLITE.get(getattr(failure, "sqlite_errorcode", 0) & 0xFF)
        return f"the database cannot be used: {said}" if said else None
    state = getattr(failure, "sqlstate", None) or ""
    if type(failure).__name__ != "OperationalError" and not state.startswith(("08", "28", "3D", "53", "57")):
        return None
    why = (str(failure).strip().splitlines() or ["no answer"])[0]
    return f"the database does not answer ({why}): see whether PostgreSQL runs, and what GIAOBAN_DATABASE_URL says"
