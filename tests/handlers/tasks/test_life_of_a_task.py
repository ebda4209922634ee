"""From accepting to closing, with everything that may come between."""

from bot.demo.samples import docx
from tests.handlers.tasks.conftest import Team


async def given(team: Team, text: str = "@binh @an Báo cáo số liệu, hạn 16h 27/11") -> None:
    await team.lan.says(f"/giao {text}", team.room)
    await team.quiet()


async def test_accepted_reported_and_approved_on_one_card(team: Team) -> None:
    await given(team)
    await team.binh.presses("Nhận việc")
    card = team.room.sees("#1")
    assert "Nguyễn Văn Bình (đã nhận)" in card.text
    await team.binh.presses("Báo xong")
    assert "chờ duyệt" in team.room.sees("#1").text
    team.lan.hears("Bình báo xong việc #1")
    await team.lan.presses("Duyệt")
    card = team.room.sees("#1", "Đã xong")
    assert card.labels == []
    team.binh.hears("#1", "được duyệt")
    team.lan.hears("đã duyệt")


async def test_a_report_may_be_returned_with_a_reason(team: Team) -> None:
    await given(team)
    await team.binh.presses("Báo xong")
    team.lan.hears("báo xong")
    await team.lan.presses("Trả lại")
    team.lan.hears("cần sửa gì")
    await team.lan.says("thiếu phụ lục")
    team.binh.hears("trả lại", "thiếu phụ lục")
    assert "Báo xong" in team.room.sees("#1").labels
    team.lan.hears("đã trả lại")


async def test_declining_asks_why_and_tells_who_gave_it(team: Team) -> None:
    await given(team)
    card = team.binh.hears("#1")
    await team.binh.presses("Từ chối", on=card)
    team.binh.hears("Lý do")
    await team.binh.says("đang đi công tác")
    team.lan.hears("từ chối việc #1", "đang đi công tác")
    team.binh.hears("Đã ghi")
    assert "từ chối" in team.room.sees("#1").text


async def test_more_time_is_asked_in_words_and_granted(team: Team) -> None:
    await given(team)
    card = team.binh.hears("#1")
    await team.binh.says("xin lùi đến thứ 2 30/11 ạ", reply_to=card)
    team.binh.hears("Đã gửi đề nghị gia hạn")
    team.lan.hears("xin gia hạn việc #1", "30/11/2026")
    await team.lan.presses("Đồng ý")
    team.room.sees("17:00 thứ Hai, 30/11/2026")
    team.binh.hears("được gia hạn")
    team.lan.hears("đồng ý gia hạn")


async def test_replies_in_words_do_the_same_as_buttons(team: Team) -> None:
    await given(team)
    card = team.binh.hears("#1")
    await team.binh.says("đã nhận ạ", reply_to=card)
    assert "(đã nhận)" in team.room.sees("#1").text
    team.binh.hears("Đã nhận việc #1")
    await team.binh.says("xong rồi ạ")  # without a reply: the latest card
    team.binh.hears("Đã báo xong việc #1")
    team.lan.hears("báo xong")
    await team.lan.says("ok", reply_to=team.lan.hears("báo xong"))
    team.lan.hears("Đã duyệt việc #1")
    team.room.sees("Đã xong")
    team.binh.hears("được duyệt")


async def test_a_file_is_evidence_that_it_is_done(team: Team) -> None:
    await given(team)
    card = team.binh.hears("#1")
    await team.binh.says("", reply_to=card, file=("bao-cao.docx", b"PK"))
    team.binh.hears("Đã báo xong việc #1")
    team.lan.hears("báo xong", "bao-cao.docx")
    team.room.sees("chờ duyệt")


async def test_handing_over_moves_the_responsibility_or_keeps_it(team: Team) -> None:
    await given(team, "@binh Báo cáo số liệu, hạn 16h 27/11")
    await team.binh.presses("Chuyển giao", on=team.binh.hears("#1"))
    team.binh.hears("cho ai")
    await team.binh.presses("Lê Hoa")
    team.binh.hears("theo cách nào")
    await team.binh.presses("Bàn giao")
    team.binh.hears("Đã bàn giao")
    team.hoa.hears("#1")
    assert "Chủ trì: Lê Hoa (chưa nhận)" in team.room.sees("#1").text
    team.lan.hears("chuyển việc #1")


async def test_only_the_lead_reports_and_only_leaders_approve(team: Team) -> None:
    await given(team)
    card = team.room.sees("#1")
    await team.an.presses("Báo xong", on=card)
    assert "người chủ trì" in team.office.paper.toasts[-1]
    await team.hoa.presses("Nhận việc", on=card)
    assert "giao cho người khác" in team.office.paper.toasts[-1]
    await team.dung.presses("Nhận việc", on=card)
    assert "chưa tham gia" in team.office.paper.toasts[-1]
    await team.binh.presses("Báo xong", on=card)
    team.lan.hears("báo xong")
    await team.binh.presses("Duyệt", on=card)
    assert "trưởng nhóm" in team.office.paper.toasts[-1]
    team.room.sees("chờ duyệt")


async def test_a_button_pressed_twice_or_on_a_finished_task_does_no_harm(team: Team) -> None:
    await given(team)
    await team.binh.presses("Nhận việc")
    card = team.room.sees("#1")
    await team.binh.presses("Nhận việc", on=card)
    assert "đã nhận việc #1" in team.office.paper.toasts[-1].lower()
    await team.lan.says("/cancel 1", team.room)
    team.room.sees("Đã hủy việc #1")
    await team.binh.says("đã nhận ạ", team.room, reply_to=card)
    team.room.sees("Việc #1 đã đóng")
    team.binh.hears("đã hủy việc #1")
    team.room.sees("#1", "Đã hủy")


