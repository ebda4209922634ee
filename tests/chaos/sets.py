"""Faults that are tests already, run in their long form: by how many cases, and what they measured."""

import asyncio
import json
import os
import sys
import xml.etree.ElementTree as Xml
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chaos.report import Found

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Set:
    """`tests` for pytest; `environment` makes them long. Called with a folder, how often and a seed it is a part."""

    what: str
    tests: tuple[str, ...]
    times: int = 1
    unit: str = "run"
    environment: Callable[[int], Mapping[str, str]] = field(default=lambda _times: {})

    async def run(self, folder: Path, times: int, seed: int) -> Found:
        folder.mkdir(parents=True, exist_ok=True)
        told, said = folder / "told.json", folder / "said.xml"
        own = {"TEST_SEED": str(seed), "TEST_REPORT": str(told), **self.environment(times)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pytest", "-q", "-x", f"--junitxml={said}", "--timeout=14400", *self.tests),
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        wrong = "" if process.returncode == 0 else output.decode()[-1500:]
        figures = _cases(said) | (_measured(json.loads(told.read_text())) if told.exists() else {})
        return Found(self.what, f"{times} {self.unit}", wrong, figures)


def _cases(said: Path) -> dict[str, Any]:
    if not said.exists():
        return {}
    suite = next(Xml.parse(said).getroot().iter("testsuite"))
    skipped = int(suite.get("skipped", 0))
    return {"tests": suite.get("tests"), **({"skipped": skipped} if skipped else {})}


def _measured(told: Mapping[str, Any]) -> dict[str, Any]:
    """Of the soak: its first and its last look."""
    looks = told.get("looks")
    if not looks:
        return dict(told)
    first, last = looks[0], looks[-1]
    return {
        "groups": told["groups"],
        "memory": f"{first['memory_mb']} → {last['memory_mb']} MB (day {first['day']} → {last['day']})",
        "file handles": f"{first['handles']} → {last['handles']}",
        "rows": ", ".join(f"{name} {first['rows'][name]} → {count}" for name, count in last["rows"].items()),
    }


SETS = {
    "fuzz": Set(
        "Telegram updates by chance",
        ("tests/chaos/test_updates.py",),
        100_000,
        "updates",
        lambda times: {"TEST_UPDATES": str(times)},
    ),
    "soak": Set(
        "simulated days of an office of 300",
        ("tests/chaos/test_soak.py",),
        30,
        "days",
        lambda times: {"TEST_DAYS": str(times), "TEST_GROUPS": "20"},
    ),
    "disk": Set("a full disk and a locked database, SQLite", ("tests/journeys/test_faults_at_home.py",)),
    "clock": Set(
        "the clock jumps two hours; a replica's is five minutes wrong",
        ("tests/chaos/test_clock.py", "tests/replicas/test_leases.py"),
    ),
    "visibility": Set(
        "every command by every role in its own and in others' chats", ("tests/journeys/test_visibility.py",)
    ),
}
