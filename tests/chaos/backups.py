"""A backup while everybody is at work, looked at and put to work elsewhere: what was accepted before it is in it."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from tests.chaos.kills import a_day
from tests.chaos.load import Day
from tests.chaos.report import Found
from tests.fakes.botapi import FakeBotApi
from tests.journeys.child import Child


async def run(folder: Path, *, times: int, seed: int) -> Found:
    folder.mkdir(parents=True, exist_ok=True)
    took: list[float] = []
    async with FakeBotApi() as api:
        child = Child(folder / "office", api)
        try:
            day = await a_day(child, seed)
            for number in range(times):
                accepted, copy = await _backed_up(child, day, folder / f"copy {number}", took)
            await child.rests()
        finally:
            await child.ends()
        restored = await _put_to_work(folder / "elsewhere", copy, api)
    assert restored[: len(accepted)] == accepted, "the last backup, put to work elsewhere, lacks what was accepted"
    figures = {
        "commands": len(day.titles),
        "files": len(day.files),
        "seconds a backup (median)": round(median(took), 2),
    }
    return Found("backup under load, verified, restored elsewhere", f"{times} backups", figures=figures)


async def _backed_up(child: Child, day: Day, copy: Path, took: list[float]) -> tuple[list[str], Path]:
    """What was accepted before it began; AssertionError when that is not in it."""
    for _ in range(3):
        day.goes_on()
        await asyncio.sleep(day.chance.uniform(0, 0.3))
    accepted = accepted_by(child.api, day)
    began = time.monotonic()
    backup = asyncio.gather(child.runs("backup", str(copy)), _people_go_on(day))
    (code, said), _ = await backup
    assert code == 0, said
    took.append(time.monotonic() - began)
    kept = _titles_in(copy / "giaoban.sqlite", day)
    assert kept[: len(accepted)] == accepted, "what was accepted before the backup is missing in it"
    code, said = await child.runs("verify", "--data", str(copy))
    assert code == 0, said
    return accepted, copy


async def _people_go_on(day: Day) -> None:
    for _ in range(5):
        day.goes_on()
        await asyncio.sleep(0.2)


def accepted_by(api: FakeBotApi, day: Day) -> list[str]:
    """Titles of commands that the messenger keeps no longer."""
    kept = json.dumps(list(api.updates), ensure_ascii=False)
    return [title for title in day.titles if f"{title}," not in kept]


def _titles_in(database: Path, day: Day) -> list[str]:
    """Done already, or waiting in the inbox."""
    with closing(sqlite3.connect(database)) as connection:
        done = [row[0] for row in connection.execute("SELECT title FROM task ORDER BY id")]
        waiting = [row[0] for row in connection.execute("SELECT event FROM inbox WHERE state = 'waiting' ORDER BY id")]
    told = " ".join(json.dumps(json.loads(each), ensure_ascii=False) for each in waiting)
    return done + [title for title in day.titles if title not in done and f"{title}," in told]


async def _put_to_work(folder: Path, copy: Path, api: FakeBotApi) -> list[str]:
    folder.mkdir()
    copy.rename(folder / "data")
    child = Child(folder, api)
    await child.starts()
    try:
        await child.rests()
        code, said = await child.runs("verify")
        assert code == 0, said
        return [row[0] for row in child.asks("SELECT title FROM task ORDER BY id")]
    finally:
        assert await child.ends() == 0
