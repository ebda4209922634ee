"""Units are asked who is on duty, answer, and the roster is published."""

from tests.handlers.duty.team import Team, forget, set_units
from tests.stage import Office


async def test_before_days_off_every_day_up_to_the_next_working_day_is_asked_about(team: Team, office: Office) -> None:
    await set_units(team)
    await office.clock_to("15:00")
    team.binh.hears("Phòng Kinh tế: ai trực thứ Bảy 21/11, Chủ nhật 22/11, thứ Hai 23/11")
    team.chi.hears("Văn phòng: ai trực")
    await team.binh.presses("Tôi trực")
    team.binh.hears("Đã ghi lịch trực", "Cả ngày: Bình (Phòng Kinh tế)")
    await team.chi.presses("Cử người khác")
    team.chi.hears("Ai trực thứ Bảy 21/11")
    await team.chi.says("mai An trực sáng, em trực chiều")
    team.chi.hears("Sáng: Trần Văn An (Văn phòng) · Chiều: Chi (Văn phòng)", "ai trực Chủ nhật 22/11, thứ Hai 23/11")
    team.an.hears("Sáng thứ Bảy 21/11")
    await team.chi.says("em")
    team.chi.hears("Đã ghi", "thứ Hai 23/11")
    await office.clock_to("18:00")


async def test_the_silent_are_asked_again_once_then_listed_to_the_leader(team: Team, office: Office) -> None:
    await set_units(team)
    await office.clock_to("15:00")
    team.binh.hears("ai trực")
    team.chi.hears("ai trực")
    await team.binh.says("1")
    team.binh.hears("Đã ghi")
    await office.clock_to("16:15")
    team.chi.hears("Nhắc lại: Văn phòng chưa báo")
    team.binh.hears_nothing_more()
    await office.clock_to("16:45")
    team.lan.hears("Chưa báo trực", "Văn phòng (Chi): thứ Bảy 21/11")
    await office.clock_to("18:00")


