"""At night what nobody needs any more is dropped; what stands in chats and what people gave stays."""

from sqlalchemy import text
from sqlmodel import Session

from tests.stage import Office, Room


async def a_task(office: Office) -> Room:
    room, lan, _ = await office.pair()
    await lan.says("/assign @binh Báo cáo số liệu, hạn 30/12 16h", room)
    await lan.says("/assign @binh Dọn kho", room)  # without a deadline: a question that stays open
    office.anything_goes()
    return room


async def counted(office: Office) -> dict[str, int]:
    def count(session: Session) -> dict[str, int]:
        tables = ("inbox", "outbox", "question", "posted", "task", "audit")
        return {table: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables}

    return await office.app.database.run(count)


async def test_handled_events_sent_messages_and_dead_questions_go(office: Office) -> None:
    await a_task(office)
    before = await counted(office)
    assert before["question"] == 1
    await office.clock_to("+2d")
    after_two_days = await counted(office)
    assert after_two_days["inbox"] == before["inbox"]
    await office.clock_to("+18d")
    after = await counted(office)
    assert after["inbox"] <= 1, "the latest keeps its number"
    assert after["question"] <= 1, "the latest keeps its number"
    assert after["outbox"] < before["outbox"]
    assert after["task"] == before["task"]
    assert after["audit"] >= before["audit"]


async def test_a_card_of_weeks_ago_is_still_answered(office: Office) -> None:
    room = await a_task(office)
    await office.clock_to("+20d")
    await office.people["Nguyễn Văn Bình"].presses("Nhận việc", on=room.sees("#1 Báo cáo số liệu"))
    room.sees("#1 Báo cáo số liệu", "(đã nhận)")
