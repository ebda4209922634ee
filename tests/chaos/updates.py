"""Telegram updates by chance: every type and field of the Bot API, with people, chats and words that mean something."""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Shapes = Mapping[str, Sequence[tuple[str, tuple[str, ...], bool]]]
"""By type: (field, its possible types, whether it is required)."""

DEEP = 5
LIKELY = 0.12  # that a field which may be left out is there
HEARD = ("message", "callback_query", "my_chat_member", "chat_member", "chat_join_request")
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one sign of five code points
ODD = ("", " ", "\x00", "\u202eabc", FAMILY, "Nguyễn Văn Bình", "ǆ" * 50, "%s {x} <b>", "a" * 5000, "0", "-1", "'; --")
NUMBERS = (0, 1, -1, 2**31, 2**52, -(2**52), 1_700_000_000, 4_102_444_800)
UNIONS = {
    "ChatMember": (
        "ChatMemberOwner",
        "ChatMemberAdministrator",
        "ChatMemberMember",
        "ChatMemberRestricted",
        "ChatMemberLeft",
        "ChatMemberBanned",
    ),
    "MaybeInaccessibleMessage": ("Message", "InaccessibleMessage"),
}
STATUS = {
    "ChatMemberOwner": "creator",
    "ChatMemberAdministrator": "administrator",
    "ChatMemberMember": "member",
    "ChatMemberRestricted": "restricted",
    "ChatMemberLeft": "left",
    "ChatMemberBanned": "kicked",
}


def shapes(oracle: Path) -> Shapes:
    """From a machine-readable Bot API where there is one, else the few types below."""
    if not oracle.exists():
        return OWN
    types = json.loads(oracle.read_text())["types"]
    return {
        name: [(field["name"], tuple(field["types"]), field["required"]) for field in each.get("fields", ())]
        for name, each in types.items()
    }


class Updates:
    """`next()` makes the update with the next id."""

    def __init__(self, shapes: Shapes, seed: int, *, me: int, people: Sequence[dict[str, Any]]) -> None:
        self._shapes, self._chance, self._me, self._people = shapes, random.Random(seed), me, people
        self._id = 0
        self.chats: list[dict[str, Any]] = []
        """Rooms that are known; private chats come of themselves."""
        self.words: Sequence[str] = ("/start",)
        self.actions: Sequence[str] = ("join:1",)
        """What buttons that were seen carry."""

    def next(self) -> dict[str, Any]:
        self._id += 1
        kinds = [name for name, _, required in self._shapes["Update"] if not required]
        kind = self._chance.choice(HEARD if self._chance.random() < 0.9 else kinds)
        of = next(types for name, types, _ in self._shapes["Update"] if name == kind)
        return {"update_id": self._id, kind: self._value(of, kind, 0)}

    def _value(self, types: Sequence[str], field: str, depth: int) -> Any:
        kind = self._chance.choice(list(types))
        if kind.startswith("Array of "):
            count = self._chance.choice((0, 1, 1, 2, 3)) if depth < DEEP else 0
            return [self._value([kind.removeprefix("Array of ")], field, depth + 1) for _ in range(count)]
        if kind in ("Integer", "Float"):
            return self._number(field)
        if kind == "Boolean":
            return self._chance.random() < 0.5
        if kind == "True":
            return True
        if kind == "String" or kind not in self._shapes:
            return self._text(field)
        return self._object(kind, field, depth)

    def _number(self, field: str) -> int:
        if field in ("date", "edit_date"):
            return 1_795_140_000 + self._chance.randrange(1_000_000)
        if field in ("offset", "length"):
            return self._chance.randrange(12)
        return self._chance.choice(NUMBERS) if self._chance.random() < 0.3 else self._chance.randrange(1, 10_000)

    def _text(self, field: str) -> str:
        if field in ("text", "caption") and self._chance.random() < 0.8:
            return self._chance.choice(self.words) + self._chance.choice(("", "", f" {self._chance.choice(ODD)}"))
        if field == "data" and self._chance.random() < 0.8:
            action = self._chance.choice(self.actions)
            return action if self._chance.random() < 0.7 else action.replace("1", str(self._chance.choice(NUMBERS)))
        if field == "type":
            return self._chance.choice(("mention", "bot_command", "text_mention", "private", "group", "bold"))
        return self._chance.choice(ODD)

    def _object(self, kind: str, field: str, depth: int) -> dict[str, Any]:
        if kind == "User":
            return self._user(field)
        if kind == "Chat":
            return self._chat()
        if kind in UNIONS:
            kind = self._chance.choice(UNIONS[kind])
        made: dict[str, Any] = {}
        for name, types, required in self._shapes.get(kind, ()):
            if required or (depth < DEEP and self._chance.random() < self._likely(name)):
                made[name] = self._value(types, name, depth + 1)
        if kind in STATUS:
            made["status"] = STATUS[kind]
        return made

    def _likely(self, field: str) -> float:
        return {"text": 0.7, "from": 0.95, "data": 0.95, "message": 0.95}.get(field, LIKELY)

    def _user(self, field: str) -> dict[str, Any]:
        if field == "user" and self._chance.random() < 0.1:
            return {"id": self._me, "is_bot": True, "first_name": "Giao Ban", "username": "giaoban_bot"}
        if self._chance.random() < 0.8:
            return dict(self._chance.choice(self._people))
        return {"id": self._chance.randrange(1, 2**50), "is_bot": False, "first_name": self._chance.choice(ODD)}

    def _chat(self) -> dict[str, Any]:
        if self.chats and self._chance.random() < 0.6:
            return dict(self._chance.choice(self.chats))
        if self._chance.random() < 0.7:
            return {"id": self._chance.choice(self._people)["id"], "type": "private"}
        kind = self._chance.choice(("group", "supergroup", "channel"))
        return {"id": -self._chance.randrange(1, 2**40), "type": kind, "title": self._chance.choice(ODD)}


