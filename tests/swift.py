"""What thousands of tests need not do anew: parse the house's words, compile SQL and tables, flush a disk, look for
garbage among the modules.

Nothing of it is a test's own: each office has its own words, its own engine and its own empty database as before. What
the program says about its disk (`synchronous=FULL`) is held by a test of its own and by the chaos runs' child programs.
"""

import functools
import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

import storage.database
from bot.engine import texts
from storage.base import metadata

STATEMENTS = 3000  # of the whole program, with some room
WHOLE = {"checkfirst": False}  # how the program has all its tables made
YOUNG = 20_000  # objects between two looks for garbage; Python's own 700 are an eighth of the suite's time


@contextmanager
def swift() -> Iterator[None]:
    with ExitStack() as patched:
        for change in (_texts_once, _statements_once, _tables_once, _no_flushing):
            patched.enter_context(change())
        yield


def look_for_garbage_seldom() -> None:
    """Once everything is imported and collected: none of that is ever garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


@contextmanager
def _texts_once() -> Iterator[None]:
    """The house's texts are the same for every office: what was read of a file, and parsed of it, stays."""
    read = texts._read
    once = functools.cache(lambda path, _changed_at: read(path))
    with mock.patch.object(texts, "_read", lambda path: once(path, path.stat().st_mtime_ns)):
        yield


@contextmanager
def _statements_once() -> Iterator[None]:
    """What SQLAlchemy compiled for one engine serves the next of its kind: both made by the same call."""
    kinds: dict[tuple[str, ...], LRUCache[Any, Any]] = {}
    create = sqlalchemy.create_engine

    def create_engine(url: str, **options: Any) -> Engine:
        engine = create(url, **options)
        engine._compiled_cache = kinds.setdefault((engine.name, *sorted(options)), _OfOneKind(STATEMENTS))
        return engine

    with mock.patch.object(storage.database, "create_engine", create_engine):
        yield


class _OfOneKind(LRUCache[Any, Any]):
    """A key's first part is the engine's dialect."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_without_dialect(key), default)

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_without_dialect(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_without_dialect(key), value)


def _without_dialect(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return key[1:]


@contextmanager
def _tables_once() -> Iterator[None]:
    """SQLite's tables by the very statements of the first time. (PostgreSQL's tests copy a database.)"""
    create_all = metadata.create_all
    statements: list[str] = []

    def create(bind: Engine | Connection, **options: Any) -> None:
        if not isinstance(bind, Connection) or bind.dialect.name != "sqlite" or options != WHOLE:
            create_all(bind, **options)
        elif statements:
            for each in statements:
                bind.connection.cursor().execute(each)
        else:
            statements.extend(_said_by(bind, lambda: create_all(bind, **options)))

    with mock.patch.object(metadata, "create_all", create):
        yield


def _said_by(connection: Connection, work: Any) -> list[str]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return said


@contextmanager
def _no_flushing() -> Iterator[None]:
    """No test cuts the power: what a process wrote is there for the next one, flushed or not."""
    as_ever = storage.database._sqlite_pragmas

    def pragmas(connection: Any, record: Any) -> None:
        as_ever(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with mock.patch.object(storage.database, "_sqlite_pragmas", pragmas):
        yield
