"""`python -m tests.chaos [part…] [--seed N]`: faults in their long form, reported in docs/chaos.md and chaos.json."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from tests import postgres
from tests.chaos import backups, doors, kills, outages, report, sets, weathers
from tests.chaos.report import Found

ROOT = Path(__file__).parents[2]
SEED = 20261121
Part = Callable[[Path, int, int], Coroutine[Any, Any, Found]]
"""Folder, times, seed."""


async def _kills(folder: Path, times: int, seed: int) -> Found:
    return await kills.on_sqlite(folder, times=times, seed=seed)


async def _kills_polling(folder: Path, times: int, seed: int) -> Found:
    with _server() as server:
        return await kills.on_postgresql(folder, server.url(), times=times, seed=seed, webhook=False)


async def _kills_webhook(folder: Path, times: int, seed: int) -> Found:
    with _server() as server:
        return await kills.on_postgresql(folder, server.url(), times=times, seed=seed, webhook=True)


async def _weather(folder: Path, times: int, seed: int) -> Found:
    return await weathers.run(folder, times=times, seed=seed)


async def _outages(folder: Path, times: int, seed: int) -> Found:
    with _server() as server:
        return await outages.run(folder, server, seconds=times, seed=seed)


async def _backup(folder: Path, times: int, seed: int) -> Found:
    return await backups.run(folder, times=times, seed=seed)


async def _doors(folder: Path, times: int, seed: int) -> Found:
    return await doors.run(folder, times=times, seed=seed)


PARTS: dict[str, tuple[Part, int]] = {
    "kills": (_kills, 200),
    "kills-polling": (_kills_polling, 100),
    "kills-webhook": (_kills_webhook, 100),
    "weather": (_weather, 1000),
    "outages": (_outages, 60),
    "backup": (_backup, 10),
    "doors": (_doors, 2000),
    **{name: (each.run, each.times) for name, each in sets.SETS.items()},
}
"""By name: what runs it, and how often in the long form."""
ALONE = ("outages", "doors")
"""They measure seconds and milliseconds: nothing runs beside them."""
LONG = ("kills-polling", "kills-webhook", "kills", "soak", "weather")
"""Begun first among those that run beside each other, so that none is left over for the end."""


def main(arguments: Sequence[str]) -> int:
    wanted = _arguments(arguments)
    parts = list(dict.fromkeys(wanted.parts or PARTS))
    if len(parts) > 1:
        failed = asyncio.run(_all(parts, wanted))
        print(f"failed: {', '.join(failed)}" if failed else "all held", flush=True)
        return 1 if failed else 0
    found = _run(parts[0], wanted)
    print(f"{parts[0]}: {found.wrong or 'held'} {dict(found.figures)}", flush=True)
    return 1 if found.wrong else 0


async def _all(parts: Sequence[str], wanted: argparse.Namespace) -> list[str]:
    """Each as a process of its own; the names of those that failed."""
    failed = [name for name in ALONE if name in parts and not await _apart(name, wanted)]
    beside = sorted(set(parts) - set(ALONE), key=[*LONG, *(each for each in PARTS if each not in LONG)].index)
    places = asyncio.Semaphore(wanted.jobs)

    async def in_its_turn(name: str) -> bool:
        async with places:
            return await _apart(name, wanted)

    held = await asyncio.gather(*map(in_its_turn, beside))
    return failed + [name for name, well in zip(beside, held, strict=True) if not well]


async def _apart(name: str, wanted: argparse.Namespace) -> bool:
    """Whether it held; one that died without a word is reported as failed."""
    told = ("--seed", str(wanted.seed), "--times", str(wanted.times), "--into", str(wanted.into))
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.chaos", name, *told, cwd=ROOT)
    code = await process.wait()
    if code not in (0, 1):
        died = Found(name, str(wanted.times or PARTS[name][1]), wrong=f"it ended with {code}")
        _keep(name, died, wanted, began)
    return code == 0


def _run(name: str, wanted: argparse.Namespace) -> Found:
    run, long_form = PARTS[name]
    times, began = wanted.times or long_form, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="giaoban-chaos-") as folder:
        try:
            found = asyncio.run(run(Path(folder) / name, times, wanted.seed))
        except Exception as broken:
            traceback.print_exc()
            found = Found(name, str(times), wrong=f"{type(broken).__name__}: {broken}")
    if times < long_form:
        found = Found(found.what, found.times, found.wrong, found.figures, shorter=True)
    _keep(name, found, wanted, began)
    return found


def _keep(name: str, found: Found, wanted: argparse.Namespace, began: float) -> None:
    minutes = (time.monotonic() - began) / 60
    report.keep(wanted.into, name, found, seed=wanted.seed, minutes=minutes, order=list(PARTS))


def _server() -> AbstractContextManager[postgres.Server]:
    binaries = postgres.programs()
    if binaries is None:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")
    return postgres.running(binaries)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Faults in their long form.")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed, the same chances")
    parser.add_argument("--times", type=int, default=0, help="how often, instead of the long form's number")
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--jobs", type=int, default=cores, help="parts at once (default: the number of cores)")
    parser.add_argument("--into", type=Path, default=ROOT / "docs", help="where the report goes (default: docs)")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    wanted = parser.parse_args(arguments)
    wanted.into = wanted.into.absolute()
    wanted.into.mkdir(parents=True, exist_ok=True)
    if wanted.jobs < 1:
        parser.error("--jobs is at least 1")
    if unknown := set(wanted.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return wanted


if __name__ == "__main__":
    for limit in ("PERSON", "GROUP"):
        os.environ.setdefault(f"GIAOBAN_FLOOD__{limit}_PER_MINUTE", "0")
    sys.exit(main(sys.argv[1:]))
