"""A new account of somebody with a role gives no orders until another one who leads says that it is theirs."""

from dataclasses import dataclass

import pytest

from bot.chat.events import Pressed
from storage import codes
from storage.codes import CodeKind
from tests.stage import Actor, Message, Office, Room


@dataclass
class Team:
    """Lan leads, Mai is her deputy, Bình is a member; Lan's new telephone is joined to her."""

    office: Office
    room: Room
    lan: Actor
    mai: Actor
    binh: Actor
    new: Actor


async def joined(old: Actor, new: Actor) -> None:
    await old.says("/lienket")
    await new.says("/lienket " + old.hears("/lienket ").text.split()[-1])
    new.hears("Đã nối")
    old.hears("vừa được nối")


async def forged(thief: Actor, asked: Message) -> str:
    """Presses a button of somebody else's chat, as a client of one's own could; what is said to it."""
    office = thief.office
    pressed = Pressed(
        key=office.paper.next_key(),
        at=office.now,
        chat=thief.private,
        sender=thief.sender,
        action=asked.button("Đúng").action or "",
        message_id=asked.id,
        token="t",
    )
    await office.hear(pressed)
    return office.paper.toasts[-1]


async def people(office: Office) -> tuple[Room, Actor, Actor, Actor]:
    lan, mai, binh = (office.person(name, name.lower(), started=True) for name in ("Lan", "Mai", "Binh"))
    room = office.room("Phòng", admins=[lan])
    for each in (lan, mai, binh):
        await each.starts("")
    await lan.says("/thietlap Tổ 1", room)
    await mai.presses("Tham gia")
    await binh.presses("Tham gia")
    office.anything_goes()
    return room, lan, mai, binh


@pytest.fixture
async def team(office: Office) -> Team:
    room, lan, mai, binh = await people(office)
    await lan.says("/vaitro @mai phó", room)
    new = office.person("Lan máy mới", "lan2", started=True)
    await joined(lan, new)
    new.hears("sau khi tài khoản này được xác nhận")
    return Team(office, room, lan, mai, binh, new)


async def test_until_it_is_confirmed_the_new_account_of_the_leader_is_a_stranger_s(team: Team) -> None:
    await team.new.says("/giao @binh Nộp hồ sơ, hạn 27/11", team.room)
    team.room.sees("Tài khoản này mới được nối")
    await team.lan.says("/giao @binh Nộp hồ sơ, hạn 27/11", team.room)
    team.room.sees("#1 Nộp hồ sơ")
    for asked in ("/viec", "/viec 1", "/nhom", "/batdau", "/ten Ai Đó", "/thudientu lan@tinh.gov.vn", "/nhanday"):
        await team.new.says(asked)
        assert team.new.last.text.startswith("Tài khoản này mới được nối"), asked
    await team.new.says("/huy 1", team.room)
    await team.lan.says("/viec 1", team.room)
    assert "đã hủy" not in team.room.sees("#1 Nộp hồ sơ").text.lower()


async def test_the_deputy_confirms_and_the_new_account_gives_orders(team: Team) -> None:
    asked = team.mai.hears("Lan", "trưởng nhóm", "vừa có thêm tài khoản")
    await team.mai.presses("Đúng", asked)
    assert "Đã xác nhận" in asked.text
    team.new.hears("đã được xác nhận")
    await team.new.says("/giao @binh Nộp hồ sơ, hạn 27/11", team.room)
    team.room.sees("#1 Nộp hồ sơ")


async def test_an_account_that_is_not_theirs_is_a_stranger_again(team: Team) -> None:
    await team.mai.presses("Không phải")
    team.mai.hears("Đã tách tài khoản")
    team.new.hears("không còn nối với Lan")
    await team.new.says("/viec")
    assert "Việc của tôi" not in team.new.last.text
    await team.lan.says("/giao @binh Nộp hồ sơ, hạn 27/11", team.room)
    team.room.sees("#1 Nộp hồ sơ")


