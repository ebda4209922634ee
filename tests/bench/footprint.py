"""How soon the program is ready after its start, and what it holds in memory then."""

import asyncio
import statistics
import time
from dataclasses import dataclass
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
    site = Site(folder / "footprint", fake.url, free_port())
    await asyncio.to_thread(seed.offices, site, 1)
    seen = [await started(fake, site) for _ in range(starts + 1)][1:]
    return {
        "starts": starts,
        "command": " ".join(program()),
        "ready_seconds": round(statistics.median(each.seconds for each in seen), 2),
        "ready_cpu": round(statistics.median(each.cpu for each in seen), 2),
        "ready_goal": SECONDS_GOAL,
        "memory_mb": round(statistics.median(each.memory for each in seen), 1),
        "memory_goal": MEMORY_GOAL,
    }


@dataclass(frozen=True, slots=True)
class Start:
    """Until the program was ready: seconds that passed, processor seconds; what it held in memory then, in MB."""

    seconds: float
    cpu: float
    memory: float


async def started(fake: Fake, site: Site) -> Start:
    """Started, and ended again."""
    began = time.monotonic()
    with running(program(), cwd=site.folder, **site.environment) as child:
        await ready(fake.session, site)
        return Start(time.monotonic() - began, child.cpu_seconds, child.memory_mb)
