"""A reminder without a time: it is asked with buttons when."""

from tests.handlers.tasks.conftest import Team


async def given(team: Team) -> None:
    await team.lan.says("/giao @binh soát hồ sơ, hạn 16h thứ 2", team.room)
    await team.quiet()


async def test_a_leader_is_asked_when_and_presses(team: Team) -> None:
    await given(team)
    await team.lan.says("/nhac 1", team.room)
    asked = team.room.sees("Nhắc việc #1 lúc nào?")
    assert asked.labels == [
        "Chiều nay: 15:00 thứ Sáu 20/11",
        "Sáng làm việc tới: 07:30 thứ Hai 23/11",
        "Trước hạn 2 giờ: 14:00 thứ Hai 23/11",
    ]
    await team.lan.presses("Chiều nay: 15:00 thứ Sáu 20/11")
    team.room.sees("Sẽ nhắc việc #1 lúc 15:00 thứ Sáu, 20/11/2026")
    await team.office.clock_to("15:01")
    team.binh.hears("Nhắc việc #1")


async def test_who_works_on_it_answers_in_words(team: Team) -> None:
    await given(team)
    await team.office.clock_to("15:30")
    await team.binh.says("/remind 1")
    asked = team.binh.hears("Nhắc việc #1 lúc nào?")
    assert not any("Chiều nay" in label for label in asked.labels)
    await team.binh.says("16h30")
    team.binh.hears("Sẽ nhắc việc #1 lúc 16:30 thứ Sáu")


async def test_a_button_that_waited_past_its_time_reminds_of_nothing(team: Team) -> None:
    await given(team)
    await team.lan.says("/nhac 1", team.room)
    team.room.sees("lúc nào?")
    await team.office.clock_to("15:30")
    await team.lan.presses("Chiều nay: 15:00 thứ Sáu 20/11")
    assert any("Ghi thời điểm nhắc" in each for each in (*team.office.paper.toasts, team.room.last.text))
    team.office.anything_goes()


async def test_who_does_not_work_on_it_is_not_asked(team: Team) -> None:
    await given(team)
    await team.an.says("/nhac 1", team.room)
    team.room.sees("giao cho người khác")
