"""Thirty simulated days of an office of 300: what is held in memory and open does not grow, and the database's growth
is what was written."""

import gc
import json
import os
import random
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.app import App
from bot.clock import Clock
from config.settings import Settings
from tests.stage import FRIDAY, Actor, Office, PaperMessenger, Room

DAYS = int(os.environ.get("TEST_DAYS", "4"))
GROUPS = int(os.environ.get("TEST_GROUPS", "2"))
STAFF = 15
WARM = 0.2  # of the days pass before the first look: caches fill
SEED = int(os.environ.get("TEST_SEED", "20261121"))
GROWTH = 1.05
REPORT = os.environ.get("TEST_REPORT", "")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
TABLES = ("inbox", "outbox", "due", "reminder", "task", "assignment", "audit", "posted", "question", "letter")


class Days:
    """An office in which every group has a leader, a deputy and members; each day is like the others."""

    def __init__(self, office: Office) -> None:
        self.office, self.chance = office, random.Random(SEED)
        self.rooms: list[tuple[Room, list[Actor]]] = []

    async def begins(self) -> None:
        for group in range(GROUPS):
            staff = [
                self.office.person(f"Nguyễn {group} Văn {place}", f"nv{group}_{place}", started=True)
                for place in range(STAFF)
            ]
            room = self.office.room(f"Tổ {group}", admins=[staff[0]])
            for each in staff:
                await each.starts()
            await staff[0].says(f"/setup Tổ {group}", room)
            card = room.last
            for each in staff[1:]:
                await each.presses("Tham gia", on=card)
            self.rooms.append((room, staff))

    async def passes(self) -> None:
        """Tasks are given, taken and ended, a letter comes in, somebody looks; then it is night."""
        for room, staff in self.rooms:
            for _ in range(3):
                lead = self.chance.choice(staff[1:])
                await staff[0].says(f"/assign @{lead.sender.username} Báo cáo tuần, hạn 3 ngày nữa 16h", room)
                await lead.presses("Nhận việc", on=room.last)
                await lead.says("/done xong", room, reply_to=room.last)
            await self.chance.choice(staff).says("/tasks nhóm", room)
        await self.office.app.turn(self.office.now + timedelta(days=1))
        self.forgotten()

    def forgotten(self) -> None:
        """The messenger is not what is watched: it keeps the last messages of a chat."""
        for messages in self.office.paper.chats.values():
            del messages[:-5]
        del self.office.paper.toasts[:]
        self.office.paper.files.clear()


def resident() -> float:
    """Megabytes."""
    gc.collect()
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def rows(session: Session) -> dict[str, int]:
    count: Callable[[str], Any] = lambda table: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: E731
    return {table: int(count(table)) for table in TABLES}


async def test_an_office_of_days_holds_no_more_at_the_end_than_at_the_beginning(settings: Settings) -> None:
    calm = settings.flood.model_copy(update={"person_per_minute": 0, "group_per_minute": 0})
    paper = PaperMessenger()
    app = App(settings.model_copy(update={"flood": calm}), [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    office.anything_goes()
    days = Days(office)
    await days.begins()
    looks: list[dict[str, Any]] = []
    for day in range(DAYS):
        await days.passes()
        if day + 1 >= DAYS * WARM:
            counted = await app.database.run(rows)
            looks.append({"day": day + 1, "memory_mb": round(resident(), 1), "handles": handles(), "rows": counted})
    await app.stop()
    if REPORT:
        Path(REPORT).write_text(json.dumps({"groups": GROUPS, "days": DAYS, "looks": looks}))
    first, last = looks[0], looks[-1]
    assert last["handles"] <= first["handles"] + 2
    assert last["rows"]["outbox"] <= _kept_for(7, looks, "outbox"), "what was sent is dropped after its week"
    if DAYS >= 20:  # a few days are too short to tell growth from caches that fill
        assert last["memory_mb"] <= first["memory_mb"] * GROWTH


def _kept_for(days: int, looks: list[dict[str, Any]], table: str) -> float:
    """The most rows that `days` of the busiest growth leave behind."""
    counts: list[int] = [look["rows"][table] for look in looks]
    steps = [after - before for before, after in pairwise(counts)] or [counts[0]]
    most: int = max(0, *steps)
    return counts[0] + most * max(days, len(steps))
