"""`python -m tests.replicas.later run`: the program with a revision after HEAD, whose columns and tables it uses."""

from pathlib import Path
from typing import Any

from alembic.config import Config
from sqlalchemy import Column, Connection, Integer, String, Table, event, insert
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import set_attribute

from bot.__main__ import main
from storage import migrations, schema
from storage.people import Person
from storage.tasks import Task
from tests.replicas.later import LATER

REVISIONS = Path(__file__).parent / "revisions"
_notes = Table(
    "task_note",
    schema.metadata,
    Column("task_id", Integer, primary_key=True),
    Column("said", String, nullable=False),
)


def become_later() -> None:
    """From here on this process is the later version."""
    migrations.HEAD = schema.HEAD = LATER  # type: ignore[misc]
    usual = schema.alembic_config
    schema.alembic_config = lambda: _with_ours(usual())
    Task.weight = Column("weight", Integer, nullable=False, server_default="1")  # type: ignore[attr-defined]
    Person.rank = Column("rank", String)  # type: ignore[attr-defined]
    event.listen(Task, "before_insert", _weigh)
    event.listen(Task, "after_insert", _take_note)


def _with_ours(config: Config) -> Config:
    both = [Path(migrations.__file__).parent / "versions", REVISIONS]
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, both)))
    return config


def _weigh(_mapper: Mapper[Any], _connection: Connection, task: Any) -> None:
    set_attribute(task, "weight", 7)


def _take_note(_mapper: Mapper[Any], connection: Connection, task: Any) -> None:
    connection.execute(insert(_notes).values(task_id=task.id, said="later"))


if __name__ == "__main__":
    become_later()
    main()