_MEMBER = [("user", ("User",), True), ("is_member", ("Boolean",), False), ("until_date", ("Integer",), False)]
_CHANGE = [
    ("chat", ("Chat",), True),
    ("from", ("User",), True),
    ("date", ("Integer",), True),
    ("old_chat_member", ("ChatMember",), True),
    ("new_chat_member", ("ChatMember",), True),
]
_FILE = [
    ("file_id", ("String",), True),
    ("file_unique_id", ("String",), True),
    ("file_name", ("String",), False),
    ("mime_type", ("String",), False),
    ("file_size", ("Integer",), False),
]
OWN: Shapes = {
    "Update": [
        ("update_id", ("Integer",), True),
        ("message", ("Message",), False),
        ("edited_message", ("Message",), False),
        ("callback_query", ("CallbackQuery",), False),
        ("my_chat_member", ("ChatMemberUpdated",), False),
        ("chat_member", ("ChatMemberUpdated",), False),
        ("chat_join_request", ("ChatJoinRequest",), False),
    ],
    "Message": [
        ("message_id", ("Integer",), True),
        ("date", ("Integer",), True),
        ("chat", ("Chat",), True),
        ("from", ("User",), False),
        ("sender_chat", ("Chat",), False),
        ("message_thread_id", ("Integer",), False),
        ("is_topic_message", ("True",), False),
        ("reply_to_message", ("Message",), False),
        ("media_group_id", ("String",), False),
        ("text", ("String",), False),
        ("caption", ("String",), False),
        ("entities", ("Array of MessageEntity",), False),
        ("document", ("Document",), False),
        ("photo", ("Array of PhotoSize",), False),
        ("new_chat_members", ("Array of User",), False),
        ("left_chat_member", ("User",), False),
        ("migrate_to_chat_id", ("Integer",), False),
    ],
    "InaccessibleMessage": [
        ("chat", ("Chat",), True),
        ("message_id", ("Integer",), True),
        ("date", ("Integer",), True),
    ],
    "MessageEntity": [
        ("type", ("String",), True),
        ("offset", ("Integer",), True),
        ("length", ("Integer",), True),
        ("user", ("User",), False),
    ],
    "Document": _FILE,
    "PhotoSize": [*_FILE[:2], ("width", ("Integer",), True), ("height", ("Integer",), True)],
    "CallbackQuery": [
        ("id", ("String",), True),
        ("from", ("User",), True),
        ("chat_instance", ("String",), True),
        ("message", ("MaybeInaccessibleMessage",), False),
        ("data", ("String",), False),
    ],
    "MaybeInaccessibleMessage": [],
    "ChatMember": [],
    **dict.fromkeys(STATUS, _MEMBER),
    "ChatMemberUpdated": _CHANGE,
    "ChatJoinRequest": [
        ("chat", ("Chat",), True),
        ("from", ("User",), True),
        ("user_chat_id", ("Integer",), True),
        ("date", ("Integer",), True),
    ],
    "User": [],
    "Chat": [],
}
