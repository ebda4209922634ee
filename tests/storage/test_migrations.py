"""The migrations make exactly the tables that the code knows, and go up and down."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from storage import letters_search, schema
from storage.database import open_engine
from storage.migrations import HEAD


def ours(name: str | None, _kind: str, _parents: object) -> bool:
    """The tables in which SQLite keeps the search index are its own."""
    return not letters_search.is_own(name)


def test_the_latest_revision_is_the_one_the_program_brings_databases_to() -> None:
    assert ScriptDirectory.from_config(schema.alembic_config()).get_current_head() == HEAD


def test_migrations_and_tables_agree(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/migrated.sqlite")
    with engine.begin() as connection:
        schema.migrate(connection, HEAD)
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        difference = compare_metadata(context, schema.metadata)
    assert not difference
    engine.dispose()


def test_they_go_down_to_nothing_and_up_again(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/migrated.sqlite")
    with engine.begin() as connection:
        schema.migrate(connection, HEAD)
        schema.migrate(connection, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        schema.migrate(connection, HEAD)
        assert "task" in inspect(connection).get_table_names()
    engine.dispose()


def test_a_new_database_has_the_same_tables_at_once(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new.sqlite")
    schema.bring_up_to_date(engine)
    schema.bring_up_to_date(engine)
    with engine.begin() as connection:
        found = {each for each in inspect(connection).get_table_names() if not letters_search.is_own(each)}
        assert found == {*schema.metadata.tables, "alembic_version"}
    engine.dispose()
