"""The stage of the dialogue tests: people who say, press and hear things, with the real program behind them.

    await lan.says("/assign @binh Báo cáo số liệu, hạn thứ 6 16h", in_=room)
    await binh.presses("Nhận việc")
    await office.clock_to("2026-11-21 07:30")
    binh.hears("hạn hôm nay")

An unexpected message fails the test: at the end, everything a person or room heard must have been asked for
(`hears`, `sees`, `presses`, `answers` count), unless the test says `office.anything_goes()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App
from bot.chat.events import Chat, FileRef, Moved, Quoted, Sender
from tests.actors import Actor, Room
from tests.paper import Message, PaperMessenger

__all__ = ["FRIDAY", "VIET_NAM", "Actor", "Message", "Office", "PaperMessenger", "Room"]

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam, a Friday


@dataclass
class Office:
    """The program with a paper messenger, its clock standing still until it is turned."""

    app: App
    paper: PaperMessenger
    people: dict[str, Actor] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Names of uploaded files by their id."""
    _strict: bool = True

    @property
    def now(self) -> datetime:
        return self.app.clock.now()

    def person(self, name: str, username: str | None = None, *, started: bool = False) -> Actor:
        actor = Actor(self, Sender(id=str(1000 + len(self.people)), name=name, username=username))
        self.people[name] = actor
        if started:
            self.paper.started.add(actor.sender.id)
        return actor

    def room(self, title: str, admins: Sequence[Actor], thread: str | None = None) -> Room:
        chat = Chat(messenger="paper", id=f"-{100 + len(self.rooms)}", title=title, thread=thread)
        self.paper.admins[chat.id] = {each.sender.id for each in admins}
        room = Room(self, chat)
        self.rooms.append(room)
        return room

    async def pair(self) -> tuple[Room, Actor, Actor]:
        """Lan leads a group of two, Bình is its member; both can be written to. What they heard so far is expected."""
        lan = self.person("Trần Thị Lan", "lan", started=True)
        binh = self.person("Nguyễn Văn Bình", "binh", started=True)
        room = self.room("Phòng Văn hóa", admins=[lan])
        for each in (lan, binh):
            await each.starts()
        await lan.says("/setup Phòng Văn hóa", room)
        await binh.presses("Tham gia")
        for message in (each for messages in self.paper.chats.values() for each in messages):
            message.expected = True
        return room, lan, binh

    async def hear(self, *events: Any) -> None:
        assert self.paper.intake is not None
        await self.paper.intake(events)
        await self.app.settle()

    async def migrates(self, room: Room) -> None:
        """The group becomes a supergroup with another id."""
        old = room.chat
        room.chat = replace(old, id=f"-100{old.id[1:]}")
        self.paper.admins[room.chat.id] = self.paper.admins[old.id]
        await self.hear(Moved(key=self.paper.next_key(), at=self.now, chat=old, to=room.chat.id))

    async def clock_to(self, when: str) -> None:
        """`2026-11-21 07:30`, `07:30` (the next one), or `+1h`, `+30m`, `+2d`; in the office's zone."""
        await self.app.turn(self._moment(when))

    async def down_until(self, when: str) -> None:
        """As clock_to, but the program had been down meanwhile."""
        await self.app.jump(self._moment(when))

    def _moment(self, when: str) -> datetime:
        local = self.now.astimezone(self.app.clock.zone)
        if when.startswith("+"):
            unit = {"h": "hours", "m": "minutes", "d": "days"}[when[-1]]
            return local + timedelta(**{unit: int(when[1:-1])})
        if len(when) > 5:
            return datetime.fromisoformat(when).replace(tzinfo=self.app.clock.zone)
        hour, minute = map(int, when.split(":"))
        moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return moment if moment > local else moment + timedelta(days=1)

    def keep(self, file: tuple[str, bytes]) -> FileRef:
        name, content = file
        reference = FileRef(messenger="paper", id=f"file{len(self.paper.files)}", name=name, size=len(content))
        self.paper.files[reference.id] = content
        self.names[reference.id] = name
        return reference

    def quoted(self, message: Message | None) -> Quoted | None:
        if message is None:
            return None
        message.expected = True
        file = None
        if message.sender is not None and message.card.key in self.paper.files:
            content = self.paper.files[message.card.key]
            file = FileRef(messenger="paper", id=message.card.key, name=self.names[message.card.key], size=len(content))
        return Quoted(
            message_id=message.id, mine=message.sender is None, text=message.text, file=file, sender=message.sender
        )

    def anything_goes(self) -> None:
        """This test does not account for every message."""
        self._strict = False

    def finish(self) -> None:
        if not self._strict:
            return
        unexpected = [
            f"{chat}: {each.text}"
            for chat, heard in self.paper.chats.items()
            for each in heard
            if each.sender is None and not each.expected and not each.deleted
        ]
        assert not unexpected, "nobody expected:\n" + "\n---\n".join(unexpected)
