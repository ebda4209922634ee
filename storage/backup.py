"""A copy of everything that lasts, taken while the program runs."""

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url


class CannotBackUp(Exception):
    """Why, in a sentence."""


def back_up(url: str, vault: Path, destination: Path) -> str:
    """Copies the SQLite file (consistent, by SQLite's own backup) and the vault's records; says what was copied.

    The database goes first: every record it names is in the vault already, and records are never changed.
    """
    source = make_url(url)
    if source.get_backend_name() != "sqlite" or not source.database:
        raise CannotBackUp("PostgreSQL is backed up with pg_dump; only its vault is copied by hand")
    if not Path(source.database).exists():
        raise CannotBackUp(f"there is no database at {source.database}")
    if destination.exists() and any(destination.iterdir()):
        raise CannotBackUp(f"{destination} is not empty: a backup goes into a new directory")
    destination.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = destination / "giaoban.sqlite"
    _copy_database(Path(source.database), copy)
    records = _copy_vault(vault, destination / "vault")
    return f"{copy} ({copy.stat().st_size} bytes), {records} files in the vault; keep GIAOBAN_SECRET_KEY elsewhere"


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
