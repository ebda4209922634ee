"""A PostgreSQL server of the tests' own: Debian's package, a temporary directory, a socket instead of a port."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

from storage import schema

USER = "postgres"
SWIFT = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=200"),
    *("wal_level=minimal", "max_wal_senders=0", "max_wal_size=128MB", "min_wal_size=32MB"),
)
MEMORY = Path("/dev/shm")
ROOM = 1 << 30  # bytes: a dozen databases of 7 MB, and what is written before each checkpoint


def programs() -> Path | None:
    """The directory of initdb and postgres, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def memory() -> Path | None:
    """Where there is enough of it: a database is made there in a fifth of the time that a disk takes."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


class Server:
    """`url()` makes a new empty database, `ready_url()` one with today's tables: a copy is made in a fifth of the time
    that they take."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._pattern = ""

    def url(self, like: str = "template0") -> str:
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(host=str(self.directory), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
        return f"postgresql+psycopg://{USER}@/{name}?host={self.directory}"

    def ready_url(self) -> str:
        if not self._pattern:
            url = self.url()
            engine = create_engine(url)
            schema.bring_up_to_date(engine)
            engine.dispose()
            self._pattern = url.split("@/")[1].split("?")[0]
        return self.url(self._pattern)

    def drop(self, url: str) -> None:
        name = url.split("@/")[1].split("?")[0]
        with psycopg.connect(host=str(self.directory), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def running(binaries: Path, place: Path | None = None) -> Iterator[Server]:
    """Starts the server and stops it afterwards. It refuses to run as root: then it runs as Debian's own user."""
    directory = Path(tempfile.mkdtemp(prefix="gb-pg-", dir=place))
    as_user = _as_user(directory)
    data = directory / "data"
    _run([*as_user, str(binaries / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"])
    options = " ".join([f"-k {directory}", *(f"-c {each}" for each in SWIFT)])
    control = [*as_user, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
    _run([*control, "-o", options, "-l", str(directory / "log"), "start"])
    try:
        yield Server(directory)
    finally:
        _run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(directory, ignore_errors=True)


def _as_user(directory: Path) -> list[str]:
    if os.getuid() != 0:
        return []
    user = pwd.getpwnam(USER)
    os.chown(directory, user.pw_uid, user.pw_gid)
    directory.chmod(0o755)
    return ["runuser", "-u", USER, "--"]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd="/")
