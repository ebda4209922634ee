"""One process at a time works on an SQLite database: who comes second is told so before it does anything."""

import fcntl
import os
from io import FileIO
from pathlib import Path

from sqlalchemy.engine import make_url


class Taken(Exception):
    """Another process works on it, in a sentence."""


def possess(url: str) -> FileIO | None:
    """Until the file is closed or the process ends, however it ends, the database is this process's own. None where
    several may work on it (PostgreSQL). Raises Taken, or OSError where no file can be made beside the database.

    A record lock and not flock: it is not inherited by the processes in which files are read, which may outlive us.
    """
    at = make_url(url)
    if at.get_backend_name() != "sqlite" or not at.database:
        return None
    place = Path(f"{at.database}.lock")
    mark = FileIO(os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
    try:
        fcntl.lockf(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        other = mark.read(20).decode(errors="replace").strip() or "?"
        mark.close()
        raise Taken(
            f"another process (number {other}) works on {at.database} already: stop it first, or leave it to work. "
            f"Several at once need PostgreSQL"
        ) from taken
    mark.truncate(0)
    mark.write(f"{os.getpid()}\n".encode())
    return mark
