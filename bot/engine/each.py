"""A message of their own to each of many people, in two statements for all of them."""

from collections.abc import Mapping, Set

from bot.chat.messages import Card
from bot.engine import kept
from bot.engine.work import Work
from storage import outbox
from storage.columns import Secrets
from storage.outbox import Act, Priority


def tell_each(work: Work, cards: Mapping[int, Card], *, key: str, priority: Priority) -> Set[int]:
    """In private, in the order of `cards`, each once under `key` and the person's number. Those who can be written to:
    the others are told nothing."""
    reached = work.addresses_of(list(cards)) if cards else {}
    secrets, now = work.need(Secrets), work.now
    outbox.put_each(
        work.session,
        [
            {
                "messenger": to.messenger,
                "chat": to.ref,
                "private": True,
                "act": Act.SEND,
                "card": kept.to_row(work.fitted(to.messenger, to.ref, card, private=True), secrets),
                "shows": card.key,
                "key": f"{key}:{person}",
                "priority": priority,
                "attempts": 0,
                "created_at": now,
                "ready_at": now,
                "trace": work.trace,
            }
            for person, card in cards.items()
            if (to := reached.get(person)) is not None
        ],
    )
    return reached.keys()
