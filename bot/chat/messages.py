"""What goes out: cards with buttons and files; text as parts, never as markup."""

from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import TypeAdapter


class Style(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"  # to be copied with a tap: passwords, commands
    LINK = "link"  # target: the address
    MENTION = "mention"  # target: the account's id on the messenger; text: the name shown


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text in one style; line breaks are plain newlines in `text`."""

    text: str
    style: Style = Style.PLAIN
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One of: `action` (comes back as Pressed, at most 64 bytes), `url`, `start` (opens the private chat with this
    payload), `place` (adds the bot to a group of one's choice with this payload), `picks_chat` (the messenger's own
    group picker, private chats only). A messenger that lacks a form leaves such a button out."""

    label: str
    action: str | None = None
    url: str | None = None
    start: str | None = None
    place: str | None = None
    picks_chat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes out. `record` names it in the vault, or `ref` is the messenger's own id of a file it has."""

    name: str
    record: str | None = None
    ref: str | None = None
    mime: str = "application/octet-stream"
    picture: bool = False  # to be looked at in the chat, not to be kept: the messenger may make it smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One message. `key` names what it shows (`task:12`): shown again in the same chat it is edited, not re-posted."""

    parts: tuple[Part, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    key: str | None = None
    called: str | None = None  # the number people know it by (`12` of task #12), for answers in words: `1 #12`
    file: Attachment | None = None
    reply_to: str | None = None
    pin: bool = False
    silent: bool = False
    secret: bool = False  # not to be forwarded or saved where the messenger can see to it; wiped from rows once sent
    wants_reply: bool = False  # a question: the messenger may open the reply field

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def actions(self) -> tuple[Button, ...]:
        """The buttons that can be answered with a number where there are no buttons, in order."""
        return tuple(button for row in self.buttons for button in row if button.action)

    def without_buttons(self) -> "Card":
        return replace(self, buttons=())


def plain(text: str) -> Card:
    return Card(parts=(Part(text),))


_CARD: TypeAdapter[Card] = TypeAdapter(Card)


def to_json(card: Card) -> str:
    return _CARD.dump_json(card, exclude_defaults=True).decode()


def from_json(text: str) -> Card:
    return _CARD.validate_json(text)
