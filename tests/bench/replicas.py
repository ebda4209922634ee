"""`/assign` on PostgreSQL: two replicas beside one, the updates of each group to either of them in turn."""

import asyncio
import contextlib
import itertools
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests import postgres
from tests.bench import seed, shares
from tests.bench.children import CORES, TICKS, Child, Fake, program, running
from tests.bench.seed import Site
from tests.bench.webhook_assign import MESSAGES, feed, ready, updates_of
from tests.ports import free_port

GOAL = 1.7
SHARE = 0.4  # of a core, for each replica


async def run(
    fake: Fake, folder: Path, *, updates: int = 300, rounds: int = 7, groups: int = 40, held_updates: int = 240
) -> dict[str, Any]:
    """Twice: with the server, the replicas and the load on what cores there are, where one replica alone may already
    use up the machine; and with each replica held to so small a share of a core that the machine is never the limit,
    which shows what their working together costs."""
    binaries = postgres.programs()
    if binaries is None:
        return {"skipped": "PostgreSQL is not installed"}
    with postgres.running(binaries) as server:
        site = Site(folder / "replicas", fake.url, free_port(), database=server.url())
        await asyncio.to_thread(seed.offices, site, groups)
        bench = _Bench(fake, site, groups, server.directory)
        free = await bench.compare(updates, rounds, None)
        why_not = shares.refused()
        held = {"skipped": why_not} if why_not else await bench.compare(held_updates, rounds, SHARE)
    return {"cores": len(CORES), **free, "held": held, "goal": GOAL}


@dataclass
class _Bench:
    fake: Fake
    site: Site
    groups: int
    server: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def compare(self, updates: int, rounds: int, share: float | None) -> dict[str, Any]:
        taken: dict[int, list[_Taken]] = {1: [], 2: []}
        for place in range(rounds):
            for count in (1, 2) if place % 2 == 0 else (2, 1):
                taken[count].append(await self._round(count, updates, share))
        one, two = taken.values()
        ratios = [b.per_second / a.per_second for a, b in zip(one, two, strict=True)]
        return {
            "updates": updates * rounds,
            "share": share,
            "one_per_second": round(statistics.median(each.per_second for each in one), 1),
            "two_per_second": round(statistics.median(each.per_second for each in two), 1),
            "ratio": round(statistics.median(ratios), 2),
            "ratio_spread": [round(min(ratios), 2), round(max(ratios), 2)],
            "one_cpu_us": _cpu_us(one),
            "two_cpu_us": _cpu_us(two),
        }

    async def _round(self, count: int, updates: int, share: float | None) -> "_Taken":
        async with _running(self.fake, self.site, count) as sites:
            await _rate(self.fake, sites, updates_of(self.numbers, self.groups, self.groups))
            with contextlib.ExitStack() as stack:
                for _, child in sites if share is not None else ():
                    stack.enter_context(shares.held_to(share or 1.0, child.process.pid))
                before = self._seconds(sites)
                rate = await _rate(self.fake, sites, updates_of(self.numbers, updates, self.groups))
                after = self._seconds(sites)
        return _Taken(rate, {name: (after[name] - before[name]) * 1_000_000 / updates for name in after})

    def _seconds(self, sites: Sequence[tuple[Site, Child]]) -> dict[str, float]:
        """Processor time so far."""
        return {
            "replicas": sum(child.cpu_seconds for _, child in sites),
            "PostgreSQL": _of_family(int((self.server / "data" / "postmaster.pid").read_text().split()[0])),
            "load and fake": time.process_time() + self.fake.child.cpu_seconds,
        }


@dataclass(frozen=True)
class _Taken:
    per_second: float
    cpu_us: dict[str, float]


def _cpu_us(rounds: Sequence[_Taken]) -> dict[str, int]:
    return {name: round(statistics.median(each.cpu_us[name] for each in rounds)) for name in rounds[0].cpu_us}


def _of_family(parent: int) -> float:
    """Of a process, its children and those of them that have ended."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = [int(each) for each in stat.read_text().rpartition(")")[2].split()[1:15]]
            if int(stat.parent.name) == parent:
                total += sum(fields[10:14]) / TICKS
            elif fields[0] == parent:
                total += sum(fields[10:12]) / TICKS
    return total


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
