"""What comes in from a messenger, in no messenger's dialect; frozen, and storable as JSON."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Discriminator, TypeAdapter
from pydantic_core import PydanticSerializationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A person's identity on one messenger."""

    id: str
    name: str
    username: str | None = None
    bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where something was said. `thread` is the forum topic, `private` a chat with one person."""

    messenger: str
    id: str
    private: bool = False
    title: str = ""
    thread: str | None = None

    @property
    def lane(self) -> str:
        """What must stay in order and is paced together: one chat of one messenger."""
        return f"{self.messenger}:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A file that lies with the messenger; `id` is what its adapter needs to fetch it. `size` in bytes, 0 unknown."""

    messenger: str
    id: str
    name: str
    size: int = 0
    mime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person named in a text, as written (`@binh`, `Trần Văn Bình`); `id` where the messenger knows the account."""

    said: str
    id: str | None = None
    username: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The message that was replied to. `mine`: the bot itself had sent it."""

    message_id: str
    mine: bool = False
    text: str = ""
    file: FileRef | None = None
    sender: Sender | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    key: str
    """Unique per messenger account: a redelivery carries the same key."""
    at: datetime
    """When it happened by the messenger's clock, aware UTC."""
    chat: Chat
    sender: Sender | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(_Event):
    """Text or a file (with `text` as caption) that is addressed to the bot.

    Addressed: anything in private; in a group a command, a mention of the bot, a reply to the bot's message,
    a file whose caption is a command. Text not addressed to the bot never becomes an event (see Noticed).
    """

    kind: Literal["said"] = "said"
    message_id: str
    text: str = ""
    mentions: tuple[Mention, ...] = ()
    reply: Quoted | None = None
    file: FileRef | None = None
    album: str | None = None
    """Names the files that were sent together, within their chat; at most one of them bears the caption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(_Event):
    """A button was pressed. `token` is what the messenger wants back at once (Messenger.acknowledge)."""

    kind: Literal["pressed"] = "pressed"
    action: str
    message_id: str
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed(_Event):
    """Somebody is in a group (wrote something not addressed to us, or joined): the person, never the text.

    A file that was posted is named, because a group may want plain files sealed; `message_id` is its message then.
    `album` as in Said: in a group the files of an album that bear no command are only noticed.
    """

    kind: Literal["noticed"] = "noticed"
    message_id: str = ""
    file: FileRef | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(_Event):
    """`person` left the group or was removed by `sender`."""

    kind: Literal["person_left"] = "person_left"
    person: Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminChanged(_Event):
    """`person` became or ceased to be an administrator of the group."""

    kind: Literal["admin_changed"] = "admin_changed"
    person: Sender
    admin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BotPlaced(_Event):
    """The bot was put into a group, its rights changed, or it was removed (`present` False)."""

    kind: Literal["bot_placed"] = "bot_placed"
    present: bool
    admin: bool = False
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(_Event):
    """A private chat was opened or closed: from now the bot may (`open`) or may not write to `sender` there."""

    kind: Literal["reached"] = "reached"
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAsked(_Event):
    """`sender` asks to be let into the group `chat`; the bot may write to `private_chat` for five minutes."""

    kind: Literal["join_asked"] = "join_asked"
    private_chat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(_Event):
    """The group `chat` has a new id (group became a supergroup)."""

    kind: Literal["moved"] = "moved"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPicked(_Event):
    """In private, the sender picked or created a group with the messenger's own picker."""

    kind: Literal["chat_picked"] = "chat_picked"
    picked: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(_Event):
    """Something the adapter does not know; kept without content, so that it can be counted."""

    kind: Literal["unknown"] = "unknown"
    what: str = ""


Event = (
    Said
    | Pressed
    | Noticed
    | PersonLeft
    | AdminChanged
    | BotPlaced
    | Reached
    | JoinAsked
    | Moved
    | ChatPicked
    | Unknown
)

_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Discriminator("kind")])


_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def to_json(event: Event) -> str:
    return _EVENT.dump_json(event, exclude_defaults=False).decode()


def stored(event: Event) -> tuple[Event, str]:
    """The event as it is kept, and its JSON: without NUL characters, which PostgreSQL keeps in no text, and without
    half letters, which nothing does (a name that was cut in the middle of an emoji)."""
    try:
        told = to_json(event)
    except PydanticSerializationError:
        event = _with_whole_letters(event)
        told = to_json(event)
    if "\\u0000" not in told:
        return event, told
    told = _NUL.sub(r"\1", told)
    return from_json(told), told


def _with_whole_letters(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, tuple):
        return tuple(_with_whole_letters(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _with_whole_letters(getattr(value, each.name)) for each in fields(value)})
    return value


def from_json(text: str) -> Event:
    """Raises pydantic.ValidationError when `text` is no event."""
    return _EVENT.validate_json(text)
