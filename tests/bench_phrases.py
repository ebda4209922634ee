"""How many phrases of the table are read right, and how fast, beside `dateparser` where it is installed."""

import importlib
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any

from handlers.calendar import read_deadline
from tests.handlers.calendar.table import CALENDAR, Case, cases, said

Reader = Callable[[Case], tuple[str, ...]]


def run() -> dict[str, Any]:
    """Shares are percent; `definite` phrases have one reading, and only they are asked of dateparser."""
    every = list(cases())
    definite = [
        case for case in every if len(case.readings) == 1 and case.rule not in ("periodic", "fuzzy") and not case.more
    ]
    found: dict[str, Any] = {
        "phrases": len(every),
        "ours": {"right_percent": _right(every, _ours), "phrases_per_second": _speed(every, _ours, rounds=5)},
        "definite": len(definite),
    }
    theirs = _dateparser()
    if theirs is None:
        return found | {"skipped": "dateparser is not installed"}
    found["ours_definite"] = {
        "right_percent": _right(definite, _ours),
        "phrases_per_second": _speed(definite, _ours, rounds=5),
    }
    found["dateparser"] = {
        "right_percent": _right(definite, theirs),
        "phrases_per_second": _speed(definite, theirs, rounds=1),
    }
    ours, other = found["ours_definite"]["phrases_per_second"], found["dateparser"]["phrases_per_second"]
    return found | {"times_faster": round(ours / other, 1)}


def _ours(case: Case) -> tuple[str, ...]:
    found = read_deadline(case.phrase, case.now, CALENDAR)
    return said(found) if found else ()


def _dateparser() -> Reader | None:
    """In Vietnamese, looking ahead; where the phrase names no hour only its day is compared."""
    try:
        dateparser = importlib.import_module("dateparser")
    except ImportError:
        return None

    def read(case: Case) -> tuple[str, ...]:
        base = {"RELATIVE_BASE": case.now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
        found: datetime | None = dateparser.parse(case.phrase, languages=["vi"], settings=base)
        if found is None:
            return ()
        ours = read_deadline(case.phrase, case.now, CALENDAR)
        hour = f"{found:%H:%M}" if ours is not None and ours.has_hour else "17:00"
        return (f"{found:%Y-%m-%d} {hour}",)

    return read


def _right(every: list[Case], reader: Reader) -> float:
    return round(100 * sum(reader(case) == case.readings for case in every) / len(every), 1)


def _speed(every: list[Case], reader: Reader, *, rounds: int) -> int:
    for case in every[:20]:
        reader(case)
    begun = perf_counter()
    for _ in range(rounds):
        for case in every:
            reader(case)
    return round(rounds * len(every) / (perf_counter() - begun))
