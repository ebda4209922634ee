"""What an attempt leaves in the database: the message's place in its chat, the next try, or the news that it failed."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.chat.messages import Card
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.delivery.retrying import judge
from storage import due, outbox, people
from storage.outbox import Act, OutboxState


def record(
    session: Session, row: Any, message_id: str | None, failure: DeliveryFailed | None, now: datetime
) -> datetime | None:
    """When to try again; None when this message has ended, well or not."""
    if failure is None:
        _arrived(session, row, message_id, now)
        return None
    if failure.outcome is Outcome.MOVED and failure.to:
        people.move_room(session, row.messenger, row.chat, failure.to)
        outbox.move_chat(session, row.messenger, row.chat, failure.to)
    verdict = judge(failure, act=row.act, attempts=row.attempts, created_at=row.created_at, now=now)
    if verdict.address_gone:
        people.address_gone(session, row.messenger, row.chat, private=row.private)
    if verdict.state is OutboxState.DEAD:
        _ended(session, row, OutboxState.DEAD, None, now, failure.outcome)
        return None
    changes: dict[str, Any] = {"ready_at": verdict.again_at}
    if verdict.anew:
        outbox.forget_posted(session, row.messenger, row.chat, row.message_id)
        changes |= {"act": Act.SEND, "message_id": None}
    outbox.mark(session, [row.id], _still_unclear(row, verdict.state), **changes)
    return verdict.again_at


def _still_unclear(row: Any, state: OutboxState) -> OutboxState:
    """What may have arrived once stays so: that a later attempt surely failed says nothing of the first."""
    return OutboxState.UNCLEAR if row.state is OutboxState.UNCLEAR else state


def _arrived(session: Session, row: Any, message_id: str | None, now: datetime) -> None:
    if row.act == Act.DELETE:
        outbox.forget_posted(session, row.messenger, row.chat, row.message_id)
    elif message_id is not None and row.shown is not None:
        _note_posted(session, row, message_id, now)
    _ended(session, row, OutboxState.SENT, message_id, now, None)


def _note_posted(session: Session, row: Any, message_id: str, now: datetime) -> None:
    """Only messages that can be meant later are remembered: those that show something or ask something."""
    card: Card = row.shown
    actions = [button.action for button in card.actions]
    if card.key is None and not actions:
        return
    outbox.note_posted(
        session,
        row.messenger,
        row.chat,
        message_id,
        shows=card.key,
        called=card.called,
        actions=json.dumps(actions) if actions else None,
        at=now,
    )


def _ended(
    session: Session, row: Any, state: OutboxState, message_id: str | None, now: datetime, outcome: Outcome | None
) -> None:
    """What was sent needs no content any more; a feature that asked is told by a due row."""
    outbox.mark(session, [row.id], state, card=None, message_id=message_id)
    if row.report is not None:
        kind, _, argument = row.report.partition(":")
        facts = {
            "argument": argument,
            "arrived": state is OutboxState.SENT,
            "outcome": outcome,
            "messenger": row.messenger,
            "chat": row.chat,
            "message_id": message_id,
        }
        due.plan(session, kind, f"{row.report}@{row.id}", now, facts)
