"""What was tormented and how it went, as JSON and as a page with a table."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

HEAD = """# Faults, and what the program makes of them

`make chaos` runs these in their long form and writes this page and `chaos.json` beside it; `make test` runs each of
them in a few seconds. `.venv/bin/python -m tests.chaos PART --seed N` runs one of them again. A line stands for what
its last run found; "shorter" means fewer times than the long form asks for.

"""
COLUMNS = ("Part", "What is done to it", "How often", "Seed", "Result", "Measured")


@dataclass(frozen=True, slots=True)
class Found:
    """`wrong` is empty where all promises held; `figures` are what was measured."""

    what: str
    times: str
    wrong: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    shorter: bool = False


def machine() -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    cores = len(os.sched_getaffinity(0))
    return {"processor": model, "cores": cores, "python": platform.python_version(), "system": platform.system()}


def keep(folder: Path, part: str, found: Found, *, seed: int, minutes: float) -> None:
    """Takes the place of what an earlier run of this part found."""
    kept = folder / "chaos.json"
    all_found = json.loads(kept.read_text()) if kept.exists() else {}
    all_found[part] = asdict(found) | {"seed": seed, "minutes": round(minutes, 1), "machine": machine()}
    kept.write_text(json.dumps(all_found, ensure_ascii=False, indent=1) + "\n")
    (folder / "chaos.md").write_text(page(all_found))


def page(all_found: Mapping[str, Mapping[str, Any]]) -> str:
    return HEAD + "\n".join(_lines(all_found)) + "\n"


def _lines(all_found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"| {' | '.join('---' for _ in COLUMNS)} |"
    for part, found in all_found.items():
        result = f"**failed**: {_flat(found['wrong'])}" if found["wrong"] else "held"
        measured = "; ".join(f"{name}: {value}" for name, value in found["figures"].items())
        times = found["times"] + (" (shorter)" if found["shorter"] else "")
        yield f"| {part} | {found['what']} | {times} | {found['seed']} | {result} | {measured} |"
    told = {json.dumps(found["machine"], ensure_ascii=False) for found in all_found.values()}
    for each in sorted(told):
        facts = json.loads(each)
        yield f"\nMachine: {facts['processor']}, {facts['cores']} cores, Python {facts['python']} on {facts['system']}."


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "/").split())[:300]
