"""Letters in the chat: read, confirmed, corrected, entered in the register, found again."""

from storage.vault import Vault
from tests.handlers.letters.conftest import LETTER, Team, kept
from tests.handlers.letters.files import scan


async def test_a_letter_sent_with_the_command_is_read_and_confirmed(team: Team) -> None:
    await team.letter()
    card = team.room.sees("Công văn 296/SNV-TCBC", "16/11/2026", "báo cáo số liệu biên chế", "thứ Sáu, 27/11/2026")
    assert "31/10" not in card.text
    assert card.labels == ["Vào sổ", "Sửa", "Giao việc", "Bỏ"]
    await team.van.presses("Vào sổ")
    assert team.room.sees("Số đến 1/2026", "296/SNV-TCBC") is card
    assert "Đã vào sổ: Số đến 1/2026" in team.office.paper.toasts
    team.room.sees_nothing_more()


async def test_a_file_is_registered_by_a_reply_to_it(team: Team) -> None:
    sent = await team.binh.uploads("cong-van.txt", LETTER.encode(), team.room)
    await team.lan.says("/letter", team.room, reply_to=sent)
    team.room.sees("296/SNV-TCBC")
    team.office.anything_goes()


async def test_the_file_lies_in_the_vault_once_the_letter_is_confirmed_and_not_before(team: Team) -> None:
    vault = team.office.app.kit[Vault]
    await team.letter()
    team.room.sees("296/SNV-TCBC")
    assert vault.records() == []
    await team.van.presses("Vào sổ")
    team.room.sees("Số đến 1/2026")
    (record,) = vault.records()
    assert vault.get(record).decode() == LETTER
    await team.binh.presses("Tệp")
    assert team.binh.hears("Số đến 1/2026").content == LETTER.encode()
    team.room.sees("chat riêng")


async def test_numbers_run_on_within_a_year_and_begin_anew_with_the_next(team: Team) -> None:
    for number in ("11", "12"):
        await team.registered(LETTER.replace("296", number))
    team.room.sees("Số đến 1/2026")
    team.room.sees("Số đến 2/2026")
    await team.office.clock_to("2027-01-04 08:00")
    team.quiet()
    await team.registered(LETTER.replace("296", "13"))
    team.room.sees("Số đến 1/2027")


