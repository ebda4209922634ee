"""The tables as the code knows them, brought to the present by alembic's migrations."""

from sqlalchemy import Engine

from storage import audit, due, inbox, outbox, people, questions
from storage.base import metadata

TABLES = (audit, due, inbox, outbox, people, questions)


def bring_up_to_date(engine: Engine) -> None:
    metadata.create_all(engine)
