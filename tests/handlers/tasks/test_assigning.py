"""Giving out work in the words people use."""

from tests.handlers.tasks.conftest import Team


async def test_a_leader_gives_work_and_the_card_says_who_and_by_when(team: Team) -> None:
    await team.lan.says("/assign @binh @an Báo cáo số liệu, hạn 16h thứ 6 tuần sau", team.room)
    card = team.room.sees("#1", "Báo cáo số liệu", "16:00 thứ Sáu, 27/11/2026")
    assert "Chủ trì: Nguyễn Văn Bình (chưa nhận)" in card.text
    assert "Phối hợp: Phạm An (chưa nhận)" in card.text
    assert "Chưa mở chat riêng với bot: Phạm An" in card.text
    assert card.labels == ["Nhận việc", "Từ chối", "Báo xong", "Xin gia hạn", "Chuyển giao"]
    team.binh.hears("#1", "Báo cáo số liệu")


async def test_without_marks_and_in_another_order_it_is_understood_as_well(team: Team) -> None:
    await team.hoa.says("/giao bao cao so lieu @binh han thu 6 tuan sau 16h", team.room)
    team.room.sees("#1 bao cao so lieu", "16:00 thứ Sáu, 27/11/2026")
    team.binh.hears("#1")


async def test_thứ_6_said_on_a_friday_is_asked_about(team: Team) -> None:
    await team.lan.says("/giao @binh Nộp báo cáo, hạn thứ 6 16h", team.room)
    question = team.room.sees("hạn thứ 6 16h", "là khi nào")
    assert question.labels[:2] == ["16:00 thứ Sáu 20/11", "16:00 thứ Sáu 27/11"]
    await team.lan.presses("27/11")
    team.room.sees("#1 Nộp báo cáo", "16:00 thứ Sáu, 27/11/2026")
    team.binh.hears("#1")


async def test_no_deadline_is_asked_with_buttons_and_may_be_answered_in_words(team: Team) -> None:
    await team.lan.says("/giao @binh Dọn kho", team.room)
    question = team.room.sees("Hạn của việc", "Dọn kho")
    await team.lan.says("chiều mai", team.room, reply_to=question)
    team.room.sees("#1 Dọn kho", "17:00 thứ Bảy, 21/11/2026", "ngày nghỉ", "thứ Sáu 20/11")
    team.binh.hears("#1")


async def test_an_impossible_or_past_day_is_asked_again(team: Team) -> None:
    await team.lan.says("/giao @binh A1, hạn 31/2", team.room)
    team.room.sees("không có ngày", "31/2")
    await team.lan.presses("Không có hạn")
    team.room.sees("#1 A1", "chưa có")
    await team.lan.says("/giao @binh A2, hạn 18/11", team.room)
    team.room.sees("đã qua")
    await team.lan.presses("Không có hạn")
    team.room.sees("#2 A2")
    team.binh.hears("#1")
    team.binh.hears("#2")


async def test_lines_with_dashes_are_several_tasks(team: Team) -> None:
    await team.lan.says("/giao @binh hạn 27/11\n- Báo cáo khẩn\n- Rà soát hồ sơ, hạn 30/11", team.room)
    team.room.sees("#1 [KHẨN]", "27/11/2026")
    team.room.sees("#2", "Rà soát hồ sơ", "30/11/2026")
    team.binh.hears("#1")
    team.binh.hears("#2")


async def test_a_reply_takes_over_what_was_said(team: Team) -> None:
    note = await team.an.says("Số liệu quý III còn thiếu", team.room)
    await team.lan.says("/giao @binh hạn 27/11", team.room, reply_to=note)
    team.room.sees("#1", "27/11/2026")
    team.binh.hears("#1")


async def test_members_and_outsiders_give_out_nothing(team: Team) -> None:
    await team.binh.says("/giao @an Làm hộ, hạn mai", team.room)
    team.room.sees("Việc này dành cho", "trưởng nhóm")
    await team.dung.says("/giao @an Làm hộ, hạn mai", team.room)
    team.room.sees("chưa tham gia")


async def test_an_unknown_person_is_named(team: Team) -> None:
    await team.lan.says("/giao @khach Làm gì đó, hạn mai", team.room)
    team.room.sees("Chưa thấy khach")


async def test_nobody_named_is_asked_and_answered_with_a_button(team: Team) -> None:
    await team.lan.says("/giao Trực điện thoại, hạn 27/11", team.room)
    team.room.sees("Giao cho ai")
    await team.lan.presses("Nguyễn Văn Bình")
    team.room.sees("#1 Trực điện thoại", "Nguyễn Văn Bình")
    team.binh.hears("#1")


