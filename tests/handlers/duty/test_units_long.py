"""The list of units that report, as long as a message can be: refused or read, and never dear."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.stage import Office

MOST = 60  # queries; a word once cost one each


@pytest.mark.parametrize("piece", ["a ", "Phòng a: ", "a a a a a a a a Bình; ", "@binh;"])
async def test_a_list_as_long_as_a_message_costs_no_query_a_word(office: Office, piece: str) -> None:
    room, lan, _ = await office.pair()
    asked: list[object] = []

    def count(*about: object) -> None:
        asked.append(about)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        await lan.says(("/donvitruc " + piece * 4096)[:4096], room)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert 0 < len(asked) < MOST
    office.anything_goes()


async def test_more_units_than_an_office_has_are_refused(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/donvitruc " + "; ".join(f"Phòng {number} @binh" for number in range(101)), room)
    room.sees("Nhiều nhất 100 đơn vị")


async def test_who_answers_is_found_at_the_end_of_a_long_unit(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says("/donvitruc Bộ phận tiếp nhận hồ sơ và trả kết quả của phường, đ/c Nguyễn Văn Bình", room)
    room.sees("Bộ phận tiếp nhận", "Nguyễn Văn Bình")
