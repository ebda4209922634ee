"""What an attempt leaves in the database: the message's place in its chat, the next try, or the news that it failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.chat.messages import Card
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.delivery import changes, failover, telling
from bot.delivery.retrying import judge
from storage import due, outbox, posts, reaching
from storage.outbox import Act, OutboxState


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt: `row` as claimed (with `shown`, its card), and how it went."""

    row: Any
    message_id: str | None
    failure: DeliveryFailed | None
    at: datetime


def record_all(session: Session, outcomes: Sequence[Ended]) -> list[datetime | None]:
    """Of each: when to try again; None when this message has ended, well or not, or is in other hands."""
    ours = outbox.in_hand(session, [each.row for each in outcomes])
    arrived = [each for each in outcomes if each.failure is None and each.row.id in ours]
    standing = [_arrived(session, each.row, each.message_id, each.at) for each in arrived]
    posts.note(session, [each for each in standing if each is not None])  # no two of one chat: these go one by one
    if arrived:
        outbox.mark_sent(session, {each.row.id: each.message_id for each in arrived})
    failed = [each for each in outcomes if each.failure]
    again = outbox.recorded(session, [each.row for each in failed if each.row.id not in ours])
    for each in failed:
        if each.failure and each.row.id in ours:
            again_at = _record_failure(session, each.row, each.failure, each.at)
            again |= {each.row.id: again_at} if again_at is not None else {}
    return [again.get(each.row.id) if each.failure else None for each in outcomes]


def _record_failure(session: Session, row: Any, failure: DeliveryFailed, now: datetime) -> datetime | None:
    if failure.outcome is Outcome.MOVED and failure.to:
        reaching.move_room(session, row.messenger, row.chat, failure.to)
        outbox.move_chat(session, row.messenger, row.chat, failure.to)
    verdict = judge(failure, act=row.act, attempts=row.attempts, created_at=row.created_at, now=now)
    if verdict.address_gone:
        if not failure.stays:
            reaching.address_gone(session, row.messenger, row.chat, private=row.private, now=now)
        if failover.to_next_address(session, row, now):
            return now
    if verdict.state is OutboxState.DEAD:
        outbox.mark(session, [row.id], OutboxState.DEAD, card=None, message_id=None)
        _report(session, row, None, now, failure.outcome)
        return None
    changes: dict[str, Any] = {"ready_at": verdict.again_at}
    if verdict.anew:
        posts.forget(session, row.messenger, row.chat, row.message_id)
        changes |= {"act": Act.SEND, "message_id": None}
    outbox.mark(session, [row.id], _still_unclear(row, verdict.state), **changes)
    return verdict.again_at


def _still_unclear(row: Any, state: OutboxState) -> OutboxState:
    """What may have arrived once stays so: that a later attempt surely failed says nothing of the first."""
    return OutboxState.UNCLEAR if row.state is OutboxState.UNCLEAR else state


def _arrived(session: Session, row: Any, message_id: str | None, now: datetime) -> dict[str, Any] | None:
    """What is to be noted of the message, where it stands now and may be meant later."""
    _report(session, row, message_id, now, None)
    if row.act == Act.DELETE:
        posts.forget(session, row.messenger, row.chat, row.message_id)
        return None
    if row.shown is None:
        return None
    lists_answers = telling.note(session, row, message_id)
    if message_id is None:
        return None
    if lists_answers:
        return _answerable(row, message_id, now)
    return None if row.beside else _posted(row, message_id, now)


def _answerable(row: Any, message_id: str, now: datetime) -> dict[str, Any] | None:
    """Only messages that can be meant later are remembered: those that show something or ask something."""
    card: Card = row.shown
    actions = telling.actions_of(card)
    if card.key is None and not actions:
        return None
    said = None if row.edits or card.key is None else changes.said_of(card)
    return _posted(row, message_id, now) | {"called": card.called, "actions": actions, "said": said}


def _posted(row: Any, message_id: str, now: datetime) -> dict[str, Any]:
    return {
        "messenger": row.messenger,
        "chat": row.chat,
        "message_id": message_id,
        "shows": row.shown.key,
        "called": None,
        "actions": None,
        "posted_at": now,
        "said": None,
    }


def _report(session: Session, row: Any, message_id: str | None, now: datetime, outcome: Outcome | None) -> None:
    """A feature that asked how it ended is told by a due row."""
    if row.report is None:
        return
    kind, _, argument = row.report.partition(":")
    facts = {
        "argument": argument,
        "arrived": outcome is None,
        "outcome": outcome,
        "messenger": row.messenger,
        "chat": row.chat,
        "message_id": message_id,
        "trace": row.trace,
    }
    due.plan(session, kind, f"{row.report}@{row.id}", now, facts)
