"""The stage of the dialogue tests: people who say, press and hear things, with the real program behind them.

    await lan.says("/assign @binh Báo cáo số liệu, hạn thứ 6 16h", in_=room)
    await binh.presses("Nhận việc")
    await office.clock_to("2026-11-21 07:30")
    binh.hears("hạn hôm nay")

An unexpected message fails the test: at the end, everything a person or room heard must have been asked for
(`hears`, `sees`, `presses`, `answers` count), unless the test says `office.anything_goes()`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import App
from bot.chat.events import (
    AdminChanged,
    BotPlaced,
    Chat,
    ChatPicked,
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
)
from bot.chat.messages import Button, Card, plain
from bot.chat.messenger import (
    Address,
    Capabilities,
    ChatFacts,
    DeliveryFailed,
    Intake,
    MenuEntry,
    Outcome,
    Standing,
)

BOT = "giaoban_bot"


@dataclass
class Message:
    """What stands in a chat."""

    id: str
    card: Card
    content: bytes | None = None
    sender: Sender | None = None
    """None: the bot."""
    edits: int = 0
    deleted: bool = False
    pinned: bool = False
    expected: bool = False

    @property
    def text(self) -> str:
        return self.card.text

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.card.buttons for button in row]

    def button(self, label: str) -> Button:
        found = [each for row in self.card.buttons for each in row if label.lower() in each.label.lower()]
        assert found, f"no button {label!r}; there are {self.labels} under:\n{self.text}"
        return found[0]


@dataclass
class PaperMessenger:
    """A messenger of paper: keeps what was sent, refuses as a real one does, and is as fast as memory."""

    name: str = "paper"
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            pins=True, typing=True, join_requests=True, knows_admins=True, picks_chats=True, deep_links=True
        )
    )
    standing: Standing = field(default_factory=lambda: Standing(ready=True))
    chats: dict[str, list[Message]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)
    admins: dict[str, set[str]] = field(default_factory=dict)
    bot_rights: set[str] = field(
        default_factory=lambda: {"can_delete_messages", "can_pin_messages", "can_invite_users"}
    )
    files: dict[str, bytes] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    admitted: list[tuple[str, str, bool]] = field(default_factory=list)
    failures: list[DeliveryFailed] = field(default_factory=list)
    """The next answers to sends and edits: raised one by one."""
    menu: Sequence[MenuEntry] = ()
    intake: Intake | None = None
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def start(self, intake: Intake) -> None:
        self.intake = intake

    async def stop(self) -> None:
        self.intake = None

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        self._refuse(to)
        assert len(card.text) <= 4096
        assert card.text.strip() or card.file, "an empty message"
        for button in card.actions:
            assert len((button.action or "").encode()) <= 64, f"button data too long: {button.action}"
        message = Message(str(next(self._ids)), card, content, pinned=False)
        self.chats.setdefault(to.chat, []).append(message)
        return message.id

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        self._refuse(to)
        message = self.find(to.chat, message_id)
        if message is None or message.deleted:
            raise DeliveryFailed(Outcome.REJECTED, "message to edit not found")
        message.card, message.edits = card, message.edits + 1

    async def delete(self, to: Address, message_id: str) -> None:
        message = self.find(to.chat, message_id)
        if message is None:
            raise DeliveryFailed(Outcome.REJECTED, "message to delete not found")
        if message.sender is not None and "can_delete_messages" not in self.bot_rights:
            raise DeliveryFailed(Outcome.REJECTED, "not enough rights")
        message.deleted = message.expected = True

    async def pin(self, to: Address, message_id: str) -> None:
        message = self.find(to.chat, message_id)
        if message is not None:
            message.pinned = True

    async def fetch(self, file: FileRef) -> bytes:
        if file.size > self.capabilities.max_download:
            raise DeliveryFailed(Outcome.REJECTED, "file is too big")
        return self.files[file.id]

    async def acknowledge(self, token: str, text: str = "") -> None:
        self.toasts.append(text)

    async def typing(self, to: Address) -> None: ...

    async def facts(self, chat: str) -> ChatFacts:
        return ChatFacts(
            admins=frozenset(self.admins.get(chat, set())),
            bot_admin=bool(self.bot_rights),
            bot_rights=frozenset(self.bot_rights),
            members=5,
        )

    async def invite_link(self, chat: str, name: str) -> str:
        return f"https://chat.example/+{chat}"

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        self.admitted.append((chat, account, welcome))

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None:
        self.menu = entries

    def find(self, chat: str, message_id: str) -> Message | None:
        return next((each for each in self.chats.get(chat, []) if each.id == message_id), None)

    def put(self, chat: str, sender: Sender, text: str, content: bytes | None) -> Message:
        """A person's own message."""
        message = Message(str(next(self._ids)), plain(text), content, sender, expected=True)
        self.chats.setdefault(chat, []).append(message)
        return message

    def next_key(self) -> str:
        return f"u{next(self._ids)}"

    def _refuse(self, to: Address) -> None:
        if self.failures:
            raise self.failures.pop(0)
        if to.private and to.chat not in self.started:
            raise DeliveryFailed(Outcome.GONE, "bot can't initiate conversation with a user")


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


