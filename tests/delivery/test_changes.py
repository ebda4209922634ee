"""What is said of a card that has changed, where the card itself cannot be."""

import json

from bot.chat.messages import Button, Card, Part, Style
from bot.delivery.changes import news, said_of, together


def card(*lines: str, actions: tuple[str, ...] = ("task-accept:1", "task-decline:1")) -> Card:
    buttons = tuple((Button(label=each, action=each),) for each in actions)
    head, *rest = lines
    parts = (Part(head, Style.BOLD), Part("\n" + "\n".join(rest)))
    return Card(parts=parts, buttons=buttons, key="task:1", called="1")


def change(old: Card, new: Card) -> Card | None:
    return news(new, said_of(old), json.dumps([each.action for each in old.actions])).card


BEFORE = card("#1 Báo cáo", "Hạn: thứ Sáu", "Chủ trì: Bình (chưa nhận)")


def test_a_line_that_changed_is_said_below_the_head() -> None:
    told = change(BEFORE, card("#1 Báo cáo", "Hạn: thứ Sáu", "Chủ trì: Bình (đã nhận)"))
    assert told is not None
    assert told.text == "#1 Báo cáo\nChủ trì: Bình (đã nhận)"
    assert not told.buttons


def test_answers_are_listed_again_only_when_they_are_others() -> None:
    told = change(BEFORE, card("#1 Báo cáo", "Hạn: thứ Sáu", "Chờ duyệt", actions=("task-approve:1",)))
    assert told is not None
    assert [each.action for each in told.actions] == ["task-approve:1"]
    closed = change(BEFORE, card("#1 Báo cáo", "Hạn: thứ Sáu", "Đã xong", actions=()))
    assert closed is not None
    assert not closed.buttons


def test_nothing_is_said_when_nothing_is_new() -> None:
    assert change(BEFORE, BEFORE) is None
    assert change(BEFORE, card("#1 Báo cáo", "Hạn: thứ Sáu")) is None


def test_a_new_head_is_said_itself_and_a_long_one_is_shortened() -> None:
    renamed = change(BEFORE, card("#1 Báo cáo quý", "Hạn: thứ Sáu", "Chủ trì: Bình (chưa nhận)"))
    assert renamed is not None
    assert renamed.text == "#1 Báo cáo quý"
    long = "#1 " + "Báo cáo " * 20
    told = change(card(long, "Hạn: thứ Sáu"), card(long, "Hạn: thứ Hai"))
    assert told is not None
    assert len(told.text.splitlines()[0]) <= 60


def test_a_card_that_was_never_told_so_is_sent_whole() -> None:
    assert news(BEFORE, None, None).card == BEFORE


def test_several_pieces_of_news_are_one_message() -> None:
    assert together([card("#1 A", "x"), card("#2 B", "y")]).text == "#1 A\nx\n\n#2 B\ny"


def test_what_is_kept_of_a_card_holds_no_words_of_it() -> None:
    assert not [each for each in json.loads(said_of(BEFORE)) if "Báo cáo" in str(each)]
