"""The processes of a bench: started, pinned so that they do not disturb each other, measured and ended."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
CORES = sorted(os.sched_getaffinity(0))
SUBJECT, OTHERS = {CORES[0]}, set(CORES[1:]) or {CORES[0]}
"""What is measured has a core of its own where there are two; the fake and the load share the others."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Child:
    process: subprocess.Popen[str]

    def line(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline().strip()
        if not said:
            raise RuntimeError(f"{self.process.args} ended before it said anything")
        return said

    @property
    def cpu_seconds(self) -> float:
        return _cpu_seconds(Path(f"/proc/{self.process.pid}/stat"))

    @property
    def cpu_of_threads(self) -> tuple[float, float]:
        """Processor seconds of the first thread, and of the others together."""
        first, others = 0.0, 0.0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError):  # a thread that ends meanwhile
                taken = _cpu_seconds(task / "stat")
                first, others = (taken, others) if task.name == str(self.process.pid) else (first, others + taken)
        return first, others

    @property
    def memory_mb(self) -> float:
        """Resident now."""
        return _status(self.process.pid, "VmRSS") / 1024

    @property
    def peak_mb(self) -> float:
        return _status(self.process.pid, "VmHWM") / 1024


def _cpu_seconds(stat: Path) -> float:
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _status(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


@contextlib.contextmanager
def running(
    arguments: Sequence[str], *, cores: set[int] = SUBJECT, cwd: Path = ROOT, **environment: str
) -> Iterator[Child]:
    """A Python child; ended at the end."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=cwd,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if not os.environ.get("BENCH_LOUD") else None,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    try:
        yield Child(process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Compiled modules are kept, as where the program is installed: else every start compiles the house's own anew."""
    theirs = ("GIAOBAN_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return {**kept, "PYTHONPATH": str(ROOT), **extra}


def program() -> list[str]:
    """How the program is started: as operators do."""
    return ["-m", "bot", "run"]


@dataclass(frozen=True)
class Fake:
    """The Bot API server of the bench."""

    url: str
    session: aiohttp.ClientSession
    child: Child

    async def reset(self, *, limit: int = 0) -> None:
        await self._ask(f"reset?limit={limit}")

    async def counted(self, sent: int, sender: Child, seconds: int = 120) -> dict[str, Any]:
        """What was sent, once it is `sent` messages. Raises RuntimeError when their sender has ended before."""
        for _ in range(seconds):
            found = await self._ask(f"wait?sent={sent}&seconds=1")
            if found["sent"] >= sent:
                return found
            if sender.process.poll() is not None:
                raise RuntimeError(f"{sender.process.args} ended; BENCH_LOUD=1 shows why")
        raise TimeoutError(f"{found['sent']} of {sent} messages were sent in {seconds} seconds")

    async def _ask(self, what: str) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self.session.get(f"{self.url}/bench/{what}", timeout=timeout) as response:
            told: dict[str, Any] = await response.json()
            return told


@contextlib.contextmanager
def on_other_cores() -> Iterator[None]:
    """The bench itself leaves the measured core alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, OTHERS)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