async def test_a_long_text_full_of_signs_stays_text(team: Team) -> None:
    await team.lan.says("/giao @binh <b>*_[x](y)`😀 " + "dài " * 2500 + ", hạn 27/11", team.room)
    card = team.room.sees("#1 <b>*_[x](y)`😀")
    assert len(card.text) < 1000
    team.binh.hears("#1")


async def test_what_comes_again_is_opened_when_its_week_begins(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo tuần, hạn 16h thứ 6 hằng tuần", team.room)
    team.room.sees("#1 Báo cáo tuần", "16:00 thứ Sáu, 20/11/2026", "định kỳ")
    team.office.anything_goes()
    await team.office.clock_to("2026-11-23 08:00")
    team.room.sees("#2 Báo cáo tuần", "16:00 thứ Sáu, 27/11/2026")
    await team.lan.says("/cancel 2", team.room)
    await team.lan.presses("Cả các lần sau")
    await team.office.clock_to("2026-12-08 08:00")
    assert not [each for each in team.room.messages if "#3" in each.text]


async def test_a_list_right_under_the_names_loses_nothing(team: Team) -> None:
    await team.lan.says("/giao @binh\n- Báo cáo, hạn 25/11\n- Rà soát hồ sơ, hạn 26/11", team.room)
    team.room.sees("#1 Báo cáo", "25/11/2026")
    team.room.sees("#2 Rà soát hồ sơ", "26/11/2026")
    team.binh.hears("#1")
    team.binh.hears("#2")


async def test_lines_may_each_have_their_own_people(team: Team) -> None:
    await team.lan.says("/giao\n- @binh Báo cáo, hạn 25/11\n- @hoa Rà soát hồ sơ, hạn 26/11", team.room)
    assert "Chủ trì: Nguyễn Văn Bình" in team.room.sees("#1 Báo cáo").text
    assert "Chủ trì: Lê Hoa" in team.room.sees("#2 Rà soát hồ sơ").text
    team.binh.hears("#1")
    team.hoa.hears("#2")


async def test_english_deadlines_are_read_or_asked_about(team: Team) -> None:
    await team.lan.says("/language en", team.room)
    await team.lan.says("/assign @binh Report the figures, due next Friday 16h", team.room)
    team.room.sees("#1 Report the figures", "16:00 Friday, 27/11/2026")
    await team.lan.says("/assign @binh Report, by tomorrow afternoon", team.room)
    team.room.sees("#2 Report", "17:00 Saturday, 21/11/2026")
    await team.lan.says("/assign @binh Weekly report, every Friday 4pm", team.room)
    team.room.sees("#3 Weekly report", "16:00 Friday, 20/11/2026", "Recurring")
    team.office.anything_goes()


async def test_what_is_cited_is_no_deadline_and_titles_keep_their_words(team: Team) -> None:
    await team.lan.says("/giao @binh đọc Nghị quyết 99/NQ-CP ngày 3/10/2017", team.room)
    team.room.sees('Hạn của việc "đọc Nghị quyết 99/NQ-CP ngày 3/10/2017"')
    await team.lan.presses("Không có hạn")
    team.room.sees("#1")
    await team.lan.says("/giao @binh soạn tờ trình, hạn 26/11", team.room)
    team.room.sees("#2 soạn tờ trình")
    await team.lan.says("/giao @binh chủ trì, @hoa phối hợp làm đề án, hạn 26/11", team.room)
    assert "Phối hợp: Lê Hoa" in team.room.sees("#3 làm đề án").text
    team.office.anything_goes()


async def test_a_letters_number_in_the_order_links_the_registered_letter(team: Team) -> None:
    await team.lan.says("/vanban Số: 296/SNV-TCBC ngày 5/11/2026 của Sở Nội vụ V/v biên chế, hạn 28/11", team.room)
    await team.lan.presses("Vào sổ")
    await team.lan.says("/giao @binh Trả lời cv 296/snv-tcbc, hạn 27/11", team.room)
    assert "Theo: Công văn 296/SNV-TCBC" in team.room.sees("#1 Trả lời").text
    assert "#1" in team.room.sees("Số đến 1/2026", "đang xử lý").text
    team.binh.hears("#1 Trả lời")


async def test_a_button_of_an_answered_question_answers_no_later_one(team: Team) -> None:
    await team.lan.says("/giao @binh Dọn kho", team.room)
    first = team.room.sees("Hạn của việc", "Dọn kho")
    before = first.card
    await team.lan.presses(first.labels[0], on=first)
    team.room.sees("#1 Dọn kho")
    team.binh.hears("#1")
    await team.lan.says("/giao @binh Kiểm kê tài sản", team.room)
    team.room.sees("Hạn của việc", "Kiểm kê tài sản")
    first.card = before  # on a phone that has not heard of the answer
    await team.lan.presses(first.labels[1], on=first)
    assert not any("#2" in each.text for each in team.room.messages)
    await team.quiet()
