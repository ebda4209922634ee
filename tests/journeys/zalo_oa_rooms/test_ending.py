"""A group of an Official Account ends, comes back when it is paid for, and is told of beforehand."""

from collections.abc import Sequence

import pytest

from tests.fakes.zalooa_world import Message
from tests.journeys.zalo_oa_rooms.conftest import Hall


@pytest.mark.parametrize("how", ["dissolved", "lapsed", "found-in-the-morning", "found-by-looking"])
async def test_a_room_that_ends_is_told_and_what_is_due_arrives_in_private(hall: Hall, how: str) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    await hall.comes(binh, room)
    await front.says(lan, "/giao @Bình Nộp bảng chấm công, hạn 16h 23/11", room)
    await front.taps(binh, front.sees(binh, "#1"), "Nhận việc")
    await front.later()
    if how == "dissolved":
        await hall.api.group_life("delete_group", room)
        await front.later(10)
    else:
        hall.api.world.lapse(room)
    if how == "lapsed":
        await front.says(binh, "3 #1")
        await front.later(10)
        await front.later(10)
    if how == "found-by-looking":
        await front.says(lan, "/thietlap")
        await front.later(10)
    told = len(front.all_in(room))
    if how != "lapsed":
        await front.turns("2026-11-23 07:31")
        front.sees(binh, "Nộp bảng chấm công")
    assert len([each for each in front.all_in(lan) if "không dùng được nữa" in each.text]) == 1
    assert len(front.all_in(room)) == told
    # the place of a dissolved group serves the next one
    hall.api.world.asset("gmf10")
    await front.says(lan, "/thietlap")
    front.sees(lan, "mời ai")


async def test_a_room_whose_place_is_paid_for_again_counts_again(hall: Hall) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    await hall.comes(binh, room)
    hall.api.world.lapse(room)
    await front.says(lan, "/thietlap")
    await front.later(10)
    front.sees(lan, "không dùng được nữa")
    await front.says(lan, "/thietlap")
    await front.later(10)
    assert not [each for each in front.all_in(lan) if "dùng lại được" in each.text], "it is still lapsed"
    hall.api.world.renew(room)
    await front.says(lan, "/thietlap")
    await front.later(10)
    front.sees(lan, "dùng lại được")
    await front.says(lan, "/thietlap")
    await front.later(10)
    assert "Đã mời 1, đã vào 1" in front.all_in(lan)[-1].text
    told = len(front.all_in(room))
    await front.says(lan, "/giao @Bình Nộp bảng chấm công, hạn 16h 23/11", room)
    assert len(front.all_in(room)) > told


async def test_a_place_that_ends_is_told_a_week_before(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    place = hall.api.world.asset("gmf10")
    place.renews = False
    await hall.makes_room("Bình")

    def warnings() -> Sequence[Message]:
        return [each for each in front.all_in(lan) if "không tự gia hạn" in each.text]

    await front.turns("2026-12-11 07:31")
    await front.says(lan, "/viec")
    assert not warnings()
    await front.turns("2026-12-16 12:00")
    assert len(warnings()) == 1
    assert "20/12/2026" in warnings()[0].text
