"""The tables as the code knows them, and how a database is brought to them by alembic's migrations."""

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import (
    arrivals,
    audit,
    codes,
    confirming,
    due,
    duty,
    files,
    founding,
    inbox,
    leases,
    letters,
    links,
    one_time,
    outbox,
    people,
    phones,
    questions,
    reminders,
    tasks,
    zalo,
)
from storage.base import metadata
from storage.database import change_tables_shyly, open_alone, tables_in_use
from storage.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["TABLES", "alembic_config", "bring_up_to_date", "later_revision", "metadata", "migrate", "revision"]
TABLES = (
    arrivals,
    audit,
    codes,
    confirming,
    due,
    duty,
    files,
    founding,
    inbox,
    leases,
    letters,
    links,
    one_time,
    outbox,
    people,
    phones,
    questions,
    reminders,
    tasks,
    zalo,
)
log = logging.getLogger(__name__)
PAUSE = 2.0  # seconds in which others may use the tables
_VERSION = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


def bring_up_to_date(engine: Engine) -> None:
    """A new database gets today's tables at once (a test holds them equal to the migrations); an older one moves.
    Of several replicas that start together one does it, the others wait and find it done; those of an older version
    work on meanwhile and afterwards."""
    while not _brought_up_to_date(engine):
        log.warning("the tables are in use, by a dump perhaps; trying again to change them")
        threading.Event().wait(PAUSE)


def _brought_up_to_date(engine: Engine) -> bool:
    """False when others would not let go of a table."""
    try:
        with engine.begin() as connection:
            migrated = _bring_up_to_date(connection)
    except DBAPIError as failure:
        if not tables_in_use(failure):
            raise
        return False
    if migrated:
        log.info("the tables were brought up to date", extra={"revision": HEAD})
    return True


def _bring_up_to_date(connection: Connection) -> bool:
    """Whether an older version's tables were changed."""
    open_alone(connection, "tables")
    if not inspect(connection).get_table_names():
        metadata.create_all(connection, checkfirst=False)
        connection.execute(text(_VERSION))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        return False
    if (revision(connection) or "") >= HEAD:
        return False  # a later version's tables serve this one too: they only ever grow
    change_tables_shyly(connection)
    migrate(connection, HEAD)
    return True


def revision(connection: Connection) -> str | None:
    """None where there are no tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def later_revision(engine: Engine) -> str | None:
    """The tables' revision when a later version than this has been at work on them."""
    with engine.connect() as connection:
        found = revision(connection)
    return found if found is not None and found > HEAD else None


def migrate(connection: Connection, revision: str) -> None:
    """Up or down to a revision (`base`: nothing), in the connection's transaction."""
    from alembic import command  # imported here: an up-to-date start does without it

    config = alembic_config()
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def alembic_config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
