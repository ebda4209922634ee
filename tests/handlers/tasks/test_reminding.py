"""Reminders and the morning digest: on time, quiet, and never twice."""

from storage import due
from tests.handlers.tasks.conftest import Team


async def test_the_ladder_reminds_a_day_before_two_hours_before_and_at_the_deadline(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 27/11", team.room)
    await team.quiet()
    await team.office.clock_to("2026-11-26 07:00")
    await team.quiet()
    await team.office.clock_to("2026-11-26 08:00")
    card = team.binh.hears("Nhắc việc #1", "16:00 thứ Sáu, 27/11/2026")
    assert card.card.silent, "the digest had said it half an hour before"
    await team.office.clock_to("2026-11-27 07:29")
    await team.quiet()
    await team.office.clock_to("2026-11-27 14:00")
    assert not team.binh.hears("Nhắc việc #1").card.silent
    await team.quiet()
    await team.office.clock_to("2026-11-27 16:00")
    team.binh.hears("Việc #1 đã đến hạn")


async def test_what_is_done_reminds_nobody(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 27/11", team.room)
    await team.binh.presses("Báo xong")
    await team.lan.presses("Duyệt")
    await team.quiet()
    await team.office.clock_to("2026-11-30 09:00")
    team.binh.hears_nothing_more()


async def test_reminders_that_fall_together_are_one_message_and_three_pushes_a_day(team: Team) -> None:
    for number in range(40):
        await team.lan.says(f"/giao @binh Việc số {number}, hạn {9 + number % 8}h 27/11", team.room)
    await team.quiet()
    await team.office.clock_to("2026-11-27 06:00")
    await team.quiet()
    for hour in range(7, 18):
        await team.office.clock_to(f"2026-11-27 {hour:02}:30")
    loud = [each for each in team.binh.messages if not each.expected and not each.card.silent]
    assert len(loud) <= 3, [each.text for each in loud]
    for each in team.binh.messages:
        assert each.text.count("\n") < 12, each.text
    team.office.anything_goes()


async def test_downtime_loses_and_doubles_nothing_and_says_it_is_late(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 27/11", team.room)
    await team.office.clock_to("2026-11-27 10:00")
    await team.quiet()
    await team.office.down_until("2026-11-27 15:30")
    team.binh.hears("Nhắc việc #1", "gửi muộn")
    team.binh.hears_nothing_more()


async def test_remind_adds_one_and_a_member_reminds_only_oneself(team: Team) -> None:
    await team.lan.says("/giao @binh @hoa Báo cáo số liệu, hạn 16h 27/11", team.room)
    await team.quiet()
    await team.binh.says("/remind 1 15h hôm nay")
    team.binh.hears("Sẽ nhắc việc #1", "15:00")
    await team.office.clock_to("15:00")
    team.binh.hears("Nhắc việc #1")
    team.hoa.hears_nothing_more()


async def test_the_digest_speaks_on_working_days_only(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 23/11", team.room)
    await team.quiet()
    await team.office.clock_to("2026-11-21 07:30")
    team.room.sees_nothing_more()
    await team.office.clock_to("2026-11-23 07:30")
    team.room.sees("Giao ban sáng", "Hạn hôm nay (1)", "#1 Báo cáo số liệu", "Nguyễn Văn Bình")
    team.binh.hears("Việc của anh/chị", "#1")
    await team.quiet()
    await team.office.clock_to("2026-11-24 07:30")
    team.room.sees_nothing_more()  # Ngày Văn hóa Việt Nam
    await team.quiet()
    await team.office.clock_to("2026-11-25 07:30")
    team.room.sees("Quá hạn (1)")
    team.binh.hears("Quá hạn (1)")
    await team.quiet()
    await team.office.clock_to("2026-11-26 07:30")
    team.lan.hears("Người khác quá hạn", "#1")
    team.office.anything_goes()


async def test_a_morning_that_falls_due_a_second_time_says_nothing_twice(team: Team) -> None:
    await team.lan.says("/giao @binh Báo cáo số liệu, hạn 16h 23/11", team.room)
    await team.lan.says("/giao @an Chuẩn bị hội trường, hạn 16h 23/11", team.room)
    await team.quiet()
    await team.office.clock_to("2026-11-23 07:30")
    team.room.sees("Giao ban sáng", "Hạn hôm nay (2)")
    team.binh.hears("Việc của anh/chị", "#1")
    team.an.hears_nothing_more()  # cannot be written to
    now = team.office.now
    await team.office.app.database.run(lambda session: due.plan(session, "digest", "again", now, {"group": 1}))
    await team.office.clock_to("2026-11-23 07:31")
    team.room.sees_nothing_more()
    team.binh.hears_nothing_more()


async def test_nothing_to_say_is_not_said(team: Team) -> None:
    await team.office.clock_to("2026-11-23 07:30")
    team.room.sees_nothing_more()
    team.lan.hears_nothing_more()
