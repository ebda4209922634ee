"""Every phrase of the table means what the table says, however it is typed."""

import unicodedata

import pytest

from handlers.calendar import fold, read_deadline
from tests.handlers.calendar.table import CALENDAR, Case, cases, said

ALL = tuple(cases())


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_phrase_means_what_the_table_says(case: Case) -> None:
    found = read_deadline(case.phrase, case.now, CALENDAR)
    assert found is not None, "nothing was read"
    assert (said(found), str(found.rule), str(found.repeats or found.problem or "")) == (
        case.readings,
        case.rule,
        case.more,
    )


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len(ALL) >= 280
    assert len({(case.now, case.phrase) for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", ALL, ids=str)
def test_decomposed_letters_and_capitals_change_nothing(case: Case) -> None:
    for typed in (unicodedata.normalize("NFD", case.phrase), case.phrase.upper()):
        found = read_deadline(typed, case.now, CALENDAR)
        assert found is not None
        assert (said(found), str(found.rule)) == (case.readings, case.rule)


# Without marks these are other words as well: "tối"/"tới", "sang"/"sáng", "một"/"mốt", "sáu"/"sau".
NEEDS_MARKS = {"rằm", "tới ngày 30/11", "xin gia hạn tới thứ 4", "ngày 25 tới"}


@pytest.mark.parametrize("case", [case for case in ALL if case.phrase not in NEEDS_MARKS], ids=str)
def test_marks_may_be_left_out(case: Case) -> None:
    found = read_deadline(fold(case.phrase), case.now, CALENDAR)
    assert found is not None
    assert (said(found), str(found.rule)) == (case.readings, case.rule)


def test_a_question_is_asked_where_people_would_disagree() -> None:
    for case in ALL:
        found = read_deadline(case.phrase, case.now, CALENDAR)
        assert found is not None
        if len(case.readings) > 1 or case.rule == "fuzzy":
            assert found.due is None, case.phrase
