"""Sealed files of a group, from the wish to the sealed copy in the vault, and who was given the password."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, func, select

from storage.base import Instant, code
from storage.people import Person, WorkGroup


class FileState(StrEnum):
    SEALING = "sealing"  # asked for, being worked on
    ASKED = "asked"  # nothing to read in it: its sender has to say that no secrecy mark is on it
    SEALED = "sealed"  # in the group's rooms, under a password
    PASSED = "passed"  # already protected by its sender: left as it was
    REFUSED = "refused"  # not sent; the row keeps neither name nor reference


class Receipt(StrEnum):
    WAITING = "waiting"  # the private message is on its way
    TOLD = "told"  # it has arrived
    UNREACHED = "unreached"  # no private chat, or it did not arrive there


class SealedFile(SQLModel, table=True):
    __tablename__ = "sealed_file"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        Index("ix_sealed_file_origin", "origin_messenger", "origin_chat", "origin_message"),
    )

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    number: int | None = None
    """As people say it: Tệp #7 of its group; given once it is sealed."""
    state: FileState = Field(default=FileState.SEALING, sa_type=code(FileState))
    name: str
    """Of the upload, then of the sealed file."""
    format: str | None = None
    note: str | None = None
    record: str | None = None
    """The sealed content in the vault."""
    password: str | None = None
    """Hidden by storage.columns.Secrets at the place `file:<id>`."""
    upload: str | None = None
    """FileRef as JSON while the upload may still be needed; the content stays with the messenger."""
    sender_id: int = Field(foreign_key="person.id")
    owner_id: int = Field(foreign_key="person.id")
    """Who had posted the original."""
    origin_messenger: str
    origin_chat: str
    origin_thread: str | None = None
    origin_message: str
    origin_private: bool
    asked_at: datetime = Field(sa_type=Instant)
    sealed_at: datetime | None = Field(default=None, sa_type=Instant)
    reported_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the sender was told who could not be reached, or that everybody was."""


class FileRecipient(SQLModel, table=True):
    """A member at the time of sending: entitled to the password for as long as they are a member."""

    __tablename__ = "file_recipient"

    file_id: int = Field(foreign_key="sealed_file.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    receipt: Receipt = Field(default=Receipt.WAITING, sa_type=code(Receipt))


_TAKEN = (FileState.SEALING, FileState.ASKED, FileState.SEALED)


def add(session: Session, file: SealedFile) -> SealedFile:
    session.add(file)
    session.flush()
    return file


def get(session: Session, file_id: int) -> SealedFile | None:
    return session.get(SealedFile, file_id)


def locked(session: Session, file_id: int) -> SealedFile | None:
    """For deciding about it alone: reports of several recipients may come at the same moment."""
    found = select(SealedFile).where(col(SealedFile.id) == file_id).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).first()


def of_message(session: Session, group_id: int, messenger: str, chat: str, message_id: str) -> SealedFile | None:
    """What this message was sealed as, or is being sealed as, for the group."""
    found = select(SealedFile).where(
        col(SealedFile.origin_messenger) == messenger,
        col(SealedFile.origin_chat) == chat,
        col(SealedFile.origin_message) == message_id,
        col(SealedFile.group_id) == group_id,
        col(SealedFile.state).in_(_TAKEN),
    )
    return session.exec(found).first()


def next_number(session: Session, group_id: int) -> int:
    """The group's row is locked until the end of the transaction, so that no two files get one number."""
    session.exec(select(WorkGroup).where(col(WorkGroup.id) == group_id).with_for_update()).one()
    last = session.exec(select(func.max(SealedFile.number)).where(col(SealedFile.group_id) == group_id)).one()
    return (last or 0) + 1


def numbered(session: Session, number: int, group_ids: Sequence[int]) -> Sequence[tuple[SealedFile, WorkGroup]]:
    """The files that are called `#number` in these groups."""
    found = (
        select(SealedFile, WorkGroup)
        .join(WorkGroup, col(WorkGroup.id) == col(SealedFile.group_id))
        .where(col(SealedFile.number) == number, col(SealedFile.group_id).in_(group_ids))
        .order_by(col(SealedFile.group_id))
    )
    return session.exec(found).all()


def count(session: Session, group_id: int) -> int:
    found = select(func.count()).where(col(SealedFile.group_id) == group_id, col(SealedFile.number).is_not(None))
    return int(session.exec(found).one())


def latest(session: Session, group_id: int, offset: int, limit: int) -> Sequence[tuple[SealedFile, Person]]:
    """The group's files with who sent them, newest first."""
    found = (
        select(SealedFile, Person)
        .join(Person, col(Person.id) == col(SealedFile.sender_id))
        .where(col(SealedFile.group_id) == group_id, col(SealedFile.number).is_not(None))
        .order_by(col(SealedFile.number).desc())
    )
    return session.exec(found.offset(offset).limit(limit)).all()


# who was given the password


def entitle(session: Session, file_id: int, person_id: int, receipt: Receipt) -> None:
    session.add(FileRecipient(file_id=file_id, person_id=person_id, receipt=receipt))


def recipient(session: Session, file_id: int, person_id: int) -> FileRecipient | None:
    return session.get(FileRecipient, (file_id, person_id))


def recipients(session: Session, file_id: int) -> Sequence[tuple[FileRecipient, Person]]:
    found = select(FileRecipient, Person).join(Person, col(Person.id) == col(FileRecipient.person_id))
    return session.exec(found.where(col(FileRecipient.file_id) == file_id).order_by(col(Person.name))).all()


def records(session: Session) -> Sequence[str]:
    """Every record of the vault that a sealed file lies in."""
    found = select(SealedFile.record).where(col(SealedFile.record).is_not(None))
    return [each for each in session.exec(found).all() if each]
