"""What a hurried leader writes on a telephone, and what must not come of it."""

import pytest

from tests.handlers.tasks.conftest import Team


async def test_another_order_does_not_settle_an_open_deadline(team: Team) -> None:
    await team.lan.says("/giao @binh Dọn kho")
    team.lan.hears("Hạn của việc", "Dọn kho")
    await team.lan.says("@hoa nộp báo cáo hạn thứ 4")
    team.lan.hears('Chưa rõ hạn của việc "Dọn kho"', "nhắn: thôi")
    await team.lan.says("nhờ Hoa nộp báo cáo chiều mai")
    team.lan.hears("Chưa rõ hạn")
    team.room.sees_nothing_more()
    await team.lan.says("thôi để chiều thứ 4 nhé")
    assert "17:00 thứ Tư, 25/11/2026" in team.room.sees("#1 Dọn kho").text
    team.lan.hears("Đã giao 1 việc")
    team.binh.hears("#1")


@pytest.mark.parametrize(
    ("order", "title"),
    [
        ("nộp báo cáo, chiều thứ 4 nhé", "nộp báo cáo"),
        ("nộp báo cáo thứ 4 nha em", "nộp báo cáo"),
        ("nộp báo cáo muộn nhất thứ 4 nhé", "nộp báo cáo"),
        ("nộp báo cáo thứ 4 giúp anh nhé", "nộp báo cáo"),
        ("hop giao ban luc 17h thu 4", "hop giao ban"),
        ("Mua quà cho em, hạn thứ 4", "Mua quà cho em"),
    ],
)
async def test_polite_words_after_a_deadline_hide_nothing(team: Team, order: str, title: str) -> None:
    await team.lan.says(f"/giao @binh {order}", team.room)
    assert team.room.sees("17:00 thứ Tư, 25/11/2026").text.startswith(f"#1 {title}\n")
    team.binh.hears("#1")


@pytest.mark.parametrize("names", ["@binh/@hoa", "@binh, @hoa.", "Bình / Hoa:", "Bình. "])
async def test_names_may_be_parted_by_any_sign(team: Team, names: str) -> None:
    await team.lan.says(f"/giao {names} Nộp báo cáo. Hạn: thứ 4.", team.room)
    card = team.room.sees("#1")
    assert card.text.startswith("#1 Nộp báo cáo\n")
    assert ("Phối hợp: Lê Hoa" in card.text) is (len(names) > 6)
    team.office.anything_goes()


async def test_an_example_names_the_command_in_the_language_of_the_group(team: Team) -> None:
    await team.lan.says("/nhac bình", team.room)
    team.room.sees("ví dụ: /nhac 12")


@pytest.mark.parametrize("who", ["@hoa phối hợp", "Hoa và An phối hợp", "chị hoa, an phoi hop"])
async def test_who_supports_may_be_named_behind_the_work(team: Team, who: str) -> None:
    await team.lan.says(f"/giao Bình làm báo cáo, {who}, hạn thứ 4", team.room)
    card = team.room.sees("#1")
    if who == "chị hoa, an phoi hop":  # a name before a comma may belong to the work: it stays in sight
        assert card.text.startswith("#1 làm báo cáo, chị hoa\n")
        assert "Phối hợp: Phạm An" in card.text
    else:
        assert card.text.startswith("#1 làm báo cáo\n")
        assert "Phối hợp: Lê Hoa" in card.text
    team.office.anything_goes()


async def test_units_that_support_stay_in_the_title(team: Team) -> None:
    await team.lan.says("/giao Bình làm báo cáo, Phòng Tài chính phối hợp, hạn thứ 4", team.room)
    assert team.room.sees("#1").text.startswith("#1 làm báo cáo, Phòng Tài chính phối hợp\n")
    team.binh.hears("#1")
