"""What a claimed row is to say where messages cannot be edited: its news, and that of others for the same chat."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session

from bot.chat.messages import Card
from bot.delivery import changes
from bot.delivery.changes import News
from storage import outbox, posts
from storage.columns import SecretBroken
from storage.outbox import Act, OutboxState

Opened = Callable[[str], Card]


def prepare(session: Session, rows: Iterable[Any], opened: Opened, edits: Callable[[str], bool]) -> None:
    """Gives each row its `news` (None: it is sent or edited as it is) and the rows `beside` it that go along."""
    rows = list(rows)
    taken = [row.id for row in rows]
    for row in rows:
        row.edits, row.news, row.beside = edits(row.messenger), None, []
        if not row.edits:
            row.news = _news(row, opened)
    for row in rows:
        if row.news is not None and not row.news.lists:
            row.beside = _beside(session, row, taken, opened)
            taken += [each.id for each in row.beside]


def _beside(session: Session, row: Any, taken: list[int], opened: Opened) -> list[Any]:
    waiting = outbox.waiting_beside(session, row.messenger, row.chat, taken)
    found = []
    for each in outbox.claim(session, waiting, row.left_at) if waiting else []:
        each.edits, each.news, each.beside = False, _news(each, opened), []
        if each.news is None or each.news.lists:
            outbox.mark(session, [each.id], OutboxState.PENDING)
        else:
            found.append(each)
    return found


def _news(row: Any, opened: Opened) -> News | None:
    if row.act != Act.SHOW or row.before is None or row.card is None:
        return None
    try:
        return changes.news(opened(row.card), row.before.said, row.before.actions)
    except SecretBroken:
        return None


def to_send(row: Any) -> Card | None:
    """All of it in one message; None when there is nothing to say."""
    cards = [each.news.card for each in (row, *row.beside) if each.news.card is not None]
    if len(cards) < 2:
        return cards[0] if cards else None
    return changes.together(cards)


def note(session: Session, row: Any, message_id: str | None) -> bool:
    """The chat knows the news now; True when the message is to be noted as one that lists answers."""
    if row.news is None or row.news.lists:
        return True
    posts.has_said(session, row.messenger, row.chat, row.before.message_id, changes.said_of(row.shown))
    return False


def actions_of(card: Card) -> str | None:
    actions = [button.action for button in card.actions]
    return json.dumps(actions) if actions else None
