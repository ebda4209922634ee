"""`python -m tests.bench`: every figure in one run, as a table or with `--json`."""

import argparse
import asyncio
import importlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench import footprint, outgoing, province, replicas, report, webhook_assign, zalo_webhook
from tests.bench.children import CORES, OTHERS, Fake, on_other_cores, running

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PICTURE = PAGE.parent / "anh" / "assign.svg"
PARTS = (
    "assign",
    "outgoing",
    "limit",
    "footprint",
    "replicas",
    "zalo-webhook",
    "morning",
    "long-run",
    "flat",
    "rest",
    "sealing",
    "letters",
    "phrases",
)
BESIDE = {
    "sealing": "tests.bench_sealing",
    "letters": "tests.bench_letters",
    "phrases": "tests.bench_phrases",
}
"""Benches of capabilities: `run() -> dict`."""


def main(arguments: Sequence[str]) -> int:
    wanted = _arguments(arguments)
    with on_other_cores():
        found = asyncio.run(measure(wanted.only or PARTS, short=wanted.short, picture=PICTURE if wanted.page else None))
    print(json.dumps(found, ensure_ascii=False, indent=2) if wanted.json else report.table(found))
    if wanted.page:
        told = _with_kept(found) if wanted.only else found
        PAGE.write_text(report.page(told))
        PAGE.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return 0


def _with_kept(found: dict[str, Any]) -> dict[str, Any]:
    """What the page told of the parts that were not run this time; each part is one run, its ratios are of that."""
    kept = PAGE.with_suffix(".json")
    return json.loads(kept.read_text()) | found if kept.exists() else found


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Figures as ratios within one run.")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")
    parser.add_argument("--page", action="store_true", help="write docs/benchmarks.md and .json; parts not run stay")
    parser.add_argument("--short", action="store_true", help="tiny numbers: shows that it runs, measures nothing")
    parser.add_argument("only", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    wanted = parser.parse_args(arguments)
    if unknown := set(wanted.only) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return wanted


async def measure(parts: Sequence[str], *, short: bool = False, picture: Path | None = None) -> dict[str, Any]:
    """`picture`: where the flame picture is put."""
    found: dict[str, Any] = {"machine": _machine()}
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        async with _fake() as fake:
            for part in parts:
                made = await _measure(part, fake, Path(folder), short=short, picture=picture)
                if made is not None:
                    found[part] = made
    return found


def _machine() -> dict[str, Any]:
    """What was measured on, and how busy it was before."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {
        "cores": len(CORES),
        "processor": model,
        "memory_gib": memory,
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


async def _measure(part: str, fake: Fake, folder: Path, *, short: bool, picture: Path | None) -> dict[str, Any] | None:
    if part == "assign":
        small = webhook_assign.Form(updates=12, rounds=1, groups=3, few=2, sampled=30)
        form = small if short else webhook_assign.Form(picture=picture)
        return await webhook_assign.run(fake, folder, form)
    if part == "outgoing":
        return await outgoing.fan_out(fake, folder, **({"count": 30, "rounds": 1} if short else {}))
    if part == "limit":
        return await outgoing.at_the_limit(fake, folder, **({"count": 6} if short else {}))
    if part == "footprint":
        return await footprint.run(fake, folder, **({"starts": 1} if short else {}))
    if part == "replicas":
        return await replicas.run(
            fake, folder, **({"updates": 6, "rounds": 1, "groups": 3, "held_updates": 6} if short else {})
        )
    if part == "zalo-webhook":
        hard = zalo_webhook.Form(rates=(20,), seconds=1, pressed=80, groups=3) if short else zalo_webhook.Form()
        return await zalo_webhook.run(folder, hard)
    if part == "morning":
        return await province.morning(folder, **({"groups": 3} if short else {}))
    if part == "long-run":
        return await province.long_run(folder, **({"groups": 3} if short else {}))
    if part == "flat":
        return await province.flat(folder, **({"large": 3, "times": 2} if short else {}))
    if part == "rest":
        return await province.at_rest(fake, folder, **({"groups": 3, "watched": 0.4, "starts": 1} if short else {}))
    return await asyncio.to_thread(_beside, BESIDE[part])


def _beside(module: str) -> dict[str, Any] | None:
    """None where that bench is not there."""
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError:
        return None
    made: dict[str, Any] = found.run()
    return made


@asynccontextmanager
async def _fake() -> AsyncIterator[Fake]:
    with running(["-m", "tests.bench.server"], cores=OTHERS) as child:
        port = await asyncio.to_thread(child.line)
        connector = aiohttp.TCPConnector(limit=200)
        async with aiohttp.ClientSession(connector=connector) as session:
            yield Fake(f"http://127.0.0.1:{port}", session, child)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
