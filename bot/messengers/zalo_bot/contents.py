"""What is in a Zalo message: who wrote it and where, whom it names, what it answers, what hangs on it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.chat.events import Chat, FileRef, Mention, Quoted, Sender

MESSENGER = "zalo_bot"
_NAME_THEN_COMMAND = re.compile(r"^@[^/／\n]{1,60}?\s(?=[/／]\s?\w)")
_QUOTES = ("reply_to_message", "quoted_message", "quote")  # none is documented; each has been seen named somewhere
_MILLISECONDS_FROM = 100_000_000_000  # smaller numbers are seconds


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account; `number` are the digits of its token."""

    number: str
    id: str
    names: tuple[str, ...]
    can_join_groups: bool


def me(number: str, answer: Mapping[str, Any]) -> Me:
    """From getMe."""
    names = (answer.get("display_name"), answer.get("account_name"))
    return Me(
        number=number,
        id=str(answer.get("id") or number),
        names=tuple(dict.fromkeys(nfc(str(name)).strip() for name in names if name)),
        can_join_groups=bool(answer.get("can_join_groups")),
    )


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def owned(number: str, id_: object) -> str:
    """Every bot sees other ids for the same people: the bot stands before the id, and so a chat stays with its bot."""
    return f"{number}.{id_}"


def sender(raw: object, mine: Me) -> Sender | None:
    if not isinstance(raw, Mapping) or not raw.get("id"):
        return None
    name = str(raw.get("display_name") or raw.get("name") or "")
    return Sender(id=owned(mine.number, raw["id"]), name=nfc(name), bot=bool(raw.get("is_bot")))


def chat(raw: Mapping[str, Any], mine: Me) -> Chat:
    """Raises KeyError when there is none."""
    return Chat(
        messenger=MESSENGER,
        id=owned(mine.number, raw["id"]),
        private=str(raw.get("chat_type", "PRIVATE")).upper() != "GROUP",
        title=nfc(str(raw.get("title") or raw.get("name") or "")),
    )


def moment(raw: object, now: datetime) -> datetime:
    """Milliseconds, as a number or its digits; `now` for what is no date."""
    try:
        value = int(str(raw))
        return datetime.fromtimestamp(value / 1000 if value >= _MILLISECONDS_FROM else value, UTC)
    except (ValueError, OverflowError, OSError):
        return now


def text_and_mentions(message: Mapping[str, Any], mine: Me) -> tuple[str, tuple[Mention, ...]]:
    """The text without the mention of the bot itself, and whom else it names (where Zalo says so)."""
    said = nfc(str(message.get("text") or message.get("caption") or ""))
    named = []
    for id_, name in _named(message, said):
        if id_ in (mine.id, mine.number):
            said = said.replace(name, " ", 1)
        else:
            named.append(Mention(said=name, id=owned(mine.number, id_)))
    return _without_bot(said, mine), tuple(named)


def _named(message: Mapping[str, Any], said: str) -> Iterator[tuple[str, str]]:
    """(account, as written). How Zalo writes mentions down is not documented: whatever does not fit is left out."""
    raw = message.get("mentions")
    units = said.encode("utf-16-le")
    for each in raw if isinstance(raw, Sequence) else ():
        if not isinstance(each, Mapping):
            continue
        id_ = each.get("user_id") or each.get("uid") or each.get("id")
        start = each.get("offset", each.get("pos", each.get("start")))
        length = each.get("length", each.get("len"))
        if id_ and isinstance(start, int) and isinstance(length, int) and start >= 0 and length > 0:
            name = units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore")
            if name:
                yield str(id_), name


def _without_bot(said: str, mine: Me) -> str:
    for name in sorted(mine.names, key=len, reverse=True):
        found = re.search(rf"(?<!\w)@{re.escape(name)}(?!\w)", said, re.IGNORECASE)
        if found is not None:
            said = f"{said[: found.start()].rstrip()} {said[found.end() :].lstrip()}"
            break
    return _NAME_THEN_COMMAND.sub("", said.strip())


def quoted(message: Mapping[str, Any], mine: Me) -> Quoted | None:
    raw = next((message[name] for name in _QUOTES if isinstance(message.get(name), Mapping)), None)
    id_ = (raw.get("message_id") or raw.get("msg_id")) if raw is not None else None
    if raw is None or not id_:
        return None
    author = raw.get("from")
    person = sender(author, mine)
    own = isinstance(author, Mapping) and (
        bool(author.get("is_bot")) or str(author.get("id")) in (mine.id, mine.number)
    )
    said = nfc(str(raw.get("text") or raw.get("caption") or ""))
    return Quoted(message_id=str(id_), mine=own, text=said, file=file(raw), sender=person)


def file(message: Mapping[str, Any]) -> FileRef | None:
    """Photos and voices come as public addresses that expire: they are to be fetched soon."""
    number = str(message.get("message_id") or "")
    photo, voice = message.get("photo_url") or message.get("photo"), message.get("voice_url")
    if isinstance(photo, str) and photo:
        return FileRef(messenger=MESSENGER, id=photo, name=f"photo_{number}.jpg", mime="image/jpeg")
    if isinstance(voice, str) and voice:
        return FileRef(messenger=MESSENGER, id=voice, name=f"voice_{number}.aac", mime="audio/aac")
    return None
