"""From Telegram's updates to events: what is not addressed to the bot loses its text here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import telegram
from telegram import ChatMember, MessageEntity, Update
from telegram.constants import ChatType

from bot.chat.events import (
    AdminChanged,
    BotPlaced,
    Chat,
    ChatPicked,
    Event,
    FileRef,
    JoinAsked,
    Mention,
    Moved,
    Noticed,
    PersonLeft,
    Pressed,
    Quoted,
    Reached,
    Said,
    Sender,
    Unknown,
)

MESSENGER = "telegram"
UPDATES = ("message", "callback_query", "my_chat_member", "chat_member", "chat_join_request")
"""What the bot asks for: chat_member has to be named, edits and reactions are not wanted."""

_COMMAND = re.compile(r"^\s*[/／]\s?\w+(?:@(\w+))?")
_PRESENT = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER}
_ADMIN = {ChatMember.OWNER, ChatMember.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


def read_json(raw: Mapping[str, Any], me: Me, now: datetime) -> Sequence[Event]:
    """Never fails: an update that cannot be read is counted as Unknown, so that it does not come again for ever."""
    try:
        update = Update.de_json(dict(raw), None)
        return read(update, me, now)
    except (KeyError, TypeError, ValueError, AttributeError):
        kinds = [name for name in raw if name != "update_id"]
        return [_unknown(str(raw.get("update_id", "?")), "broken " + " ".join(kinds[:1]), now)]


def read(update: Update, me: Me, now: datetime) -> Sequence[Event]:
    """`now` dates what Telegram does not date: presses. Keys are the update's id; its second event's ends in `.1`."""
    found = _read(update, me, now)
    return [replace(event, key=f"{event.key}.{index}") if index else event for index, event in enumerate(found)]


def _read(update: Update, me: Me, now: datetime) -> Sequence[Event]:
    key = str(update.update_id)
    if update.message is not None:
        return _message(key, update.message, me)
    if update.callback_query is not None:
        return [_pressed(key, update.callback_query, now)]
    if update.my_chat_member is not None:
        return [_own_place(key, update.my_chat_member)]
    if update.chat_member is not None:
        return _membership(key, update.chat_member)
    if update.chat_join_request is not None:
        asked = update.chat_join_request
        return [
            JoinAsked(
                key=key,
                at=asked.date,
                chat=_chat(asked.chat),
                sender=_sender(asked.from_user),
                private_chat=str(asked.user_chat_id),
            )
        ]
    kinds = [name for name in update.to_dict() if name != "update_id"]
    return [_unknown(key, " ".join(kinds), now, update.effective_chat)]


def _unknown(key: str, what: str, now: datetime, chat: telegram.Chat | None = None) -> Unknown:
    place = _chat(chat) if chat is not None else Chat(messenger=MESSENGER, id="")
    return Unknown(key=key, at=now, chat=place, what=what)


# who and where


def _chat(chat: telegram.Chat, thread: int | None = None) -> Chat:
    return Chat(
        messenger=MESSENGER,
        id=str(chat.id),
        private=chat.type == ChatType.PRIVATE,
        title=chat.title or "",
        thread=str(thread) if thread is not None else None,
    )


def _place(message: telegram.Message) -> Chat:
    return _chat(message.chat, message.message_thread_id if message.is_topic_message else None)


def _sender(user: telegram.User) -> Sender:
    return Sender(id=str(user.id), name=user.full_name, username=user.username, bot=user.is_bot)


def _author(message: telegram.Message) -> Sender | None:
    """None for what is written in the name of a group or a channel: anonymous administrators are nobody known."""
    if message.sender_chat is not None or message.from_user is None:
        return None
    return _sender(message.from_user)


# messages


def _message(key: str, message: telegram.Message, me: Me) -> Sequence[Event]:
    common: dict[str, Any] = {"key": key, "at": message.date, "chat": _place(message), "sender": _author(message)}
    if message.migrate_to_chat_id is not None:
        return [Moved(**common, to=str(message.migrate_to_chat_id))]
    if message.migrate_from_chat_id is not None:
        return []  # the old group has said it already
    if message.chat_shared is not None:
        picked = message.chat_shared
        return [ChatPicked(**common, picked=str(picked.chat_id), title=picked.title or "")]
    if message.new_chat_members:
        people = [_sender(user) for user in message.new_chat_members if user.id != me.id]
        return [Noticed(**common | {"sender": person}) for person in people]
    if message.left_chat_member is not None:
        left = message.left_chat_member
        return [] if left.id == me.id else [PersonLeft(**common, person=_sender(left))]
    if message.from_user is not None and message.from_user.id == me.id:
        return []
    if message.chat.type == ChatType.PRIVATE:
        return _private(common, message, me)
    if _is_addressed(message, me):
        return [_said(common, message, me)]
    return [Noticed(**common)] if common["sender"] is not None else []


def _private(common: dict[str, Any], message: telegram.Message, me: Me) -> Sequence[Event]:
    """A first /start is the only word Telegram gives that a private chat has been opened."""
    said = _said(common, message, me)
    opened = said.text.split(maxsplit=1)[:1] == ["/start"]
    return [Reached(**common, open=True), said] if opened else [said]


def _said(common: dict[str, Any], message: telegram.Message, me: Me) -> Said:
    return Said(
        **common,
        message_id=str(message.message_id),
        text=message.text or message.caption or "",
        mentions=_mentions(message, me),
        reply=_quoted(message, me),
        file=_file(message),
        album=message.media_group_id,
    )


def _is_addressed(message: telegram.Message, me: Me) -> bool:
    command = _COMMAND.match(message.text or message.caption or "")
    if command is not None:
        return command[1] is None or command[1].lower() == me.username.lower()
    answered = _answered(message)
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    return any(_names_bot(entity, said, me) for entity, said in _entities(message))


def _entities(message: telegram.Message) -> Sequence[tuple[MessageEntity, str]]:
    kinds = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    if message.text:
        return list(message.parse_entities(kinds).items())
    return list(message.parse_caption_entities(kinds).items()) if message.caption else []


def _names_bot(entity: MessageEntity, said: str, me: Me) -> bool:
    if entity.user is not None:
        return entity.user.id == me.id
    return said.removeprefix("@").lower() == me.username.lower()


def _mentions(message: telegram.Message, me: Me) -> tuple[Mention, ...]:
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


def _quoted(message: telegram.Message, me: Me) -> Quoted | None:
    answered = _answered(message)
    if answered is None:
        return None
    return Quoted(
        message_id=str(answered.message_id),
        mine=answered.from_user is not None and answered.from_user.id == me.id,
        text=answered.text or answered.caption or "",
        file=_file(answered),
        sender=_author(answered),
    )


def _file(message: telegram.Message) -> FileRef | None:
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


_KINDS = {  # an animation also carries a document
    "animation": ".mp4",
    "document": "",
    "photo": ".jpg",
    "video": ".mp4",
    "audio": ".mp3",
    "voice": ".ogg",
    "video_note": ".mp4",
}


# buttons and membership


def _pressed(key: str, query: telegram.CallbackQuery, now: datetime) -> Event:
    message = query.message
    if message is None or query.data is None:
        return _unknown(key, "callback_query", now)
    place = _place(message) if isinstance(message, telegram.Message) else _chat(message.chat)
    return Pressed(
        key=key,
        at=now,
        chat=place,
        sender=_sender(query.from_user),
        action=query.data,
        message_id=str(message.message_id),
        token=query.id,
    )


def _own_place(key: str, change: telegram.ChatMemberUpdated) -> Event:
    new = change.new_chat_member
    common: dict[str, Any] = {
        "key": key,
        "at": change.date.astimezone(UTC),
        "chat": _chat(change.chat),
        "sender": _sender(change.from_user),
    }
    if change.chat.type == ChatType.PRIVATE:
        return Reached(**common, open=_is_present(new))
    if change.chat.type == ChatType.CHANNEL:
        return Unknown(**common, what="my_chat_member channel")
    return BotPlaced(**common, present=_is_present(new), admin=new.status in _ADMIN, rights=tuple(sorted(rights(new))))


def _membership(key: str, change: telegram.ChatMemberUpdated) -> Sequence[Event]:
    old, new = change.old_chat_member, change.new_chat_member
    person = _sender(new.user)
    common: dict[str, Any] = {"key": key, "at": change.date, "chat": _chat(change.chat)}
    by: dict[str, Any] = {"sender": _sender(change.from_user), "person": person}
    found: list[Event] = []
    if _is_present(new) and not _is_present(old):
        found.append(Noticed(**common, sender=person))
    if (new.status in _ADMIN) != (old.status in _ADMIN):
        found.append(AdminChanged(**common, **by, admin=new.status in _ADMIN))
    if _is_present(old) and not _is_present(new):
        found.append(PersonLeft(**common, **by))
    return found


def _is_present(member: ChatMember) -> bool:
    if isinstance(member, telegram.ChatMemberRestricted):
        return member.is_member
    return member.status in _PRESENT


def rights(member: ChatMember) -> frozenset[str]:
    """Names of what an administrator may do, as in the Bot API: can_delete_messages …"""
    if not isinstance(member, telegram.ChatMemberAdministrator):
        return frozenset()
    return frozenset(name for name, value in member.to_dict().items() if name.startswith("can_") and value is True)