@dataclass
class Office:
    """The program with a paper messenger, its clock standing still until it is turned."""

    app: App
    paper: PaperMessenger
    people: dict[str, Actor] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Names of uploaded files by their id."""
    _strict: bool = True

    @property
    def now(self) -> datetime:
        return self.app.clock.now()

    def person(self, name: str, username: str | None = None, *, started: bool = False) -> Actor:
        actor = Actor(self, Sender(id=str(1000 + len(self.people)), name=name, username=username))
        self.people[name] = actor
        if started:
            self.paper.started.add(actor.sender.id)
        return actor

    def room(self, title: str, admins: Sequence[Actor], thread: str | None = None) -> Room:
        chat = Chat(messenger="paper", id=f"-{100 + len(self.rooms)}", title=title, thread=thread)
        self.paper.admins[chat.id] = {each.sender.id for each in admins}
        room = Room(self, chat)
        self.rooms.append(room)
        return room

    async def pair(self) -> tuple[Room, Actor, Actor]:
        """Lan leads a group of two, Bình is its member; both can be written to. What they heard so far is expected."""
        lan = self.person("Trần Thị Lan", "lan", started=True)
        binh = self.person("Nguyễn Văn Bình", "binh", started=True)
        room = self.room("Phòng Văn hóa", admins=[lan])
        for each in (lan, binh):
            await each.starts()
        await lan.says("/setup Phòng Văn hóa", room)
        await binh.presses("Tham gia")
        for message in (each for messages in self.paper.chats.values() for each in messages):
            message.expected = True
        return room, lan, binh

    async def hear(self, *events: Any) -> None:
        assert self.paper.intake is not None
        await self.paper.intake(events)
        await self.app.settle()

    async def migrates(self, room: Room) -> None:
        """The group becomes a supergroup with another id."""
        old = room.chat
        room.chat = replace(old, id=f"-100{old.id[1:]}")
        self.paper.admins[room.chat.id] = self.paper.admins[old.id]
        await self.hear(Moved(key=self.paper.next_key(), at=self.now, chat=old, to=room.chat.id))

    async def clock_to(self, when: str) -> None:
        """`2026-11-21 07:30`, `07:30` (the next one), or `+1h`, `+30m`, `+2d`; in the office's zone."""
        await self.app.turn(self._moment(when))

    async def down_until(self, when: str) -> None:
        """As clock_to, but the program had been down meanwhile."""
        await self.app.jump(self._moment(when))

    def _moment(self, when: str) -> datetime:
        local = self.now.astimezone(self.app.clock.zone)
        if when.startswith("+"):
            unit = {"h": "hours", "m": "minutes", "d": "days"}[when[-1]]
            return local + timedelta(**{unit: int(when[1:-1])})
        if len(when) > 5:
            return datetime.fromisoformat(when).replace(tzinfo=self.app.clock.zone)
        hour, minute = map(int, when.split(":"))
        moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return moment if moment > local else moment + timedelta(days=1)

    def keep(self, file: tuple[str, bytes]) -> FileRef:
        name, content = file
        reference = FileRef(messenger="paper", id=f"file{len(self.paper.files)}", name=name, size=len(content))
        self.paper.files[reference.id] = content
        self.names[reference.id] = name
        return reference

    def quoted(self, message: Message | None) -> Quoted | None:
        if message is None:
            return None
        message.expected = True
        file = None
        if message.sender is not None and message.card.key in self.paper.files:
            content = self.paper.files[message.card.key]
            file = FileRef(messenger="paper", id=message.card.key, name=self.names[message.card.key], size=len(content))
        return Quoted(
            message_id=message.id, mine=message.sender is None, text=message.text, file=file, sender=message.sender
        )

    def anything_goes(self) -> None:
        """This test does not account for every message."""
        self._strict = False

    def finish(self) -> None:
        if not self._strict:
            return
        unexpected = [
            f"{chat}: {each.text}"
            for chat, heard in self.paper.chats.items()
            for each in heard
            if each.sender is None and not each.expected and not each.deleted
        ]
        assert not unexpected, "nobody expected:\n" + "\n---\n".join(unexpected)


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


FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam, a Friday
