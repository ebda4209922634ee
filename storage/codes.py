"""One-time codes: to set up a group where the messenger tells no admins, to join accounts, to join rooms."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from storage.base import Instant, code

_LETTERS = "ABCDEFGHKMNPQRSTUVXY3456789"  # none that are read as another
_LENGTH = 8  # 38 bits; with three tries in ten minutes nobody guesses one
TRIES = 3
TRIES_WITHIN = timedelta(minutes=10)


class CodeKind(StrEnum):
    SETUP = "setup"  # made by the operator: whoever says it in a chat may set up a group there
    LINK = "link"  # made by an account: who says it elsewhere is the same person
    ROOM = "room"  # made by a leader: the chat in which it is said belongs to the group
    EMAIL = "email"  # sent to a mailbox: who says it can read what is sent there


class OneTimeCode(SQLModel, table=True):
    __tablename__ = "one_time_code"
    __table_args__ = (Index("ix_one_time_code_digest", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: CodeKind = Field(sa_type=code(CodeKind))
    digest: str
    """SHA-256 of the code: the code itself is only with the one it was shown to."""
    group_id: int | None = Field(default=None, foreign_key="work_group.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    about: str | None = None
    """The address that is confirmed; hidden by storage.columns.Secrets at the place `code:<digest>`."""
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class CodeTries(SQLModel, table=True):
    """Wrong codes an account has said lately."""

    __tablename__ = "code_tries"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    since: datetime = Field(sa_type=Instant)
    count: int = 0


def make(
    session: Session,
    kind: CodeKind,
    expires_at: datetime,
    *,
    group_id: int | None = None,
    account_id: int | None = None,
) -> str:
    """A new code, to be shown once: `ABCD-3456`."""
    said = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    session.add(
        OneTimeCode(kind=kind, digest=_digest(said), group_id=group_id, account_id=account_id, expires_at=expires_at)
    )
    session.flush()
    return f"{said[:4]}-{said[4:]}"


def made_since(session: Session, kind: CodeKind, account_id: int, expiring_after: datetime) -> int:
    """How many codes of this kind the account has had made of late."""
    found = select(func.count()).where(col(OneTimeCode.kind) == kind, col(OneTimeCode.account_id) == account_id)
    return int(session.exec(found.where(col(OneTimeCode.expires_at) > expiring_after)).one())


def remember(session: Session, said: str, about: Callable[[str], str]) -> None:
    """Notes what this code confirms, as `about` hides it for the place the code is kept at."""
    kept = session.exec(select(OneTimeCode).where(col(OneTimeCode.digest) == _digest(said))).one()
    kept.about = about(place_of(kept))


def place_of(kept: OneTimeCode) -> str:
    return f"code:{kept.digest}"


def redeem(session: Session, kind: CodeKind, said: str, now: datetime) -> OneTimeCode | None:
    """Uses the code up; None when there is none such, or it was used, or its time is over."""
    found = select(OneTimeCode).where(col(OneTimeCode.digest) == _digest(said), col(OneTimeCode.kind) == kind)
    kept = session.exec(found.where(col(OneTimeCode.used_at).is_(None), col(OneTimeCode.expires_at) > now)).first()
    return kept if kept is not None and _use_up(session, kept, now) else None


def _use_up(session: Session, kept: OneTimeCode, now: datetime) -> bool:
    """Of any number who say it at one moment one is told True: two chats are handled beside each other."""
    once = update(OneTimeCode).where(col(OneTimeCode.id) == kept.id, col(OneTimeCode.used_at).is_(None))
    return bool(session.execute(once.values(used_at=now)).rowcount == 1)  # type: ignore[attr-defined]


def may_try(session: Session, account_id: int, now: datetime) -> bool:
    """Three wrong codes, then ten minutes of silence."""
    tries = session.get(CodeTries, account_id)
    return tries is None or tries.count < TRIES or now - tries.since >= TRIES_WITHIN


def count_wrong(session: Session, account_id: int, now: datetime) -> None:
    tries = session.get(CodeTries, account_id) or CodeTries(account_id=account_id, since=now)
    if now - tries.since >= TRIES_WITHIN:
        tries.since, tries.count = now, 0
    tries.count += 1
    session.add(tries)
    session.flush()


def looks_like_one(text: str) -> bool:
    bare = _bare(text)
    return len(bare) == _LENGTH and all(letter in _LETTERS for letter in bare)


def _bare(said: str) -> str:
    return "".join(said.split()).replace("-", "").upper()


def _digest(said: str) -> str:
    return hashlib.sha256(_bare(said).encode()).hexdigest()