async def test_who_holds_the_new_account_can_neither_confirm_it_nor_do_without(team: Team) -> None:
    asked = team.mai.hears("vừa có thêm tài khoản")
    for thief in (team.lan, team.binh):  # Lan herself neither: there is a deputy who can be asked
        assert "Việc xác nhận này" in await forged(thief, asked)
    assert "Tài khoản này mới được nối" in await forged(team.new, asked)
    await team.new.says("/vaitro @binh phó", team.room)
    team.room.sees("Tài khoản này mới được nối")
    await team.new.says("/vaitro @mai thành viên", team.room)
    await team.new.says("/noinhom", team.room)
    team.room.sees("dành cho trưởng nhóm")
    await team.new.says("/thamgia", team.room)
    team.room.sees("Tài khoản này mới được nối")
    await team.new.says("/roinhom")
    team.new.hears("Tài khoản này mới được nối")
    await team.new.says("/thietlap Tên khác", team.room)
    team.room.sees("cần quản trị viên")


async def test_an_account_that_waits_brings_no_third_one_in(team: Team) -> None:
    third = team.office.person("Kẻ thứ ba", started=True)
    await joined(team.new, third)
    await team.mai.presses("Đúng", team.mai.hears("vừa có thêm tài khoản", "@lan2"))
    await third.says("/giao @binh Nộp hồ sơ, hạn 27/11", team.room)
    team.room.sees("Tài khoản này mới được nối")


async def test_an_outsider_cannot_confirm(team: Team) -> None:
    asked = team.mai.hears("vừa có thêm tài khoản")
    stranger = team.office.person("Người lạ", started=True)
    assert "nhóm công tác" in await forged(stranger, asked)
    await team.new.says("/vaitro @binh phó", team.room)
    team.room.sees("Tài khoản này mới được nối")


async def test_the_code_made_on_the_new_account_makes_it_no_older(office: Office) -> None:
    room, lan, mai, _ = await people(office)
    await lan.says("/vaitro @mai phó", room)
    new = office.person("Lan máy mới", "lan2", started=True)
    await new.says("/lienket")
    await lan.says("/lienket " + new.hears("/lienket ").text.split()[-1])
    await lan.says("/vaitro @binh phó", room)
    room.sees("Binh nay là phó nhóm")
    await new.says("/vaitro @binh thành viên", room)
    room.sees("Tài khoản này mới được nối")
    await mai.presses("Đúng")
    await new.says("/vaitro @binh thành viên", room)
    room.sees("Binh nay là thành viên")


async def test_a_leader_alone_confirms_from_the_older_account(office: Office) -> None:
    room, lan, _, _ = await people(office)
    new = office.person("Lan máy mới", started=True)
    await joined(lan, new)
    asked = lan.hears("vừa có thêm tài khoản")
    assert "Tài khoản này mới được nối" in await forged(new, asked)
    await lan.presses("Đúng", asked)
    await new.says("/vaitro @binh phó", room)
    room.sees("Binh nay là phó nhóm")


async def test_a_leader_whose_older_account_is_lost_gets_a_code_from_the_operator(office: Office) -> None:
    room, lan, _, _ = await people(office)
    new = office.person("Lan máy mới", started=True)
    await joined(lan, new)
    await new.says("/xacnhan AAAA-3333")
    new.hears("Mã không đúng")
    made = await office.app.database.run(
        lambda session: codes.make(session, CodeKind.SETUP, office.now.replace(hour=23))
    )
    await new.says(f"/xacnhan {made}")
    new.hears("đã được xác nhận")
    lan.hears("Đã xác nhận tài khoản")
    await new.says("/vaitro @binh phó", room)
    room.sees("Binh nay là phó nhóm")


async def test_a_plain_member_is_not_held_up_and_is_asked_about_when_given_a_role(office: Office) -> None:
    room, lan, _, binh = await people(office)
    new = office.person("Bình máy mới", started=True)
    await joined(binh, new)
    await new.says("/viec")
    new.hears("Việc của tôi")
    await lan.says("/vaitro @binh phó", room)
    lan.hears("vừa có thêm tài khoản", "phó nhóm")
    await new.says("/giao @mai Nộp hồ sơ, hạn 27/11", room)
    room.sees("Tài khoản này mới được nối")
    await lan.presses("Đúng")
    await new.says("/giao @mai Nộp hồ sơ, hạn 27/11", room)
    room.sees("#1 Nộp hồ sơ")


async def test_what_waits_can_be_asked_for_in_words(team: Team) -> None:
    await team.binh.says("/xacnhan")
    team.binh.hears("Không có tài khoản nào chờ")
    await team.mai.says("/xacnhan")
    asked = team.mai.last
    assert "vừa có thêm tài khoản" in asked.text
    await team.mai.presses("Đúng", asked)
    await team.mai.says("/xacnhan")
    team.mai.hears("Không có tài khoản nào chờ")
