"""What people do in the fake Telegram, and the updates the bot gets of it."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from tests.fakes.botapi_methods import Methods
from tests.fakes.botapi_world import (
    ALL_RIGHTS,
    Group,
    Json,
    Message,
    Person,
    World,
    chat_json,
    entities_in,
    member_json,
)

PRESENT = ("creator", "administrator", "member")


class People:
    """Mixed into the fake server, which delivers what `tell` is given."""

    world: World
    methods: Methods

    def tell(self, kind: str, content: Json) -> None:
        raise NotImplementedError

    # who there is

    def person(self, name: str, username: str | None = None, *, started: bool = False) -> Person:
        person = Person(next(_PEOPLE), name, username, started=started)
        self.world.people[person.id] = person
        return person

    def group(
        self,
        title: str,
        admins: Sequence[Person] = (),
        members: Sequence[Person] = (),
        *,
        bot_rights: Iterable[str] | None = ALL_RIGHTS,
        forum: bool = False,
        basic: bool = False,
    ) -> Group:
        """The first admin owns it. With `bot_rights` the bot is an administrator, with none an ordinary member."""
        number = next(_GROUPS)
        group = Group(-number if basic else -(10**12) - number, title, forum=forum)
        group.statuses = {each.id: "creator" if each is admins[0] else "administrator" for each in admins}
        group.statuses |= {each.id: "member" for each in members}
        group.bot = "member" if bot_rights is None else "administrator"
        group.bot_rights = frozenset(bot_rights or ())
        self.world.groups[group.id] = group
        return group

    def topic(self, group: Group) -> int:
        """A new forum topic's thread id."""
        thread = next(self.world.ids)
        group.topics[thread] = "open"
        return thread

    # what they say

    def says(
        self,
        person: Person,
        text: str,
        in_: Group | None = None,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        naming: Sequence[Person] = (),
    ) -> Message:
        """`naming`: people without a username, named in the text by their name."""
        facts: Json = {"reply_to": reply_to, "thread": thread}
        return self._put(person, in_, text=text, entities=entities_in(text, naming), **facts)

    def uploads(
        self,
        person: Person,
        name: str,
        content: bytes,
        in_: Group | None = None,
        *,
        caption: str = "",
        kind: str = "document",
        mime: str = "application/pdf",
        reply_to: Message | None = None,
        album: str | None = None,
        forwarded_from: str = "",
    ) -> Message:
        """`album` is shared by the files that are sent together; only one of them has the caption. `forwarded_from`:
        the name of somebody who keeps their account to themselves."""
        file = self.world.keep(name, content, kind, mime)
        said: Json = {"text": caption, "entities": entities_in(caption), "album": album}
        if forwarded_from:
            origin = {"type": "hidden_user", "sender_user_name": forwarded_from, "date": int(self.world.now())}
            said["service"] = {"forward_origin": origin}
        return self._put(person, in_, file=file, reply_to=reply_to, **said)

    def _put(self, person: Person, group: Group | None, **facts: Any) -> Message:
        message = self.world.post(group or person, person, **facts)
        if group is None:
            person.started, person.blocked = True, False
        if group is None or self._is_heard(group, message):
            self.tell("message", message.json)
        return message

    def _is_heard(self, group: Group, message: Message) -> bool:
        """Privacy mode: who is no administrator hears commands, replies to itself and service messages."""
        if group.bot == "administrator" or message.service:
            return group.bot in PRESENT
        answers_bot = message.reply_to is not None and message.reply_to.sender is self.world.bot
        return group.bot in PRESENT and (message.text.startswith("/") or answers_bot)

    def presses(self, person: Person, message: Message, label: str) -> str:
        """The callback query's id."""
        button = next(each for each in message.buttons if each["text"] == label)
        query = str(next(self.world.ids) + 10**9)
        self.methods.queries[query] = None
        facts = {"id": query, "from": person.json, "message": message.json, "chat_instance": "1"}
        self.tell("callback_query", facts | {"data": button["callback_data"]})
        return query

    def starts(self, person: Person, payload: str = "") -> Message:
        return self.says(person, f"/start {payload}".strip())

    def picks(self, person: Person, group: Group, request_id: int = 1) -> Message:
        shared = {"request_id": request_id, "chat_id": group.id, "title": group.title}
        return self._put(person, None, service={"chat_shared": shared})

    # how they come and go

    def blocks(self, person: Person) -> None:
        person.blocked = True
        self._own_status({"id": person.id, "type": "private", "first_name": person.name}, person, "member", "kicked")

    def unblocks(self, person: Person) -> None:
        person.blocked = False
        self._own_status(chat_json(person), person, "kicked", "member")

    def adds_bot(self, person: Person, group: Group, rights: Iterable[str] | None = ALL_RIGHTS) -> None:
        old, old_rights = group.bot, group.bot_rights
        group.bot = "member" if rights is None else "administrator"
        group.bot_rights = frozenset(rights or ())
        self._own_status(group.json, person, old, group.bot, old_rights, group.bot_rights)

    def removes_bot(self, person: Person, group: Group) -> None:
        old, old_rights = group.bot, group.bot_rights
        group.bot, group.bot_rights = "kicked", frozenset()
        self._own_status(group.json, person, old, "kicked", old_rights)

    def _own_status(
        self,
        chat: Json,
        by: Person,
        old: str,
        new: str,
        old_rights: frozenset[str] = frozenset(),
        new_rights: frozenset[str] = frozenset(),
    ) -> None:
        bot = self.world.bot
        members = {
            "old_chat_member": member_json(bot, old, old_rights),
            "new_chat_member": member_json(bot, new, new_rights),
        }
        self.tell("my_chat_member", {"chat": chat, "from": by.json, "date": int(self.world.now())} | members)

    def becomes(self, person: Person, group: Group, status: str, by: Person | None = None) -> None:
        """creator, administrator, member, left or kicked: the bot is told when it is an administrator."""
        old = group.statuses.get(person.id, "left")
        group.statuses[person.id] = status
        if (old in PRESENT) != (status in PRESENT):
            key, value = ("new_chat_members", [person.json]) if status in PRESENT else ("left_chat_member", person.json)
            self._put(by or person, group, service={key: value})
        if group.bot == "administrator":
            facts = {"chat": group.json, "from": (by or person).json, "date": int(self.world.now())}
            rights = frozenset(ALL_RIGHTS)
            members = {
                "old_chat_member": member_json(person, old, rights),
                "new_chat_member": member_json(person, status, rights),
            }
            self.tell("chat_member", facts | members)

    def asks_to_join(self, person: Person, group: Group) -> None:
        """The bot may now write to the person, who need not have started it."""
        group.asking[person.id] = person
        person.started = True
        facts = {"chat": group.json, "from": person.json, "user_chat_id": person.id, "date": int(self.world.now())}
        self.tell("chat_join_request", facts)

    def migrates(self, group: Group) -> Group:
        """The basic group becomes a supergroup: both say so."""
        new = Group(-(10**12) - next(_GROUPS), group.title, dict(group.statuses), group.bot, group.bot_rights)
        self.world.groups[new.id] = new
        owner = self.world.people[next(iter(group.statuses))]
        self._put(owner, group, service={"migrate_to_chat_id": new.id})
        group.migrated_to = new.id
        self._put(owner, new, service={"migrate_from_chat_id": group.id})
        return new


_PEOPLE = itertools.count(5_000_000_001)  # beyond 32 bits, as real ones are
_GROUPS = itertools.count(1001)
