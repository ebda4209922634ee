"""Adding people to a task and taking them off it, in the words of the edit command."""

import pytest

from tests.handlers.tasks.conftest import Team


async def given(team: Team, people: str = "@binh @an") -> None:
    await team.lan.says(f"/giao {people} soát hồ sơ, hạn 16h thứ 2", team.room)
    await team.quiet()


@pytest.mark.parametrize(
    "order", ["/sua 1 bỏ An", "/sua 1 bo an", "/sua #1 rút @an", "/edit 1 remove @an", "/sua việc 1 xóa bớt đ/c An"]
)
async def test_who_is_taken_off_works_on_it_no_more_and_hears_it(team: Team, order: str) -> None:
    await given(team, "@binh @hoa @an")
    await team.lan.says(order, team.room)
    team.room.sees("Đã sửa người làm việc #1: Nguyễn Văn Bình, Lê Hoa. Người đầu chủ trì.")
    await team.lan.says("/viec an")
    team.lan.hears("Việc của Phạm An (0)")


async def test_who_is_added_gets_the_card_and_its_reminders(team: Team) -> None:
    await given(team, "@an")
    await team.lan.says("/sua 1 thêm Bình", team.room)
    team.room.sees("Đã sửa người làm việc #1: Phạm An, Nguyễn Văn Bình")
    team.binh.hears("#1 soát hồ sơ", "Phối hợp: Nguyễn Văn Bình (chưa nhận)")
    await team.quiet()
    await team.office.clock_to("2026-11-23 14:01")
    team.binh.hears("Nhắc việc #1")
    team.office.anything_goes()


async def test_who_supports_leads_when_the_lead_is_taken_off(team: Team) -> None:
    await given(team, "@an @binh")
    await team.lan.says("/sua 1 bỏ @an và thêm Hoa", team.room)
    team.room.sees("việc #1: Nguyễn Văn Bình, Lê Hoa")
    team.binh.hears("Việc #1 nay do anh/chị chủ trì: soát hồ sơ")
    team.hoa.hears("Chủ trì: Nguyễn Văn Bình", "Phối hợp: Lê Hoa")


async def test_it_is_taken_back_with_undo(team: Team) -> None:
    await given(team, "@binh")
    await team.lan.says("/sua 1 bỏ Bình, thêm Hoa")
    team.binh.hears("đã rút anh/chị khỏi việc #1")
    await team.lan.says("/hoantac")
    team.lan.hears("Đã lấy lại: sửa người làm (việc #1)")
    team.room.sees("Chủ trì: Nguyễn Văn Bình")
    team.office.anything_goes()


async def test_a_reminder_of_ones_own_goes_with_who_is_taken_off(team: Team) -> None:
    await given(team, "@hoa @binh")
    await team.binh.says("/nhac 1 15h hôm nay")
    team.binh.hears("Sẽ nhắc")
    await team.lan.says("/sua 1 bỏ Bình", team.room)
    team.binh.hears("đã rút anh/chị")
    await team.office.clock_to("15:05")
    team.binh.hears_nothing_more()
    team.office.anything_goes()


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("/sua 1 bỏ Bình và An", "không còn ai làm"),
        ("/sua 1 thêm Bình", "đang làm việc #1"),
        ("/sua 1 bỏ Hoa", "không làm việc #1"),
        ("/sua 1 bỏ bớt chữ thừa", 'thành "bỏ bớt chữ thừa"'),
        ("/sua 1 thêm phụ lục", 'thành "thêm phụ lục"'),
    ],
)
async def test_what_cannot_be_done_changes_nobody(team: Team, order: str, said: str) -> None:
    await given(team)
    await team.lan.says(order, team.room)
    team.room.sees(said)
    await team.lan.says("/viec binh")
    team.lan.hears("Việc của Nguyễn Văn Bình (1)")
    team.binh.hears_nothing_more()


async def test_no_deadline_and_more_time_are_no_names(team: Team) -> None:
    han = team.office.person("Lý Gia Hân", started=True)
    await han.starts()
    await han.says("/thamgia", team.room)
    await given(team, "@binh")
    await team.lan.says("/sua 1 bo han", team.room)
    team.room.sees("Hạn: chưa có hạn")
    team.binh.hears("chưa có hạn")
    await team.lan.says("/sua 1 thêm Hân", team.room)
    team.room.sees("Nguyễn Văn Bình, Lý Gia Hân")
    han.hears("#1 soát hồ sơ")
    await team.lan.says("/sua 1 bỏ Hân", team.room)
    han.hears("đã rút anh/chị")
    await team.lan.says("/sua 1 thêm 2 ngày", team.room)
    team.room.sees("22/11/2026")
    team.office.anything_goes()


async def test_a_member_and_an_outsider_change_nobody(team: Team) -> None:
    await given(team)
    await team.binh.says("/sua 1 bỏ An", team.room)
    team.room.sees("dành cho: trưởng nhóm")
    await team.dung.says("/sua 1 bỏ An")
    team.dung.hears("chưa ở nhóm")


@pytest.mark.parametrize("order", ["/sua 1 thêm Hoa chủ trì", "/sua 1 them nguoi: hoa chu tri"])
async def test_who_is_added_to_lead_leads(team: Team, order: str) -> None:
    await given(team, "@binh @an")
    await team.lan.says(order, team.room)
    team.room.sees("việc #1: Lê Hoa, Nguyễn Văn Bình, Phạm An. Người đầu chủ trì.")
    team.hoa.hears("Chủ trì: Lê Hoa")
    team.binh.hears("Phối hợp: Nguyễn Văn Bình (chưa nhận), Phạm An")
    assert not any("nay do anh/chị chủ trì" in each.text for each in team.binh.messages)
    team.office.anything_goes()


async def test_who_supports_already_may_be_made_lead(team: Team) -> None:
    await given(team, "@binh @an")
    await team.lan.says("/sua 1 thêm An chủ trì", team.room)
    team.room.sees("việc #1: Phạm An, Nguyễn Văn Bình. Người đầu chủ trì.")
    team.office.anything_goes()


@pytest.mark.parametrize("order", ["/sua 1 thêm Hoa vào", "/sua 1 bỏ An ra khỏi việc này, thêm hoa vào việc"])
async def test_small_words_behind_a_name_say_nothing_else(team: Team, order: str) -> None:
    await given(team, "@binh @an")
    await team.lan.says(order, team.room)
    team.room.sees("Đã sửa người làm việc #1: Nguyễn Văn Bình", "Lê Hoa. Người đầu chủ trì.")
    team.office.anything_goes()
