"""One-time pages: each shows one person the password of one file, once."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Instant


class OneTimeLink(SQLModel, table=True):
    """Only the token's hash is kept."""

    __tablename__ = "one_time_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    file_id: int = Field(foreign_key="sealed_file.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    made_by: int = Field(foreign_key="person.id")
    code_hash: str | None = None
    """Of the code without which it shows nothing: for an address that stands where others read it."""
    tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Wrong codes so far."""
    expires_at: datetime = Field(sa_type=Instant)
    revealed_at: datetime | None = Field(default=None, sa_type=Instant)


def add(session: Session, link: OneTimeLink) -> None:
    session.add(link)
    session.flush()


def by_token(session: Session, token_hash: str) -> OneTimeLink | None:
    """Locked, for wrong codes are counted one by one."""
    found = select(OneTimeLink).where(col(OneTimeLink.token_hash) == token_hash).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).first()


def reveal(session: Session, token_hash: str, now: datetime) -> bool:
    """Whether this is the one time: of any number of askers at one moment one is told True."""
    once = update(OneTimeLink).where(
        col(OneTimeLink.token_hash) == token_hash,
        col(OneTimeLink.revealed_at).is_(None),
        col(OneTimeLink.expires_at) > now,
    )
    return bool(session.execute(once.values(revealed_at=now)).rowcount == 1)  # type: ignore[attr-defined]


def close(session: Session, file_id: int, now: datetime, *, person_id: int | None = None) -> None:
    """No page of this file (made for this person) reveals anything from now on."""
    ended = update(OneTimeLink).where(col(OneTimeLink.file_id) == file_id)
    if person_id is not None:
        ended = ended.where(col(OneTimeLink.person_id) == person_id)
    session.execute(ended.values(expires_at=now))