async def test_numbers_work_where_there_are_no_buttons(team: Team) -> None:
    await given(team)
    await team.binh.says("1 #1")
    assert "(đã nhận)" in team.room.sees("#1").text
    team.binh.hears("Đã nhận việc #1")
    await team.binh.says("3 #1")
    team.binh.hears("Đã báo xong việc #1")
    team.lan.hears("báo xong")
    team.room.sees("chờ duyệt")


async def test_undo_takes_back_the_last_act_for_ten_minutes(team: Team) -> None:
    await given(team)
    await team.binh.presses("Nhận việc")
    await team.binh.says("/undo")
    team.binh.hears("Đã lấy lại", "nhận việc")
    assert "Nguyễn Văn Bình (chưa nhận)" in team.room.sees("#1").text
    await team.binh.says("/hoantac")
    team.binh.hears("Không có thao tác")
    await team.binh.presses("Nhận việc")
    await team.office.clock_to("2026-11-20 10:11")
    await team.binh.says("/undo")
    team.binh.hears("quá 10 phút")
    team.room.sees("#1")


async def test_lists_and_history_go_to_the_private_chat(team: Team) -> None:
    await given(team)
    await team.binh.says("/viec", team.room)
    team.binh.hears("Việc của tôi", "#1 Báo cáo số liệu")
    team.room.sees("Đã gửi vào chat riêng")
    await team.lan.says("/task 1")
    team.lan.hears("Quá trình", "Trần Thị Lan giao việc")
    await team.dung.says("/task 1")
    team.dung.hears("chưa ở nhóm công tác")
    await team.lan.says("/task 99")
    team.lan.hears("chưa có việc #99")


async def test_editing_changes_the_standing_card_and_tells_the_workers(team: Team) -> None:
    await given(team)
    await team.lan.says("/edit 1 hạn 30/11", team.room)
    team.room.sees("17:00 thứ Hai, 30/11/2026")
    team.room.sees("Đã sửa việc #1")
    team.binh.hears("sửa việc #1", "30/11/2026")
    await team.lan.says("/edit 1 hạn 31/2", team.room)
    team.room.sees("không có ngày")
    await team.binh.says("/edit 1 hạn 31/12", team.room)
    team.room.sees("Việc này dành cho")


async def test_a_declined_task_is_given_anew_by_answering(team: Team) -> None:
    await given(team, "@binh Báo cáo số liệu, hạn 16h 27/11")
    await team.binh.presses("Từ chối", on=team.binh.hears("#1"))
    team.binh.hears("Lý do")
    await team.binh.says("đang đi công tác")
    told = team.lan.hears("từ chối việc #1")
    team.binh.hears("Đã ghi")
    await team.lan.says("/giao @hoa", reply_to=told)
    team.lan.hears("Đã giao lại việc #1 cho Lê Hoa")
    team.hoa.hears("#1 Báo cáo số liệu")
    assert "Chủ trì: Lê Hoa (chưa nhận)" in team.room.sees("#1").text


async def test_what_a_task_came_with_is_one_button_away(team: Team) -> None:
    sent = await team.an.uploads("mau-bao-cao.docx", docx(["Mẫu báo cáo"]), team.room)
    await team.quiet()
    await team.lan.says("/giao @binh Điền mẫu này, hạn 27/11", team.room, reply_to=sent)
    assert "Tệp kèm: mau-bao-cao.docx" in team.room.sees("#1").text
    await team.binh.presses("Tệp", on=team.binh.hears("#1"))
    assert team.binh.hears("Tệp của việc #1").card.file is not None


async def test_a_marked_file_comes_with_no_task(team: Team) -> None:
    await team.lan.uploads("ke-hoach.docx", docx(["MẬT", "Kế hoạch"]), team.room, "/giao @binh Xử lý, hạn 27/11")
    assert "Tệp kèm" not in team.room.sees("#1 Xử lý").text
    team.lan.hears("có dấu mật")
    team.binh.hears("#1")


async def test_without_a_reply_it_is_asked_which_task_is_done(team: Team) -> None:
    await given(team, "@binh Việc một, hạn 26/11")
    await given(team, "@binh Việc hai, hạn 27/11")
    await team.binh.says("xong ạ")
    assert team.binh.hears("Việc nào").labels == ["#1 Việc một", "#2 Việc hai"]
    await team.binh.presses("#2 Việc hai")
    team.lan.hears("báo xong việc #2")
    team.room.sees("#2", "chờ duyệt")
    await team.binh.says("xong #1")
    team.binh.hears("Đã báo xong việc #1: Việc một")
    team.lan.hears("báo xong việc #1")
    team.room.sees("#1", "chờ duyệt")


async def test_a_title_is_replaced_only_when_that_is_meant(team: Team) -> None:
    await given(team)
    await team.lan.says("/sua 1 làm cho xong", team.room)
    team.room.sees("Đổi tên việc #1")
    await team.lan.presses("Không")
    team.room.sees("giữ nguyên")
    await team.lan.says("/sua 1 @hoa", team.room)
    assert "Chủ trì: Lê Hoa" in team.room.sees("#1 Báo cáo số liệu").text
    team.room.sees("Đã giao lại việc #1")
    team.hoa.hears("#1")
    team.binh.hears("nay giao cho Lê Hoa")


async def test_several_are_cancelled_at_once(team: Team) -> None:
    await given(team, "@binh Việc một, hạn 26/11")
    await given(team, "@binh Việc hai, hạn 27/11")
    await team.lan.says("/huy 1 2", team.room)
    team.room.sees("Đã hủy việc #1")
    team.room.sees("Đã hủy việc #2")
    team.binh.hears("hủy việc #1")
    team.binh.hears("hủy việc #2")
