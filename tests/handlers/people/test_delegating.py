"""A leader who is away hands their duties over for a time: it begins, it ends, and nothing else is touched by it."""

import pytest
from sqlmodel import Session, col, select

from storage.audit import AuditEntry
from tests.handlers.people.scenes import a_group, a_person_known_twice, joined
from tests.stage import Actor, Office, Room


async def roles(lan: Actor, room: Room, *lines: str) -> None:
    await lan.says("/thanhvien", room)
    room.sees(*lines)


async def recorded(office: Office) -> list[tuple[str, dict[str, object]]]:
    def read(session: Session) -> list[tuple[str, dict[str, object]]]:
        rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
        return [(each.action, each.values) for each in rows if each.action.startswith("delegation")]

    return await office.app.database.run(read)


async def test_a_deputy_until_a_day_begins_at_once_and_ends_after_that_day(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/vaitro @binh văn thư", room)
    room.sees("Bình nay là văn thư")
    binh.hears("nay là văn thư")
    await lan.says("/vaitro @binh phó đến 27/11", room)
    room.sees("Bình là phó nhóm đến hết thứ Sáu 27/11, theo ủy quyền của Lan")
    binh.hears("đến hết thứ Sáu 27/11 anh/chị là phó nhóm", "Tổ công tác số 1")
    await binh.says("/moi", room)
    assert "dành cho" not in room.last.text
    room.last.expected = True
    await office.clock_to("2026-11-27 23:59")
    await roles(lan, room, "Bình · phó nhóm")
    await office.clock_to("2026-11-28 00:01")
    room.sees("Đã hết ủy quyền: Bình trở lại là văn thư")
    binh.hears("Đã hết ủy quyền", "trở lại là văn thư")
    await roles(lan, room, "Bình · văn thư")
    (begun, facts), (ended, after) = await recorded(office)
    assert (begun, ended) == ("delegation-begun", "delegation-ended")
    assert (facts["before"], facts["until"], after["role"]) == ("clerk", "2026-11-27", "clerk")


async def test_it_begins_with_the_first_day(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh từ 23/11 đến hết 27/11", room)
    room.sees("Đã ghi: Bình là phó nhóm từ thứ Hai 23/11 đến hết thứ Sáu 27/11")
    binh.hears("được ủy quyền", "từ thứ Hai 23/11 đến hết thứ Sáu 27/11")
    await office.clock_to("2026-11-22 23:59")
    await roles(lan, room, "Bình · thành viên")
    await office.clock_to("2026-11-23 00:01")
    room.sees("Bình là phó nhóm đến hết thứ Sáu 27/11")
    binh.hears("Từ nay đến hết thứ Sáu 27/11")
    await roles(lan, room, "Bình · phó nhóm")
    await office.clock_to("2026-11-28 00:01")
    room.sees("Bình trở lại là thành viên")
    binh.hears("trở lại là thành viên")
    await roles(lan, room, "Bình · thành viên")


async def test_the_command_alone_shows_what_is_in_force_and_how(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/uyquyen", room)
    room.sees("Chưa ủy quyền cho ai", "/uyquyen @binh từ 23/11 đến hết 27/11")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await lan.says("/uyquyen @chi từ 25/11 đến 26/11")
    lan.hears("Đã ghi: Chi")
    chi.hears("từ thứ Tư 25/11")
    await lan.says("/uyquyen")
    lan.hears("• Bình: phó nhóm đến hết thứ Sáu 27/11", "• Chi: phó nhóm từ thứ Tư 25/11 đến hết thứ Năm 26/11")


async def test_it_is_ended_early_and_nothing_happens_later(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await lan.says("/uyquyen bỏ @binh")
    lan.hears("Bình trở lại là thành viên")
    room.sees("Bình trở lại là thành viên")
    binh.hears("trở lại là thành viên")
    await lan.says("/uyquyen @chi từ 23/11 đến 27/11", room)
    room.sees("Đã ghi: Chi")
    chi.hears("được ủy quyền")
    await lan.says("/uyquyen bo chi", room)
    room.sees("Đã bỏ: Chi")
    chi.hears("giữ vai trò như cũ")
    await lan.says("/uyquyen bỏ @chi", room)
    room.sees("Chi không có ủy quyền nào")
    await office.clock_to("2026-11-28 00:01")
    room.sees_nothing_more()
    binh.hears_nothing_more()
    chi.hears_nothing_more()


@pytest.mark.parametrize(("orders", "role"), [(["phó"], "phó nhóm"), (["văn thư", "phó"], "phó nhóm")])
async def test_a_role_set_meanwhile_is_nobodys_to_take(office: Office, orders: list[str], role: str) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    for order in orders:
        await lan.says(f"/vaitro @binh {order}", room)
        room.sees("Bình nay là")
        binh.hears("Anh/chị nay là")
    await office.clock_to("2026-11-28 00:01")
    await roles(lan, room, f"Bình · {role}")


async def test_who_became_the_leader_meanwhile_stays_so(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await lan.says("/vaitro @binh trưởng", room)
    room.sees("Bàn giao")
    await lan.presses("Đồng ý")
    room.sees("Đã bàn giao")
    room.sees("Bình nay là trưởng nhóm công tác")
    binh.hears("nay là trưởng nhóm")
    await office.clock_to("2026-11-28 00:01")
    await roles(lan, room, "Bình · trưởng nhóm", "Lan · phó nhóm")


async def test_who_is_deputy_when_it_would_begin_stays_so(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh từ 23/11 đến 27/11", room)
    room.sees("Đã ghi")
    binh.hears("được ủy quyền")
    await lan.says("/vaitro @binh phó", room)
    room.sees("Bình nay là phó nhóm")
    binh.hears("nay là phó nhóm")
    await office.clock_to("2026-11-28 00:01")
    await roles(lan, room, "Bình · phó nhóm")


async def test_the_end_can_be_moved(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await lan.says("/uyquyen @binh đến 30/11", room)
    room.sees("Ủy quyền cho Bình nay đến hết thứ Hai 30/11")
    binh.hears("nay đến hết thứ Hai 30/11")
    await lan.says("/uyquyen @binh từ 2/12 đến 4/12", room)
    room.sees("đang được ủy quyền đến hết thứ Hai 30/11")
    await office.clock_to("2026-11-28 00:01")
    await roles(lan, room, "Bình · phó nhóm")
    await office.clock_to("2026-12-01 00:01")
    room.sees("Bình trở lại là thành viên")
    binh.hears("trở lại là thành viên")


async def test_what_fell_due_while_the_program_was_down_is_done_once_and_late(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/uyquyen @binh từ 23/11 đến 27/11", room)
    await lan.says("/uyquyen @chi từ 21/11 đến 22/11", room)
    room.sees("Đã ghi: Bình")
    room.sees("Đã ghi: Chi")
    binh.hears("được ủy quyền")
    chi.hears("được ủy quyền")
    await office.down_until("2026-11-24 09:00")
    room.sees("Bình là phó nhóm đến hết thứ Sáu 27/11")
    binh.hears("Từ nay đến hết thứ Sáu 27/11")
    chi.hears_nothing_more()
    await office.down_until("2026-11-30 09:00")
    room.sees("Bình trở lại là thành viên")
    binh.hears("trở lại là thành viên")
    room.sees_nothing_more()


async def test_another_group_and_its_roles_are_not_touched(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    other = office.room("Phòng Nội vụ", admins=[lan])
    await lan.says("/thietlap Tổ số 2", other)
    other.sees("Tổ số 2")
    await binh.presses("Tham gia", other.messages[0])
    for message in other.messages:
        message.expected = True
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await roles(lan, other, "Bình · thành viên")
    await lan.says("/uyquyen", other)
    other.sees("Chưa ủy quyền cho ai")
    await lan.says("/uyquyen bỏ @binh", other)
    other.sees("không có ủy quyền nào")
    await office.clock_to("2026-11-28 00:01")
    room.sees("Bình trở lại là thành viên")
    binh.hears("trở lại là thành viên", "Tổ công tác số 1")
    other.sees_nothing_more()


async def test_who_left_meanwhile_is_passed_over(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await binh.leaves(room)
    lan.hears("Bình")
    room.last.expected = True
    await lan.says("/uyquyen", room)
    room.sees("Chưa ủy quyền cho ai")
    await office.clock_to("2026-11-28 00:01")
    room.sees_nothing_more()


async def test_a_member_and_who_stands_in_cannot_delegate(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await chi.says("/uyquyen @chi đến 27/11", room)
    room.sees("dành cho: trưởng nhóm")
    await lan.says("/uyquyen @binh đến 27/11", room)
    room.sees("Bình là phó nhóm")
    binh.hears("phó nhóm")
    await binh.says("/uyquyen @chi đến 30/12", room)
    room.sees("dành cho: trưởng nhóm")
    await binh.says("/vaitro @chi phó đến 30/12", room)
    room.sees("dành cho: trưởng nhóm")
    chi.hears_nothing_more()


async def test_it_ends_for_who_turned_out_to_be_another_person(office: Office) -> None:
    lan, binh, other, room = await a_person_known_twice(office)
    await lan.says("/uyquyen @binh2 đến 27/11", room)
    await binh.says("/link")
    await other.says(f"/lienket {binh.hears('/lienket ').text.split()[-1]}")
    other.hears("Đã nối tài khoản này với Bình")
    await roles(lan, room, "Bình · phó nhóm")
    await lan.says("/uyquyen", room)
    room.sees("• Bình: phó nhóm đến hết thứ Sáu 27/11")
    await office.clock_to("2026-11-28 00:01")
    room.sees("Bình trở lại là thành viên")
    await roles(lan, room, "Bình · thành viên")
    office.anything_goes()


async def test_what_a_leader_planned_is_void_when_the_group_is_handed_over_and_both_hear_it(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/uyquyen @binh thứ 2 đến thứ 6", room)
    room.sees("Đã ghi: Bình")
    binh.hears("được ủy quyền")
    await lan.says("/vaitro @chi trưởng", room)
    await lan.presses("Đồng ý")
    room.sees("Chi nay là trưởng nhóm")
    chi.hears("trưởng nhóm")
    lan.hears("Ủy quyền cho Bình", "từ thứ Hai 23/11 đến hết thứ Sáu 27/11 không còn hiệu lực")
    binh.hears("Ủy quyền cho anh/chị", "không còn hiệu lực", "giữ vai trò như cũ")
    for message in room.messages:
        message.expected = True
    await office.clock_to("2026-11-23 08:00")
    await roles(chi, room, "Bình · thành viên", "Lan · phó nhóm")
    assert [action for action, _ in await recorded(office)] == ["delegation-planned", "delegation-void"]


async def test_what_is_in_force_goes_on_under_the_new_leader(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/uyquyen @binh đến 27/11", room)
    binh.hears("đến hết thứ Sáu 27/11 anh/chị là phó nhóm")
    await lan.says("/vaitro @chi trưởng", room)
    await lan.presses("Đồng ý")
    chi.hears("trưởng nhóm")
    for message in room.messages:
        message.expected = True
    await roles(chi, room, "Bình · phó nhóm")
    lan.hears_nothing_more()


async def test_a_plan_of_a_leader_who_left_does_not_begin(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/uyquyen @binh từ 23/11 đến 27/11", room)
    binh.hears("được ủy quyền")
    await lan.leaves(room)
    for message in (*room.messages, *lan.messages):
        message.expected = True
    await office.clock_to("2026-11-23 08:00")
    binh.hears("không còn hiệu lực")
    await roles(binh, room, "Bình · thành viên")
    office.anything_goes()
