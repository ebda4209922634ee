"""The messages of ours that stand in chats: what each shows, and what its answers mean."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, or_
from sqlmodel import Field, Session, SQLModel, delete, func, select, update

from storage.base import Instant, OwnInsert, run


class Posted(SQLModel, table=True):
    """A message of ours that stands in a chat: what it shows and what its buttons answer."""

    __tablename__ = "posted"
    __table_args__ = (Index("ix_posted_shows", "shows"),)

    messenger: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    shows: str | None = None
    actions: str | None = None
    """JSON list of the actions of its buttons, in order: what a numbered answer means."""
    called: str | None = None
    """The number people know it by (`12` of task #12), for `1 #12`."""
    posted_at: datetime = Field(sa_type=Instant)
    said: str | None = None
    """JSON list, where messages cannot be edited: a digest of each line told of it. What is not among them is news."""


TABLE = Posted.__table__  # type: ignore[attr-defined]


def _replacing(new: Any) -> Any:
    told = {name: new.excluded[name] for name in ("shows", "actions", "called", "said")}
    return new.on_conflict_do_update(index_elements=["messenger", "chat", "message_id"], set_=told)


_NOW = OwnInsert(TABLE, _replacing)
_LATEST = (TABLE.c.posted_at.desc(), func.length(TABLE.c.message_id).desc(), TABLE.c.message_id.desc())


def note(session: Session, arrived: Sequence[dict[str, Any]]) -> None:
    """Messages that stand now: `messenger, chat, message_id, shows, actions, called, posted_at, said` of each."""
    if arrived:
        run(session, _NOW.of(session), arrived)


def message_showing(session: Session, messenger: str, chat: str, shows: str) -> str | None:
    found = latest_showing(session, messenger, chat, shows)
    return found.message_id if found is not None else None


def latest_showing(session: Session, messenger: str, chat: str, shows: str) -> Posted | None:
    found = (
        select(Posted)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.shows == shows)
        .order_by(TABLE.c.said.is_not(None).desc(), TABLE.c.posted_at.desc())
        .limit(1)
    )
    return session.exec(found).first()


def has_said(session: Session, messenger: str, chat: str, message_id: str, said: str) -> None:
    """A short line has told the news of this message."""
    session.execute(
        update(TABLE)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.message_id == message_id)
        .values(said=said)
    )


def answers_of(session: Session, card: Posted) -> Posted | None:
    """The message that lists the answers to what this one shows: itself, or the one it brought news of."""
    if card.actions is not None or card.shows is None:
        return card
    found = (
        select(Posted)
        .where(TABLE.c.messenger == card.messenger, TABLE.c.chat == card.chat, TABLE.c.shows == card.shows)
        .where(TABLE.c.actions.is_not(None))
        .order_by(*_LATEST)
        .limit(1)
    )
    return session.exec(found).first()


def message(session: Session, messenger: str, chat: str, message_id: str) -> Posted | None:
    return session.get(Posted, (messenger, chat, message_id))


def latest_with_actions(session: Session, messenger: str, chat: str) -> Posted | None:
    found = (
        select(Posted)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.actions.is_not(None))
        .order_by(*_LATEST)
        .limit(1)
    )
    return session.exec(found).first()


def latest_of_kinds(session: Session, messenger: str, chat: str, kinds: Collection[str]) -> Posted | None:
    """The latest card here whose key is `kind:…` of one of these kinds."""
    kind = or_(*(TABLE.c.shows.startswith(f"{each}:") for each in kinds))
    found = select(Posted).where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, kind)
    return session.exec(found.order_by(*_LATEST).limit(1)).first()


def forget(session: Session, messenger: str, chat: str, message_id: str) -> None:
    session.execute(
        delete(TABLE).where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.message_id == message_id)
    )


def actions(card: Posted) -> list[str]:
    return list(json.loads(card.actions or "[]"))


def latest_of_number(session: Session, messenger: str, chat: str, number: str) -> Posted | None:
    """The latest card in this chat that is called `#number` there (see `called` in note_posted)."""
    found = (
        select(Posted)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.called == number)
        .where(TABLE.c.actions.is_not(None))
        .order_by(*_LATEST)
        .limit(1)
    )
    return session.exec(found).first()


def forget_before(session: Session, moment: datetime) -> None:
    """Messages posted before `moment`: pressing on them finds nothing any more."""
    session.execute(delete(TABLE).where(TABLE.c.posted_at < moment))
