"""Seeing the roster, entering shifts, and the units that report."""

from datetime import date

import pytest
from sqlmodel import Session

from bot.engine.work import Work
from handlers.duty import who_is_on_duty
from storage import people
from tests.handlers.duty.team import Team, forget, recorded, set_units
from tests.stage import Office


async def test_the_leader_enters_shifts_and_those_named_are_told(team: Team, office: Office) -> None:
    await team.lan.says("/duty 25/11 sáng @binh, chiều @chi", team.room)
    team.room.sees("Đã ghi lịch trực", "thứ Tư 25/11: Sáng: Bình · Chiều: Chi")
    team.binh.hears("được phân công trực: Sáng thứ Tư 25/11", "Lan ghi")
    team.chi.hears("Chiều thứ Tư 25/11")
    assert (await recorded(office)).count("duty-shift-entered") == 2


async def test_the_roster_shows_today_and_the_next_days(team: Team, office: Office) -> None:
    await team.lan.says("/truc hom nay sang @binh; mai toi @lan", team.room)
    forget(office)
    await team.an.says("/truc", team.room)
    team.room.sees("Lịch trực thứ Sáu, 20/11/2026", "Sáng: Bình", "thứ Bảy 21/11: Tối: Lan")


async def test_the_roster_of_a_week_is_asked_for_by_its_name(team: Team, office: Office) -> None:
    await team.lan.says("/truc thứ 7 tuần này @binh; thứ 2 đến thứ 4 tuần sau @chi", team.room)
    forget(office)
    await team.an.says("/truc tuần sau", team.room)
    page = team.room.sees("Lịch trực", "thứ Hai 23/11: Cả ngày: Chi", "Chủ nhật 29/11: Chưa có người trực")
    assert "21/11" not in page.text
    await team.an.says("/truc tuan nay ai truc", team.room)
    page = team.room.sees("thứ Sáu 20/11: Chưa có người trực", "thứ Bảy 21/11: Cả ngày: Bình")
    assert "23/11" not in page.text


async def test_a_member_enters_for_themselves_only(team: Team) -> None:
    await team.an.says("/truc 25/11 em trực chiều", team.room)
    team.room.sees("25/11: Chiều: Trần Văn An")
    await team.an.says("/truc 25/11 sáng @binh", team.room)
    team.room.sees("Ca trực của Bình do trưởng nhóm")


