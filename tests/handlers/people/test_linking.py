"""One person with two accounts, one work group with two chats, and set-up by code."""

from storage import codes
from storage.codes import CodeKind
from tests.handlers.people.scenes import a_person_known_twice
from tests.stage import Office


def code_in(text: str) -> str:
    return text.split()[-1]


async def test_two_accounts_become_one_person_by_a_code(office: Office) -> None:
    lan = office.person("Lan", "lan", started=True)
    binh, zalo = office.person("Bình", "binh", started=True), office.person("Bình Zalo", started=True)
    room = office.room("Phòng", admins=[lan])
    for each in (lan, binh, zalo):
        await each.starts("")
    await lan.says("/thietlap Tổ 1", room)
    await binh.presses("Tham gia")
    await binh.says("/link")
    shown = binh.hears("/lienket ")
    await zalo.says(f"/lienket {code_in(shown.text)}")
    zalo.hears("Đã nối tài khoản này với Bình")
    binh.hears("vừa được nối")
    await zalo.says("/viec")
    zalo.hears("Việc của tôi")
    office.anything_goes()


async def test_what_one_did_before_the_two_were_one_is_theirs_and_nobody_elses(office: Office) -> None:
    lan, binh, other, room = await a_person_known_twice(office)
    await lan.says("/giao @binh2 Báo cáo số liệu, hạn 30/12", room)
    await other.presses("Nhận việc")
    await binh.says("/link")
    await other.says(f"/lienket {code_in(binh.hears('/lienket ').text)}")
    newcomer = office.person("Dũng", "dung", started=True)
    await newcomer.starts("")
    await lan.says("/task 1")
    lan.hears("Quá trình", "Bình nhận việc")
    assert "Dũng" not in lan.last.text
    office.anything_goes()


async def test_a_code_works_once_and_guessing_ends_after_three_tries(office: Office) -> None:
    binh, dung = office.person("Bình", started=True), office.person("Dũng", started=True)
    await binh.says("/link")
    said = code_in(binh.hears("/lienket ").text)
    for _ in range(3):
        await dung.says("/link AAAA-3333")
        dung.hears("Mã không đúng")
    await dung.says(f"/link {said}")
    dung.hears("Chờ 10 phút")
    await office.clock_to("+11m")
    await dung.says(f"/link {said}")
    dung.hears("Mã không đúng hoặc đã hết hạn")
    office.anything_goes()


async def test_a_second_chat_joins_the_work_group(office: Office) -> None:
    lan, binh = office.person("Lan", "lan", started=True), office.person("Bình", "binh", started=True)
    room, other = office.room("Phòng", admins=[lan]), office.room("Phòng (Zalo)", admins=[lan])
    for each in (lan, binh):
        await each.starts("")
    await lan.says("/thietlap Tổ 1", room)
    await binh.presses("Tham gia")
    await binh.says("/room", room)
    room.sees("dành cho trưởng nhóm")
    await lan.says("/room", room)
    said = code_in(lan.hears("/noinhom").text)
    await lan.says(f"/noinhom {said}", other)
    other.sees("Tổ 1")
    await lan.says("/giao @binh Việc chung, hạn 27/11", room)
    room.sees("#1 Việc chung")
    other.sees("#1 Việc chung")
    await binh.presses("Nhận việc")
    assert "đã nhận" in room.sees("#1").text
    assert "đã nhận" in other.sees("#1").text
    office.anything_goes()


async def test_where_the_messenger_names_no_admins_a_code_is_asked_for(office: Office) -> None:
    from dataclasses import replace

    office.paper.capabilities = replace(office.paper.capabilities, knows_admins=False)
    lan, dung = office.person("Lan", "lan", started=True), office.person("Dũng", started=True)
    room = office.room("Phòng", admins=[])
    await dung.says("/thietlap Tổ 1", room)
    room.sees("Nhờ quản trị hệ thống cấp mã")
    made = await office.app.database.run(
        lambda session: codes.make(session, CodeKind.SETUP, office.now.replace(hour=23))
    )
    await lan.says(f"/thietlap {made} Tổ công tác số 1", room)
    room.sees("Tổ công tác số 1", "1 người")
    await dung.says(f"/thietlap {made} Của tôi", room)
    room.sees("Mã không đúng")
    office.anything_goes()
