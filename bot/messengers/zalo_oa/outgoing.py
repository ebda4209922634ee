"""From cards to what Zalo takes: plain text in pieces, up to five buttons, and the same answers to be typed."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.messages import Button, Card, Part, Style

Json = dict[str, Any]
MAX_TEXT = 2000
PIECE = 1900  # UTF-16 units: how Zalo counts is not known, and the part's number needs room
MAX_BUTTONS = 5
MAX_TITLE = 100
MAX_PAYLOAD = 1000
_PRESS = re.compile(r"#([a-z][\w.-]{0,40}:\S*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the adapter itself says to people, in the office's language."""

    choose: str
    """Stands above the numbered answers; `{example}` becomes what could be typed."""
    connected: str = ""
    """Read in the browser when the account's administrator has let the program in."""
    not_connected: str = ""


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def payload(action: str) -> str:
    """What a button sends in the person's name. It begins with # so that it passes Zalo's syntax filter too."""
    return f"#{action}" if ":" in action else f"#{action}:"


def pressed(text: str) -> str | None:
    """The action in a text that a button has sent, or that somebody typed: rights are checked where it is carried
    out, as with every button."""
    found = _PRESS.fullmatch(text.strip())
    return found[1] if found else None


def plain(parts: Sequence[Part], *, group: bool) -> str:
    return unicodedata.normalize("NFC", "".join(_words(part, group=group) for part in parts))


def _words(part: Part, *, group: bool) -> str:
    if part.style is Style.MENTION and part.target and group:
        return f"[@{part.target}]"
    if part.style is Style.LINK and part.target and part.target != part.text.strip():
        return f"{_harmless(part.text, group=group)} ({part.target})"
    return _harmless(part.text, group=group)


def _harmless(text: str, *, group: bool) -> str:
    """Nobody calls out a whole group by writing `[@…]` into a task."""
    return text.replace("[@", "[\u200b@") if group else text


def typed_answers(card: Card, words: Words) -> str:
    """The answers in words, numbered as the router counts them; links written out."""
    answers = [f"{number}. {button.label}" for number, button in enumerate(card.actions, 1)]
    links = [f"{button.label}: {button.url}" for row in card.buttons for button in row if button.url]
    example = f"1 #{card.called}" if card.called else "1"
    return "\n".join(([words.choose.replace("{example}", example), *answers] if answers else []) + links)


def text(card: Card, words: Words, *, group: bool) -> str:
    said, answers = plain(card.parts, group=group).strip(), _harmless(typed_answers(card, words), group=group)
    return f"{said}\n\n{answers}" if said and answers else said or answers


def pieces(whole: str, limit: int = PIECE) -> Sequence[str]:
    """At most `limit` units each, cut at the end of a line where there is one, else of a word; numbered when many."""
    found, rest = [], whole.strip()
    while units(rest) > limit:
        end = _cut(rest, limit)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip("\n ")
    if rest:
        found.append(rest)
    if len(found) < 2:
        return found
    return [f"({number}/{len(found)})\n{piece}" for number, piece in enumerate(found, 1)]


def _cut(rest: str, limit: int) -> int:
    end, left = 0, limit
    while end < len(rest):
        left -= 1 + (rest[end] > "\uffff")
        if left < 0:
            break
        end += 1
    for separator in ("\n", " "):
        found = rest.rfind(separator, 1, end + 1)
        if found > 0 and rest[:found].strip():
            return found
    return end


def buttons(card: Card) -> Sequence[Json]:
    """What phones show; computers show none, so nothing may be said by a button alone."""
    wanted = [button for row in card.buttons for button in row if button.action or button.url]
    return [_button(button) for button in wanted if len(payload(button.action or "")) <= MAX_PAYLOAD][:MAX_BUTTONS]


def _button(button: Button) -> Json:
    title = button.label[:MAX_TITLE]
    if button.action:
        return {"title": title, "type": "oa.query.hide", "payload": payload(button.action)}
    return {"title": title, "type": "oa.open.url", "payload": {"url": button.url}}


def messages(card: Card, words: Words, *, private: bool) -> Sequence[Json]:
    """In order; the last carries the buttons, the first quotes. Empty for a card without words."""
    found: list[Json] = [{"text": piece} for piece in pieces(text(card, words, group=not private))]
    if not found or not private:
        return found
    shown = buttons(card)
    if shown:
        found[-1]["attachment"] = {"type": "template", "payload": {"buttons": list(shown)}}
    if card.reply_to is not None:
        found[0]["quote_message_id"] = card.reply_to
    return found


def file_message(token: str) -> Json:
    return {"attachment": {"type": "file", "payload": {"token": token}}}


def image_message(attachment: str) -> Json:
    """With the form of a media template: the short form is refused."""
    element = {"media_type": "image", "attachment_id": attachment}
    return {"attachment": {"type": "template", "payload": {"template_type": "media", "elements": [element]}}}
