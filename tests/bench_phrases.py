"""How many phrases of the table are read right, and how fast, beside `dateparser` where it is installed."""

import importlib
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any

from handlers.calendar import read_deadline
from tests.handlers.calendar.table import CALENDAR, Case, cases, said

Reader = Callable[[Case], datetime | None]
SECONDS = 0.5  # measured for at least that long


def run() -> dict[str, Any]:
    """Shares are percent. `definite` phrases have one reading and come once; only they are asked of dateparser.

    Its `search_dates` finds a time in a text, as ours does; its `parse` is given nothing but the time.
    """
    every = list(cases())
    definite = [
        case for case in every if len(case.readings) == 1 and case.rule not in ("periodic", "fuzzy") and not case.more
    ]
    right = sum(_is_right(case) for case in every)
    found: dict[str, Any] = {"phrases": len(every), "right_percent": _percent(right, len(every))}
    found["definite"] = len(definite)
    ours = found["per_second"] = _speed(definite, _ours)
    theirs = _dateparser()
    if not theirs:
        return found | {"skipped": "dateparser is not installed"}
    for name, reader in theirs.items():
        found[f"dateparser_{name}_right_percent"] = _percent(
            sum(_agrees(case, reader) for case in definite), len(definite)
        )
        speed = found[f"dateparser_{name}_per_second"] = _speed(definite, reader)
        found[f"times_faster_than_{name}"] = round(ours / speed, 1)
        theirs_right = max(speed * found[f"dateparser_{name}_right_percent"], 1)
        found[f"times_the_right_answers_of_{name}"] = round(ours * found["right_percent"] / theirs_right, 1)
    return found


def _ours(case: Case) -> datetime | None:
    found = read_deadline(case.phrase, case.now, CALENDAR)
    return found.due if found else None


def _is_right(case: Case) -> bool:
    found = read_deadline(case.phrase, case.now, CALENDAR)
    return found is not None and (said(found), str(found.rule)) == (case.readings, case.rule)


def _agrees(case: Case, reader: Reader) -> bool:
    """Where the phrase names no hour only the day is compared."""
    found, ours = reader(case), read_deadline(case.phrase, case.now, CALENDAR)
    length = len("2026-11-25 16:00" if ours is not None and ours.has_hour else "2026-11-25")
    return found is not None and f"{found:%Y-%m-%d %H:%M}"[:length] == case.readings[0][:length]


def _dateparser() -> dict[str, Reader]:
    """In Vietnamese, looking ahead."""
    try:
        parsing, search = importlib.import_module("dateparser"), importlib.import_module("dateparser.search")
    except ImportError:
        return {}

    def settings(case: Case) -> dict[str, Any]:
        return {"RELATIVE_BASE": case.now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}

    def parse(case: Case) -> datetime | None:
        found: datetime | None = parsing.parse(case.phrase, languages=["vi"], settings=settings(case))
        return found

    def find(case: Case) -> datetime | None:
        found = search.search_dates(case.phrase, languages=["vi"], settings=settings(case))
        return found[-1][1] if found else None

    return {"search": find, "parse": parse}


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def _speed(every: list[Case], reader: Reader) -> int:
    for case in every[:50]:
        reader(case)
    begun, count = perf_counter(), 0
    while (passed := perf_counter() - begun) < SECONDS:
        for case in every:
            reader(case)
        count += len(every)
    return round(count / passed)
