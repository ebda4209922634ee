"""A task that stands already goes to somebody else, and whoever had it is told."""

import pytest

from tests.handlers.tasks.conftest import Team


@pytest.mark.parametrize("order", ["#1 @an", "1 An", "việc 1 cho An", "viec so 1 cho an", "@an việc 1", "An #1"])
async def test_its_number_and_a_name_hand_it_to_somebody_else(team: Team, order: str) -> None:
    await team.lan.says("/giao @binh Tổng hợp góp ý, hạn 25/11", team.room)
    await team.quiet()
    await team.lan.says(f"/giao {order}")
    team.lan.hears("Đã giao lại việc #1 cho Phạm An")
    assert "Chủ trì: Phạm An (chưa nhận)" in team.room.sees("#1 Tổng hợp góp ý").text
    team.binh.hears("Việc #1 nay giao cho Phạm An: Tổng hợp góp ý", "không cần làm tiếp")


async def test_who_had_refused_it_is_not_told_and_who_gets_it_back_is(team: Team) -> None:
    await team.lan.says("/giao @binh Tổng hợp góp ý, hạn 25/11", team.room)
    await team.lan.says("/giao #1 @hoa")
    await team.quiet()
    await team.lan.says("/hoantac")
    team.lan.hears("Đã lấy lại: giao lại")
    team.hoa.hears('đã lấy lại thao tác "giao lại" của việc #1')
    team.binh.hears('đã lấy lại thao tác "giao lại" của việc #1')
    await team.binh.says("từ chối")
    await team.binh.says("em đi công tác")
    await team.quiet()
    await team.lan.says("/giao #1 @hoa")
    team.hoa.hears("#1 Tổng hợp góp ý")
    team.lan.hears("Đã giao lại")
    team.binh.hears_nothing_more()


async def test_a_number_of_no_task_is_said_and_a_number_in_a_title_stays(team: Team) -> None:
    await team.lan.says("/giao #7 @an")
    team.lan.hears("Nhóm chưa có việc #7")
    await team.lan.says("/giao 2 báo cáo quý, hạn 25/11")
    team.lan.hears("Giao cho ai: 2 báo cáo quý")