async def test_a_later_entry_takes_the_place_of_an_earlier_one(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    forget(office)
    await team.lan.says("/truc 25/11 chiều @chi", team.room)
    team.room.sees("Sáng: Bình · Chiều: Chi", "Không còn trực lúc đó: Bình")
    team.binh.hears("không còn trực: Chiều thứ Tư 25/11")
    team.chi.hears("Chiều thứ Tư 25/11")


async def test_parts_of_a_shift_are_removed(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    forget(office)
    await team.lan.says("/truc bỏ 25/11 7h30-9h, 15h-17h @binh", team.room)
    team.room.sees("Đã bỏ 1 ca trực", "25/11: 09:00–15:00: Bình")
    team.binh.hears("không còn trực: 07:30–09:00 thứ Tư 25/11, 15:00–17:00 thứ Tư 25/11")


async def test_two_halves_take_the_place_of_a_whole_day(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @an", team.room)
    forget(office)
    await team.lan.says("/truc 25/11 sáng @binh, chiều @chi", team.room)
    team.room.sees("25/11: Sáng: Bình · Chiều: Chi")
    team.an.hears("không còn trực")
    forget(office)


async def test_who_is_not_allowed_to_may_not_remove_either(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    forget(office)
    await team.an.says("/truc bỏ 25/11", team.room)
    team.room.sees("Ca trực của Bình do trưởng nhóm")
    await team.an.says("/truc 25/11", team.room)
    team.room.sees("Cả ngày: Bình")


async def test_the_same_said_twice_changes_nothing(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    forget(office)
    before = await recorded(office)
    await team.lan.says("/truc 25/11 @binh", team.room)
    team.room.sees("Đã ghi lịch trực", "Cả ngày: Bình")
    assert await recorded(office) == before


async def test_a_shift_that_ends_when_another_begins_is_left_alone(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 7h30-11h30 @binh", team.room)
    await team.lan.says("/truc 25/11 11h30-13h30 @chi", team.room)
    team.room.sees("Sáng: Bình · Trưa: Chi")
    forget(office)


async def test_shifts_are_removed(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 sáng @binh, chiều @chi", team.room)
    forget(office)
    await team.lan.says("/truc bỏ 25/11 sáng", team.room)
    team.room.sees("Đã bỏ 1 ca trực", "25/11: Chiều: Chi")
    team.binh.hears("không còn trực: Sáng")
    await team.lan.says("/truc bỏ 25/11 sáng", team.room)
    team.room.sees("Không có ca trực nào như vậy")
    assert "duty-shift-removed" in await recorded(office)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("31/2 @binh", "là ngày nào"),
        ("19/11 @binh", "đã qua"),
        ("sáng @binh", "Chưa rõ ngày trực"),
        ("25/11 sáng", "Chưa rõ ai trực"),
        ("25/11 @nobody", "Chưa thấy nobody"),
        ("25/11 Thủy", "là ai"),
        ("25/11 8h @binh", "Chưa rõ giờ trực"),
        ("thứ 6 @binh", "là ngày nào"),
        ("<b>&</b> 25/11", "là ai"),
        ("25/11 🙂", "là ai"),
    ],
)
async def test_what_is_not_clear_is_said_and_nothing_is_entered(
    team: Team, office: Office, said: str, answer: str
) -> None:
    await team.lan.says(f"/truc {said}", team.room)
    team.room.sees(answer)
    assert "duty-shift-entered" not in await recorded(office)


async def test_an_outsider_and_another_groups_member_are_refused(team: Team, office: Office) -> None:
    stranger = office.person("Khách", "khach")
    await stranger.says("/truc 25/11 em trực", team.room)
    team.room.sees("chưa tham gia nhóm công tác này")
    dung = office.person("Dũng", "dung")
    other = office.room("Phòng khác", admins=[dung])
    await dung.says("/setup Phòng khác", other)
    forget(office)
    await dung.says("/truc 25/11 @binh", other)
    other.sees("Chưa thấy binh")


async def test_a_member_may_see_the_units_and_not_set_them(team: Team, office: Office) -> None:
    await team.an.says("/donvitruc", team.room)
    team.room.sees("bot không hỏi ai")
    await team.an.says("/donvitruc Văn phòng @chi", team.room)
    team.room.sees("việc của trưởng nhóm")
    await set_units(team)
    assert "duty-units-set" in await recorded(office)


async def test_the_list_of_units_is_replaced_as_a_whole(team: Team) -> None:
    await set_units(team)
    await team.lan.says("/donvitruc Văn phòng: Trần Văn An\n@binh", team.room)
    team.room.sees("2 đơn vị", "Văn phòng: Trần Văn An", "- Bình")
    await team.lan.says("/donvitruc không", team.room)
    team.room.sees("Chưa đặt đơn vị báo trực")
    await team.lan.says("/donvitruc Văn phòng", team.room)
    team.room.sees('Chưa rõ ai phụ trách "Văn phòng"')


async def test_in_an_english_group_everything_is_english(team: Team, office: Office) -> None:
    await team.lan.says("/language en", team.room)
    forget(office)
    await team.lan.says("/duty 25/11 morning @binh, afternoon me", team.room)
    team.room.sees("Duty roster noted", "Wednesday 25/11: Morning: Bình · Afternoon: Lan")
    team.binh.hears("You are on duty: Morning Wednesday 25/11")


async def test_markup_and_odd_characters_in_a_units_name_stay_text(team: Team) -> None:
    await team.lan.says("/donvitruc Phòng <b>A</b> *x* @binh; \u202eVăn phòng @chi", team.room)
    team.room.sees("- Phòng <b>A</b> *x*: Bình", "- Văn phòng: Chi")


async def test_a_roster_of_many_days_fits_a_phone(team: Team, office: Office) -> None:
    await team.lan.says("/truc " + "; ".join(f"{day}/12 @lan" for day in range(1, 16)), team.room)
    shown = team.room.sees("Đã ghi lịch trực", "và 7 ngày nữa")
    assert shown.text.count("\n") < 12


async def test_the_digest_gets_a_line_for_each_shift_of_the_day(team: Team, office: Office) -> None:
    await set_units(team)
    await team.lan.says("/truc 23/11 sáng @binh, chiều @chi, chiều @binh", team.room)
    forget(office)
    lines = await office.app.database.run(lambda session: who_is_on_duty(_work(office, session), date(2026, 11, 23)))
    assert lines == ["Sáng: Bình (Phòng Kinh tế)", "Chiều: Chi (Văn phòng), Bình (Phòng Kinh tế)"]


def _work(office: Office, session: Session) -> Work:
    work = office.app.engine.work(session, trace="test")
    work.group = people.group(session, 1)
    return work
