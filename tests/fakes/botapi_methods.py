"""The Bot API's methods over the fake's world: what they do, and in which words they refuse."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.botapi_checks import MAX_CAPTION, MAX_TEXT, checked_markup, checked_text, checked_thread
from tests.fakes.botapi_world import (
    ALL_RIGHTS,
    File,
    Group,
    Json,
    Message,
    Person,
    Place,
    Refused,
    World,
    bad,
    chat_json,
    member_json,
)

MAX_UPLOAD, MAX_PHOTO, MAX_DOWNLOAD = 50 << 20, 10 << 20, 20 << 20
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    mime: str


@dataclass
class Methods:
    """`call` is one request. `told` makes an update."""

    world: World
    told: Callable[[str, Json], None]
    queries: dict[str, str | None] = field(default_factory=dict)
    """Presses that can still be answered; the toast once they are."""
    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """By scope and language."""
    typing: list[int] = field(default_factory=list)
    links: list[Json] = field(default_factory=list)

    def call(self, method: str, asked: Mapping[str, Any]) -> Any:
        name = re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), method)
        if name not in METHODS:
            raise Refused(404, "Not Found")
        return getattr(self, name)(asked)

    # messages

    def send_message(self, asked: Mapping[str, Any]) -> Json:
        place, facts = self._common(asked)
        text = checked_text(asked.get("text", ""), asked.get("entities", []), MAX_TEXT)
        return self.world.post(place, self.world.bot, **facts, **text).json

    def send_document(self, asked: Mapping[str, Any]) -> Json:
        return self._send_file(asked, "document")

    def send_photo(self, asked: Mapping[str, Any]) -> Json:
        return self._send_file(asked, "photo")

    def _send_file(self, asked: Mapping[str, Any], kind: str) -> Json:
        place, facts = self._common(asked)
        file = self._file(asked.get(kind), kind)
        text = checked_text(asked.get("caption", ""), asked.get("caption_entities", []), MAX_CAPTION, caption=True)
        return self.world.post(place, self.world.bot, file=file, **facts, **text).json

    def _file(self, given: Any, kind: str) -> File:
        if isinstance(given, Upload):
            if len(given.content) > (MAX_PHOTO if kind == "photo" else MAX_UPLOAD):
                raise Refused(413, "Request Entity Too Large")
            if not given.content:
                raise bad("file must be non-empty")
            return self.world.keep(given.name, given.content, kind, given.mime)
        known = self.world.files.get(str(given))
        if known is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known

    def _common(self, asked: Mapping[str, Any]) -> tuple[Place, Json]:
        place = self.world.writable(int(asked["chat_id"]))
        facts: Json = {
            "thread": checked_thread(place, asked.get("message_thread_id")),
            "markup": checked_markup(place, asked.get("reply_markup")),
            "silent": bool(asked.get("disable_notification")),
            "protected": bool(asked.get("protect_content")),
        }
        answered = asked.get("reply_parameters")
        if answered:
            facts["reply_to"] = self.world.find(place.id, answered["message_id"])
            if facts["reply_to"] is None and not answered.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
        return place, facts

    def edit_message_text(self, asked: Mapping[str, Any]) -> Json:
        message = self._own(asked)
        if message.file is not None:
            raise bad("there is no text in the message to edit")
        return self._edit(message, checked_text(asked.get("text", ""), asked.get("entities", []), MAX_TEXT), asked)

    def edit_message_caption(self, asked: Mapping[str, Any]) -> Json:
        message = self._own(asked)
        if message.file is None:
            raise bad("there is no caption in the message to edit")
        said = checked_text(asked.get("caption", ""), asked.get("caption_entities", []), MAX_CAPTION, caption=True)
        return self._edit(message, said, asked)

    def edit_message_reply_markup(self, asked: Mapping[str, Any]) -> Json:
        message = self._own(asked)
        return self._edit(message, {"text": message.text, "entities": message.entities}, asked)

    def _own(self, asked: Mapping[str, Any]) -> Message:
        place = self.world.writable(int(asked["chat_id"]))
        message = self.world.find(place.id, int(asked["message_id"]))
        if message is None:
            raise bad("message to edit not found")
        if message.sender is not self.world.bot:
            raise bad("message can't be edited")
        return message

    def _edit(self, message: Message, said: Json, asked: Mapping[str, Any]) -> Json:
        """Without a keyboard in the request, the message loses the one it has."""
        markup = checked_markup(message.place, asked.get("reply_markup"))
        if markup is not None and "inline_keyboard" not in markup:
            raise bad("inline keyboard expected")
        if (said["text"], said["entities"], markup) == (message.text, message.entities, message.markup):
            raise bad(SAME)
        message.text, message.entities, message.markup = said["text"], said["entities"], markup
        message.edits += 1
        return message.json

    def delete_message(self, asked: Mapping[str, Any]) -> bool:
        place = self.world.writable(int(asked["chat_id"]))
        message = self.world.find(place.id, int(asked["message_id"]))
        if message is None:
            raise bad("message to delete not found")
        foreign = isinstance(place, Group) and message.sender is not self.world.bot
        if foreign and "can_delete_messages" not in place.bot_rights:  # type: ignore[union-attr]
            raise bad("message can't be deleted for everyone")
        message.deleted = True
        return True

    def pin_chat_message(self, asked: Mapping[str, Any]) -> bool:
        place = self.world.writable(int(asked["chat_id"]))
        if isinstance(place, Group) and "can_pin_messages" not in place.bot_rights:
            raise bad("not enough rights to manage pinned messages in the chat")
        message = self.world.find(place.id, int(asked["message_id"]))
        if message is None:
            raise bad("message to pin not found")
        message.pinned = True
        return True

    def answer_callback_query(self, asked: Mapping[str, Any]) -> bool:
        query = str(asked["callback_query_id"])
        if self.queries.get(query, "") is not None:
            raise bad(OLD_QUERY)
        self.queries[query] = str(asked.get("text", ""))
        return True

    def send_chat_action(self, asked: Mapping[str, Any]) -> bool:
        self.typing.append(self.world.writable(int(asked["chat_id"])).id)
        return True

    # files and chats

    def get_file(self, asked: Mapping[str, Any]) -> Json:
        file = self.world.files.get(str(asked["file_id"]))
        if file is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > MAX_DOWNLOAD:
            raise bad("file is too big")
        return {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_path": f"documents/{file.id}"}

    def get_chat(self, asked: Mapping[str, Any]) -> Json:
        place = self.world.writable(int(asked["chat_id"]))
        gifts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), True
        )
        full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        if isinstance(place, Group) and place.auto_delete:
            full["message_auto_delete_time"] = place.auto_delete
        return chat_json(place) | full

    def get_chat_administrators(self, asked: Mapping[str, Any]) -> list[Json]:
        group = self.world.group_of_bot(int(asked["chat_id"]))
        found = [
            member_json(self.world.people[each], status, frozenset(ALL_RIGHTS))
            for each, status in group.statuses.items()
            if status in ("creator", "administrator")
        ]
        if group.bot == "administrator":
            found.append(member_json(self.world.bot, group.bot, group.bot_rights))
        return found

    def get_chat_member_count(self, asked: Mapping[str, Any]) -> int:
        group = self.world.group_of_bot(int(asked["chat_id"]))
        return 1 + sum(status not in ("left", "kicked") for status in group.statuses.values())

    def create_chat_invite_link(self, asked: Mapping[str, Any]) -> Json:
        missing = "not enough rights to manage chat invite link"
        group = self.world.group_of_bot(int(asked["chat_id"]), "can_invite_users", missing)
        if len(str(asked.get("name", ""))) > 32:
            raise bad("invite link name is too long")
        link = {
            "invite_link": f"https://t.me/+{group.id:x}_{next(self.world.ids)}",
            "creator": self.world.bot.json,
            "creates_join_request": bool(asked.get("creates_join_request")),
            "is_primary": False,
            "is_revoked": False,
            "name": asked.get("name", ""),
        }
        self.links.append(link)
        return link

    def approve_chat_join_request(self, asked: Mapping[str, Any]) -> bool:
        group, person = self._answered(asked)
        old = member_json(person, group.statuses.get(person.id, "left"))
        group.statuses[person.id] = "member"
        change = {"chat": group.json, "from": self.world.bot.json, "date": int(self.world.now())}
        self.told("chat_member", change | {"old_chat_member": old, "new_chat_member": member_json(person, "member")})
        return True

    def decline_chat_join_request(self, asked: Mapping[str, Any]) -> bool:
        self._answered(asked)
        return True

    def _answered(self, asked: Mapping[str, Any]) -> tuple[Group, Person]:
        group = self.world.group_of_bot(int(asked["chat_id"]), "can_invite_users", "not enough rights")
        person = group.asking.pop(int(asked["user_id"]), None)
        if person is None:
            present = group.statuses.get(int(asked["user_id"])) in ("creator", "administrator", "member")
            raise bad("USER_ALREADY_PARTICIPANT" if present else "HIDE_REQUESTER_MISSING")
        return group, person

    def set_my_commands(self, asked: Mapping[str, Any]) -> bool:
        commands: list[Json] = asked.get("commands", [])
        for each in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        scope = (asked.get("scope") or {"type": "default"})["type"]
        self.menus[scope, str(asked.get("language_code", ""))] = commands
        return True


METHODS = frozenset(name for name in vars(Methods) if not name.startswith("_") and name not in ("call", "told"))
