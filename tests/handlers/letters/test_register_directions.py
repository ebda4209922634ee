"""What happens to a letter after it was registered: the leader's note, its tasks, its reply."""

from tests.handlers.letters.conftest import LETTER, Team

UNDATED = LETTER.replace(
    "báo cáo số liệu biên chế (tính đến hết ngày 31/10/2026), gửi về Sở Nội vụ trước ngày 27/11/2026",
    "gửi báo cáo số liệu biên chế (tính đến hết ngày 31/10/2026) về Sở Nội vụ",
)


async def test_the_leaders_note_becomes_a_task_with_lead_support_and_deadline(team: Team) -> None:
    await team.registered()
    card = team.room.sees("mới đến, chờ bút phê")
    await team.lan.says("/letter 1 @binh chủ trì, @van phối hợp, hạn 26/11", team.room)
    team.room.sees("#1 Công văn 296/SNV-TCBC", "26/11/2026", "Chủ trì: Lê Bình", "Phối hợp: Phạm Vân")
    team.binh.hears("#1 Công văn 296/SNV-TCBC")
    team.van.hears("#1 Công văn 296/SNV-TCBC")
    assert "Bút phê: @binh chủ trì, @van phối hợp, hạn 26/11" in card.text
    assert "đang xử lý · #1 Lê Bình" in card.text
    assert len(card.text.split("\n")) <= 12


