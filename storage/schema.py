"""The tables as the code knows them, brought to the present by alembic's migrations."""

from sqlalchemy import Engine

from storage import audit, due, duty, files, inbox, letters, outbox, people, questions, reminders, tasks
from storage.base import metadata

TABLES = (audit, due, duty, files, inbox, letters, outbox, people, questions, reminders, tasks)


def bring_up_to_date(engine: Engine) -> None:
    metadata.create_all(engine)
