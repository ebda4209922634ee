"""Deadlines on a letter's card: the office's own share, days that cannot be, and how relative ones were counted."""

import pytest

from bot.chat.events import Pressed
from tests.handlers.letters.conftest import LETTER, Team

CITED = "Căn cứ Công văn số 112/BNV-TCBC ngày 05/11/2026 của Bộ Nội vụ, "
ASKED = (
    CITED
    + "Sở Nội vụ đề nghị các đơn vị\n"
    + "báo cáo số liệu biên chế (tính đến hết ngày 31/10/2026), gửi về Sở Nội vụ trước ngày 27/11/2026."
)
SHARED = LETTER.replace(
    ASKED,
    "UBND tỉnh giao:\n"
    "1. Sở Tài chính rà soát dự toán. Hoàn thành trước ngày 30/11/2026.\n"
    "2. Sở Lao động - Thương binh và Xã hội tổng hợp danh sách. Hoàn thành trước ngày 04/12/2026.\n",
)


def demanding(sentence: str) -> str:
    """The letter with another demand."""
    assert ASKED in LETTER
    return LETTER.replace(ASKED, sentence)


# the office's own share


async def test_the_leader_tells_the_offices_names_everybody_sees_them_and_they_can_be_taken_back(team: Team) -> None:
    await team.binh.says("/coquan", team.room)
    team.room.sees("Chưa ghi tên cơ quan")
    await team.lan.says("/office Sở Nội vụ tỉnh Quảng Trị; SNV; Sở LĐTBXH", team.room)
    team.room.sees("Sở Nội vụ tỉnh Quảng Trị; SNV; Sở LĐTBXH")
    await team.binh.says("/office", team.room)
    team.room.sees("Tên cơ quan đang ghi: Sở Nội vụ tỉnh Quảng Trị; SNV; Sở LĐTBXH")
    await team.lan.says("/office xóa", team.room)
    team.room.sees("Đã bỏ tên cơ quan")
    await team.binh.says("/coquan", team.room)
    team.room.sees("Chưa ghi tên cơ quan")
    await team.lan.says("/office " + "; ".join(map("Sở {}".format, range(13))), team.room)
    team.room.sees("nhiều nhất 12 tên")


async def test_members_and_strangers_do_not_name_the_office(team: Team) -> None:
    for person in (team.binh, team.van, team.mai):
        await person.says("/coquan Sở Y tế", team.room)
    team.room.sees("trưởng nhóm")
    await team.lan.says("/coquan", team.room)
    team.room.sees("Chưa ghi tên cơ quan")
    team.office.anything_goes()


async def test_of_several_units_deadlines_the_offices_own_is_told_apart_by_an_old_name_too(team: Team) -> None:
    await team.lan.says("/coquan Sở Nội vụ; Sở LĐTBXH", team.room)
    team.quiet()
    await team.registered(SHARED)
    card = team.room.sees("Hạn của đơn vị mình: thứ Sáu, 04/12/2026", "Hạn của đơn vị khác: 30/11 (Sở Tài chính)")
    await team.lan.presses("Giao việc", card)
    await team.lan.presses("Lê Bình")
    team.room.sees("#1 Công văn 296/SNV-TCBC", "04/12/2026")
    team.office.anything_goes()


async def test_reminders_and_digest_follow_the_offices_own_deadline(team: Team) -> None:
    await team.lan.says("/coquan Sở Nội vụ; Sở LĐTBXH", team.room)
    await team.registered(SHARED)
    await team.lan.presses("Đã xem")
    team.quiet()
    await team.office.clock_to("2026-11-30 18:00")
    assert not [each for each in team.lan.messages if "Đến hạn mà chưa giao ai" in each.text]
    await team.office.clock_to("2026-12-04 18:00")
    team.lan.hears("Đến hạn mà chưa giao ai: Số đến 1/2026")
    team.office.anything_goes()


async def test_while_the_office_is_not_known_every_deadline_says_whose_it_is(team: Team) -> None:
    await team.letter(SHARED)
    team.room.sees("30/11/2026", "· Sở Tài chính", "04/12/2026", "/coquan")
    team.office.anything_goes()


async def test_a_group_that_bears_its_offices_name_needs_no_telling(team: Team) -> None:
    await team.lan.says("/setup Sở Tài chính", team.room)
    team.quiet()
    await team.letter(SHARED)
    team.room.sees("Hạn của đơn vị mình: thứ Hai, 30/11/2026", "Hạn của đơn vị khác: 04/12")


# days that cannot be


@pytest.mark.parametrize(
    ("sentence", "doubt", "choice", "day"),
    [
        (
            "Đề nghị gửi báo cáo trước 16h00 ngày 31/11/2026.",
            "không có ngày này",
            "thứ Hai 30/11",
            "16:00 thứ Hai, 30/11",
        ),
        ("Đề nghị gửi báo cáo trước ngày 31/11/2026.", "không có ngày này", "thứ Ba 01/12", "thứ Ba, 01/12/2026"),
        ("Đề nghị gửi báo cáo trước ngày 05/11/2026.", "trước cả ngày ban hành", "thứ Bảy 05/12", "05/12/2026"),
        ("Đề nghị gửi báo cáo trước thứ Năm, ngày 25/11/2026.", "không khớp", "thứ Năm 26/11", "thứ Năm, 26/11/2026"),
    ],
)
async def test_a_day_that_cannot_be_is_shown_and_chosen_with_one_press(
    team: Team, sentence: str, doubt: str, choice: str, day: str
) -> None:
    await team.letter(demanding(sentence))
    card = team.room.sees("Hạn chưa rõ", doubt)
    await team.van.presses(choice, card)
    assert day in card.text
    assert "Hạn chưa rõ" not in card.text
    assert choice not in card.labels


