"""Full-text search of the register: an FTS5 index beside the table on SQLite, a GIN index on PostgreSQL."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, event, text
from sqlmodel import Session

INDEX = "letter_index"
_LONG, _SHORT = "uy ban nhan dan", "ubnd"  # people type one and letters bear the other
_INDEX = "CREATE VIRTUAL TABLE letter_index USING fts5(words, content='letter', content_rowid='id', prefix='2 3')"
_PUT = "INSERT INTO letter_index (rowid, words) VALUES (new.id, new.words);"
_TAKE = "INSERT INTO letter_index (letter_index, rowid, words) VALUES ('delete', old.id, old.words);"
_TRIGGERS = {
    "letter_index_added": f"AFTER INSERT ON letter BEGIN {_PUT} END",
    "letter_index_changed": f"AFTER UPDATE OF words ON letter BEGIN {_TAKE} {_PUT} END",
    "letter_index_removed": f"AFTER DELETE ON letter BEGIN {_TAKE} END",
}
_REBUILD = "INSERT INTO letter_index (letter_index) VALUES ('rebuild')"
_HOLDS = "letter.id IN (SELECT rowid FROM letter_index WHERE letter_index MATCH :wanted)"
_POSTGRES_INDEX = "CREATE INDEX letter_index ON letter USING gin (to_tsvector('simple', words))"
_POSTGRES_HOLDS = "to_tsvector('simple', letter.words) @@ to_tsquery('simple', :wanted)"


def create(connection: Connection) -> None:
    """Makes the index beside the table `letter`; for a new database and for the migrations."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(_POSTGRES_INDEX)
        return
    connection.exec_driver_sql(_INDEX)
    for name, trigger in _TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {trigger}")
    connection.exec_driver_sql(_REBUILD)


def drop(connection: Connection) -> None:
    """Takes the index away, before its table."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("DROP INDEX IF EXISTS letter_index")
        return
    for name in _TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    connection.exec_driver_sql("DROP TABLE IF EXISTS letter_index")


def is_own(name: str | None) -> bool:
    """Whether a table or index found in a database belongs to the search and not to the metadata."""
    return name == INDEX or (name or "").startswith(f"{INDEX}_")


def attach(table: Table) -> None:
    """From here creating the table creates its index, and dropping it drops it."""
    event.listen(table, "after_create", _created)
    event.listen(table, "before_drop", _dropped)


def _created(_table: Any, connection: Connection, **_: Any) -> None:
    create(connection)


def _dropped(_table: Any, connection: Connection, **_: Any) -> None:
    drop(connection)


def terms(said: str) -> tuple[str, ...]:
    """The words of a search, folded: without marks, each once."""
    return tuple(dict.fromkeys(runs(said)))


def words_of(group_id: int, *fields: str | None) -> str:
    """What a letter is found by. Each word bears its group: a search reads what its own group has and no more, however
    many letters of other groups share the word."""
    found = " ".join(run for each in fields if each for run in runs(each))
    if _LONG in found:
        found = f"{found} {_SHORT}"
    elif _SHORT in found.split():
        found = f"{found} {_LONG}"
    return " ".join(_own(group_id, word) for word in found.split())


def _own(group_id: int, word: str) -> str:
    return f"g{group_id}x{word}"


def runs(said: str) -> list[str]:
    """Letters and digits as they stand together, without marks and leading zeros."""
    bare = unicodedata.normalize("NFD", said.lower().replace("đ", "d"))
    found = re.findall(r"[a-z0-9]+", "".join(each for each in bare if not unicodedata.combining(each)))
    return [run.lstrip("0") or "0" for run in found]


def holds(session: Session, group_id: int, wanted: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a letter of the group has a word beginning with each of `wanted` (folded by `terms`)."""
    own = [_own(group_id, each) for each in wanted]
    if session.get_bind().dialect.name == "sqlite":
        return text(_HOLDS).bindparams(wanted=" ".join(f'"{each}"*' for each in own))  # type: ignore[return-value]
    query = " & ".join(f"{each}:*" for each in own)
    return text(_POSTGRES_HOLDS).bindparams(wanted=query)  # type: ignore[return-value]


def give_words_their_group(connection: Connection) -> None:
    """For the migration: letters that were written before words bore their group."""
    letters = connection.execute(text("SELECT id, group_id, words FROM letter")).all()
    for each in letters:
        own = " ".join(_own(each.group_id, word) for word in each.words.split())
        connection.execute(text("UPDATE letter SET words = :own WHERE id = :id"), {"own": own, "id": each.id})
