"""A province: the morning of 30,000 people, and what a million tasks make slower."""

import asyncio
import json
import statistics
from pathlib import Path
from typing import Any

from tests.bench import footprint, province_seed, seed
from tests.bench.children import CORES, Fake, program, running
from tests.bench.outgoing import LIMIT_GOAL
from tests.bench.seed import Site
from tests.bench.webhook_assign import ready
from tests.ports import free_port

MORNING_SECONDS, MORNING_MB = 20.0, 300.0
FLAT, READY, IDLE = 1.5, 2.0, 1.0
WATCHED = 20.0  # seconds in which an idle program's processor time is counted


async def morning(folder: Path, *, groups: int = 2000) -> dict[str, Any]:
    """From 07:30 until every digest stands in the outbox; each person has something due."""
    place = folder / "morning"
    await asyncio.to_thread(province_seed.make, place, groups=groups, tasks_each=45, open_each=45, with_letters=False)
    found = await _work("morning", str(place))
    return {"groups": groups, **found, "seconds_goal": MORNING_SECONDS, "memory_goal": MORNING_MB}


async def long_run(folder: Path, *, groups: int = 2000) -> dict[str, Any]:
    """The morning's digests (of `morning` where it was) delivered at Telegram's limits while the clock is turned."""
    place = folder / "morning"
    if not place.exists():
        await asyncio.to_thread(
            province_seed.make, place, groups=groups, tasks_each=45, open_each=45, with_letters=False
        )
    return {**await _work("long-run", str(place)), "goal": LIMIT_GOAL, "refused_goal": 0}


async def flat(folder: Path, *, small: int = 2, large: int = 2000, times: int = 60) -> dict[str, Any]:
    """95th percentiles on a large database beside a small one, in milliseconds, taken in turn in one process."""
    sites = {"small": (folder / "small", small), "large": (folder / "large", large)}
    for place, groups in sites.values():
        await asyncio.to_thread(province_seed.make, place, groups=groups, tasks_each=500, open_each=50)
    found = await _work("flat", *(str(place) for place, _ in sites.values()), str(times))
    return {"tasks": {name: 500 * groups for name, (_, groups) in sites.items()}, "goal": FLAT, "p95_ms": found}


async def at_rest(
    fake: Fake, folder: Path, *, groups: int = 2000, watched: float = WATCHED, starts: int = 3
) -> dict[str, Any]:
    """Starts and idling with a million tasks (the database of `flat` where it is there); the first start, of a database
    that nothing has looked at yet, is left out as in `footprint`."""
    place = folder / "large"
    if not place.exists():
        await asyncio.to_thread(province_seed.make, place, groups=groups, tasks_each=500, open_each=50)
    site = Site(place, fake.url, free_port())
    await fake.reset()
    seen = [await footprint.started(fake, site) for _ in range(starts + 1)][1:]
    with running(program(), cwd=place, **site.environment) as child:
        await ready(fake.session, site)
        await asyncio.sleep(watched / 4)  # what falls due at the start is done
        before = child.cpu_seconds
        await asyncio.sleep(watched)
        idle = (child.cpu_seconds - before) / watched * 100
        memory = child.memory_mb
    return {
        "starts": starts,
        "ready_seconds": round(statistics.median(each.seconds for each in seen), 2),
        "ready_cpu": round(statistics.median(each.cpu for each in seen), 2),
        "ready_goal": READY,
        "idle_percent": round(idle, 2),
        "idle_goal": IDLE,
        "memory_mb": round(memory, 1),
        "database_mb": round((place / "giaoban.sqlite").stat().st_size / 1e6),
    }


async def _work(*arguments: str) -> dict[str, Any]:
    """In a process of its own, on all cores."""
    with running(
        ["-m", "tests.bench.province_work", *arguments], cores=set(CORES), GIAOBAN_SECRET_KEY=seed.KEY
    ) as child:
        said = await asyncio.to_thread(child.line)
    found: dict[str, Any] = json.loads(said)
    return found
