"""News of a card where messages cannot be edited: a short line with what has changed, not the whole card again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.messages import Card, Part, Style

LONGEST_HEAD = 60


@dataclass(frozen=True, slots=True)
class News:
    """What is to be sent. `lists`: with the answers, which are others than those the chat has been told."""

    card: Card | None
    lists: bool = False


def said_of(card: Card) -> str:
    """What Posted.said keeps of a card that has been shown: no words, only enough to know them again."""
    return json.dumps([_digest(each) for each in _lines(card)])


def news(card: Card, said: str | None, actions: str | None) -> News:
    """`said` and `actions` as noted when the card was last told; a card that is not known so is sent whole."""
    if said is None:
        return News(card, lists=True)
    known = set(json.loads(said))
    lines = _lines(card)
    fresh = [each for each in lines if _digest(each) not in known]
    others = [button.action for button in card.actions] != json.loads(actions or "[]")
    lists = others and bool(card.actions)
    if not fresh and not lists:
        return News(None)
    head = [_shortened(lines[0])] if lines and lines[0] not in fresh else []
    parts = _parts(head, fresh)
    return News(replace(card, parts=parts, file=None, pin=False, buttons=card.buttons if lists else ()), lists=lists)


def together(cards: Sequence[Card]) -> Card:
    """Several pieces of news for one chat, in one message."""
    parts: list[Part] = []
    for card in cards:
        parts += [*([Part("\n\n")] if parts else []), *card.parts]
    return Card(parts=tuple(parts), silent=all(card.silent for card in cards))


def _parts(head: Sequence[str], fresh: Sequence[str]) -> tuple[Part, ...]:
    below = "\n".join(fresh)
    if not head:
        return (Part(below),)
    return (Part(head[0], Style.BOLD), *([Part("\n" + below)] if below else []))


def _lines(card: Card) -> list[str]:
    return [line.strip() for line in card.text.splitlines() if line.strip()]


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_HEAD else line[: LONGEST_HEAD - 1].rstrip() + "…"


def _digest(line: str) -> str:
    return hashlib.blake2b(line.encode(), digest_size=8).hexdigest()
