"""Scores the reader against labelled letters: precision and recall per field."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handlers.letters.reading import Reading, read_letter
from handlers.letters.reading.words import fold

Row = Mapping[str, Any]
Scores = dict[str, tuple[float, float]]
FIELDS = (
    "number_symbol",
    "issue_date",
    "place",
    "issuing_body",
    "doc_type",
    "subject",
    "recipients",
    "urgency",
    "secrecy",
    "signer_name",
    "signer_title",
    "references",
)


def score(rows: Iterable[Row], read: Callable[[str], Reading] = read_letter) -> Scores:
    """Rows as `{"text", "labels", "unreadable_in_text"}`; a field not readable in the text does not count there."""
    read_rows = [(row, read(row["text"])) for row in rows]
    return {field: _score(field, read_rows) for field in FIELDS}


def misses(row: Row, reading: Reading) -> dict[str, tuple[set[str], set[str]]]:
    """Per field what was expected and what was read, where they differ."""
    found = {field: (_wanted(field, row), _got(field, reading)) for field in FIELDS if not _unreadable(field, row)}
    return {field: pair for field, pair in found.items() if not _same(field, *pair)}


def _score(field: str, rows: list[tuple[Row, Reading]]) -> tuple[float, float]:
    right = got = wanted = 0
    for row, reading in rows:
        if _unreadable(field, row):
            continue
        expected, answer = _wanted(field, row), _got(field, reading)
        right += len(expected) if _same(field, expected, answer) else len(expected & answer)
        got += len(answer)
        wanted += len(expected)
    return (min(1.0, right / got) if got else 1.0, right / wanted if wanted else 1.0)


def _same(field: str, expected: set[str], answer: set[str]) -> bool:
    if field not in {"signer_title", "issuing_body"} or not expected or not answer:
        return expected == answer
    if field == "signer_title":
        return _words(expected) <= _words(answer) or _words(answer) <= _words(expected)
    return _words(expected) <= _words(answer) | {"tinh"} or _words(answer) <= _words(expected)


def _words(values: set[str]) -> set[str]:
    return {word for value in values for word in re.findall(r"\w+", value.replace("uy ban nhan dan", "ubnd"))}


def _unreadable(field: str, row: Row) -> bool:
    return field in row.get("unreadable_in_text", ())


def _wanted(field: str, row: Row) -> set[str]:
    return _as_set(row["labels"].get(field))


def _got(field: str, reading: Reading) -> set[str]:
    return _as_set(getattr(reading, field))


def _as_set(value: Any) -> set[str]:
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return {re.sub(r"[–—-]+", "-", fold(str(each))).strip(" .;,") for each in values}
