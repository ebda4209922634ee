"""The engine and its transactions, and everything in which SQLite and PostgreSQL differ."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Connection, Engine, Integer, bindparam, create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

T = TypeVar("T")
Command = Callable[[Session], T]

GROUP_COMMIT = 64  # commands that may share one commit: at most one disk flush for all that waited
RETRYABLE = {"40001", "40P01", "23505"}  # PostgreSQL: serialization failure, deadlock, added by another meanwhile
ATTEMPTS = 6
THREADS = 8
SWIFT_TO_DIE = {
    # who is frozen or cut off in the middle of a transaction holds up nobody for long
    "options": "-c idle_in_transaction_session_timeout=8s",
    "connect_timeout": "5",
    "keepalives_idle": "4",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "8000",
}
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
TRY_ALONE = func.pg_try_advisory_xact_lock(func.hashtextextended(bindparam("name"), text("0")))
"""`try_alone`, to be asked together with something else (PostgreSQL)."""
_TRY_ALONE = select(TRY_ALONE)


class Database:
    """Runs commands, each in one transaction that is durable when `run` returns.

    SQLite: one thread owns the only writing connection and commits whatever waits together; when one of them fails,
    each is run again by itself. PostgreSQL: a pool, with retries on serialization failures. So a command may run more
    than once, and its effects lie in the session alone.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url) if url.startswith("sqlite") else _on_a_server(url)
        self._writer = _OneWriter(self.engine) if self.engine.dialect.name == "sqlite" else _Pool(self.engine)

    @property
    def shared(self) -> bool:
        """Whether other replicas may work on it as well."""
        return self.engine.dialect.name != "sqlite"

    @property
    def overlap(self) -> int:
        """How far behind the highest visible row id a lower one may still be uncommitted: transactions that run
        beside each other (PostgreSQL) take their ids in one order and commit in another."""
        return 0 if self.engine.dialect.name == "sqlite" else 1000

    async def run(self, command: Command[T]) -> T:
        return await asyncio.wrap_future(self._writer.submit(command))

    def run_now(self, command: Command[T]) -> T:
        """The same from a thread that is not the event loop's."""
        return self._writer.submit(command).result()

    async def run_beside(self, command: Command[T]) -> T:
        """The same, not after all that waits already: for leases, which would run out meanwhile."""
        return await asyncio.wrap_future(self._writer.submit_beside(command))

    async def answers(self) -> bool:
        try:
            await self.run(lambda session: session.execute(text("SELECT 1")))
        except OperationalError:
            return False
        return True

    def close(self) -> None:
        self._writer.close()
        self.engine.dispose()


def alone(session: Session, name: str) -> None:
    """From here to the transaction's end no other transaction is `alone` under this name. (SQLite: always so.)"""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(_ALONE, {"name": name})


def open_alone(connection: Connection, name: str) -> None:
    """As `alone`, on a connection."""
    if connection.dialect.name != "sqlite":
        connection.execute(_ALONE, {"name": name})


def change_tables_shyly(connection: Connection) -> None:
    """Who waits for a table holds up everybody after it: for no longer than this, then `tables_in_use` is true."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET LOCAL lock_timeout = '2s'"))


def tables_in_use(failure: DBAPIError) -> bool:
    """Whether a table was not to be had: a dump or a long command has it, or two waited for each other."""
    return getattr(failure.orig, "sqlstate", None) in ("55P03", "40P01")


def try_alone(session: Session, name: str) -> bool:
    """The same without waiting: False when another transaction is."""
    return session.get_bind().dialect.name == "sqlite" or bool(session.execute(_TRY_ALONE, {"name": name}).scalar())


def time_of(session: Session) -> datetime:
    """What time it is for everybody who uses this database."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)  # noqa: TID251 - one process: its machine is the database's
    found: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found.astimezone(UTC)


