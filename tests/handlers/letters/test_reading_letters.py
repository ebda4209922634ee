"""On the labelled letters, where they are at hand, the reader reaches what it promises."""

import pytest

from tests import bench_letters
from tests.handlers.letters.scores import Tally, wrong_but_sure

ROWS = bench_letters.labelled()
KINDS = bench_letters.by_kind(ROWS)
pytestmark = pytest.mark.skipif(not ROWS, reason="the labelled letters are not at hand")

CLEAN = {
    "number_symbol": 0.99,
    "issue_date": 0.99,
    "doc_type": 0.98,
    "subject": 0.95,
    "recipients": 0.95,
    "signer_name": 0.97,
    "references": 0.97,
    "meeting": 0.95,
    "undated_report_request": 0.95,
}


@pytest.fixture(scope="module")
def clean() -> dict[str, Tally]:
    return bench_letters.tallies(KINDS["clean"])


@pytest.fixture(scope="module")
def recognised() -> dict[str, Tally]:
    return bench_letters.tallies(KINDS["recognised"])


@pytest.mark.parametrize("field", CLEAN)
def test_clean_letters_reach_the_goal(clean: dict[str, Tally], field: str) -> None:
    assert clean[field].f1 >= CLEAN[field]


def test_deadlines_of_clean_letters_have_precision_and_recall(clean: dict[str, Tally]) -> None:
    assert min(clean["deadlines"].precision, clean["deadlines"].recall) >= 0.95


def test_recognised_letters_reach_the_goal(recognised: dict[str, Tally]) -> None:
    assert recognised["subject"].f1 >= 0.80
    assert min(recognised["deadlines"].precision, recognised["deadlines"].recall) >= 0.90


def test_nothing_wrong_is_shown_as_sure() -> None:
    assert {row["id"]: wrong for row in ROWS if (wrong := wrong_but_sure(row))} == {}


def test_regular_expressions_alone_do_worse(clean: dict[str, Tally]) -> None:
    naive = bench_letters.tallies(KINDS["clean"], naively=True)
    assert all(clean[field].f1 > naive[field].f1 for field in CLEAN)