async def test_the_note_is_said_in_answer_to_the_card_and_takes_the_letters_only_deadline(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.lan.says("Giao @binh chủ trì phối hợp với @van tham mưu trả lời", team.room, reply_to=card)
    team.room.sees("#1 Công văn 296/SNV-TCBC: tham mưu trả lời", "27/11/2026", "Chủ trì: Lê Bình", "Phối hợp: Phạm Vân")
    team.office.anything_goes()


async def test_the_command_in_answer_to_the_card_means_that_letter(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.lan.says("/vanban Bình chủ trì, hạn 25/11", team.room, reply_to=card)
    team.room.sees("#1 Công văn 296/SNV-TCBC", "25/11/2026", "Lê Bình")
    team.office.anything_goes()


async def test_without_any_deadline_the_leader_is_asked(team: Team) -> None:
    await team.registered(UNDATED)
    team.room.sees("Số đến 1/2026")
    team.room.sees("không nêu hạn", "báo cáo số liệu biên chế")
    await team.lan.says("/letter 1 @binh chủ trì", team.room)
    team.room.sees("hạn")
    await team.lan.presses("Không có hạn")
    team.office.anything_goes()


async def test_a_letter_that_asks_and_names_no_day_asks_the_clerk_for_one(team: Team) -> None:
    await team.registered(UNDATED)
    card = team.room.sees("Số đến 1/2026")
    question = team.room.sees("không nêu hạn")
    await team.van.says("16h 25/11", team.room, reply_to=question)
    team.room.sees("Đã sửa: Hạn")
    assert "16:00 thứ Tư, 25/11/2026" in card.text


SUBMISSION = """UBND TỈNH QUẢNG TRỊ
SỞ NỘI VỤ
Số: 45/TTr-SNV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Quảng Trị, ngày 16 tháng 11 năm 2026

TỜ TRÌNH
Về việc phê duyệt đề án vị trí việc làm

Kính gửi: Ủy ban nhân dân tỉnh

Sở Nội vụ đã hoàn thiện đề án vị trí việc làm.
Kính trình Ủy ban nhân dân tỉnh cho ý kiến chỉ đạo.

Nơi nhận:
- Như trên;
- Lưu: VT, TCBC.

GIÁM ĐỐC
Nguyễn Văn Hùng
"""
OPINION = LETTER.replace(
    "Sở Nội vụ đề nghị các đơn vị\nbáo cáo số liệu biên chế (tính đến hết ngày 31/10/2026), "
    "gửi về Sở Nội vụ trước ngày 27/11/2026.",
    "Sở Nội vụ xin ý kiến của các đơn vị đối với dự thảo kế hoạch biên chế.",
).replace("báo cáo số liệu biên chế", "xin ý kiến dự thảo kế hoạch biên chế")


async def test_a_submission_without_a_day_asks_the_clerk_for_one(team: Team) -> None:
    await team.registered(SUBMISSION)
    team.room.sees("Số đến 1/2026")
    team.room.sees("không nêu hạn", "cho ý kiến chỉ đạo")


async def test_a_letter_that_wants_opinions_without_a_day_asks_the_clerk_for_one(team: Team) -> None:
    await team.registered(OPINION)
    team.room.sees("Số đến 1/2026")
    team.room.sees("không nêu hạn", "xin ý kiến")


async def test_the_letter_is_done_when_its_tasks_are_and_in_hand_again_when_one_is_undone(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.lan.says("/letter 1 @binh chủ trì, hạn 26/11", team.room)
    await team.binh.presses("Nhận việc")
    await team.binh.presses("Xong")
    assert "đang xử lý" in card.text
    await team.lan.presses("Duyệt")
    assert "đã xử lý xong" in card.text
    await team.lan.says("/undo", team.room)
    assert "đang xử lý" in card.text
    team.office.anything_goes()


async def test_a_letter_is_answered_under_a_number_or_filed(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.van.says("/letter 1 trả lời 0012/UBND-VX", team.room)
    team.room.sees("Đã ghi văn bản trả lời")
    assert "đã trả lời 0012/UBND-VX" in card.text
    assert "Trả lời" not in card.labels
    await team.registered(LETTER.replace("296", "297"))
    other = team.room.sees("Số đến 2/2026")
    await team.van.presses("Lưu", other)
    assert "đã lưu" in other.text
    await team.van.says("/letter 2 lưu", team.room)
    team.room.sees("đã lưu rồi")


async def test_the_reply_button_asks_for_the_number(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.van.presses("Trả lời", card)
    question = team.room.sees("trả lời bằng văn bản số nào")
    await team.van.says("chưa có", team.room, reply_to=question)
    team.room.sees("Chưa thấy số văn bản trả lời")
    await team.van.says("12/UBND-VX", team.room, reply_to=question)
    team.room.sees("Đã ghi văn bản trả lời")
    assert "đã trả lời 12/UBND-VX" in card.text


async def test_members_and_clerks_write_no_notes_and_strangers_see_no_letter(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    for person in (team.binh, team.van):
        await person.says("/letter 1 @binh chủ trì, hạn 26/11", team.room)
        team.room.sees("Việc này dành cho")
    await team.binh.says("/letter 1 lưu", team.room)
    team.room.sees("Việc này dành cho")
    await team.dung.says("/letter 1 lưu")
    team.dung.hears("không có Số đến 1/2026")
    for stranger in (team.dung, team.mai):
        for label in ("Đã xem", "Lưu", "Trả lời"):
            await stranger.presses(label, card)
    assert "mới đến, chờ bút phê" in card.text


async def test_a_note_that_names_nobody_is_asked_again(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.lan.says("/letter 1 xem xét, xử lý", team.room)
    team.room.sees("Chưa rõ giao ai")


async def test_of_several_deadlines_of_the_letter_the_note_asks_for_one(team: Team) -> None:
    several = LETTER.replace(
        "trước ngày 27/11/2026.", "trước ngày 27/11/2026. Sở tổng hợp, trình trước ngày 30/11/2026."
    )
    await team.registered(several)
    team.room.sees("Số đến 1/2026")
    await team.lan.says("/letter 1 @binh chủ trì", team.room)
    assert len(team.room.sees("là khi nào").labels) == 3
    await team.lan.presses("30/11")
    team.room.sees("#1 Công văn 296/SNV-TCBC", "30/11/2026", "Lê Bình")
    team.office.anything_goes()


async def test_a_unit_is_named_and_the_one_who_answers_for_it_leads(team: Team) -> None:
    await team.lan.says("/donvitruc Phòng VHXH @binh", team.room)
    team.quiet()
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.lan.says("/letter 1 Giao phòng VHXH chủ trì, @van phối hợp, hạn 26/11", team.room)
    team.room.sees("#1 Công văn 296/SNV-TCBC", "Chủ trì: Lê Bình", "Phối hợp: Phạm Vân")
    team.office.anything_goes()


async def test_a_subject_about_who_leads_is_a_correction_and_no_order(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.van.says("V/v phân công chủ trì, phối hợp", team.room, reply_to=card)
    team.room.sees("Đã ghi vào thẻ")
    assert "phân công chủ trì, phối hợp" in card.text


async def test_a_card_full_of_facts_fits_a_phone(team: Team) -> None:
    await team.van.says("/vanban Số: 112/BNV-TCBC ngày 5/11/2026 của Bộ Nội vụ V/v biên chế", team.room)
    await team.van.presses("Vào sổ")
    more = "".join(f" Gửi báo cáo đợt {n} trước ngày {n}/12/2026." for n in range(1, 6))
    await team.registered(
        LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nKHẨN\n", 1).replace("27/11/2026.", f"27/11/2026.{more}")
    )
    card = team.room.sees("Số đến 2/2026")
    await team.lan.says("/letter 2 @binh chủ trì, hạn 26/11", team.room)
    assert len(card.text.split("\n")) <= 12
    assert "Bút phê" in card.text
    assert "đang xử lý" in card.text
    team.office.anything_goes()


# reminders
