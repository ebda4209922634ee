"""A clock that jumps two hours and back: nothing is told twice, nothing that was due is left out."""

from datetime import timedelta

import pytest

from tests.stage import FRIDAY, Actor, Office, Room

JUMP = timedelta(hours=2)


@pytest.fixture
async def room(office: Office) -> Room:
    lan, binh = office.person("Lan", "lan"), office.person("Bình", "binh")
    room = office.room("Phòng Văn hóa", [lan])
    await lan.starts()
    await binh.starts()
    await lan.says("/setup Tổ một", room)
    await binh.presses("Tham gia")
    room.people = [lan, binh]
    office.anything_goes()
    return room


def told(person: Actor) -> list[str]:
    return [each.text for each in person.messages if "đến hạn" in each.text]


async def test_two_hours_ahead_and_back_again_a_deadline_is_told_once(office: Office, room: Room) -> None:
    lan, binh = room.people
    await lan.says("/giao @binh Báo cáo nhanh, hạn 11h hôm nay", room)
    await binh.presses("Nhận việc", on=room.last)
    await office.app.turn(FRIDAY + JUMP)
    ahead = len(told(binh))
    assert ahead == 1
    await office.app.turn(FRIDAY)
    for minutes in (30, 61, 90, 120):
        await office.app.turn(FRIDAY + timedelta(minutes=minutes))
    assert len(told(binh)) == ahead


async def test_two_hours_back_what_is_said_is_done_and_told_when_its_time_comes(office: Office, room: Room) -> None:
    lan, binh = room.people
    await office.app.turn(FRIDAY - JUMP)
    await lan.says("/giao @binh Báo cáo nhanh, hạn 11h hôm nay", room)
    await binh.presses("Nhận việc", on=room.last)
    assert told(binh) == []
    await office.app.turn(FRIDAY + timedelta(minutes=61))
    assert len(told(binh)) == 1
