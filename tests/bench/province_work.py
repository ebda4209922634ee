"""What `tests.bench.province` measures, run in a process of its own; prints one line of JSON."""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from bot.app import App
from bot.chat.events import Chat, Said, Sender
from bot.clock import Clock
from bot.engine import daily
from config.settings import Settings
from storage import due, outbox
from tests.bench import province_seed, seed
from tests.bench.long_run import PacedPaper, Turned, delivered
from tests.bench.province_seed import MONDAY, STAFF
from tests.stage import PaperMessenger

Step = Callable[[int], Awaitable[None]]


class Province:
    """The program on one database with its clock standing at 07:30, its doors closed: what would go to Telegram stays
    in the outbox."""

    def __init__(self, folder: Path, messenger: PaperMessenger | None = None) -> None:
        settings = Settings(
            data_dir=folder,
            secret_key=seed.KEY,
            flood={"person_per_minute": 0, "group_per_minute": 0},
            web={"listen": "127.0.0.1:0"},
        )
        self.clock = Clock(settings.zone, stopped_at=MONDAY - timedelta(minutes=1))
        self.app = App(settings, [messenger or PaperMessenger(name="telegram")], clock=self.clock)
        self.groups = self.app.database.run_now(_groups)
        self._said = 0

    async def says(self, person: int, command: str) -> None:
        """In private; until it is handled."""
        self._said += 1
        sender = Sender(id=province_seed.ref(person), name=f"Nguyễn Văn {person}", username=f"nv{person}")
        chat = Chat(messenger="telegram", id=sender.id, title="", private=True)
        event = Said(key=f"{self._said}", at=self.clock.now(), chat=chat, sender=sender, text=command, message_id="1")
        await self.app.inbox.take([event])
        await self.app.inbox.settle()

    def leader(self, turn: int) -> int:
        """Of another group each time."""
        return 1 + (turn * 7 % self.groups) * STAFF


def _groups(session: Session) -> int:
    return int(session.execute(text("SELECT count(*) FROM work_group")).scalar_one())


async def morning(folder: Path) -> dict[str, Any]:
    province = Province(folder)
    app = province.app
    await app.database.run(lambda session: daily.plan(app.engine, session))
    province.clock.turn(MONDAY)
    began, cpu = time.monotonic(), time.process_time()
    while await app.due.tick():
        pass
    seconds, busy = time.monotonic() - began, time.process_time() - cpu
    messages = await app.database.run(outbox.depth)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"messages": messages, "seconds": round(seconds, 1), "cpu": round(busy, 1), "memory_mb": round(peak)}


async def long_run(folder: Path) -> dict[str, Any]:
    """All digests of the morning, delivered one after the other as the limits allow."""
    turned = Turned()
    paper = PacedPaper(turned)
    province = Province(folder, paper)
    app = province.app
    await app.database.run(lambda session: daily.plan(app.engine, session))
    province.clock.turn(MONDAY)
    while await app.due.tick():
        pass
    return await delivered(app, province.clock, paper, turned)


async def flat(small: Path, large: Path, times: int) -> dict[str, Any]:
    provinces = {"small": Province(small), "large": Province(large)}
    measured: dict[str, dict[str, float]] = {}
    for name, make in STEPS.items():
        steps = {size: make(province) for size, province in provinces.items()}
        taken: dict[str, list[float]] = {size: [] for size in steps}
        for turn in range(times + 5):
            for size, step in steps.items():
                began = time.perf_counter()
                await step(turn)
                if turn >= 5:
                    taken[size].append((time.perf_counter() - began) * 1000)
        measured[name] = {size: round(_p95(each), 2) for size, each in taken.items()}
    return measured


def _p95(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.95)]


def _tasks(province: Province) -> Step:
    return lambda turn: province.says(province.leader(turn), "/tasks nhóm")


def _search(province: Province) -> Step:
    return lambda turn: province.says(province.leader(turn), "/letters ubnd bien che")


def _digest(province: Province) -> Step:
    async def step(turn: int) -> None:
        group = 1 + turn * 7 % province.groups
        key = f"digest:{group}:bench-{turn}"
        now = province.clock.now()
        await province.app.database.run(lambda session: due.plan(session, "digest", key, now, {"group": group}))
        while await province.app.due.tick():
            pass

    return step


def _nothing_due(province: Province) -> Step:
    async def step(_turn: int) -> None:
        await province.app.due.tick()

    return step


def _claim(province: Province) -> Step:
    kinds = list(province.app.engine.router.dues)
    later = MONDAY + timedelta(days=40)

    def claim(session: Session) -> None:
        assert len(due.due(session, later, kinds, 100)) == 100

    async def step(_turn: int) -> None:
        await province.app.database.run(claim)

    return step


STEPS: dict[str, Callable[[Province], Step]] = {
    "/tasks": _tasks,
    "digest": _digest,
    "tick with nothing due": _nothing_due,
    "claim of 100 due rows": _claim,
    "register search": _search,
}


def main(arguments: list[str]) -> None:
    what, *rest = arguments
    if what == "morning":
        found = asyncio.run(morning(Path(rest[0])))
    elif what == "long-run":
        found = asyncio.run(long_run(Path(rest[0])))
    else:
        found = asyncio.run(flat(Path(rest[0]), Path(rest[1]), int(rest[2])))
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