async def test_another_day_is_said_in_words(team: Team) -> None:
    await team.letter(demanding("Đề nghị gửi báo cáo trước ngày 31/11/2026."))
    card = team.room.sees("Hạn chưa rõ")
    await team.van.presses("Ngày khác", card)
    await team.van.says("em chưa rõ", team.room, reply_to=team.room.sees("Hạn đúng là ngày nào"))
    await team.van.says("16h 28/11", team.room, reply_to=team.room.sees("Hạn đúng là ngày nào"))
    team.room.sees("Đã sửa: Hạn")
    assert "16:00 thứ Bảy, 28/11/2026" in card.text


async def test_a_doubt_left_at_registering_is_asked_about_and_may_be_no_deadline(team: Team) -> None:
    await team.letter(demanding("Đề nghị gửi báo cáo trước ngày 31/11/2026."))
    await team.van.presses("Vào sổ")
    team.room.sees("Công văn 296/SNV-TCBC: hạn", "không có ngày này")
    await team.van.presses("Không phải hạn")
    card = team.room.sees("Số đến 1/2026", "Hạn: chưa thấy")
    assert "Ngày khác" not in card.labels
    team.office.anything_goes()


async def test_a_decided_day_is_what_is_reminded_of_and_a_stale_button_changes_nothing(team: Team) -> None:
    await team.letter(demanding("Đề nghị gửi báo cáo trước thứ Năm, ngày 25/11/2026."))
    card = team.room.sees("Hạn chưa rõ")
    action = next(each.action for row in card.card.buttons for each in row if each.label == "thứ Năm 26/11")
    await team.van.presses("thứ Năm 26/11", card)
    await team.van.presses("Vào sổ", card)
    pressed = team.van._event(Pressed, team.room.chat, action=action, message_id=card.id, token="t")
    await team.office.hear(pressed)
    assert "26/11/2026" in card.text
    await team.office.clock_to("2026-11-26 07:31")
    team.room.sees("Số đến 1 Công văn 296/SNV-TCBC", "26/11")
    team.office.anything_goes()


async def test_a_member_decides_no_deadline(team: Team) -> None:
    await team.letter(demanding("Đề nghị gửi báo cáo trước ngày 31/11/2026."))
    card = team.room.sees("Hạn chưa rõ")
    await team.binh.presses("thứ Hai 30/11", card)
    assert "Hạn chưa rõ" in card.text
    team.office.anything_goes()


# how a relative deadline was counted


async def test_the_counting_of_a_relative_deadline_is_shown(team: Team) -> None:
    await team.letter(demanding("Đề nghị gửi báo cáo trong 3 ngày làm việc kể từ ngày nhận được văn bản này."))
    team.room.sees("Hạn: thứ Năm, 26/11/2026", "Cách tính: nhận 20/11 + 3 ngày làm việc = 26/11 (nghỉ 24/11)")


# two letters in one file


async def test_each_of_two_letters_in_one_file_has_its_card_and_its_number(team: Team) -> None:
    other = LETTER.replace("296/SNV-TCBC", "297/SNV-VP").replace("V/v báo cáo số liệu biên chế", "V/v họp giao ban")
    await team.letter(f"{LETTER}\n{other}")
    team.room.sees("Tệp này có 2 văn bản")
    first, second = team.room.sees("Công văn 296/SNV-TCBC"), team.room.sees("Công văn 297/SNV-VP")
    await team.van.presses("Vào sổ", first)
    await team.van.presses("Vào sổ", second)
    assert "Số đến 1/2026" in first.text
    assert "Số đến 2/2026 · Công văn 297/SNV-VP" in second.text
    await team.binh.presses("Tệp", second)
    team.binh.hears("Số đến 2/2026")
    team.office.anything_goes()


async def test_one_of_two_letters_in_one_file_may_be_dropped(team: Team) -> None:
    other = LETTER.replace("296/SNV-TCBC", "297/SNV-VP")
    await team.letter(f"{LETTER}\n{other}")
    team.room.sees("Tệp này có 2 văn bản")
    await team.van.presses("Bỏ", team.room.sees("Công văn 296/SNV-TCBC"))
    await team.van.presses("Vào sổ", team.room.sees("Công văn 297/SNV-VP"))
    team.room.sees("Số đến 1/2026 · Công văn 297/SNV-VP")
    team.office.anything_goes()


# days off


async def test_a_deadline_on_a_day_off_is_told_with_the_working_day_before(team: Team) -> None:
    await team.registered(demanding("Sở Nội vụ đề nghị các đơn vị báo cáo số liệu biên chế trước ngày 29/11/2026."))
    card = team.room.sees("Hạn: Chủ nhật, 29/11/2026", "rơi vào ngày nghỉ; nên xong trước, vào thứ Sáu, 27/11/2026")
    assert len(card.text.split("\n")) <= 12


async def test_a_deadline_on_a_working_day_says_nothing_of_days_off(team: Team) -> None:
    await team.registered()
    assert "ngày nghỉ" not in team.room.sees("Hạn: thứ Sáu, 27/11/2026").text


async def test_which_days_every_day_means_is_told_on_the_card(team: Team) -> None:
    await team.registered(demanding("Sở Nội vụ trực ban 24/24 giờ, báo cáo nhanh trước 16 giờ hằng ngày."))
    team.room.sees("trước 16 giờ hằng ngày", "từ thứ Hai đến thứ Sáu")
