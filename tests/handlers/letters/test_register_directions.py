"""What happens to a letter after it was registered: the leader's note, its tasks, its reply, reminders, search."""

from tests.handlers.letters.conftest import LETTER, Team
from tests.stage import Actor, Message

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


async def test_after_one_working_day_without_a_note_the_leader_is_told_once(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.office.clock_to("2026-11-22 23:00")
    team.lan.hears_nothing_more()
    await team.office.clock_to("2026-11-23 10:01")
    team.lan.hears("Đã qua một ngày làm việc", "Số đến 1/2026")
    await team.lan.presses("Đã xem", team.lan.last)
    team.room.sees("lãnh đạo đã xem")
    team.office.anything_goes()


EXPRESS = LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nHỎA TỐC\n", 1)


def urgings(actor: Actor) -> list[Message]:
    return [each for each in actor.messages if "chưa có bút phê" in each.text]


def standing(actor: Actor) -> list[Message]:
    return [each for each in urgings(actor) if not each.deleted]


async def test_an_express_letter_is_told_at_once_and_every_hour_at_first_each_in_place_of_the_last(team: Team) -> None:
    await team.registered(EXPRESS)
    team.room.sees("Số đến 1/2026", "Hỏa tốc")
    team.lan.hears("Hỏa tốc · chưa có bút phê")
    for hour in range(1, 3):
        await team.office.clock_to("+1h")
        assert (len(urgings(team.lan)), len(standing(team.lan))) == (hour + 1, 1)
    await team.lan.presses("Đã xem", standing(team.lan)[0])
    team.lan.hears("Đã có người xử lý: Số đến 1/2026")
    assert not team.lan.last.labels
    await team.office.clock_to("+9h")
    assert len(urgings(team.lan)) == 2
    team.office.anything_goes()


async def test_over_a_weekend_an_express_letter_stands_once_and_lets_the_leader_sleep(team: Team) -> None:
    await team.registered(EXPRESS)
    nights = 0
    for _ in range(66):
        before = len(urgings(team.lan))
        await team.office.clock_to("+1h")
        local = team.office.now.astimezone(team.office.app.clock.zone)
        nights += (len(urgings(team.lan)) - before) * (local.hour >= 22 or local.hour < 6)
        assert len(standing(team.lan)) == 1
    assert nights == 0
    assert 10 <= len(urgings(team.lan)) <= 20
    team.office.anything_goes()


async def test_an_express_letter_reaches_who_is_on_duty_outside_office_hours(team: Team) -> None:
    await team.lan.says("/truc tối nay @binh", team.room)
    await team.office.clock_to("19:30")
    team.quiet()
    await team.registered(EXPRESS)
    team.lan.hears("Hỏa tốc")
    team.office.anything_goes()
    team.binh.hears("Hỏa tốc", "gọi báo lãnh đạo")
    assert len(standing(team.binh)) == 1


async def test_urgent_letters_urge_twice_a_day_and_very_urgent_ones_every_two_hours_at_work(team: Team) -> None:
    await team.registered(LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nKHẨN\n", 1))
    await team.registered(LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nTHƯỢNG KHẨN\n", 1).replace("296", "297"))
    team.quiet()

    def told(number: int) -> int:
        return len([each for each in team.lan.messages if f"bút phê: Số đến {number}/2026" in each.text])

    await team.office.clock_to("2026-11-20 17:01")
    assert (told(1), told(2)) == (1, 3)
    await team.office.clock_to("2026-11-23 07:00")
    assert (told(1), told(2)) == (1, 3)
    await team.office.clock_to("2026-11-23 17:01")
    assert (told(1), told(2)) == (3, 8)
    team.office.anything_goes()


async def test_a_deadline_that_passes_with_nobody_at_work_is_told_to_the_leader(team: Team) -> None:
    await team.registered()
    await team.lan.presses("Đã xem")
    team.quiet()
    await team.office.clock_to("2026-11-27 17:01")
    team.lan.hears("Đến hạn mà chưa giao ai", "Số đến 1/2026")
    team.office.anything_goes()


# looking up


async def test_letters_are_found_by_issuer_number_subject_without_marks_and_month(team: Team) -> None:
    for line in (
        "Số: 5180/UBND-VHXH ngày 5/11/2026 của Ủy ban nhân dân tỉnh Long An V/v sử dụng Zalo",
        "Số: 12/SNV-TCBC ngày 6/11/2026 của Sở Nội vụ V/v đánh giá cán bộ",
        "Số: 5/BC-STC ngày 6/11/2026 của Sở Tài chính V/v quyết toán ngân sách",
    ):
        await team.van.says(f"/vanban {line}", team.room)
        await team.van.presses("Vào sổ")
    team.quiet()
    for asked, found, not_found in (
        ("ubnd 5180", "5180/UBND-VHXH", "12/SNV"),
        ("danh gia can bo", "12/SNV-TCBC", "5180"),
        ("đánh giá", "12/SNV-TCBC", "5180"),
        ("uy ban nhan dan", "5180/UBND-VHXH", "12/SNV"),
        ("so tai chinh", "5/BC-STC", "12/SNV"),
        ("quyet toan 11/2026", "5/BC-STC", "12/SNV"),
        ("tháng 11/2026", "5180/UBND-VHXH", "#"),
        ("2026", "12/SNV-TCBC", "#"),
    ):
        await team.binh.says(f"/letters {asked}", team.room)
        page = team.room.sees(found)
        assert not_found not in page.text
    for asked in ("khong co gi", "10/2026", "2025", 'a" OR "b*', "'; drop table letter"):
        await team.binh.says(f"/letters {asked}", team.room)
        team.room.sees("không có gì cho")
    await team.dung.says("/letters ubnd 5180")
    team.dung.hears("không có gì cho")


async def test_what_was_corrected_is_found_by_its_new_words_and_search_is_paged(team: Team) -> None:
    for number in range(1, 13):
        await team.van.says(f"/vanban Số: {number}/SNV-VP ngày 5/11/2026 V/v báo cáo quý", team.room)
        await team.van.presses("Vào sổ")
    team.quiet()
    await team.binh.says("/sovanban bao cao", team.room)
    page = team.room.sees("12 văn bản", "Trang 1/2", "12/2026 ·")
    await team.binh.presses("Cũ hơn", page)
    assert "1/SNV-VP" in page.text
    assert "Trang 2/2" in page.text
    await team.van.says("/letter 3", team.room)
    card = team.room.sees("Số đến 3/2026")
    await team.van.says("V/v tuyển dụng viên chức", team.room, reply_to=card)
    team.room.sees("Đã ghi vào thẻ")
    await team.binh.says("/sovanban tuyen dung", team.room)
    team.room.sees("1 văn bản", "3/SNV-VP")
    await team.binh.says("/sovanban bao cao", team.room)
    team.room.sees("11 văn bản")


# what letters say of one another, and of what comes again


async def test_a_cited_letter_of_the_register_is_linked_on_the_card(team: Team) -> None:
    await team.van.says("/vanban Số: 112/BNV-TCBC ngày 5/11/2026 của Bộ Nội vụ V/v biên chế", team.room)
    await team.van.presses("Vào sổ")
    await team.registered()
    card = team.room.sees("Số đến 2/2026", "Liên quan trong sổ: 112/BNV-TCBC (1/2026)")
    await team.binh.presses("Số đến 1/2026", card)
    team.room.sees("Số đến 1/2026 · Công văn 112/BNV-TCBC")


async def test_an_extension_letter_offers_to_move_the_old_tasks_deadline(team: Team) -> None:
    await team.registered()
    await team.lan.says("/letter 1 @binh chủ trì", team.room)
    team.room.sees("#1 Công văn 296/SNV-TCBC", "27/11/2026")
    longer = LETTER.replace("296", "310").replace(
        "báo cáo số liệu biên chế (tính đến hết ngày 31/10/2026), gửi về Sở Nội vụ trước ngày 27/11/2026.",
        "gia hạn thời gian gửi báo cáo theo Công văn số 296/SNV-TCBC ngày 16/11/2026 đến hết ngày 04/12/2026 "
        "(thay cho ngày 27/11/2026).",
    )
    await team.registered(longer)
    offer = team.room.sees("310/SNV-TCBC", "Dời hạn việc #1", "27/11", "4/12")
    await team.binh.presses("Dời hạn", offer)
    assert any("trưởng nhóm" in each for each in team.office.paper.toasts)
    await team.lan.presses("Dời hạn", offer)
    assert "Đã dời hạn việc #1" in offer.text
    team.room.sees("#1 Công văn 296/SNV-TCBC", "04/12/2026")
    team.office.anything_goes()


async def test_a_report_that_comes_again_becomes_a_task_that_comes_again(team: Team) -> None:
    monthly = LETTER.replace(
        "(tính đến hết ngày 31/10/2026), gửi về Sở Nội vụ trước ngày 27/11/2026",
        ", gửi về Sở Nội vụ trước ngày 25 hằng tháng",
    )
    await team.registered(monthly)
    await team.lan.presses("Giao việc")
    team.room.sees("có hạn định kỳ", "trước ngày 25 hằng tháng")
    await team.lan.presses("Lặp lại mỗi kỳ")
    await team.lan.presses("Lê Bình")
    team.room.sees("#1 Công văn 296/SNV-TCBC", "25/11/2026", "Theo: Công văn 296/SNV-TCBC", "Việc định kỳ")
    await team.binh.presses("Nhận việc")
    await team.binh.presses("Xong")
    await team.lan.presses("Duyệt")
    await team.lan.says("/letter 1", team.room)
    team.room.sees("Số đến 1/2026", "đang xử lý")
    await team.office.clock_to("2026-12-02 09:00")
    team.room.sees("#2", "25/12/2026", "Theo: Công văn 296/SNV-TCBC")
    await team.lan.says("/letter 1", team.room)
    entry = team.room.sees("Số đến 1/2026", "#2 Lê Bình (định kỳ)")
    assert "#1" not in entry.text
    team.office.anything_goes()


async def test_a_report_that_comes_again_may_be_given_for_this_time_only(team: Team) -> None:
    await team.registered(LETTER.replace("trước ngày 27/11/2026", "trước ngày 25 hằng tháng"))
    await team.lan.says("/letter 1 @binh chủ trì", team.room)
    await team.lan.presses("Chỉ kỳ này")
    assert "Việc định kỳ" not in team.room.sees("#1 Công văn 296/SNV-TCBC", "25/11/2026").text
    await team.office.clock_to("2026-12-02 09:00")
    assert not [each for each in team.room.messages if "#2" in each.text]
    team.office.anything_goes()
