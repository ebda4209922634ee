"""Where a process spends its time: py-spy looks at it from outside, and each stack is given to one part of the work."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.bench.children import Child

RATE = 200  # looks a second
ENDS_WITHIN = 30.0
Stack = tuple[str, ...]


class Part(StrEnum):
    EVENT = "event"  # the webhook's request, parsed, checked, put into the inbox
    TRANSACTION = "transaction"  # claimed, read, decided, written
    DELIVERY = "delivery"  # claimed, rendered, sent, recorded
    COMMIT = "commit"  # of the database, which those that wait together share
    REST = "rest"  # the event loop, the log's thread, metrics


MARKS: Sequence[tuple[Part, Sequence[str]]] = (
    (
        Part.EVENT,
        (
            "Webhook._receive ",
            "Inbox.take",
            "take (storage/inbox",
            "aiohttp/web_",
            "RequestHandler.",
        ),
    ),
    (Part.TRANSACTION, ("Inbox._",)),
    (
        Part.DELIVERY,
        ("bot/delivery/", "storage/outbox", "aiohttp/client", "ResponseHandler.", "messengers/telegram/"),
    ),
    (Part.COMMIT, ("_commit_together ", "Connection.begin ")),
)
"""What names a part; the frame nearest to the stack's root decides, and a commit is what belongs to no part."""
WAITS = (
    "select (selectors.py",
    "_worker (concurrent/futures/thread.py",
    "_work (storage/database.py",
    "wait (threading.py",
)
"""Innermost frames of a thread that has nothing to do: not every kernel tells py-spy that it sleeps."""


@dataclass(frozen=True)
class Apart:
    """Shares of the whole, by part."""

    shares: Mapping[Part, float]
    kinds: int  # of stacks

    def told(self, whole_us: float) -> dict[str, Any]:
        """In microseconds of an update that takes `whole_us` when nobody looks."""
        return {"stacks": self.kinds, **{f"{part}_us": round(self.shares.get(part, 0) * whole_us) for part in Part}}


@dataclass
class Samples:
    """Filled in at the end: `found` says why when there is nothing."""

    stacks: dict[Stack, float] = field(default_factory=dict)
    found: Apart | str = "py-spy is not installed"


@contextlib.asynccontextmanager
async def watched(child: Child) -> AsyncIterator[Samples]:
    samples = Samples()
    program = _py_spy()
    if program is None:
        yield samples
        return
    with tempfile.TemporaryDirectory(prefix="giaoban-spy-") as folder:
        raw = Path(folder) / "stacks"
        wanted = ("record", "-p", str(child.process.pid), "-r", str(RATE), "-d", "600", "-f", "raw", "-o", str(raw))
        spy = await asyncio.create_subprocess_exec(
            program, *wanted, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        refused = await _refused(spy)
        before = child.cpu_of_threads
        yield samples
        first, others = (after - was for after, was in zip(child.cpu_of_threads, before, strict=True))
        await _ended(spy)
        samples.stacks = weighed(raw.read_text(), first, others) if raw.exists() else {}
        samples.found = apart(samples.stacks) if samples.stacks else f"py-spy cannot look: {refused}"


def _py_spy() -> str | None:
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return shutil.which("py-spy", path=beside)


async def _refused(spy: asyncio.subprocess.Process) -> str:
    """Waits until it looks; why it does not, where it ends before."""
    assert spy.stdout is not None
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await spy.stdout.readuntil(b"Sampling")
    except asyncio.IncompleteReadError as ended:
        return " ".join(ended.partial.decode(errors="replace").split())[:200]
    except TimeoutError:
        return "it does not begin"
    return ""


async def _ended(spy: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        spy.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await spy.communicate()
    except TimeoutError:
        spy.kill()
        await spy.wait()


def weighed(raw: str, first: float, others: float) -> dict[Stack, float]:
    """Stacks with processor seconds: each thread's are given to its stacks by how often they were seen, so that a
    thread that waits for another's turn does not count twice."""
    counted = {True: Counter[Stack](), False: Counter[Stack]()}
    for line in raw.splitlines():
        told, _, number = line.rpartition(" ")
        stack = tuple(told.split(";"))
        if not any(wait in stack[-1] for wait in WAITS):
            counted[not stack[0].startswith("Thread.")][stack] += int(number)
    seconds = {True: first, False: others}
    return {
        stack: number * seconds[is_first] / seen.total()
        for is_first, seen in counted.items()
        for stack, number in seen.items()
    }


def apart(stacks: Mapping[Stack, float]) -> Apart:
    taken = dict.fromkeys(Part, 0.0)
    for stack, seconds in stacks.items():
        taken[part_of(stack)] += seconds
    whole = sum(taken.values())
    return Apart({part: seconds / whole for part, seconds in taken.items()}, len(stacks))


def part_of(stack: Stack) -> Part:
    within = None
    for frame in stack:
        for part, marks in MARKS:
            if any(mark in frame for mark in marks):
                if part is not Part.COMMIT:
                    return part
                within = part
    return within or Part.REST
