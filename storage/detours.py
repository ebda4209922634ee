"""Messages of the outbox that go another way than they were meant to: each is in one place at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, select, update

from storage import outbox
from storage.outbox import OPEN, TABLE, Act


def readdress(session: Session, row_id: int, **changes: Any) -> None:
    """The same message to another chat: it is never in two places."""
    session.execute(update(TABLE).where(TABLE.c.id == row_id, TABLE.c.state.in_(OPEN)).values(**changes))


def open_for(session: Session, messenger: str, after: int, limit: int) -> Sequence[Any]:
    """New messages and changed cards that wait for this messenger, in order, with a higher id than `after`."""
    found = (
        select(TABLE)
        .where(TABLE.c.messenger == messenger, TABLE.c.act.in_((Act.SEND, Act.SHOW)), TABLE.c.state.in_(OPEN))
        .where(TABLE.c.id > after)
        .order_by(TABLE.c.id)
        .limit(limit)
    )
    return session.execute(found).all()


def tell_also(session: Session, row: Any, card: str, now: datetime, **place: Any) -> bool:
    """What a changed card says, as a new message to another chat; once, though `row` goes on waiting."""
    copied = {name: getattr(row, name) for name in ("private", "shows", "priority", "trace")}
    values = {"act": Act.SEND, "card": card, "key": f"detour:{row.id}", "attempts": 0, "created_at": now}
    return outbox.put(session, {**copied, **values, "ready_at": now, **place})


def went_to(session: Session, messenger: str, chat: str, like: Any) -> bool:
    """Whether this chat gets, or got, what `like` says: enqueued in the same step with the same words."""
    found = (
        select(TABLE.c.id)
        .where(TABLE.c.messenger == messenger, TABLE.c.chat == chat, TABLE.c.id != like.id)
        .where(TABLE.c.created_at == like.created_at, TABLE.c.trace == like.trace, TABLE.c.act == Act.SEND)
        .where(_same(like))
        .limit(1)
    )
    return session.execute(found).first() is not None


def _same(like: Any) -> Any:
    if like.key is not None and "@" in like.key:
        return TABLE.c.key.startswith(like.key.rpartition("@")[0] + "@", autoescape=True)
    return TABLE.c.card == like.card
