"""A database whose transactions stumble: some are cut off at one of their statements and run again.

So it happens on PostgreSQL when two wait for each other, and in a group commit when another command fails. A command
that has done anything outside its session by then (removed a file, remembered what it saw) shows it in the test.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from sqlalchemy import Connection, event
from sqlmodel import Session

import storage.database
from storage.database import Command

SHARE = 1 / 3  # of the commands
FURTHEST = 25  # statements into a command; one with fewer is rolled back at its end


class Cut(Exception):
    """In the middle of a command."""


@contextmanager
def stumbling(seed: str) -> Iterator[None]:
    """On SQLite, whose one writer runs every command; the same ones are cut at the same place for the same seed."""
    chance, as_ever = random.Random(seed), storage.database._in_session

    def first_in_vain(connection: Connection, command: Command[Any]) -> Any:
        if chance.random() < SHARE:
            _cut_off(connection, command, chance.randint(1, FURTHEST))
        return as_ever(connection, command)

    with mock.patch("storage.database._in_session", first_in_vain):
        yield


def _cut_off(connection: Connection, command: Command[Any], at: int) -> None:
    """The command as far as its `at`-th statement; nothing of it is left in the database."""
    left = at

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Cut

    attempt = connection.begin_nested()
    event.listen(connection, "before_cursor_execute", count)
    try:
        with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
            command(session)
            session.flush()
    except Exception:
        pass  # of whatever kind: the second run shows it again if it is the command's own
    finally:
        event.remove(connection, "before_cursor_execute", count)
        if attempt.is_active:
            attempt.rollback()
