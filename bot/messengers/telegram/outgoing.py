"""From cards to what Telegram takes: text with entities, keyboards, and long texts cut at lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import (
    ChatAdministratorRights,
    ForceReply,
    KeyboardButton,
    KeyboardButtonRequestChat,
    MessageEntity,
    ReplyKeyboardMarkup,
)

from bot.chat.messages import Button, Card, Part, Style

MAX_TEXT = 4096
MAX_CAPTION = 1024
RIGHTS = ("delete_messages", "invite_users", "pin_messages")
"""What the bot asks for when it is put into a group; a person may untick any."""

Entity = dict[str, Any]
Inline = dict[str, Any]
"""Both as the Bot API has it: most messages have some, and an object for each would cost as much as all else."""
Markup = Inline | ReplyKeyboardMarkup | ForceReply
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KINDS = {
    Style.BOLD: MessageEntity.BOLD,
    Style.ITALIC: MessageEntity.ITALIC,
    Style.CODE: MessageEntity.CODE,
    Style.LINK: MessageEntity.TEXT_LINK,
    Style.MENTION: MessageEntity.TEXT_MENTION,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What fits into one message."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """Telegram counts in UTF-16: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(parts: Sequence[Part], limit: int = MAX_TEXT) -> Sequence[Piece]:
    """At most `limit` units each, cut at the end of a line where there is one, else of a word; styles go on behind
    the cut. Nothing at all for a text of spaces."""
    text = "".join(part.text for part in parts)
    spans = _spans(parts)
    found = []
    for start, end in _cuts(text, limit):
        if text[start:end].strip():
            found.append(Piece(text[start:end], _entities(text, spans, start, end)))
    return found


def _spans(parts: Sequence[Part]) -> Sequence[tuple[int, int, Part]]:
    spans, at = [], 0
    for part in parts:
        spans.append((at, at + len(part.text), part))
        at += len(part.text)
    return spans


def _cuts(text: str, limit: int) -> Sequence[tuple[int, int]]:
    """(start, end) of the pieces; line breaks at a cut belong to neither side."""
    if units(text) <= limit:
        return [(0, len(text))]
    cuts, start = [], 0
    while start < len(text):
        furthest = _furthest(text, start, limit)
        end = furthest if furthest == len(text) else _break(text, start, furthest)
        cuts.append((start, end))
        start = end
        while start < len(text) and text[start] in "\n ":
            start += 1
    return cuts


def _furthest(text: str, start: int, limit: int) -> int:
    """The first index that does not fit any more."""
    end, left = start, limit
    while end < len(text):
        left -= 1 + (text[end] > "\uffff")
        if left < 0:
            return end
        end += 1
    return end


def _break(text: str, start: int, furthest: int) -> int:
    """A line's end or a space at `furthest` itself still counts; without any, in the middle of the word."""
    for separator in ("\n", " "):
        found = text.rfind(separator, start + 1, furthest + 1)
        if found > start:
            return found
    return furthest


def _entities(text: str, spans: Sequence[tuple[int, int, Part]], start: int, end: int) -> tuple[Entity, ...]:
    found = []
    for first, last, part in spans:
        first, last = max(first, start), min(last, end)
        if first < last:
            entity = _entity(part, units(text[start:first]), units(text[first:last]))
            if entity is not None:
                found.append(entity)
    return tuple(found)


def _entity(part: Part, offset: int, length: int) -> Entity | None:
    """None where the part is plain text, or cannot be anything else."""
    kind = _KINDS.get(part.style)
    if kind is None or (part.style in (Style.LINK, Style.MENTION) and not part.target):
        return None
    if part.style is Style.MENTION:
        if part.target is None or not part.target.isdigit():
            return None
        user = {"id": int(part.target), "first_name": part.text or "?", "is_bot": False}
        return {"type": kind, "offset": offset, "length": length, "user": user}
    found: Entity = {"type": kind, "offset": offset, "length": length}
    return found | {"url": part.target} if part.style is Style.LINK else found


# keyboards


def inline(card: Card, bot: str) -> Inline | None:
    """`bot` is the bot's username; buttons that only a reply keyboard can show are left out."""
    rows = [[made for button in row if (made := _inline(button, bot)) is not None] for row in card.buttons]
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _inline(button: Button, bot: str) -> dict[str, str] | None:
    if button.action:
        return {"text": button.label, "callback_data": button.action}
    url = button.url or _deep_link(button, bot)
    return {"text": button.label, "url": url} if url else None


def _deep_link(button: Button, bot: str) -> str | None:
    payload = button.start or button.place
    if not bot or payload is None or not _PAYLOAD.fullmatch(payload):
        return None
    if button.start:
        return f"https://t.me/{bot}?start={payload}"
    return f"https://t.me/{bot}?startgroup={payload}&admin={'+'.join(RIGHTS)}"


def picker(card: Card) -> ReplyKeyboardMarkup | None:
    """The reply keyboard that opens Telegram's own choice of groups, for private chats."""
    labels = [button.label for row in card.buttons for button in row if button.picks_chat]
    if not labels:
        return None
    rows = [[KeyboardButton(label, request_chat=_wish(number))] for number, label in enumerate(labels, 1)]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def _wish(number: int) -> KeyboardButtonRequestChat:
    wanted: dict[str, Any] = {f"can_{name}": name in RIGHTS for name in (*RIGHTS, *_NOT_WANTED)}
    bot = ChatAdministratorRights(is_anonymous=False, **wanted)
    # Telegram wants the bot's rights among the person's; whoever adds administrators may do that too
    person = ChatAdministratorRights(is_anonymous=False, **wanted | {"can_promote_members": True})
    return KeyboardButtonRequestChat(
        number,
        chat_is_channel=False,
        user_administrator_rights=person,
        bot_administrator_rights=bot,
        request_title=True,
    )


_NOT_WANTED = (
    "change_info",
    "manage_topics",
    "manage_chat",
    "manage_video_chats",
    "restrict_members",
    "promote_members",
    "post_stories",
    "edit_stories",
    "delete_stories",
)


def markup(card: Card, bot: str, *, private: bool) -> Markup | None:
    """The one keyboard a message can carry."""
    return (
        inline(card, bot)
        or (picker(card) if private else None)
        or (ForceReply(selective=True) if card.wants_reply else None)
    )
