"""A reminder without a time: it is asked with buttons when."""

import pytest

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


@pytest.mark.parametrize(("said", "answer"), [("/nhac", "lúc nào?"), ("/nhac 9h mai", "lúc 09:00 thứ Bảy")])
async def test_the_number_may_be_left_out_in_answer_to_its_card(team: Team, said: str, answer: str) -> None:
    await given(team)
    await team.lan.says(said, team.room, reply_to=team.room.sees("#1 soát hồ sơ"))
    team.room.sees("việc #1", answer)


async def test_so_many_days_in_answer_to_a_card_are_no_number_of_a_task(team: Team) -> None:
    await given(team)
    await team.lan.says("/giao @an việc khác, hạn 16h thứ 2", team.room)
    await team.lan.says("/giahan 2 ngày", team.room, reply_to=team.room.sees("#1 soát hồ sơ"))
    team.room.sees("Đã sửa việc #1")
    team.office.anything_goes()


async def test_the_same_reminder_ordered_twice_comes_once(team: Team) -> None:
    await given(team)
    for _ in range(2):
        await team.lan.says("/nhac 1 15h hôm nay", team.room)
        team.room.sees("Sẽ nhắc việc #1")
    await team.office.clock_to("15:01")
    assert team.binh.hears("Nhắc việc #1").text.count("#1 soát hồ sơ") <= 1
    assert sum("Nhắc việc #1" in each.text for each in team.binh.messages) == 1
    team.office.anything_goes()


async def test_anothers_button_and_a_task_done_meanwhile_remind_of_nothing(team: Team) -> None:
    await given(team)
    await team.lan.says("/nhac 1", team.room)
    asked = team.room.sees("lúc nào?")
    await team.binh.presses("Chiều nay: 15:00 thứ Sáu 20/11", asked)
    assert "dành cho người khác" in team.office.paper.toasts[-1]
    await team.lan.says("/huy 1", team.room)
    await team.lan.presses("Chiều nay: 15:00 thứ Sáu 20/11", asked)
    await team.office.clock_to("15:01")
    assert not any("Nhắc việc" in each.text for each in team.binh.messages)
    team.office.anything_goes()


@pytest.mark.parametrize("order", ["/giao 1 @an", "/sua 1 bỏ @binh, thêm @an"])
async def test_who_works_on_it_no_longer_is_not_reminded(team: Team, order: str) -> None:
    await given(team)
    await team.lan.says("/nhac 1 15h hôm nay", team.room)
    await team.lan.says(order, team.room)
    await team.office.clock_to("15:01")
    assert not any("Nhắc việc" in each.text for each in team.binh.messages)
    team.office.anything_goes()


async def test_a_reminder_of_ones_own_outlives_being_taken_off_by_mistake(team: Team) -> None:
    await given(team)
    await team.binh.says("/nhac 1 11h hôm nay")
    await team.lan.says("/sua 1 bỏ @binh, thêm @an", team.room)
    await team.lan.says("/hoantac", team.room)
    await team.office.clock_to("11:01")
    team.binh.hears("Nhắc việc #1: hạn")
    team.office.anything_goes()
