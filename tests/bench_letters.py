"""How well letters are read, per field and kind, beside regular expressions; how long a page takes."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any

from handlers.letters.reading import Tesseract, text_of
from tests.handlers.letters import scanned
from tests.handlers.letters.scores import (
    FIELDS,
    Answer,
    Row,
    Tally,
    answered,
    naive,
    office_calendar,
    tally,
    tally_besides,
    wrong_but_sure,
)

LETTERS = Path(__file__).parents[2] / "shared" / "letters" / "letters.jsonl"
PAGES = 4


def run() -> dict[str, Any]:
    """Flat: what was measured → a figure, or a line of them."""
    found: dict[str, Any] = {}
    rows = labelled()
    if rows:
        found |= _of_text(rows)
    else:
        found["labelled letters"] = "not here"
    if scanned.MISSING is None:
        found["seconds a scanned page"] = _seconds_a_page()
    return found


def labelled() -> list[Row]:
    if not LETTERS.exists():
        return []
    return [json.loads(line) for line in LETTERS.read_text("utf-8").splitlines() if line.strip()]


def by_kind(rows: list[Row]) -> dict[str, list[Row]]:
    recognised = [row for row in rows if row["form"] == "ocr_scan"]
    return {"clean": [row for row in rows if row not in recognised], "recognised": recognised}


def tallies(rows: list[Row], *, naively: bool = False) -> dict[str, Tally]:
    calendar = office_calendar()
    answers: list[tuple[Row, Answer]] = [
        (row, naive(row["text"]) if naively else answered(row["text"], calendar)) for row in rows
    ]
    readings = [(row, answer.reading) for row, answer in answers]
    return {field: tally(field, readings) for field in FIELDS} | tally_besides(answers)


def _of_text(rows: list[Row]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, some in by_kind(rows).items():
        ours, theirs = tallies(some), tallies(some, naively=True)
        for field, each in ours.items():
            beside = f"{theirs[field].f1:.2f}"
            found[f"{kind}, {field}"] = f"F1 {each.f1:.3f} (P {each.precision:.2f} R {each.recall:.2f}; naive {beside})"
        found[f"{kind}, wrong but sure"] = sum(len(wrong_but_sure(row)) for row in some)
    started = perf_counter()
    for row in rows:
        answered(row["text"], office_calendar())
    found["milliseconds a letter's text"] = round(1000 * (perf_counter() - started) / len(rows), 1)
    return found


def _seconds_a_page() -> float:
    page = scanned.scanned(scanned.sheet(), leaning=1.2, noise=0.005)
    content = scanned.pdf_of(*[page] * PAGES)
    started = perf_counter()
    text_of(content, "scan.pdf", recogniser=Tesseract())
    return round((perf_counter() - started) / PAGES, 2)


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
