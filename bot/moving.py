"""`giaoban move`: one office from one database to another, with a line for every table."""

from collections.abc import Callable

from config.settings import Settings
from storage import moving
from storage.moving import CannotMove

Say = Callable[[str], None]


class NotMoved(Exception):
    """Why, in a sentence."""


def move_office(settings: Settings, source: str | None, target: str | None, *, stay: bool, say: Say) -> None:
    """Raises NotMoved; may be run again then."""
    old = source or settings.database
    try:
        if stay:
            _stay(old, say)
        elif target is None:
            raise NotMoved("say where to: --to postgresql+psycopg://user:password@host/database")
        else:
            _move(old, target, say)
    except CannotMove as reason:
        raise NotMoved(str(reason)) from reason


def _move(old: str, target: str, say: Say) -> None:
    def told(table: str, copied: int, in_all: int) -> None:
        if copied == in_all or copied % 100_000 == 0:
            say(f"{table}: {copied} of {in_all}")

    done = moving.move(old, target, told)
    say(f"{done.rows} rows of {done.tables} tables are the same in both; the audit's {done.entries} entries hold")
    say("Now set GIAOBAN_DATABASE_URL to the new database and start. The files in the vault stay where they are.")


def _stay(old: str, say: Say) -> None:
    moving.stay(old)
    say("The old database serves again.")
