"""Sealed files of a group, from the wish to the sealed copy in the vault, and who was given the password."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Index, UniqueConstraint, literal, text
from sqlmodel import Field, Session, SQLModel, col, func, select

from storage.base import Instant, code
from storage.people import Member, Person, WorkGroup


class FileState(StrEnum):
    SEALING = "sealing"  # asked for, being worked on
    ASKED = "asked"  # nothing to read in it: its sender has to say that no secrecy mark is on it
    SEALED = "sealed"  # in the group's rooms, under a password
    PASSED = "passed"  # already protected by its sender: left as it was
    PLAIN = "plain"  # posted in the room without a password; its sender may have it sealed
    REVOKED = "revoked"  # taken back: the password is told to nobody any more
    EXPIRED = "expired"  # kept for as long as its group wanted; the content is gone
    REFUSED = "refused"  # not sent; the row keeps neither name nor reference


class Receipt(StrEnum):
    WAITING = "waiting"  # the private message is on its way
    TOLD = "told"  # it has arrived
    UNREACHED = "unreached"  # no private chat, or it did not arrive there


class PlainFiles(StrEnum):
    """What happens to a file that is posted in the room without a password."""

    OFF = "off"  # nothing
    WARN = "warn"  # one quiet line with a button
    REPLACE = "replace"  # it is sealed at once, and the post removed


class Way(StrEnum):
    """How sealed files reach the members."""

    CHAT = "chat"  # in the group's rooms
    MAIL = "mail"  # to the official addresses, with a notice in the rooms
    ASK = "ask"  # as the sender chooses, each time


class Channel(StrEnum):
    """A way of a password to its recipient; never the chat that carries the file."""

    CHAT = "chat"  # a private chat on the messenger on which the file was handed in
    OTHER = "other"  # a private chat on another messenger
    MAIL = "mail"  # official mail, unless it carries the file
    PAGE = "page"  # a one-time page: its address in the rooms, its code by word of mouth


CHANNELS = tuple(Channel)


class FilePolicy(SQLModel, table=True):
    """How a group wants its files to be treated; a group without a row has the defaults."""

    __tablename__ = "file_policy"

    group_id: int = Field(foreign_key="work_group.id", primary_key=True)
    keep_days: int = 90
    macros: bool = True
    """Files with macros are taken."""
    plain: PlainFiles = Field(default=PlainFiles.WARN, sa_type=code(PlainFiles))
    own_copies: bool = False
    """Each member gets a copy with a password of their own, so that a leak has an address."""
    way: Way = Field(default=Way.CHAT, sa_type=code(Way))
    pictures: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """What is done with plain files is done with pictures too."""
    channels: str = Field(default=" ".join(CHANNELS), sa_column_kwargs={"server_default": " ".join(CHANNELS)})
    """Values of Channel, the first way of a password first."""


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
    own_copies: bool = False
    """Each recipient has a copy and a password of their own, and there is no common one."""
    by_mail: bool = False
    """It goes to official addresses; then its password never does."""
    record: str | None = None
    """The sealed content in the vault."""
    password: str | None = None
    """Hidden by storage.columns.Secrets at the place `file:<id>`."""
    upload: str | None = None
    """FileRef as JSON while the upload may still be needed; the content stays with the messenger."""
    further: str | None = None
    """The other files of its album, sealed with it: a JSON list of `file` (as `upload`) and `message`."""
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
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it was taken back, or had been kept for long enough."""
    reported_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the sender was told who could not be reached, or that everybody was."""


class FileRecipient(SQLModel, table=True):
    """A member at the time of sending: entitled to the password for as long as they are a member."""

    __tablename__ = "file_recipient"

    file_id: int = Field(foreign_key="sealed_file.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    receipt: Receipt = Field(default=Receipt.WAITING, sa_type=code(Receipt))
    fetched_at: datetime | None = Field(default=None, sa_type=Instant)
    """When they asked to see it, or opened their one-time page."""
    password: str | None = None
    """Of their own copy; hidden at the place `file:<id>:<person>`."""
    record: str | None = None
    """Their own copy in the vault."""
    mailed: Receipt | None = Field(default=None, sa_type=code(Receipt))
    """What became of the mail with the file; `unreached` also without an address. None: it was posted in the rooms."""


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


def entitle(session: Session, recipient: FileRecipient) -> None:
    session.add(recipient)


def recipient(session: Session, file_id: int, person_id: int) -> FileRecipient | None:
    return session.get(FileRecipient, (file_id, person_id))


def recipients(session: Session, file_id: int) -> Sequence[tuple[FileRecipient, Person]]:
    found = select(FileRecipient, Person).join(Person, col(Person.id) == col(FileRecipient.person_id))
    return session.exec(found.where(col(FileRecipient.file_id) == file_id).order_by(col(Person.name))).all()


def records(session: Session) -> Sequence[str]:
    """Every record of the vault that a sealed file lies in."""
    shared = session.exec(select(SealedFile.record).where(col(SealedFile.record).is_not(None))).all()
    own = session.exec(select(FileRecipient.record).where(col(FileRecipient.record).is_not(None))).all()
    return sorted({record for record in (*shared, *own) if record})


def _named_in(session: Session, column: ColumnElement[str], candidates: set[str]) -> set[str]:
    return {
        each
        for each in candidates
        if session.execute(select(literal(1)).where(column.contains(each)).limit(1)).first() is not None
    }


def missed(session: Session, person_id: int) -> Sequence[tuple[SealedFile, FileRecipient]]:
    """Files whose password has not reached this member, who is one still: oldest first."""
    found = (
        select(SealedFile, FileRecipient)
        .join(FileRecipient, col(FileRecipient.file_id) == col(SealedFile.id))
        .join(Member, (col(Member.group_id) == col(SealedFile.group_id)) & (col(Member.person_id) == person_id))
        .where(col(FileRecipient.person_id) == person_id, col(FileRecipient.receipt) == Receipt.UNREACHED)
        .where(col(SealedFile.state) == FileState.SEALED, col(Member.left_at).is_(None))
        .order_by(col(SealedFile.id))
    )
    return session.exec(found).all()


# how a group wants it


def channels(policy: FilePolicy) -> Sequence[Channel]:
    """All of them, in the group's order."""
    first = [Channel(each) for each in policy.channels.split()]
    return [*first, *(each for each in CHANNELS if each not in first)]


def policy(session: Session, group_id: int) -> FilePolicy:
    """The group's own, or the defaults (not kept until they are changed)."""
    return session.get(FilePolicy, group_id) or FilePolicy(group_id=group_id)


def place_of(file_id: int, person_id: int | None = None) -> str:
    """What a file's password is bound to in its row: the file, or one person's own copy of it."""
    return f"file:{file_id}" if person_id is None else f"file:{file_id}:{person_id}"
