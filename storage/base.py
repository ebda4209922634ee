"""What all tables share: constraint names, instants as aware UTC, and keys."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CursorResult, Dialect, String, Table, TypeDecorator
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

# alembic can only alter constraints that have names (SQLite: batch mode)
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.model_config["defer_build"] = True  # pydantic's checks of a row: most tables never need them
metadata = SQLModel.metadata
Rows = CursorResult[*tuple[Any, ...]]


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime kept as epoch milliseconds: the same arithmetic and order on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_ms(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_ms(value)


def to_ms(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return round(moment.timestamp() * 1000)


def from_ms(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)


class _Code(TypeDecorator[Any]):
    """A StrEnum kept as its value (SQLAlchemy's own Enum keeps the member's name)."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


def code(kind: type[StrEnum]) -> Any:
    """For `Field(sa_type=code(State))`."""
    return _Code(kind)


def insert(session: Session, table: Table) -> Any:
    """An INSERT of this database's own dialect, for `on_conflict_do_…`."""
    return _insert(session.get_bind().dialect.name, table)


def run(session: Session, statement: Any, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] = ()) -> Rows:
    """`session.execute` for statements about tables, not entities: the same, at three quarters of its price."""
    session.flush()
    return session.connection().execute(statement, values or None)


class OwnInsert:
    """An INSERT that each dialect words in its own way, finished by `finish` and built once: what every event passes
    through costs more to build than to run."""

    def __init__(self, table: Table, finish: Callable[[Any], Any]) -> None:
        self._table, self._finish = table, finish
        self._built: dict[str, Any] = {}

    def of(self, session: Session) -> Any:
        dialect = session.get_bind().dialect.name
        if dialect not in self._built:
            self._built[dialect] = self._finish(_insert(dialect, self._table))
        return self._built[dialect]


def _insert(dialect: str, table: Table) -> Any:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
