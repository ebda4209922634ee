"""How soon the program is ready after its start, and what it holds in memory then."""

import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

from tests.bench import seed
from tests.bench.children import Fake, program, running
from tests.bench.seed import Site
from tests.bench.webhook_assign import ready
from tests.ports import free_port

SECONDS_GOAL, MEMORY_GOAL = 2.0, 120.0


async def run(fake: Fake, folder: Path, *, starts: int = 5) -> dict[str, Any]:
    """The first start makes the database and is left out of the median."""
    seconds, memory = [], []
    site = Site(folder / "footprint", fake.url, free_port())
    await asyncio.to_thread(seed.offices, site, 1)
    for _ in range(starts + 1):
        began = time.monotonic()
        with running(program(), cwd=site.folder, **site.environment) as child:
            await ready(fake.session, site)
            seconds.append(time.monotonic() - began)
            memory.append(child.memory_mb)
    return {
        "starts": starts,
        "command": " ".join(program()),
        "ready_seconds": round(statistics.median(seconds[1:]), 2),
        "ready_goal": SECONDS_GOAL,
        "memory_mb": round(statistics.median(memory[1:]), 1),
        "memory_goal": MEMORY_GOAL,
    }
