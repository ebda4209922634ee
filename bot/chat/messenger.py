"""The port every messenger implements: send, edit, delete, fetch; capabilities as data; failures by class."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.chat.events import Event, FileRef
from bot.chat.gate import Gate
from bot.chat.messages import Card

Intake = Callable[[Sequence[Event]], Awaitable[None]]
"""Takes events durably: returns once they are committed; raises when they cannot be taken (then do not confirm)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A chat to send to; `private` decides the pace, `thread` the forum topic."""

    chat: str
    private: bool
    thread: str | None = None


class Outcome(StrEnum):
    TRY_AGAIN = "try_again"  # certainly not delivered; another try may succeed (5xx, refused connection)
    SLOW_DOWN = "slow_down"  # not delivered; wait `after` seconds
    GONE = "gone"  # this address takes nothing any more (blocked, never started, kicked, chat deleted)
    REJECTED = "rejected"  # this message will never be taken (too long, no right, message to edit not found)
    MOVED = "moved"  # same message, new address `to`
    UNCLEAR = "unclear"  # it may or may not have arrived (connection lost after the request went out)


class DeliveryFailed(Exception):
    """What a messenger answered, classified. `reason` is safe to log: no token, no text, no names. `stays`: only this
    message goes to the next address; others may still be taken."""

    def __init__(
        self, outcome: Outcome, reason: str, *, after: float = 0.0, to: str | None = None, stays: bool = False
    ) -> None:
        super().__init__(f"{outcome}: {reason}")
        self.outcome, self.reason, self.after, self.to, self.stays = outcome, reason, after, to, stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a messenger can do; decided from centrally, so that features need not know messengers. Sizes in bytes."""

    buttons: bool = True
    edits: bool = True
    gathers: float = 4.0  # seconds: where nothing can be edited, what changes within them is told together
    deletes: bool = True
    files: bool = True
    file_endings: tuple[str, ...] = ()  # the only kinds of files it carries; empty: all
    pins: bool = False
    typing: bool = False
    join_requests: bool = False
    knows_admins: bool = False
    picks_chats: bool = False
    deep_links: bool = False
    calls: bool = False  # people are mentioned in rooms, for it is not always possible to write to them in private
    founds_rooms: bool = False  # group chats are made by the program itself (bot.chat.founding), from a private chat
    notifies_by_phone: bool = False  # who cannot be written to is sent short notices by phone number
    write_to: str = ""  # whom newcomers look for to open their private chat, where no link leads there
    max_text: int = 4096  # in the messenger's own count of characters
    max_upload: int = 50 * 1024 * 1024
    max_download: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFacts:
    """What the messenger says of a group, asked for by commands that need it (/setup, /health)."""

    admins: frozenset[str]
    bot_admin: bool
    bot_rights: frozenset[str]
    """Names as in the Bot API: can_delete_messages, can_pin_messages, can_invite_users, can_manage_topics …"""
    members: int = 0
    forum: bool = False
    auto_delete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a messenger is doing: `ready` once it takes updates; else `problem` says why in a sentence."""

    ready: bool
    problem: str = ""
    name: str = field(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a look at a messenger's account has shown, in a sentence; `well` False: something is to be put right."""

    said: str
    well: bool = True


@runtime_checkable
class Inspects(Protocol):
    """A messenger that can be looked at without being started: its updates come only once, and are not for a check."""

    async def inspect(self) -> Sequence[Finding]: ...


@runtime_checkable
class Fetches(Protocol):
    """A messenger that fetches its updates: of several replicas only the one whose gate is open does."""

    def fetch_through(self, gate: Gate) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A command as a messenger's menu shows it. `groups`/`private`: in which kind of chat it is offered."""

    name: str
    description: str
    language: str
    groups: bool = True
    private: bool = True


class Messenger(Protocol):
    """All calls raise DeliveryFailed and nothing else (asyncio.CancelledError aside)."""

    @property
    def name(self) -> str: ...
    @property
    def capabilities(self) -> Capabilities: ...
    @property
    def standing(self) -> Standing: ...

    async def start(self, intake: Intake) -> None:
        """Begin to take updates; must not fail or wait when the messenger cannot be reached: keep trying."""

    async def stop(self) -> None: ...

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        """The message's id. `content` are the bytes of card.file. A text too long is split; the last part's id
        (the one with the buttons) is returned. Mentions, links and styles the messenger lacks become plain text."""

    async def edit(self, to: Address, message_id: str, card: Card) -> None: ...
    async def delete(self, to: Address, message_id: str) -> None: ...
    async def pin(self, to: Address, message_id: str) -> None: ...
    async def fetch(self, file: FileRef) -> bytes: ...

    async def acknowledge(self, token: str, text: str = "") -> None:
        """Answer a press at once, with a short toast where there is one; a token too old is not an error."""

    async def typing(self, to: Address) -> None: ...
    async def facts(self, chat: str) -> ChatFacts: ...
    async def invite_link(self, chat: str, name: str) -> str:
        """A link whose users ask to join (JoinAsked)."""

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        """Answer a join request: let the account in, or decline."""

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None: ...
