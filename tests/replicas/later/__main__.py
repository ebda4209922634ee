"""`python -m tests.replicas.later run`: the program with a revision after HEAD, whose columns and tables it uses."""

from collections.abc import Callable, Sequence
from pathlib import Path

from alembic.config import Config
from sqlalchemy import Column, Integer, String, Table, insert, update
from sqlmodel import Session, col

from bot.__main__ import main
from storage import migrations, schema, tasks
from storage.people import Person
from storage.tasks import Assignment, Task
from tests.replicas.later import LATER

Add = Callable[[Session, Task, Sequence[int]], Sequence[Assignment]]
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
    tasks.add = _adding(tasks.add)


def _with_ours(config: Config) -> Config:
    both = [Path(migrations.__file__).parent / "versions", REVISIONS]
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, both)))
    return config


def _adding(usual: Add) -> Add:
    """Each new task is weighed and has a note."""

    def add(session: Session, task: Task, people: Sequence[int]) -> Sequence[Assignment]:
        hands = usual(session, task, people)
        session.execute(update(Task).where(col(Task.id) == task.id).values(weight=7))
        session.execute(insert(_notes).values(task_id=task.id, said="later"))
        return hands

    return add


if __name__ == "__main__":
    become_later()
    main()
