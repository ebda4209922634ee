"""PostgreSQL's part of a backup: pg_dump's own archive, made here or taken from who made it elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import BinaryIO

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

NAME = "giaoban.dump"
_MAGIC = b"PGDMP"  # begins every archive of pg_dump --format=custom
_ELSEWHERE = (
    "make the dump there (compose: docker compose exec -T database pg_dump -Fc -U giaoban giaoban) and give it: "
    "giaoban backup DEST --dump FILE, or - for standard input"
)


class CannotDump(Exception):
    """Why, and what to do, in a sentence."""


def dump(source: URL, to: Path) -> None:
    """By pg_dump, consistent while everybody works; its version must not be older than the server's."""
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotDump(f"pg_dump is not installed here: install postgresql-client, or {_ELSEWHERE}")
    options = ["--format=custom", "--no-password", f"--file={to}", f"--dbname={_address(source)}"]
    secret = {"PGPASSWORD": str(source.password)} if source.password else {}  # an argument could be read by others
    done = subprocess.run([program, *options], env={**os.environ, **secret}, capture_output=True, check=False)
    if done.returncode:
        to.unlink(missing_ok=True)
        said = done.stderr.decode(errors="replace").strip().replace("\n", " ")
        hint = f"; {_ELSEWHERE}" if "version mismatch" in said else ""
        raise CannotDump(f"pg_dump failed: {said}{hint}")


def take(made: BinaryIO, to: Path) -> None:
    """An archive that somebody else's pg_dump wrote."""
    begins = made.read(len(_MAGIC))
    if begins != _MAGIC:
        raise CannotDump("that is no archive of pg_dump -Fc")
    with to.open("xb") as file:
        file.write(begins)
        shutil.copyfileobj(made, file, 1024**2)
    if trouble := broken(to):
        to.unlink()
        raise CannotDump(trouble)


def broken(archive: Path) -> str | None:
    """Why it cannot be restored, as far as can be seen without a server: it is read to its end where pg_restore is."""
    with archive.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return f"{archive.name} is no archive of pg_dump -Fc"
    program = shutil.which("pg_restore")
    if program is None:
        return None
    read = subprocess.run([program, "--file=/dev/null", str(archive)], capture_output=True, check=False)
    if read.returncode:
        return f"{archive.name} is incomplete: {read.stderr.decode(errors='replace').strip().splitlines()[-1]}"
    return None


def _address(source: URL) -> str:
    """Without the password."""
    named = {"host": source.host, "port": source.port, "user": source.username, "dbname": source.database}
    told = {**{name: value for name, value in named.items() if value is not None}, **source.query}
    return make_conninfo("", **{name: str(value) for name, value in told.items() if name != "password"})
