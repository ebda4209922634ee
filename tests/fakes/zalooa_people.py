"""What people do around the fake account, told to the webhook: signed, within two seconds, and again when refused."""

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from tests.fakes.zalooa_world import Group, Json, Message, Person, World

LIMIT_SECONDS = 2.0
AGAIN_AFTER = tuple(timedelta(seconds=each) for each in (30, 300, 900, 1800, 3600))


@dataclass(eq=False)
class _Waiting:
    body: bytes
    at: datetime
    tries: int


class People:
    """`webhook` is where events go; each act returns the status it was answered with (0: no answer in time)."""

    session: aiohttp.ClientSession

    def __init__(self, world: World, *, app_id: str, oa_secret: str) -> None:
        self.world, self._app_id, self._oa_secret = world, app_id, oa_secret
        self.webhook = ""
        self.prefix = "mac="
        self.deliveries: list[int] = []
        self.slowest = 0.0
        """Seconds the slowest answer took."""
        self.disabled = False
        """Zalo gave the webhook up after five failures."""
        self.bodies: list[bytes] = []
        self._waiting: list[_Waiting] = []

    def person(self, name: str, *, follows: bool = False, alive: bool = False, oa_admin: bool = False) -> Person:
        return self.world.person(name, follows=follows, alive=alive, oa_admin=oa_admin)

    def group(self, name: str, people: list[Person], kind: str = "gmf50") -> Group:
        return self.world.group(name, people, kind)

    # acts

    async def says(self, person: Person, text: str, *, group: Group | None = None, quotes: str | None = None) -> int:
        return await self._posts(person, {"text": text}, "text", group, quotes)

    async def sends_file(
        self, person: Person, load: Json, *, group: Group | None = None, kind: str = "file", text: str = ""
    ) -> int:
        message: Json = {"attachments": [{"type": kind, "payload": load}]} | ({"text": text} if text else {})
        return await self._posts(person, message, kind, group, None)

    async def taps(self, person: Person, message: Message, title: str) -> int:
        """A button on the phone: its payload comes as the person's text."""
        button = next(each for each in message.buttons if each["title"] == title)
        assert button["type"].startswith("oa.query.")
        return await self.says(person, button["payload"])

    async def follows(self, person: Person) -> int:
        person.follows, person.last = True, self.world.now()
        return await self.tell({"event_name": "follow", "follower": {"id": person.id}, "source": "oa_profile"})

    async def unfollows(self, person: Person) -> int:
        person.follows = False
        return await self.tell({"event_name": "unfollow", "follower": {"id": person.id}, "source": "oa_profile"})

    async def clicks_chat(self, person: Person) -> int:
        person.last = self.world.now()
        return await self.tell({"event_name": "user_click_chatnow", "user_id": person.id})

    async def group_life(self, name: str, group: Group, *people: Person) -> int:
        """user_join_group, user_out_group, user_request_join_group, delete_group …"""
        ids = [each.id for each in people]
        if name == "user_join_group":
            group.members += [each for each in ids if each not in group.members]
            group.pending = [each for each in group.pending if each not in ids]
        if name == "user_out_group":
            group.members = [each for each in group.members if each not in ids]
        if name == "user_request_join_group":
            group.pending += ids
            group.asking |= set(ids)
        if name == "delete_group":
            self.world.dissolve(group)
            self.world.owed.pop()
        return await self.tell({"event_name": name, "group_id": group.id, "users": [{"id": each} for each in ids]})

    async def comes(self, person: Person, group: Group) -> int:
        """Accepts the invitation."""
        assert person.id in group.pending, "was not invited"
        assert not group.is_full
        return await self.group_life("user_join_group", group, person)

    async def tells_owed(self) -> list[int]:
        """The events that follow from what the account has done."""
        owed, self.world.owed = self.world.owed, []
        return [await self.tell(each) for each in owed]

    async def _posts(self, person: Person, message: Json, kind: str, group: Group | None, quotes: str | None) -> int:
        message = message | {"msg_id": self.world.new_id("in")} | ({"quote_msg_id": quotes} if quotes else {})
        if group is None:
            person.last, person.replies = self.world.now(), 0
        event = {
            "event_name": f"user_send_group_{kind}" if group else f"user_send_{kind}",
            "sender": {"id": person.id},
            "recipient": {"id": group.id if group else self.world.oa_id},
            "message": message,
        }
        return await self.tell(event)

    # telling

    def signed(self, event: Json, *, at: datetime | None = None) -> tuple[bytes, str]:
        """The bytes and their signature, which is over exactly these bytes."""
        moment = str(int((at or self.world.now()).timestamp() * 1000))
        whole = {"app_id": self._app_id, "oa_id": self.world.oa_id} | event | {"timestamp": moment}
        # spaces and escapes that a second writer of JSON would not make
        body = json.dumps(whole, ensure_ascii=True, separators=(" ,", ":  ")).encode()
        return body, self.signature(body, moment)

    def signature(self, body: bytes, moment: str) -> str:
        whole = self._app_id.encode() + body + moment.encode() + self._oa_secret.encode()
        return self.prefix + hashlib.sha256(whole).hexdigest()

    async def tell(self, event: Json, *, at: datetime | None = None) -> int:
        body, _ = self.signed(event, at=at)
        self.bodies.append(body)
        status = await self.post(body)
        if status != 200:
            self._waiting.append(_Waiting(body, self.world.now() + AGAIN_AFTER[0], 0))
        return status

    async def retell(self) -> list[int]:
        """What is to be told again by now, with the same bytes and its number."""
        due = [each for each in self._waiting if each.at <= self.world.now()]
        statuses = []
        for each in due:
            each.tries += 1
            statuses.append(await self.post(each.body, number=each.tries))
            if statuses[-1] == 200 or each.tries >= len(AGAIN_AFTER):
                self._waiting.remove(each)
                self.disabled = self.disabled or statuses[-1] != 200
            else:
                each.at = self.world.now() + AGAIN_AFTER[each.tries]
        return statuses

    async def repeat(self, number: int = 1) -> int:
        """Tells the last event once more although it was taken."""
        return await self.post(self.bodies[-1], number=number)

    async def post(self, body: bytes, *, number: int = 0, signature: str | None = None) -> int:
        headers: dict[str, str] = {"Content-Type": "application/json"}
        moment = _moment(body)
        headers["X-ZEvent-Signature"] = self.signature(body, moment) if signature is None else signature
        if number:
            headers["num_retry"] = str(number)
        begun = time.monotonic()
        status = 0
        try:
            async with (
                asyncio.timeout(LIMIT_SECONDS),
                self.session.post(self.webhook, data=body, headers=headers) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.deliveries.append(status)
        return status


def _moment(body: bytes) -> str:
    try:
        event: Any = json.loads(body)
    except ValueError:
        return ""
    return str(event.get("timestamp", "")) if isinstance(event, dict) else ""
