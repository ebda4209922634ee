"""The register is searched, and letters that belong together are linked: cited ones, extensions, recurring reports."""

from tests.handlers.letters.conftest import LETTER, Team


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
        ("tháng này", "5180/UBND-VHXH", "#"),
        ("sở nội vụ tháng 11", "12/SNV-TCBC", "5180"),
    ):
        await team.binh.says(f"/letters {asked}", team.room)
        page = team.room.sees(found)
        assert not_found not in page.text
    for asked in ("khong co gi", "10/2026", "tháng trước", "thang 12", "2025", 'a" OR "b*', "'; drop table letter"):
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
