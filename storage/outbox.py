"""What is to be sent: rows in order per lane, enqueued exactly once, and the messages that stand in chats."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Index, bindparam, insert, or_, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, delete, func, select, update

from storage.base import Instant, code


class Act(StrEnum):
    SEND = "send"  # a new message
    SHOW = "show"  # edit the message that shows the card's key in this chat, send it where there is none
    DELETE = "delete"  # `message_id`
    ADMIT = "admit"  # let `subject` (an account) into the group
    DECLINE = "decline"


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # a request may be under way; found after a restart its outcome is unknown
    UNCLEAR = "unclear"  # outcome unknown: is sent again, marked as a possible repeat
    SENT = "sent"
    DEAD = "dead"  # will never arrive: gone, rejected or given up


class Priority(StrEnum):
    REPLY = "1"
    REMINDER = "5"
    BULK = "9"


class OutboxRow(SQLModel, table=True):
    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "priority",
            "id",
            sqlite_where=text("state IN ('pending', 'unclear')"),
            postgresql_where=text("state IN ('pending', 'unclear')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)
    """What this message is about, so that it is enqueued once; None for plain answers."""
    messenger: str
    chat: str
    private: bool
    thread: str | None = None
    act: Act = Field(sa_type=code(Act))
    card: str | None = None
    """Card as JSON; wiped once sent when it is secret."""
    shows: str | None = None
    """The card's key."""
    message_id: str | None = None
    subject: str | None = None
    report: str | None = None
    """Kind of the due row that tells a feature how this ended (`kind:argument`)."""
    priority: Priority = Field(default=Priority.REPLY, sa_type=code(Priority))
    state: OutboxState = Field(default=OutboxState.PENDING, sa_type=code(OutboxState))
    attempts: int = 0
    created_at: datetime = Field(sa_type=Instant)
    ready_at: datetime = Field(sa_type=Instant)
    trace: str | None = None


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


TABLE = OutboxRow.__table__  # type: ignore[attr-defined]
_POSTED = Posted.__table__  # type: ignore[attr-defined]
OPEN = ("pending", "unclear")

# built once: what every message passes through; building costs more than running
_DIALECTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def _replacing(new: Any) -> Any:
    told = {name: new.excluded[name] for name in ("shows", "actions", "called", "said")}
    return new.on_conflict_do_update(index_elements=["messenger", "chat", "message_id"], set_=told)


_INSERT = insert(TABLE)
_INSERT_ONCE = {name: new(TABLE).on_conflict_do_nothing().returning(TABLE.c.id) for name, new in _DIALECTS.items()}
_POSTED_NOW = {name: _replacing(new(_POSTED)) for name, new in _DIALECTS.items()}
_OPEN_AFTER = (
    select(TABLE)
    .with_only_columns(*(TABLE.c[name] for name in ("id", "messenger", "chat", "private", "priority", "ready_at")))
    .where(TABLE.c.state.in_(OPEN), TABLE.c.id > bindparam("last_id"))
    .order_by(TABLE.c.id)
    .limit(bindparam("at_most"))
)
_OPEN_AMONG = select(TABLE).where(TABLE.c.id.in_(bindparam("ids", expanding=True)), TABLE.c.state.in_(OPEN))
_MARK_SENDING = (
    update(TABLE)
    .where(TABLE.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=OutboxState.SENDING, attempts=TABLE.c.attempts + 1)
)
_MARK_SENT = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("row_id"))
    .values(state=OutboxState.SENT, card=None, message_id=bindparam("posted_as"))
)


def put(session: Session, row: dict[str, Any]) -> bool:
    """Enqueues; False when a row with this key is there already."""
    given = {"state": OutboxState.PENDING, **row}
    if row.get("key") is None:
        session.execute(_INSERT, given)
        return True
    return session.execute(_INSERT_ONCE[session.get_bind().dialect.name], given).scalar() is not None


