"""Words: a fact that somebody made too long is cut, and the text is said all the same."""

from pathlib import Path

import config
from bot.engine.texts import LONGEST, Texts


def test_a_fact_too_long_for_a_text_is_cut_and_not_a_fault() -> None:
    words = Texts(Path(config.__file__).parent / "texts").words("vi")
    assert "b" * LONGEST in words("picked-new", title="b" * LONGEST)
    said = words("picked-new", title="a" * (LONGEST + 1))
    assert "a" * (LONGEST - 1) + "…" in said
    assert "a" * LONGEST not in said
