"""Cards in words alone, for messengers without buttons: what could be pressed becomes a numbered list."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Card, Part


def answers(card: Card) -> Sequence[str]:
    """One line an answer, numbered as the router counts them (`2. Từ chối`), then links written out.

    Buttons of other forms (opening a private chat, choosing a group) have no equal in words and are left out.
    """
    chosen = [f"{number}. {button.label}" for number, button in enumerate(card.actions, 1)]
    links = [f"{button.label}: {button.url}" for row in card.buttons for button in row if button.url]
    return [*chosen, *links]


def in_words(card: Card, hint: str = "") -> Card:
    """The same card without buttons. `hint` says how to answer; `{example}` in it becomes `1`, or `1 #12` for a card
    that people know by its number."""
    lines = list(answers(card))
    if card.actions and hint:
        lines.append(hint.replace("{example}", f"1 #{card.called}" if card.called else "1"))
    if not lines:
        return card.without_buttons()
    gap = "\n\n" if card.text.strip() else ""
    return replace(card, parts=(*card.parts, Part(gap + "\n".join(lines)))).without_buttons()
