"""What was tormented and how it went, as JSON and as a page with a table."""

import fcntl
import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

HEAD = """# Faults, and what the program makes of them

`make chaos` runs these in their long form and writes this page and `chaos.json` beside it; `make test` runs each of
them in a few seconds. `.venv/bin/python -m tests.chaos PART --seed N` runs one of them again; `--jobs N` says how many
run beside each other (as many as there are cores; outages and doors, which measure time, run alone and first). A line
stands for what its last run found; "shorter" means fewer times than the long form asks for.

"Held" means that a part kept what it promises. For kills, weather and outages: every command, press and file that was
accepted had its effect exactly once, every message and reminder arrived, and `giaoban verify` found the record whole.

- **Messages that came again, marked so:** who dies between sending a message and noting that it arrived cannot know
  whether it did, so it is sent once more and says "(có thể lặp)"; one that came again without saying so fails the
  part. The goal is at most one after each kill. Where messages to several chats were under way at that moment, each of
  them is in doubt: "most of them after one fault" is the largest number that a single kill left behind. Kills happen at
  the pace that Telegram allows a bot, 30 messages a second; the messenger here answers within milliseconds, one that
  takes a tenth of a second has two or three messages under way.
- **Outages:** both clocks start when the cause has ended. "Seconds until the first message": until anything at all
  arrives in a chat; this is judged, at most 15 s. "Seconds until all is told": until a command given just then is
  answered in its room, behind everything people had said there meanwhile; this grows with how much that was.
- **Doors:** processor time that one refusal costs; at most 5 ms where the body is small. All are knocked at
  twice, and what memory the second round adds is judged, at most 4 MB.
- **Fuzz:** "events handled" are fewer than the updates, as some types mean nothing to the program; "events put aside"
  would be those that met a fault.

"""
COLUMNS = ("Part", "What is done to it", "How often", "Seed", "Result", "Measured", "Minutes")


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


def keep(folder: Path, part: str, found: Found, *, seed: int, minutes: float, order: Sequence[str] = ()) -> None:
    """Takes the place of what an earlier run of this part found; `order` is that of the lines."""
    kept = folder / "chaos.json"
    with _one_at_a_time(folder):
        all_found = json.loads(kept.read_text()) if kept.exists() else {}
        all_found[part] = asdict(found) | {"seed": seed, "minutes": round(minutes, 1), "machine": machine()}
        ordered = {name: all_found[name] for name in [*order, *all_found] if name in all_found}
        kept.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")
        (folder / "chaos.md").write_text(page(ordered))


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Parts that end together, each a process of its own, do not write over each other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def page(all_found: Mapping[str, Mapping[str, Any]]) -> str:
    return HEAD + "\n".join(_lines(all_found)) + "\n"


def _lines(all_found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"| {' | '.join('---' for _ in COLUMNS)} |"
    for part, found in all_found.items():
        result = f"**failed**: {_flat(found['wrong'])}" if found["wrong"] else "held"
        measured = "; ".join(f"{name}: {value}" for name, value in found["figures"].items())
        times = found["times"] + (" (shorter)" if found["shorter"] else "")
        yield f"| {part} | {found['what']} | {times} | {found['seed']} | {result} | {measured} | {found['minutes']} |"
    told = {json.dumps(found["machine"], ensure_ascii=False) for found in all_found.values()}
    for each in sorted(told):
        facts = json.loads(each)
        yield f"\nMachine: {facts['processor']}, {facts['cores']} cores, Python {facts['python']} on {facts['system']}."


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "/").split())[:300]
