"""A call from one replica to the others (PostgreSQL's NOTIFY): what they would notice within a second anyway."""

from collections.abc import AsyncIterator

from sqlalchemy import Engine, text
from sqlmodel import Session

CHANNEL = "giaoban"


def call(session: Session, said: str) -> None:
    """Its commit holds a lock of the whole server: never together with the office's own writes."""
    session.execute(text("SELECT pg_notify(:channel, :said)"), {"channel": CHANNEL, "said": said})


async def calls(engine: Engine) -> AsyncIterator[str]:
    """What is said from now on, by us too. Raises OSError when the line breaks."""
    import psycopg  # imported here: SQLite does without it

    _, where = engine.dialect.create_connect_args(engine.url)
    try:
        async with await psycopg.AsyncConnection.connect(**where, autocommit=True) as line:
            await line.execute(f"LISTEN {CHANNEL}")
            async for heard in line.notifies():
                yield heard.payload
    except psycopg.Error:
        raise ConnectionError("the database does not answer") from None
