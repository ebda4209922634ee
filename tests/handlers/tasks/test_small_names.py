"""Names written small: offered, never guessed; and questions that were answered."""

from tests.stage import Office


async def test_a_name_in_small_letters_is_offered_first_and_taken_with_one_press(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/giao bình báo cáo số liệu, hạn 25/11", room)
    asked = room.sees("báo cáo số liệu")
    assert asked.labels[0] == "Nguyễn Văn Bình"
    await lan.presses("Nguyễn Văn Bình", asked)
    assert "#1 báo cáo số liệu" in room.sees("#1").text
    assert not asked.labels
    assert "✓ Nguyễn Văn Bình" in asked.text
    office.anything_goes()


async def test_the_word_stays_when_somebody_else_is_meant(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/giao bình chọn chiến sĩ thi đua, hạn 25/11", room)
    await lan.presses("Trần Thị Lan", room.sees("bình chọn"))
    assert "#1 bình chọn" in room.sees("#1").text
    office.anything_goes()
