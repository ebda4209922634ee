"""From Telegram's updates to events: what is not addressed to the bot loses its text here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import telegram
from telegram import ChatMember, Update
from telegram.constants import ChatType

from bot.chat.events import (
    AdminChanged,
    BotPlaced,
    Chat,
    ChatPicked,
    Event,
    JoinAsked,
    Moved,
    Noticed,
    PersonLeft,
    Pressed,
    Reached,
    Said,
    Unknown,
)
from bot.messengers.telegram.contents import MESSENGER, Me, author, file, is_addressed, mentions, quoted, sender

UPDATES = ("message", "callback_query", "my_chat_member", "chat_member", "chat_join_request")
"""What the bot asks for: chat_member has to be named, edits and reactions are not wanted."""

_PRESENT = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER}
_ADMIN = {ChatMember.OWNER, ChatMember.ADMINISTRATOR}


def read_json(raw: Mapping[str, Any], me: Me, now: datetime) -> Sequence[Event]:
    """Never fails: an update that cannot be read is counted as Unknown, so that it does not come again for ever."""
    try:
        update = Update.de_json(dict(raw), None)
        return read(update, me, now)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError):
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
                sender=sender(asked.from_user),
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


# messages


def _message(key: str, message: telegram.Message, me: Me) -> Sequence[Event]:
    common: dict[str, Any] = {"key": key, "at": message.date, "chat": _place(message), "sender": author(message)}
    if message.migrate_to_chat_id is not None:
        return [Moved(**common, to=str(message.migrate_to_chat_id))]
    if message.migrate_from_chat_id is not None:
        return []  # the old group has said it already
    if message.chat_shared is not None:
        picked = message.chat_shared
        return [ChatPicked(**common, picked=str(picked.chat_id), title=picked.title or "")]
    if message.new_chat_members:
        people = [sender(user) for user in message.new_chat_members if user.id != me.id]
        return [Noticed(**common | {"sender": person}) for person in people]
    if message.left_chat_member is not None:
        left = message.left_chat_member
        return [] if left.id == me.id else [PersonLeft(**common, person=sender(left))]
    if message.from_user is not None and message.from_user.id == me.id:
        return []
    if message.chat.type == ChatType.PRIVATE:
        return _private(common, message, me)
    if is_addressed(message, me):
        return [_said(common, message, me)]
    if common["sender"] is None:
        return []
    if not (message.document or message.photo or message.media_group_id):
        return [Noticed(**common)]  # voices, stickers and the like are how people talk
    posted: dict[str, Any] = {
        "message_id": str(message.message_id),
        "file": file(message),
        "album": message.media_group_id,
    }
    return [Noticed(**common, **posted)]


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
        mentions=mentions(message, me),
        reply=quoted(message, me),
        file=file(message),
        album=message.media_group_id,
    )


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
        sender=sender(query.from_user),
        action=query.data,
        message_id=str(message.message_id),
        token=query.id,
    )


def _own_place(key: str, change: telegram.ChatMemberUpdated) -> Event:
    new = change.new_chat_member
    common: dict[str, Any] = {
        "key": key,
        "at": change.date,
        "chat": _chat(change.chat),
        "sender": sender(change.from_user),
    }
    if change.chat.type == ChatType.PRIVATE:
        return Reached(**common, open=_is_present(new))
    if change.chat.type == ChatType.CHANNEL:
        return Unknown(**common, what="my_chat_member channel")
    return BotPlaced(**common, present=_is_present(new), admin=new.status in _ADMIN, rights=tuple(sorted(rights(new))))


def _membership(key: str, change: telegram.ChatMemberUpdated) -> Sequence[Event]:
    old, new = change.old_chat_member, change.new_chat_member
    person = sender(new.user)
    common: dict[str, Any] = {"key": key, "at": change.date, "chat": _chat(change.chat)}
    by: dict[str, Any] = {"sender": sender(change.from_user), "person": person}
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