async def test_the_answer_to_the_second_question_leaves_none_open(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc @binh", team.room)
    await office.clock_to("15:00")
    await office.clock_to("16:15")
    forget(office)
    await team.binh.says("em trực ạ")
    team.binh.hears("Đã ghi")
    await team.binh.says("em trực ạ")
    team.binh.hears("Chưa hiểu ý")


async def test_an_unclear_answer_is_asked_about_and_a_no_is_not_taken_for_a_yes(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc @binh", team.room)
    await office.clock_to("15:00")
    forget(office)
    await team.binh.says("mai em không trực được")
    team.binh.hears("Chưa rõ ai trực")
    await team.binh.says("mai binh truc sang, chi truc chieu; 22/11 toi truc; t2 @an")
    team.binh.hears("thứ Bảy 21/11: Sáng: Bình · Chiều: Chi", "Chủ nhật 22/11: Cả ngày: Bình")
    team.chi.hears("Chiều thứ Bảy")
    team.an.hears("thứ Hai 23/11")


async def test_the_leader_names_somebody_for_a_unit_and_it_is_not_asked(team: Team, office: Office) -> None:
    await set_units(team)
    await team.lan.says("/truc Văn phòng: 21/11 @an; 22/11 @an; 23/11 sáng @an", team.room)
    forget(office)
    await office.clock_to("15:00")
    team.binh.hears("Phòng Kinh tế: ai trực")
    team.chi.hears_nothing_more()
    await team.lan.says("/truc phong kinh te: 21/11, 22/11, 23/11 @binh", team.room)
    forget(office)
    await team.binh.says("em trực")
    team.binh.hears("Chưa hiểu ý")
    await office.clock_to("18:00")


async def test_the_leader_is_asked_for_a_unit_whose_person_has_left(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc Văn phòng @chi", team.room)
    await team.chi.leaves(team.room)
    forget(office)
    office.anything_goes()
    await office.clock_to("15:00")
    team.lan.hears("Văn phòng: ai trực")
    await team.lan.says("An")
    team.lan.hears("Đã ghi", "Trần Văn An")


async def test_the_answer_for_a_unit_that_reports_no_more_is_refused(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc Văn phòng @chi", team.room)
    await office.clock_to("15:00")
    asked = team.chi.hears("ai trực")
    await team.lan.says("/donvitruc không", team.room)
    forget(office)
    await team.chi.presses("Tôi trực", on=asked)
    assert office.paper.toasts[-1]
    await office.clock_to("18:00")


async def test_after_an_interruption_it_is_asked_late_and_once(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc Văn phòng @chi", team.room)
    forget(office)
    await office.down_until("2026-11-20 19:00")
    team.chi.hears("ai trực")
    await office.clock_to("23:00")


async def test_nobody_is_asked_without_units_or_on_days_off(team: Team, office: Office) -> None:
    await office.clock_to("18:00")
    await set_units(team)
    await office.clock_to("2026-11-21 18:00")
    await office.clock_to("2026-11-22 18:00")


async def test_who_cannot_be_written_to_is_asked_in_the_room(office: Office) -> None:
    team = Team(office)
    await team.gathers(team.chi)
    await team.lan.says("/donvitruc Văn phòng @chi", team.room)
    team.room.sees("Bot chưa nhắn riêng được: Chi")
    await office.clock_to("15:00")
    asked = team.room.sees("Chi chưa mở chat riêng", "Văn phòng: ai trực")
    await team.an.says("Bình trực", team.room, reply_to=asked)
    team.room.sees("Ca trực của Bình do trưởng nhóm")
    await team.chi.says("Bình trực", team.room, reply_to=asked)
    team.room.sees("Đã ghi", "Bình (Văn phòng)")
    team.binh.hears("được phân công")


async def test_an_unreachable_person_is_warned_about(office: Office) -> None:
    team = Team(office)
    await team.gathers(team.chi)
    await team.lan.says("/truc 21/11 @chi", team.room)
    team.room.sees("Bot chưa nhắn riêng được: Chi")


async def test_a_person_who_blocked_the_bot_unnoticed_is_warned_about(team: Team, office: Office) -> None:
    office.paper.started.discard(team.chi.sender.id)
    await team.lan.says("/truc 21/11 @chi", team.room)
    team.room.sees("Đã ghi")
    await office.clock_to("+1m")
    team.lan.hears("Bot chưa nhắn riêng được: Chi")


async def test_the_roster_is_published_and_says_who_named_nobody(team: Team, office: Office) -> None:
    await set_units(team)
    await team.lan.says("/truc 23/11 sáng @binh", team.room)
    forget(office)
    office.anything_goes()
    await office.clock_to("2026-11-23 07:00")
    shown = team.room.sees("Lịch trực thứ Hai, 23/11/2026", "Phòng Kinh tế: Sáng: Bình", "Chiều: chưa có người")
    assert "Chưa có người trực: Văn phòng" in shown.text
    await team.chi.says("/truc hôm nay em trực")
    assert "Văn phòng: Cả ngày: Chi" in shown.text


async def test_on_days_off_the_roster_is_published_only_when_somebody_is_on_duty(team: Team, office: Office) -> None:
    await team.lan.says("/truc 22/11 @binh", team.room)
    forget(office)
    await office.clock_to("2026-11-21 08:00")
    team.room.sees_nothing_more()
    await office.clock_to("2026-11-22 07:00")
    team.room.sees("Lịch trực Chủ nhật", "Cả ngày: Bình")


async def test_a_roster_that_comes_late_says_so_and_one_of_yesterday_does_not_come(team: Team, office: Office) -> None:
    await team.lan.says("/truc 22/11 @binh", team.room)
    forget(office)
    await office.down_until("2026-11-22 09:00")
    team.room.sees("gửi muộn, lẽ ra lúc 07:00")
    team.room.sees_nothing_more()


async def test_the_second_question_is_not_asked_on_a_later_day(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc Văn phòng @chi", team.room)
    await office.clock_to("15:00")
    forget(office)
    await office.down_until("2026-11-21 03:00")
    team.chi.hears_nothing_more()
    team.lan.hears_nothing_more()
