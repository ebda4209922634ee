"""The migrations make exactly the tables that the code knows, and go up and down."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlmodel import Session

from storage import letters, letters_search, schema
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


def test_letters_of_the_first_release_are_still_found(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/older.sqlite")
    with engine.begin() as connection:
        schema.migrate(connection, "0001")
        group = "INSERT INTO work_group (id, name, language, created_at, task_count) VALUES (7, 'A', 'vi', 0, 0)"
        connection.execute(text(group))
        connection.execute(text("INSERT INTO person (id, name) VALUES (1, 'Lan')"))
        columns = (
            "id, group_id, state, year, arrival_number, arrived_at, doubtful, deadlines, cites, extends, brought_by"
        )
        kept = "3, 7, 'registered', 2026, 1, 0, '[]', '[]', '[]', 0, 1, '5180 ubnd bao cao'"
        connection.execute(text(f"INSERT INTO letter ({columns}, words) VALUES ({kept})"))
    schema.bring_up_to_date(engine)
    with Session(engine) as session:
        assert [each.id for each in letters.page(session, 7, letters.Search(terms=("ubnd", "bao")))] == [3]
        assert letters.page(session, 8, letters.Search(terms=("ubnd",))) == []
    engine.dispose()
