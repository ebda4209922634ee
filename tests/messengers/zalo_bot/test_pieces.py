"""Cutting and wording, for any text: nothing is lost, everything fits, styles stay where they were."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.messages import Button, Card, Part, Style
from bot.messengers.zalo_bot.outgoing import MAX_TEXT, Words, steps, units
from tests.fakes.zalobot_world import STYLES

WORDS = Words(hint="Trả lời {example}", room_hint="Trả lời tin này: {example}")
TEXT = st.text(st.sampled_from("aă😀 \n.<*_/@#"), max_size=6000)
PARTS = st.lists(
    st.builds(Part, TEXT, st.sampled_from([Style.PLAIN, Style.BOLD, Style.ITALIC, Style.CODE])), max_size=5
)


def sent(card: Card) -> list[dict[str, Any]]:
    return [step.arguments for step in steps(card, WORDS, None, None, private=True)]


def solid(text: str) -> str:
    return "".join(text.split())


@given(PARTS)
def test_every_message_fits_and_no_letter_is_lost(parts: list[Part]) -> None:
    card = Card(parts=tuple(parts))
    messages = sent(card)
    assert all(0 < units(each["text"]) <= MAX_TEXT for each in messages)
    several = len(messages) > 1
    bodies = [each["text"].split("\n", 1)[1] if several else each["text"] for each in messages]
    assert "".join(map(solid, bodies)) == solid(card.text)


@given(PARTS)
def test_styles_lie_on_the_letters_they_were_given_to(parts: list[Part]) -> None:
    messages = sent(Card(parts=tuple(parts)))
    styled = dict.fromkeys(("b", "i"), "")
    for each in messages:
        raw = each["text"].encode("utf-16-le")
        for style in each.get("text_styles", ()):
            assert set(style["st"]) <= STYLES
            start, end = 2 * style["start"], 2 * (style["start"] + style["len"])
            assert 0 <= start < end <= len(raw)
            styled[style["st"][0]] += raw[start:end].decode("utf-16-le")
    for code, kind in (("b", Style.BOLD), ("i", Style.ITALIC)):
        assert solid(styled[code]) == solid("".join(part.text for part in parts if part.style is kind))


@given(st.lists(st.text("abc đ", min_size=1, max_size=30), max_size=12))
def test_every_answer_stands_below_with_its_number(labels: list[str]) -> None:
    rows = tuple((Button(label=label, action=f"x:{n}"),) for n, label in enumerate(labels))
    (message,) = sent(Card(parts=(Part("Việc"),), buttons=rows))
    lines = message["text"].split("\n")
    wanted = [f"{n}. {label}" for n, label in enumerate(labels, 1)]
    assert lines == (["Việc", "", *wanted, "Trả lời 1"] if labels else ["Việc"])
