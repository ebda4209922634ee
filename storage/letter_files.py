"""What belongs to a letter besides its entry: the files that came with it, and who goes to the meeting it calls."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from storage.base import Instant


class LetterFile(SQLModel, table=True):
    """An appendix: a further file of the letter."""

    __tablename__ = "letter_file"

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", index=True)
    name: str
    mime: str
    file: str | None = None
    """As the letter's own."""
    record: str | None = None

    @property
    def file_place(self) -> dict[str, Any] | None:
        return dict(json.loads(self.file)) if self.file else None


class LetterBatch(SQLModel, table=True):
    """Many files that came at once: how far reading them is."""

    __tablename__ = "letter_batch"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    chat: str
    """The chat's lane: messenger and id."""
    latest_at: datetime = Field(sa_type=Instant)
    """When its latest file came."""
    came: int = 0
    read: int = 0
    failed: int = 0
    """Of those read: damaged, marked secret, gone."""
    shown: bool = False
    """Its progress stands in the chat."""


class LetterGuest(SQLModel, table=True):
    """Somebody who goes to the meeting a letter calls."""

    __tablename__ = "letter_guest"

    letter_id: int = Field(foreign_key="letter.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)


def files(session: Session, letter_id: int) -> Sequence[LetterFile]:
    """The appendices, in the order in which they came."""
    found = select(LetterFile).where(col(LetterFile.letter_id) == letter_id)
    return session.exec(found.order_by(col(LetterFile.id))).all()


def file(session: Session, file_id: int) -> LetterFile | None:
    return session.get(LetterFile, file_id)


def add_file(session: Session, appendix: LetterFile) -> LetterFile:
    session.add(appendix)
    session.flush()
    return appendix


def batch(session: Session, batch_id: int) -> LetterBatch | None:
    return session.get(LetterBatch, batch_id)


def latest_batch(session: Session, group_id: int, person_id: int, chat: str, since: datetime) -> LetterBatch | None:
    """The person's batch in this chat whose latest file came after `since`."""
    found = select(LetterBatch).where(col(LetterBatch.group_id) == group_id, col(LetterBatch.person_id) == person_id)
    found = found.where(col(LetterBatch.chat) == chat, col(LetterBatch.latest_at) >= since)
    return session.exec(found.order_by(col(LetterBatch.id).desc())).first()


def begin_batch(session: Session, begun: LetterBatch) -> LetterBatch:
    session.add(begun)
    session.flush()
    return begun


def guests(session: Session, letter_id: int) -> Sequence[int]:
    """The persons who go to the letter's meeting."""
    found = select(LetterGuest.person_id).where(col(LetterGuest.letter_id) == letter_id)
    return session.exec(found.order_by(col(LetterGuest.person_id))).all()


def toggle_guest(session: Session, letter_id: int, person_id: int) -> bool:
    """True when the person goes now, False when no longer."""
    known = session.get(LetterGuest, (letter_id, person_id))
    if known is not None:
        session.delete(known)
    else:
        session.add(LetterGuest(letter_id=letter_id, person_id=person_id))
    session.flush()
    return known is None
