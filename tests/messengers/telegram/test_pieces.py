"""Cutting long texts: nothing is lost, nothing is too long, and every style stays on its words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.messages import Part, Style
from bot.messengers.telegram.outgoing import Piece, pieces, units

TEXTS = st.text(alphabet="aữ😀 \n", max_size=60)
PARTS = st.lists(st.builds(Part, TEXTS, st.sampled_from([Style.PLAIN, Style.BOLD, Style.CODE])), max_size=6)


def marked(piece: Piece) -> list[tuple[str, str]]:
    raw = piece.text.encode("utf-16-le")
    return [
        (each["type"], raw[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le"))
        for each in piece.entities
    ]


def bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, database=None)
@given(PARTS, st.integers(min_value=2, max_value=50))
def test_nothing_is_lost_and_styles_stay_on_their_words(parts: list[Part], limit: int) -> None:
    found = pieces(parts, limit)
    assert all(0 < units(each.text) <= limit and each.text.strip() for each in found)
    assert bare("".join(each.text for each in found)) == bare("".join(part.text for part in parts))
    for style in (Style.BOLD, Style.CODE):
        said = "".join(text for each in found for kind, text in marked(each) if kind == style)
        assert bare(said) == bare("".join(part.text for part in parts if part.style is style))


def test_lines_are_kept_whole_where_they_fit_and_words_otherwise() -> None:
    found = pieces([Part("một hai\nba bốn năm")], 8)
    assert [each.text for each in found] == ["một hai", "ba bốn", "năm"]
    assert [each.text for each in pieces([Part("abcdefgh")], 3)] == ["abc", "def", "gh"]


def test_a_text_that_just_fits_is_one_piece() -> None:
    assert len(pieces([Part("😀" * 2048)])) == 1
    assert len(pieces([Part("😀" * 2048 + "x")])) == 2
