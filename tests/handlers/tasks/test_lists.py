"""Lists by day and by person: what is due today, this week, and whose; of the own group alone."""

import pytest

from bot.chat.events import Pressed
from tests.handlers.tasks.conftest import Team


async def given(team: Team) -> None:
    await team.lan.says("/giao @binh soát hồ sơ, hạn 16h hôm nay", team.room)
    await team.lan.says("/giao @binh báo cáo quý, hạn 17h chủ nhật", team.room)
    await team.lan.says("/giao @hoa in tài liệu, hạn 9h thứ 2", team.room)
    await team.quiet()


@pytest.mark.parametrize(
    ("asked", "heading", "numbers"),
    [
        ("/viec hôm nay", "Việc của tôi, Tổ công tác số 1, hạn thứ Sáu 20/11 (1)", "1"),
        ("viec hom nay", "Việc của tôi", "1"),
        ("/viec tuần này", "hạn thứ Sáu 20/11 – Chủ nhật 22/11 (2)", "12"),
        ("/tasks this week", "hạn thứ Sáu 20/11 – Chủ nhật 22/11 (2)", "12"),
        ("/tasks today", "hạn thứ Sáu 20/11 (1)", "1"),
        ("/viec mai", "hạn thứ Bảy 21/11 (0)", ""),
        ("/viec nhóm tuần sau", "Việc của Tổ công tác số 1, hạn thứ Hai 23/11", "3"),
        ("/viec ca nhom 20-23/11", "Việc của Tổ công tác số 1, hạn thứ Sáu 20/11 – thứ Hai 23/11 (3)", "123"),
        ("/viec cả phòng tuần sau", "Việc của Tổ công tác số 1, hạn thứ Hai 23/11", "3"),
        ("/viec của phòng", "Việc của Tổ công tác số 1 (3)", "123"),
        ("/viec của Hoa", "Việc của Lê Hoa (1)", "3"),
        ("/viec hoa", "Việc của Lê Hoa (1)", "3"),
        ("/viec @hoa hôm nay", "Việc của Lê Hoa, hạn thứ Sáu 20/11 (0)", ""),
        ("/viec của hoa hạn tuần sau", "Việc của Lê Hoa, hạn thứ Hai 23/11 – Chủ nhật 29/11 (1)", "3"),
        ("/tasks of binh this week", "Việc của Nguyễn Văn Bình, hạn thứ Sáu 20/11", "12"),
    ],
)
async def test_tasks_are_listed_by_their_day_and_their_person(
    team: Team, asked: str, heading: str, numbers: str
) -> None:
    await given(team)
    await team.binh.says(asked)
    seen = team.binh.hears(heading)
    assert "".join(number for number in "123" if f"#{number} " in seen.text) == numbers


@pytest.mark.parametrize("asked", ["/viec abc", "/viec thứ 6", "/viec tháng sau", "/viec từ mai", "/viec hôm nay 8h"])
async def test_what_is_no_list_is_explained(team: Team, asked: str) -> None:
    await team.binh.says(asked)
    team.binh.hears("/viec hôm nay", "/viec @tên")


async def test_a_colleague_is_named_before_a_day_of_the_same_name(team: Team) -> None:
    mai = team.office.person("Vũ Mai", started=True)
    await mai.says("/thamgia", team.room)
    await team.quiet()
    await team.binh.says("/viec Mai")
    team.binh.hears("Việc của Vũ Mai (0)", "Người này đang không có việc nào")
    await team.binh.says("/viec mai")
    team.binh.hears("hạn thứ Bảy 21/11")


async def test_a_long_list_turns_its_pages_and_keeps_its_days(team: Team) -> None:
    for number in range(10):
        await team.lan.says(f"/giao @binh việc thứ {number}, hạn 16h hôm nay", team.room)
    await team.quiet()
    await team.hoa.says("/viec binh hôm nay")
    team.hoa.hears("Việc của Nguyễn Văn Bình, hạn thứ Sáu 20/11 (10)", "#8 ")
    await team.hoa.presses("Tiếp ›")
    assert "#10 " in team.hoa.last.text
    assert "#8 " not in team.hoa.last.text
    assert "thứ Sáu 20/11 (10)" in team.hoa.last.text


@pytest.mark.parametrize("kind", ["of-99", "of-5.20261120.20261332", "mine.20261120", "anybody", "of-1234567890"])
async def test_a_forged_list_of_somebody_outside_is_an_old_button(team: Team, kind: str) -> None:
    event = team.binh._event(Pressed, team.binh.private, action=f"task-list:{kind}:0", message_id="1", token="t")
    await team.office.hear(event)
    assert "không còn dùng được" in team.office.paper.toasts[-1]
    team.binh.hears_nothing_more()


async def test_an_order_in_answer_to_a_list_is_an_order_of_its_own(team: Team) -> None:
    await given(team)
    await team.lan.says("/viec nhóm")
    shown = team.lan.hears("Việc của Tổ công tác số 1")
    await team.lan.says("/giao @an", reply_to=shown)
    team.lan.hears("Hạn của việc")
