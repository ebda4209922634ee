"""From one database to another, row by row: an office that has grown moves from SQLite to PostgreSQL.

May be broken off at any moment and run again: what has been copied is noted in the same transaction as the rows. Until
it is complete the new database refuses to serve, and from its beginning the old one does, so that no message goes out
twice.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    func,
    inspect,
    select,
    tuple_,
)
from sqlalchemy import insert as insert_into
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from storage import audit, schema
from storage.database import open_engine

BATCH = 1000
Progress = Callable[[str, int, int], None]
"""Told after every batch: the table, rows copied, rows in all."""

_SET_OUT = "-"  # the row that says where from or where to; the others are tables
_NOTES = Table(
    "giaoban_move",
    MetaData(),  # stands in a database only while a move is under way, or after one has left
    Column("name", String, primary_key=True),
    Column("last", String, nullable=False),
    Column("copied", Integer, nullable=False),
    Column("other", String),
)


class CannotMove(Exception):
    """Why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What stands in the new database now."""

    tables: int
    rows: int
    entries: int
    """Of the audit, whose chain was followed hash by hash."""


def move(source: str, target: str, progress: Progress = lambda _table, _copied, _all: None) -> Moved:
    """Copies everything, compares, and opens the new database for use. Raises CannotMove."""
    there, here = make_url(source), make_url(target)
    if there == here:
        raise CannotMove("both are the same database")
    if there.get_backend_name() == "sqlite" and not Path(there.database or "").exists():
        raise CannotMove(f"there is no Giao Ban database at {_shown(there)}")
    old, new = open_engine(source), open_engine(target)
    try:
        _leave(old, there, here)
        _arrive(new, there)
        for table in schema.metadata.sorted_tables:
            _copy(old, new, table, progress)
        return _complete(old, new)
    except OperationalError as failure:
        raise CannotMove(f"a database does not answer; run the same command again: {_why(failure)}") from failure
    finally:
        old.dispose()
        new.dispose()


def moved_to(engine: Engine) -> str | None:
    """Why this database must not serve: it was moved away, or is not complete yet."""
    with engine.connect() as connection:
        mark = mark_of(connection)
    if mark is None:
        return None
    direction, other = mark
    if direction == "from":
        return f"this database is not complete: run `giaoban move` from {other} again until it is done"
    return (
        f"this database was moved to {other}: set GIAOBAN_DATABASE_URL to that. To go back to this one and lose "
        f"what happened there: giaoban move --stay"
    )


def stay(url: str) -> None:
    """The old database serves again."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            if not mark_of(connection):
                raise CannotMove("this database was not moved")
            _NOTES.drop(connection)
    finally:
        engine.dispose()


# setting out


def _leave(old: Engine, source: URL, target: URL) -> None:
    """The old database serves nobody from here on; SQLite tells by its journal whether a program still has it open."""
    with old.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise CannotMove(f"there is no Giao Ban database at {_shown(source)}")
    if old.dialect.name == "sqlite":
        _alone(old)
    schema.bring_up_to_date(old)
    _refuse_later(old)
    with old.begin() as connection:
        mark = mark_of(connection)
        if not mark:
            _set_out(connection, "to", target)
        elif mark != ("to", _shown(target)):
            raise CannotMove(f"a move to {mark[1]} has begun; end it, or give it up: giaoban move --stay")


def _refuse_later(engine: Engine) -> None:
    """What this version does not know it would leave behind."""
    if later := schema.later_revision(engine):
        raise CannotMove(f"the tables are a later version's ({later}): move with that version")


def _alone(old: Engine) -> None:
    raw = old.raw_connection()
    try:
        raw.cursor().execute("PRAGMA busy_timeout=2000")
        raw.cursor().execute("PRAGMA journal_mode=DELETE")
    except Exception as busy:
        raise CannotMove("the old database is in use: stop the program first") from busy
    finally:
        raw.close()


def _arrive(new: Engine, source: URL) -> None:
    with new.connect() as connection:
        present = inspect(connection).has_table("alembic_version")
        begun = mark_of(connection)
    if present and not begun:
        raise CannotMove(
            "the new database is not empty: if the move was done before, set GIAOBAN_DATABASE_URL to it and start; "
            "otherwise name an empty one"
        )
    if begun and begun != ("from", _shown(source)):
        raise CannotMove(f"the new database belongs to another move, from {begun[1]}")
    schema.bring_up_to_date(new)
    _refuse_later(new)
    if not begun:
        with new.begin() as connection:
            _set_out(connection, "from", source)


