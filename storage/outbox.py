"""What is to be sent: rows in order per lane, enqueued exactly once, and the messages that stand in chats."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Index, bindparam, insert, text
from sqlmodel import Field, Session, SQLModel, delete, func, select, update

from storage import posts
from storage.base import Instant, OwnInsert, code, run


class Act(StrEnum):
    SEND = "send"  # a new message
    SHOW = "show"  # edit the message that shows the card's key in this chat, send it where there is none
    DELETE = "delete"  # `message_id`
    ADMIT = "admit"  # let `subject` (an account) into the group
    DECLINE = "decline"


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # a request may be under way; left so by a former sender its outcome is unknown
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
    left_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the last request for it went out."""
    trace: str | None = None


TABLE = OutboxRow.__table__  # type: ignore[attr-defined]
OPEN = ("pending", "unclear")

# built once: what every message passes through; building costs more than running
_INSERT = insert(TABLE)
_INSERT_ONCE = OwnInsert(TABLE, lambda new: new.on_conflict_do_nothing().returning(TABLE.c.id))
_INSERT_EACH_ONCE = OwnInsert(TABLE, lambda new: new.on_conflict_do_nothing())
_OPEN_AFTER = (
    select(TABLE)
    .with_only_columns(*(TABLE.c[name] for name in ("id", "messenger", "chat", "private", "priority", "ready_at")))
    .where(TABLE.c.state.in_(OPEN), TABLE.c.id > bindparam("last_id"))
    .order_by(TABLE.c.id)
    .limit(bindparam("at_most"))
)
_OPEN_AMONG = (
    select(TABLE)
    .where(
        TABLE.c.id.in_(bindparam("ids", expanding=True)),
        TABLE.c.state.in_(OPEN) | (TABLE.c.state == "sending") & TABLE.c.id.in_(bindparam("unsure", expanding=True)),
    )
    .with_for_update()
)
_MARK_SENDING = (
    update(TABLE)
    .where(TABLE.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=OutboxState.SENDING, attempts=TABLE.c.attempts + 1, left_at=bindparam("now"))
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
        run(session, _INSERT, given)
        return True
    return session.execute(_INSERT_ONCE.of(session), given).scalar() is not None


def put_each(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Enqueues many at once, in this order, each with a key; those whose key is there already stay out."""
    if rows:
        session.execute(_INSERT_EACH_ONCE.of(session), [{"state": OutboxState.PENDING, **row} for row in rows])


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
    changed = session.execute(update(TABLE).where(TABLE.c.id == found, TABLE.c.state == "pending").values(card=card))
    return int(changed.rowcount) > 0  # type: ignore[attr-defined]


def open_after(session: Session, last_id: int, limit: int) -> Sequence[Any]:
    """Open rows with a higher id, in order: what the sender has not seen yet, and where it is to go."""
    return run(session, _OPEN_AFTER, {"last_id": last_id, "at_most": limit}).all()


def mark_sent(session: Session, arrived: Mapping[int, str | None]) -> None:
    """Message ids by row; what was sent needs no content any more."""
    run(session, _MARK_SENT, [{"row_id": row_id, "posted_as": posted} for row_id, posted in arrived.items()])


def mark(session: Session, ids: Sequence[int], state: OutboxState, **changes: Any) -> None:
    session.execute(update(TABLE).where(TABLE.c.id.in_(ids)).values(state=state, **changes))


def interrupted(session: Session) -> int:
    """Turns what a former sender left in `sending` into `unclear`; the number of them."""
    found = session.execute(update(TABLE).where(TABLE.c.state == "sending").values(state=OutboxState.UNCLEAR))
    return int(found.rowcount)  # type: ignore[attr-defined]


def forget_before(session: Session, moment: datetime) -> None:
    """Drops what ended before `moment`; never the latest row, so that SQLite gives no number a second time and the
    sender, who looks for higher ones, sees every row."""
    old = delete(TABLE).where(TABLE.c.state.in_(("sent", "dead")), TABLE.c.created_at < moment)
    session.execute(old.where(TABLE.c.id < select(func.max(TABLE.c.id)).scalar_subquery()))


def standing(session: Session, shows: str) -> list[tuple[str, str]]:
    """(messenger, chat) of every chat in which a card with this key stands or is on its way."""
    posted = select(posts.TABLE.c.messenger, posts.TABLE.c.chat).where(posts.TABLE.c.shows == shows)
    coming = select(TABLE.c.messenger, TABLE.c.chat).where(
        TABLE.c.shows == shows, TABLE.c.state.in_((*OPEN, "sending"))
    )
    return [(row[0], row[1]) for row in session.execute(posted.union(coming)).all()]


def depth(session: Session) -> int:
    return int(session.execute(select(func.count()).where(TABLE.c.state.in_((*OPEN, "sending")))).scalar_one())


def move_chat(session: Session, messenger: str, old: str, new: str) -> None:
    """A group has a new id: what waits goes there; messages of the old chat cannot be edited from the new one."""
    session.execute(
        update(TABLE)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == old, TABLE.c.state.in_((*OPEN, "sending")))
        .values(chat=new)
    )
    session.execute(delete(posts.TABLE).where(posts.TABLE.c.messenger == messenger, posts.TABLE.c.chat == old))


def waiting_beside(session: Session, messenger: str, chat: str, ids: Sequence[int]) -> Sequence[int]:
    """Further changes that wait for this chat: what can be told in one line is not told in two."""
    found = (
        select(TABLE.c.id)
        .where(TABLE.c.state == "pending", TABLE.c.act == Act.SHOW, TABLE.c.messenger == messenger)
        .where(TABLE.c.chat == chat, TABLE.c.id.not_in(ids))
        .order_by(TABLE.c.id)
    )
    return [row[0] for row in session.execute(found).all()]


def in_hand(session: Session, rows: Sequence[Any]) -> set[int]:
    """Those claimed rows that are still under way, or were only given up by a later sender; by their ids and attempts.
    Whoever has claimed one since has the say."""
    if session.get_bind().dialect.name == "sqlite":
        return {row.id for row in rows}
    claimed = {row.id: row.attempts for row in rows}
    found = select(TABLE.c.id, TABLE.c.attempts, TABLE.c.state).where(TABLE.c.id.in_(claimed))
    kept = session.execute(found.order_by(TABLE.c.id).with_for_update()).all()
    ours = (OutboxState.SENDING, OutboxState.UNCLEAR)
    return {row.id for row in kept if row.attempts == claimed[row.id] and row.state in ours}


def recorded(session: Session, rows: Sequence[Any]) -> dict[int, datetime]:
    """When those claimed rows are to be tried again of which that stands there already: they are in no other hands,
    their recording was committed without being confirmed."""
    claimed = {row.id: row.attempts for row in rows}
    found = select(TABLE.c.id, TABLE.c.attempts, TABLE.c.ready_at)
    kept = session.execute(found.where(TABLE.c.id.in_(claimed), TABLE.c.state == "pending")).all() if rows else ()
    return {row.id: row.ready_at for row in kept if row.attempts == claimed[row.id]}


def left_since(session: Session, moment: datetime) -> Sequence[Any]:
    """`messenger, chat, private, left_at` of what went out after that moment, oldest first."""
    columns = (TABLE.c[name] for name in ("messenger", "chat", "private", "left_at"))
    found = select(TABLE).with_only_columns(*columns).where(TABLE.c.left_at > moment).order_by(TABLE.c.left_at)
    return session.execute(found).all()


def claim(session: Session, ids: Sequence[int], now: datetime, unsure: Collection[int] = ()) -> Sequence[Any]:
    """Marks open rows as under way; each as it was before (`state`), with one more attempt and, for a card to be
    edited, the message that shows it now. `unsure`: this sender may have marked them, but did not send them."""
    before = run(session, _OPEN_AMONG, {"ids": ids, "unsure": [each for each in ids if each in unsure]}).all()
    run(session, _MARK_SENDING, {"ids": [row.id for row in before], "now": now})
    return [_with_target(session, row, now) for row in before]


def _with_target(session: Session, row: Any, now: datetime) -> Any:
    target, before = row.message_id, None
    if row.act == Act.SHOW and target is None and row.shows is not None:
        before = posts.latest_showing(session, row.messenger, row.chat, row.shows)
        target = before.message_id if before is not None else None
        if before is not None:
            session.expunge(before)
    told = SimpleNamespace(**row._asdict())
    if row.state is OutboxState.SENDING:  # it had been marked; an attempt before that one may have arrived
        told.state = OutboxState.PENDING if row.attempts == 1 else OutboxState.UNCLEAR
    told.attempts, told.message_id, told.before, told.left_at = row.attempts + 1, target, before, now
    return told


def ready_count(session: Session, now: datetime) -> int:
    """Rows that could go out now or are under way."""
    waiting = TABLE.c.state.in_(OPEN) & (TABLE.c.ready_at <= now)
    found = select(func.count()).where(waiting | (TABLE.c.state == "sending"))
    return int(session.execute(found).scalar_one())
