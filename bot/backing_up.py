"""`giaoban backup`: database and vault into a new directory, and the mark by which the doctor knows of it."""

import sys
from pathlib import Path

from bot.clock import Clock
from bot.doctor import note_backup
from config.settings import Settings
from storage.backup import CannotBackUp, back_up

__all__ = ["CannotBackUp", "back_up_office"]


def back_up_office(settings: Settings, destination: Path, dump: str | None) -> str:
    """What was copied. `dump`: a file that pg_dump made, `-` for standard input. Raises CannotBackUp."""
    now = Clock(settings.zone).now()
    vault = settings.data_dir / "vault"
    if dump is None:
        said = back_up(settings.database, vault, destination)
    elif dump == "-":
        said = back_up(settings.database, vault, destination, sys.stdin.buffer)
    else:
        said = _with_file(settings, vault, destination, Path(dump))
    note_backup(settings, now)
    return said


def _with_file(settings: Settings, vault: Path, destination: Path, dump: Path) -> str:
    try:
        with dump.open("rb") as made:
            return back_up(settings.database, vault, destination, made)
    except OSError as failure:
        raise CannotBackUp(f"{failure.filename}: {failure.strerror}") from failure
