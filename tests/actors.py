"""People and rooms on the stage of the dialogue tests: what they can do and what they heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.chat.events import (
    AdminChanged,
    BotPlaced,
    Chat,
    ChatPicked,
    JoinAsked,
    Mention,
    Noticed,
    PersonLeft,
    Pressed,
    Reached,
    Said,
    Sender,
)
from tests.paper import Message

if TYPE_CHECKING:
    from tests.stage import Office

BOT = "giaoban_bot"


@dataclass
class Room:
    """A group chat."""

    office: Office
    chat: Chat
    people: list[Actor] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        return [each for each in self.office.paper.chats.get(self.chat.id, []) if each.sender is None]

    @property
    def last(self) -> Message:
        return _last(self.messages)

    def sees(self, *fragments: str) -> Message:
        """The latest message of the bot in this room that holds all fragments."""
        return _heard(self.messages, fragments, self.chat.title)

    def sees_nothing_more(self) -> None:
        _nothing_more(self.messages, self.chat.title)


@dataclass
class Actor:
    """A person with an account."""

    office: Office
    sender: Sender

    @property
    def name(self) -> str:
        return self.sender.name

    @property
    def private(self) -> Chat:
        return Chat(messenger="paper", id=self.sender.id, private=True)

    @property
    def messages(self) -> list[Message]:
        return [each for each in self.office.paper.chats.get(self.sender.id, []) if each.sender is None]

    @property
    def last(self) -> Message:
        return _last(self.messages)

    async def starts(self, payload: str = "") -> None:
        """Opens the private chat with the bot."""
        self.office.paper.started.add(self.sender.id)
        await self.office.hear(self._event(Reached, self.private, open=True))
        await self.says(f"/start {payload}".strip())

    async def blocks(self) -> None:
        self.office.paper.started.discard(self.sender.id)
        await self.office.hear(self._event(Reached, self.private, open=False))

    async def says(
        self,
        text: str,
        in_: Room | None = None,
        *,
        reply_to: Message | None = None,
        file: tuple[str, bytes] | None = None,
        mentions: Sequence[Actor] = (),
        album: str | None = None,
    ) -> Message:
        """In private, or in a room. Mentions are read from `@username`; `mentions` adds text mentions by name. `album`
        is shared by files that are sent together: one by one, and only one with a text."""
        chat = in_.chat if in_ else self.private
        if in_ is None:
            self.office.paper.started.add(self.sender.id)
        said = self.office.paper.put(chat.id, self.sender, text, file[1] if file else None)
        reference = self.office.keep(file) if file else None
        said.card = replace(said.card, key=reference.id if reference else None)
        event = self._event(
            Said,
            chat,
            message_id=said.id,
            text=text,
            file=reference,
            mentions=self._mentions(text, mentions),
            reply=self.office.quoted(reply_to),
            album=album,
        )
        if in_ is not None and not self._addressed(text, reply_to):
            event = self._event(Noticed, chat, message_id=said.id, file=reference, album=album)
        await self.office.hear(event)
        return said

    async def uploads(
        self, name: str, content: bytes, in_: Room | None = None, caption: str = "", album: str | None = None
    ) -> Message:
        return await self.says(caption, in_, file=(name, content), album=album)

    async def presses(self, label: str, on: Message | None = None) -> None:
        """On the latest message with such a button that this person can see."""
        message = on or self._latest_with(label)
        message.expected = True
        button = message.button(label)
        chat = self._chat_of(message)
        if button.start is not None:
            await self.starts(button.start)
            return
        assert button.action is not None, f"{label!r} opens something outside"
        await self.office.hear(self._event(Pressed, chat, action=button.action, message_id=message.id, token="t"))

    def hears(self, *fragments: str) -> Message:
        """The latest private message that holds all fragments."""
        return _heard(self.messages, fragments, self.name)

    def hears_nothing_more(self) -> None:
        _nothing_more(self.messages, self.name)

    async def asks_to_join(self, room: Room) -> None:
        await self.office.hear(self._event(JoinAsked, room.chat, private_chat=self.sender.id))

    async def leaves(self, room: Room) -> None:
        await self.office.hear(self._event(PersonLeft, room.chat, person=self.sender))

    async def adds_bot(self, room: Room, *, admin: bool = True) -> None:
        rights = tuple(sorted(self.office.paper.bot_rights)) if admin else ()
        await self.office.hear(self._event(BotPlaced, room.chat, present=True, admin=admin, rights=rights))

    async def removes_bot(self, room: Room) -> None:
        await self.office.hear(self._event(BotPlaced, room.chat, present=False))

    async def loses_admin(self, room: Room) -> None:
        self.office.paper.admins[room.chat.id].discard(self.sender.id)
        await self.office.hear(self._event(AdminChanged, room.chat, person=self.sender, admin=False))

    async def picks(self, room: Room) -> None:
        await self.office.hear(self._event(ChatPicked, self.private, picked=room.chat.id, title=room.chat.title))

    def _event(self, kind: type[Any], chat: Chat, **facts: Any) -> Any:
        return kind(key=self.office.paper.next_key(), at=self.office.now, chat=chat, sender=self.sender, **facts)

    def _addressed(self, text: str, reply_to: Message | None) -> bool:
        return text.startswith("/") or f"@{BOT}" in text or (reply_to is not None and reply_to.sender is None)

    def _mentions(self, text: str, others: Sequence[Actor]) -> tuple[Mention, ...]:
        named = [Mention(said=f"@{name}", username=name) for name in re.findall(r"@(\w+)", text) if name != BOT]
        return (*named, *(Mention(said=each.name, id=each.sender.id) for each in others))

    def _latest_with(self, label: str) -> Message:
        rooms = [message for room in self.office.rooms for message in room.messages]
        seen = sorted([*self.messages, *rooms], key=lambda each: int(each.id), reverse=True)
        fitting = [each for each in seen if any(label.lower() in name.lower() for name in each.labels)]
        assert fitting, f"{self.name} sees no button {label!r}"
        return fitting[0]

    def _chat_of(self, message: Message) -> Chat:
        if message in self.messages:
            return self.private
        return next(room.chat for room in self.office.rooms if message in room.messages)


def _last(messages: list[Message]) -> Message:
    assert messages, "nothing was heard"
    messages[-1].expected = True
    return messages[-1]


def _heard(messages: list[Message], fragments: Sequence[str], who: str) -> Message:
    for message in reversed(messages):
        if not message.deleted and all(fragment.lower() in message.text.lower() for fragment in fragments):
            message.expected = True
            return message
    raise AssertionError(f"{who} did not hear {fragments}; heard:\n" + "\n---\n".join(each.text for each in messages))


def _nothing_more(messages: list[Message], who: str) -> None:
    more = [each.text for each in messages if not each.expected and not each.deleted]
    assert not more, f"{who} also heard:\n" + "\n---\n".join(more)
