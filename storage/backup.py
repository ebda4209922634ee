"""A copy of everything that lasts, taken while the program runs."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.engine import URL, make_url

from storage import dumping

_THE_SOURCE_ITSELF = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class CannotBackUp(Exception):
    """Why, in a sentence."""


def back_up(url: str, vault: Path, destination: Path, dump: BinaryIO | None = None) -> str:
    """Copies the database (consistent, by SQLite's own backup or by pg_dump, or `dump`, which pg_dump has made) and the
    vault's records; says what was copied.

    The database goes first: every record it names is in the vault already, and records are never changed.
    """
    source = make_url(url)
    on_a_server = source.get_backend_name() != "sqlite"
    if dump is not None and not on_a_server:
        raise CannotBackUp("a dump goes with PostgreSQL; this database is SQLite, which needs none")
    if not on_a_server and not Path(source.database or "").exists():
        raise CannotBackUp(f"there is no database at {source.database}")
    if destination.exists() and any(destination.iterdir()):
        raise CannotBackUp(f"{destination} is not empty: a backup goes into a new directory")
    try:
        destination.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as failure:
        raise CannotBackUp(f"{destination} cannot be made: {failure.strerror}") from failure
    copy = destination / (dumping.NAME if on_a_server else "giaoban.sqlite")
    with _whole_or_nothing(copy, destination / "vault"):
        if on_a_server:
            _dump(source, copy, dump)
        else:
            _copy_database(Path(source.database or ""), copy)
        records = _copy_vault(vault, destination / "vault")
    return f"{copy} ({copy.stat().st_size} bytes), {records} files in the vault; keep GIAOBAN_SECRET_KEY elsewhere"


@contextlib.contextmanager
def _whole_or_nothing(copy: Path, vault: Path) -> Iterator[None]:
    """Half a backup looks like one: where something fails, nothing of it stays."""
    try:
        yield
    except (OSError, sqlite3.Error, CannotBackUp) as failure:
        for each in (copy, copy.with_name(f"{copy.name}-journal")):
            each.unlink(missing_ok=True)
        shutil.rmtree(vault, ignore_errors=True)
        if isinstance(failure, CannotBackUp) or getattr(failure, "sqlite_errorcode", None) in _THE_SOURCE_ITSELF:
            raise
        why = failure.strerror if isinstance(failure, OSError) else str(failure)
        raise CannotBackUp(
            f"no backup was made, and nothing of it is left in {copy.parent} ({why}): see whether there is room, and "
            f"who may write there"
        ) from failure


def _dump(source: URL, copy: Path, made: BinaryIO | None) -> None:
    try:
        if made is None:
            dumping.dump(source, copy)
        else:
            dumping.take(made, copy)
    except dumping.CannotDump as reason:
        raise CannotBackUp(str(reason)) from reason
    copy.chmod(0o600)


def _copy_database(source: Path, copy: Path) -> None:
    reading, writing = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(copy)
    try:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        reading.close()
        writing.close()
    copy.chmod(0o600)


def _copy_vault(vault: Path, copy: Path) -> int:
    copy.mkdir(mode=0o700)
    records = [path for path in vault.glob("*") if path.is_file() and not path.suffix]
    for path in records:
        shutil.copy2(path, copy / path.name)
    return len(records)
