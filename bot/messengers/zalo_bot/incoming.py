"""From Zalo's updates to events: tolerant, because half of what comes is not documented."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.chat.events import Chat, Event, Said, Unknown
from bot.messengers.zalo_bot import contents
from bot.messengers.zalo_bot.contents import MESSENGER, Me

SAYING = ("message.text.received", "message.image.received", "message.voice.received")


def updates(raw: object) -> Sequence[Mapping[str, Any]]:
    """An update comes bare or wrapped in `result`, one at a time; a list is taken as well."""
    if isinstance(raw, Mapping) and "event_name" not in raw and "result" in raw:
        raw = raw["result"]
    found = raw if isinstance(raw, list) else [raw]
    return [each for each in found if isinstance(each, Mapping) and each.get("event_name")]


def read(update: Mapping[str, Any], mine: Me, now: datetime) -> Event | None:
    """Never fails: what cannot be read is Unknown. None for the bot's own words.

    In a group the bot is only sent what mentions it or replies to it, so all of it is addressed to the bot.
    """
    name = str(update["event_name"])
    try:
        return _read(name, update, mine, now)
    except (LookupError, TypeError, ValueError, AttributeError):
        nowhere = Chat(messenger=MESSENGER, id="")
        return Unknown(key=_key(name, update, mine), at=now, chat=nowhere, what=f"broken {name}"[:80])


def _read(name: str, update: Mapping[str, Any], mine: Me, now: datetime) -> Event | None:
    message = update["message"]
    author = contents.sender(message.get("from"), mine)
    if author is not None and author.bot:
        return None
    common: dict[str, Any] = {
        "key": _key(name, update, mine),
        "at": contents.moment(message.get("date"), now),
        "chat": contents.chat(message["chat"], mine),
        "sender": author,
    }
    if name not in SAYING:  # stickers; documents and videos, of which Zalo only says that there was something
        return Unknown(**common, what=name[:80])
    said, mentions = contents.text_and_mentions(message, mine)
    return Said(
        **common,
        message_id=str(message["message_id"]),
        text=said,
        mentions=mentions,
        reply=contents.quoted(message, mine),
        file=contents.file(message),
    )


def _key(name: str, update: Mapping[str, Any], mine: Me) -> str:
    """The same for a redelivery: event and message, or the content where there is no message id."""
    message = update.get("message")
    id_ = message.get("message_id") if isinstance(message, Mapping) else None
    if not id_:
        content = json.dumps(update, sort_keys=True, default=str)
        id_ = hashlib.sha256(content.encode()).hexdigest()[:32]
    return f"{mine.number}:{name}:{id_}"