def replace_waiting(session: Session, messenger: str, chat: str, shows: str, card: str) -> bool:
    """Puts a newer picture into a card that has not gone out yet; False when none waits."""
    waiting = (
        select(TABLE.c.id)
        .where(TABLE.c.state == "pending", TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.shows == shows)
        .order_by(TABLE.c.id.desc())
        .limit(1)
    )
    found = session.execute(waiting).scalar()
    if found is None:
        return False
    session.execute(update(TABLE).where(TABLE.c.id == found).values(card=card))
    return True


def open_after(session: Session, last_id: int, limit: int) -> Sequence[Any]:
    """Open rows with a higher id, in order: what the sender has not seen yet, and where it is to go."""
    return session.execute(_OPEN_AFTER, {"last_id": last_id, "at_most": limit}).all()


def mark_sent(session: Session, arrived: Mapping[int, str | None]) -> None:
    """Message ids by row; what was sent needs no content any more."""
    session.execute(_MARK_SENT, [{"row_id": row_id, "posted_as": posted} for row_id, posted in arrived.items()])


def mark(session: Session, ids: Sequence[int], state: OutboxState, **changes: Any) -> None:
    session.execute(update(TABLE).where(TABLE.c.id.in_(ids)).values(state=state, **changes))


def interrupted(session: Session) -> int:
    """Turns what a dead process left in `sending` into `unclear`; the number of them."""
    found = session.execute(update(TABLE).where(TABLE.c.state == "sending").values(state=OutboxState.UNCLEAR))
    return int(found.rowcount)  # type: ignore[attr-defined]


def forget_before(session: Session, moment: datetime) -> None:
    session.execute(delete(TABLE).where(TABLE.c.state.in_(("sent", "dead")), TABLE.c.created_at < moment))


def note_posted(
    session: Session,
    messenger: str,
    chat: str,
    message_id: str,
    *,
    shows: str | None,
    actions: str | None,
    called: str | None,
    at: datetime,
    said: str | None = None,
) -> None:
    values = {"shows": shows, "actions": actions, "called": called, "posted_at": at, "said": said}
    statement = _POSTED_NOW[session.get_bind().dialect.name]
    session.execute(statement, {"messenger": messenger, "chat": chat, "message_id": message_id, **values})


def standing(session: Session, shows: str) -> list[tuple[str, str]]:
    """(messenger, chat) of every chat in which a card with this key stands or is on its way."""
    posted = select(_POSTED.c.messenger, _POSTED.c.chat).where(_POSTED.c.shows == shows)
    coming = select(TABLE.c.messenger, TABLE.c.chat).where(
        TABLE.c.shows == shows, TABLE.c.state.in_((*OPEN, "sending"))
    )
    return [(row[0], row[1]) for row in session.execute(posted.union(coming)).all()]


def message_showing(session: Session, messenger: str, chat: str, shows: str) -> str | None:
    found = latest_showing(session, messenger, chat, shows)
    return found.message_id if found is not None else None


def latest_showing(session: Session, messenger: str, chat: str, shows: str) -> Posted | None:
    found = (
        select(Posted)
        .where(_POSTED.c.messenger == messenger, _POSTED.c.chat == chat, _POSTED.c.shows == shows)
        .order_by(_POSTED.c.said.is_not(None).desc(), _POSTED.c.posted_at.desc())
        .limit(1)
    )
    return session.exec(found).first()


def has_said(session: Session, messenger: str, chat: str, message_id: str, said: str) -> None:
    """A short line has told the news of this message."""
    session.execute(
        update(_POSTED)
        .where(_POSTED.c.messenger == messenger, _POSTED.c.chat == chat, _POSTED.c.message_id == message_id)
        .values(said=said)
    )


def answers_of(session: Session, card: Posted) -> Posted | None:
    """The message that lists the answers to what this one shows: itself, or the one it brought news of."""
    if card.actions is not None or card.shows is None:
        return card
    found = (
        select(Posted)
        .where(_POSTED.c.messenger == card.messenger, _POSTED.c.chat == card.chat, _POSTED.c.shows == card.shows)
        .where(_POSTED.c.actions.is_not(None))
        .order_by(*_LATEST)
        .limit(1)
    )
    return session.exec(found).first()


def posted(session: Session, messenger: str, chat: str, message_id: str) -> Posted | None:
    return session.get(Posted, (messenger, chat, message_id))


