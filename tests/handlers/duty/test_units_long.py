"""The list of units that report, as long as a message can be: refused or read, and never dear."""

import time

import pytest

from tests.stage import Office


@pytest.mark.parametrize("piece", ["a ", "Phòng a: ", "a a a a a a a a Bình; "])
async def test_a_list_as_long_as_a_message_is_answered_at_once(office: Office, piece: str) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/thanhvien", room)
    room.sees("Bình")
    began = time.process_time()
    await lan.says(("/donvitruc " + piece * 4096)[:4096], room)
    assert time.process_time() - began < 0.7  # the tenth of it on a quiet machine
    office.anything_goes()


async def test_more_units_than_an_office_has_are_refused(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/donvitruc " + "; ".join(f"Phòng {number} @binh" for number in range(101)), room)
    room.sees("Nhiều nhất 100 đơn vị")


async def test_who_answers_is_found_at_the_end_of_a_long_unit(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/donvitruc Bộ phận tiếp nhận hồ sơ và trả kết quả của phường, đ/c Nguyễn Văn Bình", room)
    room.sees("Bộ phận tiếp nhận", "Nguyễn Văn Bình")