def mark_of(connection: Connection) -> tuple[str, str] | None:
    """(`to` or `from`, the other database) where a move has left, or has not arrived in full."""
    if not inspect(connection).has_table(_NOTES.name):
        return None
    kept = connection.execute(select(_NOTES).where(_NOTES.c.name == _SET_OUT)).one()
    return kept.last, kept.other


def _set_out(connection: Connection, direction: str, other: URL) -> None:
    _NOTES.create(connection)
    values = {"name": _SET_OUT, "last": direction, "copied": 0, "other": _shown(other)}
    connection.execute(insert_into(_NOTES), values)


# the rows


def _copy(old: Engine, new: Engine, table: Table, progress: Progress) -> None:
    """In order of the primary key, so that what refers to an older row of its own table finds it."""
    with old.connect() as reading:
        in_all = reading.execute(select(func.count()).select_from(table)).scalar_one()
        copied, last = _noted(new, table)
        for rows in _batches(reading, table, last):
            copied += len(rows)
            with new.begin() as writing:
                writing.execute(table.insert(), rows)
                _note(writing, table, copied, [rows[-1][column.name] for column in table.primary_key])
            progress(table.name, copied, in_all)
    with new.begin() as writing:
        _continue_numbers(writing, table)


def _batches(reading: Connection, table: Table, last: list[Any] | None) -> Iterator[Sequence[dict[str, Any]]]:
    keys = list(table.primary_key)
    while True:
        wanted = select(table).order_by(*keys).limit(BATCH)
        if last is not None:
            wanted = wanted.where(tuple_(*keys) > tuple_(*last))
        rows = [dict(row._mapping) for row in reading.execute(wanted)]  # noqa: SLF001 - the public name of a row's mapping
        if not rows:
            return
        yield rows
        last = [rows[-1][column.name] for column in keys]


def _noted(new: Engine, table: Table) -> tuple[int, list[Any] | None]:
    with new.connect() as connection:
        kept = connection.execute(select(_NOTES).where(_NOTES.c.name == table.name)).one_or_none()
    if kept is None:
        return 0, None
    typed = zip(table.primary_key, json.loads(kept.last), strict=True)
    return kept.copied, [_python(column.type.python_type, value) for column, value in typed]


def _python(kind: type[Any], value: Any) -> Any:
    return kind.fromisoformat(value) if hasattr(kind, "fromisoformat") else value


def _note(writing: Connection, table: Table, copied: int, last: list[Any]) -> None:
    values = {"name": table.name, "last": json.dumps(last, default=str), "copied": copied}
    writing.execute(delete(_NOTES).where(_NOTES.c.name == table.name))
    writing.execute(insert_into(_NOTES), values)


def _continue_numbers(writing: Connection, table: Table) -> None:
    """New rows get numbers after the old ones (SQLite does so by itself)."""
    counted = table.autoincrement_column
    if writing.dialect.name != "postgresql" or counted is None or not isinstance(counted.type, Integer):
        return
    sequence = writing.execute(select(func.pg_get_serial_sequence(table.name, counted.name))).scalar()
    highest = writing.execute(select(func.max(counted))).scalar()
    if sequence is not None and highest is not None:
        writing.execute(select(func.setval(sequence, highest)))


# the end


def _complete(old: Engine, new: Engine) -> Moved:
    """Both hold the same rows, and the audit's chain holds: only then the new database may serve."""
    rows = 0
    with old.connect() as left, new.connect() as right:
        for table in schema.metadata.sorted_tables:
            before, after = _fingerprint(left, table), _fingerprint(right, table)
            if before != after:
                raise CannotMove(
                    f"{table.name} differs ({before[0]} rows before, {after[0]} after): use another target"
                )
            rows += after[0]
    with Session(new) as session:
        if broken := next(iter(audit.breaks(session)), None):
            raise CannotMove(f"the audit's chain breaks at entry {broken}; it was copied as it is: see giaoban verify")
        entries = audit.count(session)
    with new.begin() as connection:
        _NOTES.drop(connection)
    return Moved(tables=len(schema.metadata.sorted_tables), rows=rows, entries=entries)


def _fingerprint(connection: Connection, table: Table) -> tuple[int, str]:
    """Number of rows, and a hash over all of them in an order that both databases share."""
    count, sums = 0, 0
    for rows in _batches(connection, table, None):
        count += len(rows)
        for row in rows:
            digest = hashlib.blake2b(repr(list(row.items())).encode(), digest_size=16).digest()
            sums = (sums + int.from_bytes(digest)) % (1 << 128)
    return count, f"{sums:032x}"


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _why(failure: OperationalError) -> str:
    return str(failure.orig).strip().splitlines()[0] if failure.orig else "no answer"
