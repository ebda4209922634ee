"""A messenger of paper: its messages lie in memory, where a test can read them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.chat.events import FileRef, Sender
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
