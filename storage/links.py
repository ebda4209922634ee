"""Links to pages on which one person fetches or hands in one file; of tokens and codes only digests are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage import due
from storage.base import Instant, code
from storage.files import FileState, SealedFile

KEPT = timedelta(days=7)  # after its end, so that a question about it can be answered


class LinkKind(StrEnum):
    DOWNLOAD = "download"  # one person fetches one file
    UPLOAD = "upload"  # one person hands in one file for the group


class FileLink(SQLModel, table=True):
    __tablename__ = "file_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    """SHA-256 of the token: the token itself is only in the link."""
    kind: LinkKind = Field(sa_type=code(LinkKind))
    group_id: int = Field(foreign_key="work_group.id")
    person_id: int = Field(foreign_key="person.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Upload: in whose private chat it was handed out and is answered."""
    file_id: int | None = Field(default=None, foreign_key="sealed_file.id", index=True)
    """What may be fetched, or what was made of the file that was handed in."""
    record: str | None = None
    """Upload: the content in the vault until it is sealed or refused. Download: what may be fetched, if it is no sealed
    file; it belongs to whoever made it."""
    name: str | None = None
    """Of what `record` of a download holds."""
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    uses_left: int
    """Download: how often it may be opened with a code. Upload: how many files may follow, this one included."""
    tries: int = 0
    """Wrong codes so far."""
    codes_sent: int = 0
    code_hash: str | None = None
    """SHA-256 of the token and the code last sent, so that the row alone does not tell the code."""
    code_until: datetime | None = Field(default=None, sa_type=Instant)
    grant_hash: str | None = None
    """Download: of what the right code has opened, for minutes."""
    grant_until: datetime | None = Field(default=None, sa_type=Instant)
    grant_left: int = 0
    """How often the content is still sent for it: a download manager may ask twice."""


class FileOffer(SQLModel, table=True):
    """A file for a room whose messenger does not carry it: whoever is a member asks for a link of their own."""

    __tablename__ = "file_offer"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="work_group.id")
    record: str
    """In the vault; it belongs to whoever made it."""
    name: str
    until: datetime = Field(sa_type=Instant)


def offer(session: Session, group_id: int, record: str, name: str, *, until: datetime, now: datetime) -> FileOffer:
    session.execute(delete(FileOffer).where(col(FileOffer.until) <= now))
    made = FileOffer(group_id=group_id, record=record, name=name, until=until)
    session.add(made)
    session.flush()
    return made


def offered(session: Session, offer_id: int) -> FileOffer | None:
    return session.get(FileOffer, offer_id)


def add(session: Session, link: FileLink) -> FileLink:
    """Rows of links that ended long ago make room."""
    old = delete(FileLink).where(
        col(FileLink.expires_at) < link.made_at - KEPT,
        or_(col(FileLink.record).is_(None), col(FileLink.kind) != LinkKind.UPLOAD),
    )
    session.execute(old)
    session.add(link)
    session.flush()
    return link


def by_token(session: Session, token_hash: str) -> FileLink | None:
    """Locked until the end of the transaction, so that tries and uses are counted one after the other."""
    found = select(FileLink).where(col(FileLink.token_hash) == token_hash).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).first()


def get(session: Session, link_id: int) -> FileLink | None:
    return session.get(FileLink, link_id)


def records(session: Session) -> Sequence[str]:
    """Every record of the vault in which an upload still lies, or a task's file on its way to another messenger."""
    found = select(FileLink.record).where(col(FileLink.kind) == LinkKind.UPLOAD)
    on_the_way = [each.values["record"] for each in due.planned(session, "tasks-forget:")]
    return [each for each in (*session.exec(found).all(), *on_the_way) if each]


def close_uploads(session: Session, person_id: int, group_id: int, now: datetime) -> None:
    """Only the newest link of a person takes files: one that was lost from sight is worth nothing."""
    older = update(FileLink).where(
        col(FileLink.kind) == LinkKind.UPLOAD,
        col(FileLink.person_id) == person_id,
        col(FileLink.group_id) == group_id,
        col(FileLink.expires_at) > now,
    )
    session.execute(older.values(expires_at=now))


def is_still_needed(session: Session, link: FileLink) -> bool:
    """The upload is being sealed, or its sender has been asked about it."""
    file = session.get(SealedFile, link.file_id) if link.file_id is not None else None
    return file is not None and file.state in (FileState.SEALING, FileState.ASKED)
