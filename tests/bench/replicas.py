"""`/assign` on PostgreSQL: two replicas beside one, the updates of each group to either of them in turn."""

import asyncio
import contextlib
import itertools
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests import postgres
from tests.bench import seed
from tests.bench.children import CORES, Child, Fake, free_port, program, running
from tests.bench.seed import Site
from tests.bench.webhook_assign import MESSAGES, feed, ready, updates_of

GOAL = 1.7


async def run(fake: Fake, folder: Path, *, updates: int = 600, rounds: int = 3, groups: int = 40) -> dict[str, Any]:
    """None of the processes is pinned: the server, the replicas and the load share what cores there are."""
    binaries = postgres.programs()
    if binaries is None:
        return {"skipped": "PostgreSQL is not installed"}
    with postgres.running(binaries) as server:
        site = Site(folder / "replicas", fake.url, free_port(), database=server.url())
        await asyncio.to_thread(seed.offices, site, groups)
        numbers = itertools.count(1)
        rates: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(rounds):
            for count, taken in rates.items():
                async with _running(fake, site, count) as sites:
                    for warm in (True, False):
                        lanes = updates_of(numbers, groups if warm else updates, groups)
                        rate = await _rate(fake, sites, lanes)
                        if not warm:
                            taken.append(rate)
    one, two = (statistics.median(taken) for taken in rates.values())
    return {
        "updates": updates,
        "cores": len(CORES),
        "one_per_second": round(one, 1),
        "two_per_second": round(two, 1),
        "ratio": round(two / one, 2),
        "goal": GOAL,
    }


@contextlib.asynccontextmanager
async def _running(fake: Fake, site: Site, count: int) -> AsyncIterator[Sequence[tuple[Site, Child]]]:
    sites = [replace(site, port=free_port()) for _ in range(count)]
    with contextlib.ExitStack() as stack:
        children = [
            stack.enter_context(running(program(), cores=set(CORES), cwd=site.folder, **each.environment))
            for each in sites
        ]
        for each in sites:
            await ready(fake.session, each)
        yield list(zip(sites, children, strict=True))


async def _rate(fake: Fake, sites: Sequence[tuple[Site, Child]], lanes: Sequence[Sequence[bytes]]) -> float:
    await fake.reset()
    began = time.monotonic()
    hooks = itertools.cycle(f"{site.url}/hooks/telegram" for site, _ in sites)
    await asyncio.gather(*(feed(fake.session, hook, lane) for hook, lane in zip(hooks, lanes, strict=False)))
    updates = sum(map(len, lanes))
    told = await fake.counted(updates * MESSAGES, sites[0][1])
    return updates / (told["last"] - began)