_LATEST = (_POSTED.c.posted_at.desc(), func.length(_POSTED.c.message_id).desc(), _POSTED.c.message_id.desc())


def latest_with_actions(session: Session, messenger: str, chat: str) -> Posted | None:
    found = (
        select(Posted)
        .where(_POSTED.c.messenger == messenger, _POSTED.c.chat == chat, _POSTED.c.actions.is_not(None))
        .order_by(*_LATEST)
        .limit(1)
    )
    return session.exec(found).first()


def latest_of_kinds(session: Session, messenger: str, chat: str, kinds: Collection[str]) -> Posted | None:
    """The latest card here whose key is `kind:…` of one of these kinds."""
    kind = or_(*(_POSTED.c.shows.startswith(f"{each}:") for each in kinds))
    found = select(Posted).where(_POSTED.c.messenger == messenger, _POSTED.c.chat == chat, kind)
    return session.exec(found.order_by(*_LATEST).limit(1)).first()


def forget_posted(session: Session, messenger: str, chat: str, message_id: str) -> None:
    session.execute(
        delete(_POSTED).where(
            _POSTED.c.messenger == messenger, _POSTED.c.chat == chat, _POSTED.c.message_id == message_id
        )
    )


def depth(session: Session) -> int:
    return int(session.execute(select(func.count()).where(TABLE.c.state.in_((*OPEN, "sending")))).scalar_one())


def move_chat(session: Session, messenger: str, old: str, new: str) -> None:
    """A group has a new id: what waits goes there; messages of the old chat cannot be edited from the new one."""
    session.execute(
        update(TABLE)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == old, TABLE.c.state.in_((*OPEN, "sending")))
        .values(chat=new)
    )
    session.execute(delete(_POSTED).where(_POSTED.c.messenger == messenger, _POSTED.c.chat == old))


def actions(card: Posted) -> list[str]:
    return list(json.loads(card.actions or "[]"))


def waiting_beside(session: Session, messenger: str, chat: str, ids: Sequence[int]) -> Sequence[int]:
    """Further changes that wait for this chat: what can be told in one line is not told in two."""
    found = (
        select(TABLE.c.id)
        .where(TABLE.c.state == "pending", TABLE.c.act == Act.SHOW, TABLE.c.messenger == messenger)
        .where(TABLE.c.chat == chat, TABLE.c.id.not_in(ids))
        .order_by(TABLE.c.id)
    )
    return [row[0] for row in session.execute(found).all()]


def latest_of_number(session: Session, messenger: str, chat: str, number: str) -> Posted | None:
    """The latest card in this chat that is called `#number` there (see `called` in note_posted)."""
    found = (
        select(Posted)
        .where(_POSTED.c.messenger == messenger, _POSTED.c.chat == chat, _POSTED.c.called == number)
        .where(_POSTED.c.actions.is_not(None))
        .order_by(*_LATEST)
        .limit(1)
    )
    return session.exec(found).first()


def claim(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Marks open rows as under way; each as it was before (`state`), with one more attempt and, for a card to be
    edited, the message that shows it now."""
    before = session.execute(_OPEN_AMONG, {"ids": ids}).all()
    session.execute(_MARK_SENDING, {"ids": [row.id for row in before]})
    return [_with_target(session, row) for row in before]


def _with_target(session: Session, row: Any) -> Any:
    target, before = row.message_id, None
    if row.act == Act.SHOW and target is None and row.shows is not None:
        before = latest_showing(session, row.messenger, row.chat, row.shows)
        target = before.message_id if before is not None else None
        if before is not None:
            session.expunge(before)
    facts = {**dict(row._mapping), "attempts": row.attempts + 1, "message_id": target, "before": before}  # noqa: SLF001 - the public name of a row's mapping
    return SimpleNamespace(**facts)


def ready_count(session: Session, now: datetime) -> int:
    """Rows that could go out now or are under way."""
    waiting = TABLE.c.state.in_(OPEN) & (TABLE.c.ready_at <= now)
    found = select(func.count()).where(waiting | (TABLE.c.state == "sending"))
    return int(session.execute(found).scalar_one())
