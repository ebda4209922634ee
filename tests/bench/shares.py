"""A process held to a share of a core by the kernel's control groups, of either version."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

SECOND, FIRST = Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/cpu")
PERIOD = 10_000  # microseconds: short, so that nobody is stopped for long in the middle of a transaction


def refused() -> str:
    """Why no process can be held here; empty when it can."""
    try:
        with _group("probe", 0.5):
            return ""
    except OSError as why:
        return f"no control group of the processor can be made here ({why.strerror})"


@contextlib.contextmanager
def held_to(share: float, pid: int) -> Iterator[None]:
    """`share` of one core for the process and its threads."""
    with _group(str(pid), share) as group:
        (group / "cgroup.procs").write_text(str(pid))
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # it may have ended
                (group.parent / "cgroup.procs").write_text(str(pid))


@contextlib.contextmanager
def _group(name: str, share: float) -> Iterator[Path]:
    is_first = (FIRST / "cpu.cfs_quota_us").exists()
    group = (FIRST if is_first else SECOND) / f"giaoban-bench-{os.getpid()}-{name}"
    group.mkdir()
    try:
        quota = str(int(PERIOD * share))
        if is_first:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(quota)
        else:
            (group / "cpu.max").write_text(f"{quota} {PERIOD}")
        yield group
    finally:
        with contextlib.suppress(OSError):
            group.rmdir()