def open_engine(url: str) -> Engine:
    engine = _savepoints_in_words(create_engine(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
        # not by an event "begin": for an engine that listens to any, every statement costs a third more
        engine.dialect.do_begin = _begin_immediate  # type: ignore[method-assign]
    return engine


def _on_a_server(url: str) -> Engine:
    engine = create_engine(url, pool_size=THREADS + 2, pool_pre_ping=True, connect_args=dict(SWIFT_TO_DIE))
    _savepoints_in_words(engine)
    # A number that somebody types may be larger than its column: not cast to it, it is compared and found nowhere.
    engine.dialect.colspecs = {**engine.dialect.colspecs, Integer: Integer, BigInteger: BigInteger}
    return engine


def _savepoints_in_words(engine: Engine) -> Engine:
    """Each has a name of its own: as statements they would be compiled anew, every time."""
    dialect = engine.dialect
    dialect.do_savepoint = _savepoint  # type: ignore[method-assign]
    dialect.do_release_savepoint = _release_savepoint  # type: ignore[method-assign]
    return engine


def _savepoint(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f"SAVEPOINT {name}")


def _release_savepoint(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f"RELEASE SAVEPOINT {name}")


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # or the driver would begin by itself; see _begin_immediate
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(dbapi_connection: Any) -> None:
    dbapi_connection.execute("BEGIN IMMEDIATE")


class _OneWriter:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        engine.connect().close()  # a file that cannot be opened is told here, not to a thread that nobody hears
        self._waiting: queue.SimpleQueue[tuple[Command[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()

    def submit(self, command: Command[T]) -> "Future[T]":
        future: Future[T] = Future()
        self._waiting.put((command, future))
        return future

    submit_beside = submit

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        with self._engine.connect() as connection:
            while (first := self._waiting.get()) is not None:
                batch, last = self._batch(first)
                _commit_together(connection, batch)
                if last:
                    return

    def _batch(self, first: tuple[Command[Any], Future[Any]]) -> tuple[list[tuple[Command[Any], Future[Any]]], bool]:
        batch = [first]
        while len(batch) < GROUP_COMMIT:
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False


def _commit_together(connection: Connection, batch: list[tuple[Command[Any], Future[Any]]]) -> None:
    """One commit for all; nobody is told "done" before it."""
    wanted = [(command, future) for command, future in batch if future.set_running_or_notify_cancel()]
    if not wanted:
        return
    try:
        with connection.begin():
            results = [_in_session(connection, command) for command, _ in wanted]
    except BaseException as failure:  # noqa: BLE001 - handed to whoever waits for this command
        if len(wanted) == 1:
            wanted[0][1].set_exception(failure)
        else:
            _commit_apart(connection, wanted)
        return
    for (_, future), result in zip(wanted, results, strict=True):
        future.set_result(result)


def _commit_apart(connection: Connection, batch: list[tuple[Command[Any], Future[Any]]]) -> None:
    """Whoever fails, fails alone. (A savepoint for each, always, would cost every command a tenth of a millisecond.)"""
    silent: OperationalError | None = None  # a database that does not answer one answers nobody
    for command, future in batch:
        try:
            if silent is not None:
                raise silent
            with connection.begin():
                result = _in_session(connection, command)
        except BaseException as failure:  # noqa: BLE001 - handed to whoever waits for this command
            silent = failure if isinstance(failure, OperationalError) else None
            future.set_exception(failure)
        else:
            future.set_result(result)


def _in_session(connection: Connection, command: Command[T]) -> T:
    """Within the connection's transaction, which is not the session's to commit."""
    with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
        result = command(session)
        session.commit()
        return result


class _Pool:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="database")
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="leases")

    def submit(self, command: Command[T]) -> "Future[T]":
        return self._threads.submit(self._run, command)

    def submit_beside(self, command: Command[T]) -> "Future[T]":
        return self._beside.submit(self._run, command)

    def close(self) -> None:
        self._threads.shutdown()
        self._beside.shutdown()

    def _run(self, command: Command[T]) -> T:
        for attempt in range(ATTEMPTS):
            try:
                with Session(self._engine, expire_on_commit=False) as session:
                    result = command(session)
                    session.commit()
                    return result
            except DBAPIError as failure:
                if getattr(failure.orig, "sqlstate", None) not in RETRYABLE or attempt == ATTEMPTS - 1:
                    raise _as_silence(failure) from failure
                threading.Event().wait(0.02 * 2**attempt)
        raise AssertionError("unreachable")


def _as_silence(failure: DBAPIError) -> DBAPIError:
    """A connection that was ended under us (25P03: frozen too long in a transaction) is a database that does not
    answer, whatever the driver calls it."""
    ended = failure.connection_invalidated or getattr(failure.orig, "sqlstate", None) in ("25P03", "57P01")
    if not ended or isinstance(failure, OperationalError):
        return failure
    return OperationalError(failure.statement, failure.params, failure.orig or failure)