async def test_the_same_letter_twice_is_warned_about_and_may_still_be_registered(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.letter(LETTER.replace("296/SNV-TCBC", "0296/SNV-TCBC"))
    card = team.room.sees("Trùng số, ký hiệu", "Số đến 1/2026")
    assert card.labels == ["Vẫn vào sổ", "Sửa", "Giao việc", "Bỏ"]
    await team.van.presses("Vẫn vào sổ")
    team.room.sees("Số đến 2/2026")


async def test_a_twin_that_came_in_between_is_warned_about_at_the_press(team: Team) -> None:
    await team.letter()
    first = team.room.last
    await team.letter()
    second = team.room.last
    await team.van.presses("Vào sổ", first)
    await team.van.presses("Vào sổ", second)
    team.room.sees("Số đến 1/2026 ·")
    assert "Vẫn vào sổ" in team.room.sees("Trùng số").labels


async def test_pressing_twice_gives_one_number(team: Team) -> None:
    await team.letter()
    card = team.room.sees("296/SNV-TCBC")
    before = card.card
    await team.van.presses("Vào sổ")
    card.card = before
    await team.lan.presses("Vào sổ", card)
    assert "Đã có trong sổ: Số đến 1/2026" in team.office.paper.toasts
    assert [each.arrival_number for each in kept(team)] == [1]


async def test_a_letter_is_written_down_by_hand(team: Team) -> None:
    await team.van.says("/vanban Số: 12/UBND-VX ngày 5/11/2026 của UBND tỉnh V/v báo cáo, hạn 25/11", team.room)
    team.room.sees("12/UBND-VX", "05/11/2026", "UBND tỉnh", "báo cáo", "25/11/2026")
    await team.van.presses("Vào sổ")
    team.room.sees("Số đến 1/2026")


async def test_a_letter_without_a_number_can_be_registered(team: Team) -> None:
    await team.van.says("/vanban V/v mời họp giao ban", team.room)
    team.room.sees("không số", "mời họp giao ban")
    await team.van.presses("Vào sổ")
    team.room.sees("Số đến 1/2026", "không số")
    await team.van.says("/sovanban", team.room)
    team.room.sees("1 văn bản", "không số")


async def test_a_field_is_corrected_by_choice_and_answer(team: Team) -> None:
    await team.letter()
    card = team.room.sees("296/SNV-TCBC")
    await team.van.presses("Sửa")
    await team.van.presses("Ngày")
    question = team.room.sees("Ngày mới là gì")
    await team.van.says("31/2/2026", team.room, reply_to=question)
    team.room.sees("Chưa hiểu mục")
    await team.van.says("17.11.2026", team.room, reply_to=question)
    team.room.sees("Đã sửa: Ngày")
    assert team.room.sees("Ngày 17/11/2026") is card


async def test_every_field_takes_a_value_and_can_be_emptied(team: Team) -> None:
    await team.van.says("/vanban", file=("cong-van.txt", LETTER.encode()))
    card = team.van.hears("296/SNV-TCBC")
    given = {
        "Số, ký hiệu": "Số: 7 / UBND - VX",
        "Nơi ban hành": "UBND xã",
        "Trích yếu": "<b>mới</b> *x*",
        "Hạn": "16h 25/11",
        "Loại": "thong bao",
        "Người ký": "Lê Văn A",
        "Nơi nhận": "Phòng một",
        "Độ khẩn": "hỏa tốc",
    }
    for label, value in given.items():
        await team.van.presses("Sửa", card)
        await team.van.presses(label)
        team.van.hears(f"{label} mới là gì")
        await team.van.says(value)
        team.van.hears(f"Đã sửa: {label}")
    team.van.hears("Thông báo 7/UBND-VX", "UBND xã", "<b>mới</b> *x*", "16:00 thứ Tư, 25/11", "Hỏa tốc", "Lê Văn A")
    await team.van.presses("Sửa", card)
    await team.van.presses("Độ khẩn")
    await team.van.says("không")
    assert "Hỏa tốc" not in card.text
    team.office.anything_goes()


async def test_a_scan_is_registered_with_one_line_in_answer_to_its_card(team: Team) -> None:
    await team.van.says("/vanban", team.room, file=("quet.pdf", scan()))
    card = team.room.sees("Bản quét")
    await team.van.presses("Vào sổ")
    assert any("Chưa có số hoặc trích yếu" in each for each in team.office.paper.toasts)
    await team.van.says("Số: 12/UBND-VX ngày 5/11/2026 V/v báo cáo", team.room, reply_to=card)
    team.room.sees("Đã ghi vào thẻ")
    await team.van.presses("Vào sổ")
    assert team.room.sees("Số đến 1/2026", "12/UBND-VX") is card


async def test_a_draft_is_dropped_and_leaves_nothing(team: Team) -> None:
    await team.letter()
    await team.van.presses("Bỏ")
    team.room.sees("Đã bỏ")
    assert kept(team) == []


async def test_a_draft_nobody_confirms_is_forgotten_after_a_week(team: Team) -> None:
    await team.letter()
    card = team.room.sees("296/SNV-TCBC")
    await team.office.clock_to("+8d")
    assert kept(team) == []
    await team.van.presses("Vào sổ", card)
    assert any("không còn dùng được" in each for each in team.office.paper.toasts)
    team.office.anything_goes()


async def test_the_register_is_paged_and_a_letter_found_by_its_number(team: Team) -> None:
    for number in range(1, 13):
        await team.registered(LETTER.replace("296", str(100 + number)))
    team.quiet()
    await team.binh.says("/letters", team.room)
    page = team.room.sees("12 văn bản", "112/SNV-TCBC", "Trang 1/2")
    assert len(page.text.split("\n")) == 12
    await team.binh.presses("Cũ hơn")
    assert team.room.sees("101/SNV-TCBC", "Trang 2/2") is page
    await team.binh.says("/letter 3", team.room)
    team.room.sees("Số đến 3/2026", "103/SNV-TCBC")
    await team.binh.says("/vanban 103/snv-tcbc")
    team.binh.hears("Số đến 3/2026")
    await team.binh.says("/letter 99", team.room)
    team.room.sees("không có Số đến 99/2026")


async def test_the_leader_turns_the_deadline_into_a_task(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.lan.presses("Giao việc")
    team.room.sees("Giao cho ai", "296/SNV-TCBC")
    await team.lan.presses("Lê Bình")
    team.room.sees("#1 Công văn 296/SNV-TCBC", "17:00 thứ Sáu, 27/11/2026", "Lê Bình")
    team.binh.hears("#1 Công văn 296/SNV-TCBC")


async def test_of_several_deadlines_the_leader_chooses_one(team: Team) -> None:
    several = LETTER.replace(
        "trước ngày 27/11/2026.", "trước ngày 27/11/2026. Sở tổng hợp, trình trước ngày 30/11/2026."
    )
    await team.letter(several)
    team.room.sees("27/11/2026", "30/11/2026")
    await team.lan.presses("Giao việc")
    question = team.room.sees("theo hạn nào")
    team.room.sees("Số đến 1/2026")
    assert len(question.labels) == 3
    await team.lan.presses("30/11")
    team.office.anything_goes()


async def test_without_buttons_numbers_do(team: Team) -> None:
    await team.van.says("/vanban", file=("cong-van.txt", LETTER.encode()))
    card = team.van.hears("296/SNV-TCBC")
    await team.van.says("1")
    team.van.hears("Đã vào sổ: Số đến 1/2026")
    assert team.van.hears("Số đến 1/2026 · Công văn") is card


async def test_the_office_in_english_reads_english_cards(team: Team) -> None:
    await team.lan.says("/language en", team.room)
    team.quiet()
    await team.letter()
    card = team.room.sees("Dated 16/11/2026", "Due: Friday, 27/11/2026")
    assert card.labels == ["Register", "Edit", "Give as task", "Drop"]
