"""The tables as the code knows them, and how a database is brought to them by alembic's migrations."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

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
from storage.database import open_alone
from storage.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["TABLES", "alembic_config", "bring_up_to_date", "metadata", "migrate"]
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
_VERSION = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


def bring_up_to_date(engine: Engine) -> None:
    """A new database gets today's tables at once (a test holds them equal to the migrations); an older one moves.
    Of several replicas that start together one does it, the others wait and find it done."""
    with engine.begin() as connection:
        open_alone(connection, "tables")
        present = set(inspect(connection).get_table_names())
        if not present:
            metadata.create_all(connection)
            connection.execute(text(_VERSION))
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        elif (_version(connection) or "") < HEAD:
            migrate(connection, HEAD)  # a later version's tables serve this one too: they only ever grow


def _version(connection: Connection) -> str | None:
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


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
