"""What stands behind the fake Bot API: people, groups, messages and files, and how Telegram writes them down."""

import itertools
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ALL_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
_NAMED = re.compile(r"(?<!\w)@\w{3,32}")
_COMMAND = re.compile(r"^/[a-zA-Z0-9_]{1,32}(?:@\w+)?")


class Refused(Exception):
    """How Telegram says no: code, description and parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str, **parameters: int) -> Refused:
    return Refused(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> Refused:
    return Refused(403, f"Forbidden: {description}")


def units(text: str) -> int:
    """UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(eq=False)
class Person:
    id: int
    name: str
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    is_bot: bool = False

    @property
    def json(self) -> Json:
        named = {"username": self.username} if self.username else {}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.name, **named}


@dataclass(eq=False)
class Group:
    id: int
    title: str
    statuses: dict[int, str] = field(default_factory=dict)
    """By person: creator, administrator, member, left or kicked."""
    bot: str = "left"
    bot_rights: frozenset[str] = frozenset()
    forum: bool = False
    auto_delete: int = 0
    topics: dict[int, str] = field(default_factory=dict)
    """By thread: open or closed."""
    migrated_to: int | None = None
    asking: dict[int, Person] = field(default_factory=dict)

    @property
    def is_super(self) -> bool:
        return self.id < -(10**12)

    @property
    def kind(self) -> str:
        return "supergroup" if self.is_super else "group"

    @property
    def json(self) -> Json:
        return {"id": self.id, "type": self.kind, "title": self.title, **({"is_forum": True} if self.forum else {})}


Place = Person | Group


@dataclass(eq=False)
class Message:
    """What stands in a chat."""

    id: int
    place: Place
    sender: Person
    date: int
    text: str = ""
    entities: Sequence[Json] = ()
    markup: Json | None = None
    file: "File | None" = None
    thread: int | None = None
    reply_to: "Message | None" = None
    album: str | None = None
    silent: bool = False
    protected: bool = False
    pinned: bool = False
    deleted: bool = False
    edits: int = 0
    service: Json = field(default_factory=dict)

    @property
    def buttons(self) -> list[Json]:
        rows = (self.markup or {}).get("inline_keyboard") or (self.markup or {}).get("keyboard") or []
        return [button for row in rows for button in row]

    @property
    def json(self) -> Json:
        said: Json = {"message_id": self.id, "date": self.date, "chat": chat_json(self.place), "from": self.sender.json}
        if self.file is not None:
            said |= self.file.json | ({"caption": self.text} if self.text else {})
            said |= {"caption_entities": list(self.entities)} if self.entities else {}
            said |= {"media_group_id": self.album} if self.album else {}
        elif self.text:
            said |= {"text": self.text} | ({"entities": list(self.entities)} if self.entities else {})
        if self.thread is not None:
            said |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to is not None:
            said["reply_to_message"] = {k: v for k, v in self.reply_to.json.items() if k != "reply_to_message"}
        if "inline_keyboard" in (self.markup or {}):
            said["reply_markup"] = self.markup
        return said | self.service


@dataclass(eq=False)
class File:
    id: str
    kind: str
    name: str
    content: bytes
    mime: str = "application/octet-stream"

    @property
    def json(self) -> Json:
        facts: Json = {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}
        if self.kind == "photo":
            return {"photo": [facts | {"file_id": f"{self.id}s", "width": 90, "height": 90}, facts | _SIZE]}
        return {self.kind: facts | {"file_name": self.name, "mime_type": self.mime}}


_SIZE = {"width": 1280, "height": 960}


def chat_json(place: Place) -> Json:
    if isinstance(place, Group):
        return place.json
    return {"id": place.id, "type": "private", "first_name": place.name}


def member_json(person: Person, status: str, rights: frozenset[str] = frozenset()) -> Json:
    member: Json = {"user": person.json, "status": status}
    if status == "administrator":
        allowed = {name: name in rights for name in ALL_RIGHTS}
        member |= {"can_be_edited": False, "is_anonymous": False} | allowed
    if status == "creator":
        member["is_anonymous"] = False
    if status == "kicked":
        member["until_date"] = 0
    return member


def entities_in(text: str, named: Sequence[Person] = ()) -> list[Json]:
    """What a person's app marks: commands, @names, and people without a name who were picked from the list."""
    found = [
        {"type": kind, "offset": units(text[: each.start()]), "length": units(each[0])}
        for kind, pattern in (("bot_command", _COMMAND), ("mention", _NAMED))
        for each in pattern.finditer(text)
    ]
    for person in named:
        at = text.index(person.name)
        where = {"offset": units(text[:at]), "length": units(person.name)}
        found.append({"type": "text_mention", **where, "user": person.json})
    return sorted(found, key=lambda each: int(each["offset"]))


@dataclass(eq=False)
class World:
    """`now` in Unix seconds."""

    bot: Person
    now: Callable[[], float] = time.time
    people: dict[int, Person] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(101))

    def place(self, chat_id: int) -> Place:
        found = self.people.get(chat_id) or self.groups.get(chat_id)
        if found is None:
            raise bad("chat not found")
        return found

    def writable(self, chat_id: int) -> Place:
        """Refuses where the bot may not write."""
        place = self.place(chat_id)
        if isinstance(place, Person):
            _check_person(place)
        else:
            _check_group(place)
        return place

    def group_of_bot(self, chat_id: int, right: str | None = None, missing: str = "") -> Group:
        place = self.writable(chat_id)
        if not isinstance(place, Group):
            raise bad("there are no administrators in the private chat")
        if right is not None and right not in place.bot_rights:
            raise bad(missing)
        return place

    def post(self, place: Place, sender: Person, **facts: Any) -> Message:
        message = Message(next(self.ids), place, sender, int(self.now()), **facts)
        self.messages.append(message)
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        for message in self.messages:
            if (message.place.id, message.id) == (chat_id, message_id) and not message.deleted:
                return message
        return None

    def keep(self, name: str, content: bytes, kind: str = "document", mime: str = "application/octet-stream") -> File:
        file = File(f"F{next(self.ids)}", kind, name, content, mime)
        self.files[file.id] = file
        return file


def _check_person(person: Person) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def _check_group(group: Group) -> None:
    if group.migrated_to is not None:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=group.migrated_to)
    if group.bot == "kicked":
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    if group.bot == "left":
        raise forbidden(f"bot is not a member of the {group.kind} chat")
