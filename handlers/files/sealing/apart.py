"""Inspection in a process of its own, with limits on processor and memory: its death is a refusal, not an outage."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from handlers.files.sealing.kinds import Kind, Reason, Refused
from handlers.files.sealing.secrecy import Level
from handlers.files.sealing.values import LIMITS, Inspection, Limits

PROCESSOR = 3  # seconds
MEMORY = 512 << 20  # bytes of address space
PATIENCE = 30  # seconds on a busy machine for the three of its processor
_PROGRAM = Path(__file__).with_name("inside.py")
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHOME")


class InspectionFailed(Exception):
    """A bug of ours met while inspecting; without words of the file."""


def inspect(content: bytes, name: str, limits: Limits = LIMITS) -> Inspection:
    """As handlers.files.sealing.inspect, safely. Raises Refused, also for a file that no limits suffice for."""
    if len(content) > limits.size:
        raise Refused(Reason.TOO_BIG, f"{len(content)} bytes")
    order = {"name": name, "limits": asdict(limits), "cpu": PROCESSOR, "memory": MEMORY}
    return _told(_asked(json.dumps(order).encode() + b"\n" + content))


def _asked(order: bytes) -> dict[str, Any]:
    """The program gets no settings, so that no key lies in the memory of what reads strangers' files."""
    command = [sys.executable, "-I", str(_PROGRAM)]
    environment = {name: value for name, value in os.environ.items() if name in _KEPT}
    try:
        ended = subprocess.run(
            command, input=order, env=environment, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(Reason.EXHAUSTED, "time") from late
    if ended.returncode != 0:
        raise Refused(Reason.EXHAUSTED, f"the inspection ended with {ended.returncode}")
    try:
        answer: dict[str, Any] = json.loads(ended.stdout)
    except ValueError as cut:
        raise Refused(Reason.EXHAUSTED, "no answer") from cut
    return answer


def _told(answer: dict[str, Any]) -> Inspection:
    if "bug" in answer:
        raise InspectionFailed(answer["bug"])
    if "refused" in answer:
        raise Refused(Reason(answer["refused"]), answer["detail"])
    seen = answer["seen"]
    mark = Level(seen["secrecy"]) if seen["secrecy"] else None
    return Inspection(**{**seen, "kind": Kind(seen["kind"]), "secrecy": mark})
