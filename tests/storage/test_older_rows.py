"""Rows of the first release stay, and its statements still work on today's tables, as beside an older version."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    select,
    text,
    update,
)
from sqlmodel import Session

from bot.chat.events import Said, to_json
from bot.chat.messages import plain
from bot.engine import kept
from storage import due, letters_search, schema
from storage.base import to_ms
from storage.columns import Secrets
from storage.database import open_engine
from tests.stage import FRIDAY, Actor, Office, Room

FIRST = "0001"


@pytest.fixture
def first_release(tmp_path: Path, request: pytest.FixtureRequest, database_url: str) -> Iterator[Engine]:
    """A database as the first release made it, empty."""
    server = request.getfixturevalue("postgres_server") if database_url else None
    url = server.url() if server else f"sqlite:///{tmp_path}/first.sqlite"
    engine = open_engine(url)
    with engine.begin() as connection:
        schema.migrate(connection, FIRST)
    yield engine
    engine.dispose()
    if server:
        server.drop(url)


def as_they_were(engine: Engine) -> Sequence[Table]:
    """The first release's tables with its columns, those that are referred to first."""
    found = MetaData()
    with engine.connect() as connection:
        found.reflect(connection, only=lambda name, _: not letters_search.is_own(name) and name != "alembic_version")
    return found.sorted_tables


def row(table: Table, number: int) -> dict[str, Any]:
    """Every column has a value of its own in each row; what refers refers to the row of the same number."""
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys or column.name == "id":
        return number
    if isinstance(column.type, Boolean):
        return number % 2 == 0
    if isinstance(column.type, Date):
        return date(2026, 11, number)
    return number if isinstance(column.type, Integer) else f"{column.name} {number}"


def rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    found = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    return [dict(each) for each in found]


def test_every_row_of_the_first_release_is_there_after_the_migration(first_release: Engine) -> None:
    tables = as_they_were(first_release)
    assert len(tables) > 20
    with first_release.begin() as connection:
        for table in tables:
            connection.execute(insert(table), [row(table, 1), row(table, 2)])
    schema.bring_up_to_date(first_release)
    with first_release.connect() as connection:
        for table in tables:
            wanted = [row(table, 1), row(table, 2)]
            for each in wanted if table.name == "letter" else ():
                own = each["words"].split()
                each["words"] = " ".join(f"g{each['group_id']}x{word}" for word in own)
            assert rows_of(connection, table) == wanted, table.name


def test_the_statements_of_the_first_release_work_on_todays_tables(first_release: Engine) -> None:
    tables = as_they_were(first_release)
    schema.bring_up_to_date(first_release)
    with first_release.begin() as connection:
        for table in tables:
            connection.execute(insert(table), [row(table, 1), row(table, 2)])
            texts = [each for each in table.columns if isinstance(each.type, String) and not each.primary_key]
            for column in texts:
                connection.execute(update(table).where(column == f"{column.name} 1").values({column: "other"}))
            changed = {column.name: "other" for column in texts}
            assert rows_of(connection, table) == [{**row(table, 1), **changed}, row(table, 2)], table.name
        for table in reversed(tables):
            connection.execute(table.delete())


async def test_what_an_older_version_has_left_is_done_by_this_one(office: Office) -> None:
    """Its rows lack the columns that came later: an event it took, a message it said, a thing it planned."""
    lan = office.person("Lan", "lan", started=True)
    room = office.room("Phòng", admins=[lan])
    await lan.says("/setup Tổ một", room)
    await lan.says("/viec nhóm", room)
    office.anything_goes()
    before = len(room.messages)
    card = kept.to_row(plain("Lời của bản cũ"), office.app.kit[Secrets])
    await office.app.database.run(lambda session: leave(session, room, lan, card))
    await office.app.inbox.resume()
    await office.app.settle()
    assert len(room.messages) == before + 2
    room.sees("Lời của bản cũ")
    assert not await office.app.database.run(lambda session: due.planned(session, "old:"))


def leave(session: Session, room: Room, lan: Actor, card: str) -> None:
    """By statements that name the first release's columns and no others."""
    at = to_ms(FRIDAY)
    said = Said(key="old-1", chat=room.chat, sender=lan.sender, at=FRIDAY, message_id="9", text="/viec nhóm")
    told = to_json(said)
    wanted = {"lane": room.chat.lane, "told": told, "at": at}
    session.execute(
        text(
            "INSERT INTO inbox (key, lane, event, state, received_at)"
            " VALUES ('paper:old-1', :lane, :told, 'waiting', :at)"
        ),
        wanted,
    )
    session.execute(
        text(
            "INSERT INTO due (key, kind, facts, due_at, planned_for, attempts)"
            " VALUES ('old:1', 'reminders', '{}', :at, :at, 0)"
        ),
        {"at": at},
    )
    session.execute(
        text(
            "INSERT INTO outbox (messenger, chat, private, act, card, priority, state, attempts, created_at, ready_at)"
            " VALUES ('paper', :chat, :private, 'send', :card, '1', 'pending', 0, :at, :at)"
        ),
        {"chat": room.chat.id, "private": False, "card": card, "at": at},
    )
