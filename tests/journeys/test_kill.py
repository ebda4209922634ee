"""kill -9 at any point of an event's way: nothing is lost, and at most the message in flight is doubled."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Group, Message, Person
from tests.journeys.child import Child

SEED = 20261121
KILLS = 16
REPEAT = "(có thể lặp)"
DEADLINE = date.today() + timedelta(days=9)  # noqa: DTZ011 - the child has a real clock too
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
async def child(tmp_path: Path) -> AsyncIterator[Child]:
    async with FakeBotApi() as api:
        made = Child(tmp_path, api)
        yield made
        await made.ends()


async def a_group(child: Child) -> tuple[Group, Person, Person]:
    api = child.api
    lan, binh = api.person("Lan", "lan"), api.person("Bình", "binh")
    room = api.group("Phòng Văn hóa", [lan], [binh])
    api.starts(lan)
    api.starts(binh)
    api.says(lan, "/thietlap Tổ một", room)
    await child.starts()
    await api.until(lambda: any(each.buttons for each in api.sent if each.place is room))
    join = next(each for each in api.sent if each.place is room and each.buttons)
    api.presses(binh, join, "Tham gia")
    await child.rests()
    return room, lan, binh


class Day:
    """What people do while the program is killed again and again."""

    def __init__(self, child: Child, room: Group, lan: Person, binh: Person) -> None:
        self.child, self.api, self.room, self.lan, self.binh = child, child.api, room, lan, binh
        self.chance = random.Random(SEED)
        self.titles: list[str] = []
        self.accepted: set[str] = set()
        self.reminded: set[str] = set()

    def gives_tasks(self, how_many: int) -> None:
        for _ in range(how_many):
            title = f"Việc số {len(self.titles) + 1} của tổ"
            self.titles.append(title)
            self.api.says(self.lan, f"/giao @binh {title}, hạn 16h {DEADLINE:%d/%m/%Y}", self.room)

    def accepts_one(self) -> None:
        """Presses on a card that stands in the room; not one whose mark was moved: accepting plans marks anew."""
        for title in self.titles:
            card = self._card(title)
            if title not in self.accepted | self.reminded and card is not None:
                self.accepted.add(title)
                self.api.presses(self.binh, card, "Nhận việc")
                return

    def _card(self, title: str) -> Message | None:
        return next((each for each in self.api.sent if each.place is self.room and f"{title}\n" in each.text), None)

    def a_reminder_falls_due(self) -> None:
        """While the program is down: the mark at the deadline of a task that was given."""
        for number, title in self.child.asks("SELECT id, title FROM task ORDER BY id"):
            if title in self.reminded or title in self.accepted:
                continue
            now = int(time.time() * 1000)
            self.reminded.add(title)
            self.child.asks("UPDATE reminder SET at = ? WHERE task_id = ? AND rung = 'at-deadline'", now, number)
            self.child.asks(
                "INSERT INTO due (key, kind, facts, due_at, planned_for, attempts)"
                " VALUES (?, 'reminders', '{}', ?, ?, 0)",
                *(f"turned:{number}", now, now),
            )
            return

    async def is_killed(self, started_at: int) -> None:
        """After so many calls, or so many milliseconds, as chance wills: mostly once it listens, sometimes before."""
        if self.chance.random() < 0.85:
            await self.api.until(lambda: any(each.method == "getUpdates" for each in self.api.calls[started_at:]))
        calls = len(self.api.calls) + self.chance.randint(0, 9)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.chance.uniform(0.02, 0.6)):
                await self.api.until(lambda: len(self.api.calls) > calls)
        await asyncio.sleep(self.chance.choice((0, 0, 0.001, 0.003, 0.01, 0.03)))
        await self.child.dies()


async def test_killed_at_random_moments_nothing_is_lost_and_nothing_happens_twice(child: Child) -> None:
    day = Day(child, *await a_group(child))
    started_at = 0
    for _ in range(KILLS):
        day.gives_tasks(day.chance.randint(1, 3))
        day.accepts_one()
        await day.is_killed(started_at)
        day.a_reminder_falls_due()
        started_at = len(child.api.calls)
        await child.starts()
    await child.rests()
    assert await child.ends() == 0
    _everything_once(day)
    _everything_told(day)
    code, said = await child.runs("verify")
    assert code == 0, said


def _everything_once(day: Day) -> None:
    titles = [row[0] for row in day.child.asks("SELECT title FROM task ORDER BY id")]
    assert titles == day.titles, "given once each, in the order in which they were said"
    numbers = [row[0] for row in day.child.asks("SELECT number FROM task ORDER BY id")]
    assert numbers == list(range(1, len(titles) + 1))
    given = day.child.asks("SELECT count(*) FROM audit WHERE action = 'task-given'")[0][0]
    taken = day.child.asks("SELECT count(*) FROM audit WHERE action = 'task-accepted'")[0][0]
    assert (given, taken) == (len(day.titles), len(day.accepted))
    assert day.child.asks("SELECT count(*) FROM inbox WHERE state = 'parked'")[0][0] == 0
    assert day.child.asks("SELECT count(*) FROM outbox WHERE state = 'dead'")[0][0] == 0


def _everything_told(day: Day) -> None:
    """Each message arrived; a second copy says that it may be one, and there is at most one a kill and chat."""
    calls = [each.asked for each in day.api.calls if each.method == "sendMessage"]
    sent = [(int(asked["chat_id"]), str(asked["text"])) for asked in calls]
    reminders = [text for _, text in sent if "đến hạn" in text or "Nhắc" in text]
    for place in (day.room.id, day.binh.id):
        here = [text for chat, text in sent if chat == place and text not in reminders]
        copies = [_copies([text for text in here if f"{title}\n" in text], title) for title in day.titles]
        assert sum(copies) <= KILLS
    copies = [_copies([text for text in reminders if title in text], title) for title in day.reminded]
    assert sum(copies) <= KILLS


def _copies(texts: list[str], what: str) -> int:
    assert texts, f"{what} was lost"
    assert sum(REPEAT not in text for text in texts) <= 1, f"{what} was doubled without saying so"
    return len(texts) - 1
