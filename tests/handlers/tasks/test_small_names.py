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


async def test_several_small_names_are_offered_together_and_leave_the_title(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/giao lan va binh lam bao cao quy 4, han 25/11", room)
    asked = room.sees("Giao cho ai")
    assert asked.labels[0] == "Trần Thị Lan, Nguyễn Văn Bình"
    await lan.presses("Trần Thị Lan, Nguyễn Văn Bình", asked)
    card = room.sees("#1 lam bao cao quy 4")
    assert "Chủ trì: Trần Thị Lan" in card.text
    assert "Phối hợp: Nguyễn Văn Bình" in card.text
    office.anything_goes()


async def test_who_is_asked_for_people_may_write_them_small(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/giao nộp báo cáo, hạn 25/11", room)
    await lan.says("cho binh nhé", room, reply_to=room.sees("Giao cho ai"))
    assert "Chủ trì: Nguyễn Văn Bình" in room.sees("#1 nộp báo cáo").text
    office.anything_goes()


async def test_words_between_the_order_and_the_name_are_no_title(office: Office) -> None:
    room, lan, _ = await office.pair()
    for said in ("cho Bình soạn kế hoạch", "việc cho Bình soạn kế hoạch", "việc @binh soạn kế hoạch"):
        await lan.says(f"/giao {said}, hạn 25/11", room)
        assert room.last.text.partition("\n")[0].endswith(" soạn kế hoạch")
    await lan.says("/giao nộp báo cáo cho @binh hạn 25/11", room)
    assert room.last.text.startswith("#4 nộp báo cáo\n")
    await lan.says("/giao viec cho binh soan ke hoach, han 25/11", room)
    assert room.sees("Giao cho ai").labels[0] == "Nguyễn Văn Bình"
    await lan.presses("Nguyễn Văn Bình", room.sees("Giao cho ai"))
    room.sees("#5 soan ke hoach")
    office.anything_goes()
