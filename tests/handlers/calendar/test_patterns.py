"""The patterns and the letters with which their words begin agree."""

import re

from handlers.calendar import fold
from handlers.calendar.patterns import BEGINNINGS, PATTERNS
from handlers.calendar.readable import readable
from tests.handlers.calendar.table import cases


def test_no_pattern_is_passed_over_for_the_letter_it_begins_with() -> None:
    compiled = [(kind, re.compile(pattern)) for kind, pattern in PATTERNS]
    for text in {form for case in cases() for form in (readable(case.phrase), fold(case.phrase))}:
        for word in re.finditer(r"\w+", text):
            letter = "0" if word[0][0].isdigit() else fold(word[0][0])
            for kind, pattern in compiled:
                found = pattern.match(text, word.start())
                assert found is None or not found[0] or letter in BEGINNINGS[kind], (kind, text)


def test_every_kind_has_its_letters() -> None:
    assert set(BEGINNINGS) == {kind for kind, _ in PATTERNS}
