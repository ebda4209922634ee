"""What is in a message: who wrote it, whom it names, what it answers, what hangs on it, and whether it is for us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import telegram
from telegram import MessageEntity

from bot.chat.events import FileRef, Mention, Quoted, Sender

MESSENGER = "telegram"
_COMMAND = re.compile(r"^\s*[/／]\s?\w+(?:@(\w+))?")
_NAMING: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
_KINDS = {  # an animation also carries a document
    "animation": ".mp4",
    "document": "",
    "photo": ".jpg",
    "video": ".mp4",
    "audio": ".mp3",
    "voice": ".ogg",
    "video_note": ".mp4",
}


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


def sender(user: telegram.User) -> Sender:
    """Deleted accounts have no name any more."""
    name = (user.full_name or "").strip() or user.username or f"id {user.id}"
    return Sender(id=str(user.id), name=name, username=user.username, bot=user.is_bot)


def author(message: telegram.Message) -> Sender | None:
    """None for what is written in the name of a group or a channel: anonymous administrators are nobody known."""
    if message.sender_chat is not None or message.from_user is None:
        return None
    return sender(message.from_user)


def is_addressed(message: telegram.Message, me: Me) -> bool:
    command = _COMMAND.match(message.text or message.caption or "")
    if command is not None:
        return command[1] is None or command[1].lower() == me.username.lower()
    answered = _answered(message)
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    return any(_names_bot(entity, said, me) for entity, said in _entities(message))


def _entities(message: telegram.Message) -> Sequence[tuple[MessageEntity, str]]:
    if message.text:
        return list(message.parse_entities(_NAMING).items())
    return list(message.parse_caption_entities(_NAMING).items()) if message.caption else []


def _names_bot(entity: MessageEntity, said: str, me: Me) -> bool:
    if entity.user is not None:
        return entity.user.id == me.id
    return said.removeprefix("@").lower() == me.username.lower()


def mentions(message: telegram.Message, me: Me) -> tuple[Mention, ...]:
    found = []
    for entity, said in _entities(message):
        if _names_bot(entity, said, me):
            continue
        if entity.user is not None:
            found.append(Mention(said=said, id=str(entity.user.id), username=entity.user.username))
        else:
            found.append(Mention(said=said, username=said.removeprefix("@")))
    return tuple(found)


def _answered(message: telegram.Message) -> telegram.Message | None:
    """In a topic every message formally replies to the topic's creation, which nobody means."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created is not None else answered


def quoted(message: telegram.Message, me: Me) -> Quoted | None:
    answered = _answered(message)
    if answered is None:
        return None
    return Quoted(
        message_id=str(answered.message_id),
        mine=answered.from_user is not None and answered.from_user.id == me.id,
        text=answered.text or answered.caption or "",
        file=file(answered),
        sender=author(answered),
    )


def file(message: telegram.Message) -> FileRef | None:
    """Telegram sends a file again only as what it was, so the kind stands before the id of all but documents."""
    for kind, ending in _KINDS.items():
        thing: Any = getattr(message, kind)
        if kind == "photo" and thing:
            thing = max(thing, key=lambda size: size.width * size.height)
        if thing:
            return FileRef(
                messenger=MESSENGER,
                id=thing.file_id if kind == "document" else f"{kind}:{thing.file_id}",
                name=getattr(thing, "file_name", None) or f"{kind}_{message.message_id}{ending}",
                size=thing.file_size or 0,
                mime=getattr(thing, "mime_type", None) or ("image/jpeg" if kind == "photo" else ""),
            )
    return None
