"""What stands behind the fake Zalo Bot API: bots, people, groups and messages, and how Zalo writes them down."""

import itertools
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
STYLES = {"b", "i", "u", "s", "f_13", "f_15", "f_18", "f_20", "lst_1", "lst_2"}
STYLES |= {f"ind_{depth}" for depth in range(1, 6)}
STYLES |= {f"c_{colour}" for colour in ("050a19", "15a85f", "f7b503", "f27806", "db342e")}
MAX_TEXT = 2000


class Refused(Exception):
    """How Zalo says no."""

    def __init__(self, code: int, description: str, after: int = 0) -> None:
        super().__init__(description)
        self.code, self.description, self.after = code, description, after


def bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@dataclass(eq=False)
class Person:
    name: str
    blocked: bool = False
    protected: bool = False
    """Zalo keeps the words of some people to itself: only that there was something is told."""


@dataclass(eq=False)
class Group:
    title: str
    people: list[Person] = field(default_factory=list)
    left: bool = False
    """The bot was removed, or the group is no more."""


@dataclass(eq=False)
class Message:
    """What the bot has sent, or a person has said."""

    id: str
    place: Person | Group
    sender: "Person | Bot"
    text: str = ""
    styles: Sequence[Json] = ()
    photo: str = ""


@dataclass(eq=False)
class Bot:
    token: str
    name: str
    can_join_groups: bool = True
    webhook: Json | None = None
    updates: deque[Json] = field(default_factory=deque)
    ids: dict[Person | Group, str] = field(default_factory=dict)
    """Every bot sees ids of its own."""
    knows: set[Person] = field(default_factory=set)
    messages: int = 0
    """Of the month, both directions."""

    @property
    def number(self) -> str:
        return self.token.partition(":")[0]

    def id_of(self, who: Person | Group) -> str:
        return self.ids.setdefault(who, format(next(_IDS), "020x"))

    @property
    def json(self) -> Json:
        return {
            "id": self.number,
            "account_name": f"bot.{self.number}",
            "display_name": self.name,
            "account_type": "BASIC",
            "can_join_groups": self.can_join_groups,
        }


class World:
    """`now` in seconds; Zalo speaks in milliseconds. `quota` messages a month, `max_people` a bot."""

    def __init__(self, now: Callable[[], float], quota: int, max_people: int) -> None:
        self.now, self.quota, self.max_people = now, quota, max_people
        self.messages: list[Message] = []
        self.media: dict[str, bytes] = {}

    @property
    def milliseconds(self) -> int:
        return int(self.now() * 1000)

    def post(self, place: Person | Group, sender: Person | Bot, **facts: Any) -> Message:
        message = Message(format(next(_IDS), "x"), place, sender, **facts)
        self.messages.append(message)
        return message

    # what bots ask

    def send(self, bot: Bot, method: str, asked: Mapping[str, Any]) -> Json:
        place = self._place(bot, asked)
        facts = _checked_text(asked) if method == "sendMessage" else _checked_photo(asked)
        if bot.messages >= self.quota:
            raise Refused(429, "Quota exceeded for this month")
        bot.messages += 1
        message = self.post(place, bot, **facts)
        return {"message_id": message.id, "date": self.milliseconds}

    @staticmethod
    def _place(bot: Bot, asked: Mapping[str, Any]) -> Person | Group:
        chat = asked.get("chat_id")
        place = next((who for who, id_ in bot.ids.items() if id_ == chat), None)
        if place is None or (isinstance(place, Person) and place not in bot.knows):
            raise bad("chat not found")
        if isinstance(place, Person) and place.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if isinstance(place, Group) and place.left:
            raise Refused(404, "Not Found")
        return place

    # what people do

    def update(self, bot: Bot, message: Message, kind: str, content: Json) -> Json | None:
        """None when Zalo does not tell the bot."""
        person = message.sender
        if not isinstance(person, Person):
            return None
        private = message.place is person
        if private and person not in bot.knows and len(bot.knows) >= self.max_people:
            return None
        if private:
            bot.knows.add(person)
        bot.messages += 1
        if person.protected:
            kind, content = "message.unsupported.received", {}
        body = {
            "from": {"id": bot.id_of(person), "display_name": person.name, "is_bot": False},
            "chat": {"id": bot.id_of(message.place), "chat_type": "PRIVATE" if private else "GROUP"},
            "message_id": message.id,
            "date": self.milliseconds,
            "message_type": "CHAT_MESSAGE",
        }
        return {"event_name": kind, "message": body | content}


def _checked_text(asked: Mapping[str, Any]) -> Json:
    text = asked.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad("text is empty")
    if units(text) > MAX_TEXT:
        raise bad("text is too long")
    if asked.get("parse_mode") not in (None, "markdown", "html"):
        raise bad("parse_mode")
    styles: Sequence[Json] = asked.get("text_styles") or ()
    for each in styles:
        within = each["start"] >= 0 and each["len"] > 0 and each["start"] + each["len"] <= units(text)
        if not within or not set(each["st"]) <= STYLES:
            raise bad("text_styles")
    return {"text": text, "styles": styles}


def _checked_photo(asked: Mapping[str, Any]) -> Json:
    photo, caption = str(asked.get("photo", "")), asked.get("caption")
    if not photo.startswith(("https://", "http://127.0.0.1:")):
        raise bad("photo is no url")
    if caption is not None and not 1 <= units(caption) <= MAX_TEXT:
        raise bad("caption")
    return {"photo": photo, "text": caption or ""}


_IDS = itertools.count(0xA1B2C3D4E5F60718)
