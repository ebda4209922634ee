"""What stands in the sandbox's chats: people, messages, files; kept in memory, no network, no clock."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.chat.events import Chat, FileRef, Mention, Quoted, Sender
from bot.chat.messages import Card, Part, Style
from bot.chat.messenger import Capabilities

NAME = "sandbox"
GROUP = "group"
MESSAGES_KEPT = 1000  # of each chat
BYTES_KEPT = 256 * 1024 * 1024  # of all files; the oldest go first
FARTHEST = timedelta(days=366)  # the clock is turned at most this far at once
MENTION = re.compile(r"(?<!\w)@(\w+)")
_ANSWER = re.compile(r"\s*\d{1,2}\s*(#\s*\d+)?\s*")
RIGHTS = frozenset({"can_delete_messages", "can_pin_messages", "can_invite_users"})
USUAL = Capabilities(pins=True, typing=True, knows_admins=True, deep_links=True)
PLAIN = Capabilities(buttons=False, edits=False, typing=True, knows_admins=True)  # as on Zalo
_AHEAD = re.compile(r"\+(\d{1,3})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
BOT = "giaoban"

Json = Mapping[str, Any]


class Impossible(Exception):
    """Something the page asked for that cannot be; `reason` is a word the page knows: closed, gone, clock."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One of the staff. `role` is what the page shows, `admin` of the group chat, `started` may be written to."""

    id: str
    name: str
    username: str | None = None
    role: str = ""
    admin: bool = False
    started: bool = False

    @property
    def sender(self) -> Sender:
        return Sender(id=self.id, name=self.name, username=self.username)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What the tour lets one try: be `persona` in the chat, with `text` in the composer or the clock turned."""

    persona: str
    chat: str = GROUP  # or "private"
    text: str = ""
    clock: str = ""  # as the page's clock buttons say it: +1h, 07:30
    file: str = ""  # the name of a sample to attach


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStep:
    """`done_when`: the step counts as done once the bot says something that holds this."""

    title: str
    text: str
    attempt: Attempt | None = None
    done_when: str | None = None

    @property
    def shown(self) -> Json:
        tried = asdict(self.attempt) if self.attempt else None
        return {"title": self.title, "text": self.text, "try": tried, "done_when": self.done_when}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    id: str
    name: str
    content: bytes = field(repr=False)
    mime: str = "application/octet-stream"

    @property
    def ref(self) -> FileRef:
        return FileRef(messenger=NAME, id=self.id, name=self.name, size=len(self.content), mime=self.mime)


@dataclass(slots=True, kw_only=True)
class Message:
    """What stands in a chat; `sender` None is the bot."""

    id: str
    chat: str
    at: datetime
    card: Card
    sender: Persona | None = None
    file: FileRef | None = None
    edited: bool = False
    pinned: bool = False

    @property
    def quoted(self) -> Quoted:
        sender = self.sender.sender if self.sender else None
        return Quoted(message_id=self.id, mine=self.sender is None, text=self.card.text, file=self.file, sender=sender)

    @property
    def shown(self) -> Json:
        card, file = self.card, self.file
        return {
            "id": self.id,
            "from": self.sender.id if self.sender else None,
            "at": self.at.isoformat(),
            "parts": [_part(part) for part in card.parts],
            "buttons": _buttons(card),
            "file": {"id": file.id, "name": file.name, "size": file.size} if file else None,
            "reply_to": card.reply_to,
            "edited": self.edited,
            "pinned": self.pinned,
            "secret": card.secret,
            "wants_reply": card.wants_reply,
        }


class World:
    """The group, a private chat for each persona, and the files. Ids begin with `run`: none returns after a restart."""

    def __init__(self, personas: Sequence[Persona], group_title: str, run: str) -> None:
        self.personas = {each.id: each for each in personas}
        self.group_title = group_title
        self.started = {each.id for each in personas if each.started}
        self._run = run
        self._numbers: Iterator[int] = itertools.count(1)
        self._chats: dict[str, dict[str, Message]] = {GROUP: {}, **{each: {} for each in self.personas}}
        self._files: dict[str, StoredFile] = {}

    def next_id(self) -> str:
        return f"{self._run}-{next(self._numbers):08d}"

    def chat(self, chat: str) -> Chat:
        """Raises KeyError for a chat there is not."""
        if chat == GROUP:
            return Chat(messenger=NAME, id=GROUP, title=self.group_title)
        return Chat(messenger=NAME, id=chat, private=True, title=self.personas[chat].name)

    def post(
        self, chat: str, card: Card, at: datetime, *, sender: Persona | None = None, file: FileRef | None = None
    ) -> Message:
        """Raises KeyError for a chat there is not."""
        standing = self._chats[chat]
        message = Message(id=self.next_id(), chat=chat, at=at, card=card, sender=sender, file=file)
        standing[message.id] = message
        if len(standing) > MESSAGES_KEPT:
            del standing[next(iter(standing))]
        return message

    def find(self, chat: str, message_id: str | None) -> Message | None:
        return self._chats.get(chat, {}).get(message_id or "")

    def remove(self, message: Message) -> None:
        self._chats[message.chat].pop(message.id, None)

    def keep(self, name: str, content: bytes, mime: str) -> StoredFile:
        file = StoredFile(id=self.next_id(), name=name, content=content, mime=mime)
        self._files[file.id] = file
        size = sum(len(each.content) for each in self._files.values())
        while size > BYTES_KEPT and len(self._files) > 1:
            size -= len(self._files.pop(next(iter(self._files))).content)
        return file

    def file(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def named(self, username: str) -> Persona | None:
        wanted = username.casefold()
        return next((each for each in self.personas.values() if (each.username or "").casefold() == wanted), None)

    def mentions(self, text: str, named: Sequence[str]) -> tuple[Mention, ...]:
        """Those written `@username` in the text, then the personas `named` otherwise."""
        names = [name for name in MENTION.findall(text) if name.casefold() != BOT]
        known = [(name, self.named(name)) for name in names]
        by_username = (
            Mention(said=f"@{name}", username=name, id=person.id if person else None) for name, person in known
        )
        by_name = (self.personas[each] for each in named if each in self.personas)
        return (*by_username, *(Mention(said=each.name, id=each.id) for each in by_name))

    @property
    def shown(self) -> Json:
        """All of it, for a page that opens."""
        people = [{**asdict(each), "started": each.id in self.started} for each in self.personas.values()]
        chats = [{"id": GROUP, "title": self.group_title, "private": False}]
        chats += [{"id": each.id, "title": each.name, "private": True} for each in self.personas.values()]
        messages = {chat: [each.shown for each in standing.values()] for chat, standing in self._chats.items()}
        return {"personas": people, "chats": chats, "messages": messages}


def split(parts: Sequence[Part], limit: int) -> list[tuple[Part, ...]]:
    """Pages of at most `limit` characters, cut at a line's end where there is one in the page's second half."""
    pages: list[list[Part]] = [[]]
    room = limit
    for part in parts:
        text = part.text
        while len(text) > room:
            cut = text.rfind("\n", limit // 2, room) + 1 or room
            pages[-1].append(Part(text[:cut], part.style, part.target))
            pages.append([])
            text, room = text[cut:], limit
        pages[-1].append(Part(text, part.style, part.target))
        room -= len(text)
    return [tuple(part for part in page if part.text) for page in pages]


def _part(part: Part) -> Json:
    """A link that is no web address becomes plain text: nothing else may be opened from the page."""
    if part.style is Style.LINK and not _is_web(part.target):
        return {"text": part.text, "style": Style.PLAIN, "target": None}
    return asdict(part)


def moment_meant(said: str, local: datetime) -> datetime | None:
    """The later instant that a clock button means, `local` being the office's time; None when there is none."""
    said = said.strip()
    if ahead := _AHEAD.fullmatch(said):
        moment = local + timedelta(**{_UNITS[ahead[2]]: int(ahead[1])})
        return moment if local < moment <= local + FARTHEST else None
    try:
        if len(said) <= len("07:30"):
            hour, minute = map(int, said.split(":"))
            moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
            moment += timedelta(days=0 if moment > local else 1)
        else:
            moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=local.tzinfo)
    return moment if local < moment <= local + FARTHEST else None


def addresses_bot(text: str, reply: Message | None, *, numbers: bool = False) -> bool:
    """Whether the bot is meant in the group. A caption counts only when it is a command or names the bot; a bare
    number (`1`, `1 #12`) with `numbers`, where there are no buttons to press."""
    if numbers and _ANSWER.fullmatch(text):
        return True
    names_bot = any(name.casefold() == BOT for name in MENTION.findall(text))
    to_bot = reply is not None and reply.sender is None
    return text.lstrip().startswith(("/", "／")) or names_bot or to_bot


def _buttons(card: Card) -> list[list[Json]]:
    """Those the page can do: adding the bot to a group and the group picker are left out."""
    rows = [[_button(each.label, each.action, each.url, each.start) for each in row] for row in card.buttons]
    kept = [[each for each in row if each is not None] for row in rows]
    return [row for row in kept if row]


def _button(label: str, action: str | None, url: str | None, start: str | None) -> Json | None:
    if action is not None:
        return {"label": label, "action": action}
    if start is not None:
        return {"label": label, "start": start}
    return {"label": label, "url": url} if _is_web(url) else None


def _is_web(address: str | None) -> bool:
    return address is not None and address.startswith(("https://", "http://"))
