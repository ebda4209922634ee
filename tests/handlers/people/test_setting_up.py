"""Setting up a work group, naming and moving it."""

from dataclasses import replace

from bot.chat.events import Said
from tests.stage import Office


async def test_an_admin_sets_up_a_work_group_and_staff_join_with_one_press(office: Office) -> None:
    lan, binh = office.person("Lan", "lan", started=True), office.person("Bình", "binh")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await lan.says("/thietlap Tổ công tác số 1", room)
    card = room.sees("Tổ công tác số 1", "1 người")
    assert card.pinned
    await binh.presses("Tham gia")
    room.sees("2 người")
    room.sees("Bình: mở chat riêng")


async def test_anyone_else_is_refused_politely(office: Office) -> None:
    lan, binh = office.person("Lan", "lan"), office.person("Bình", "binh")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await binh.says("/setup Của tôi", room)
    room.sees("cần quản trị viên")


async def test_in_private_there_is_nothing_to_set_up(office: Office) -> None:
    lan = office.person("Lan")
    await lan.says("/setup Nhóm của tôi")
    lan.hears("dùng trong nhóm chat")


async def test_an_anonymous_administrator_is_asked_to_show_their_name(office: Office) -> None:
    room = office.room("Phòng Văn hóa", admins=[])
    await office.hear(Said(key="a1", at=office.now, chat=room.chat, message_id="5", text="/setup Nhóm"))
    room.sees("ẩn danh")


async def test_without_a_name_the_chats_title_is_taken(office: Office) -> None:
    lan = office.person("Lan")
    room, nameless = office.room("Phòng Văn hóa", admins=[lan]), office.room("", admins=[lan])
    await lan.says("/setup", room)
    room.sees("Phòng Văn hóa", "1 người")
    await lan.says("/setup", nameless)
    nameless.sees("Thêm tên nhóm sau lệnh")


async def test_names_may_hold_markup_emoji_and_right_to_left_letters(office: Office) -> None:
    lan = office.person("لان <b>&amp;</b> 👩\u200d💻")
    room = office.room("A", admins=[lan])
    await lan.says("/setup <b>Tổ *1*</b> & _bạn_ 🏢 [x](y)", room)
    assert room.sees("1 người").card.parts[0].text == "<b>Tổ *1*</b> & _bạn_ 🏢 [x](y)"
    await lan.says("/thanhvien", room)
    room.sees("• \u2068لان <b>&amp;</b> 👩\u200d💻\u2069 · trưởng nhóm")


async def test_a_very_long_name_is_cut(office: Office) -> None:
    lan = office.person("Lan")
    room = office.room("A", admins=[lan])
    await lan.says("/setup " + "tổ " * 2000, room)
    assert len(room.sees("1 người").card.parts[0].text) <= 100


async def test_the_leader_renames_the_group_and_others_hear_that_it_exists(office: Office) -> None:
    lan, binh = office.person("Lan"), office.person("Bình")
    room = office.room("A", admins=[lan, binh])
    await lan.says("/setup Tổ 1", room)
    await lan.says("/setup Tổ 2", room)
    room.sees('tên là "Tổ 2"')
    room.sees("Tổ 2", "1 người")
    await binh.says("/setup Của Bình", room)
    room.sees('đã là nhóm công tác "Tổ 2"')


async def test_said_in_another_topic_the_bot_moves_there(office: Office) -> None:
    lan, binh = office.person("Lan"), office.person("Bình")
    room = office.room("Diễn đàn", admins=[lan], thread="3")
    await lan.says("/setup Tổ 1", room)
    room.sees("Tổ 1")
    room.chat = replace(room.chat, thread="8")
    await binh.says("/setup", room)
    room.sees("cần quản trị viên")
    await lan.says("/setup", room)
    room.sees("dùng chủ đề này")
    await binh.says("/setup", room)
    room.sees("cần quản trị viên")


async def test_two_groups_do_not_know_each_other(office: Office) -> None:
    lan, hoa = office.person("Lan"), office.person("Hoa")
    one, other = office.room("Một", admins=[lan]), office.room("Hai", admins=[hoa])
    await lan.says("/setup Tổ 1", one)
    one.sees("Tổ 1")
    await hoa.says("/setup Tổ 2", other)
    other.sees("Tổ 2")
    await hoa.says("/thanhvien", one)
    one.sees("chưa tham gia nhóm công tác này")
    await hoa.says("/vaitro Lan phó", one)
    one.sees("chưa tham gia nhóm công tác này")
    await hoa.says("/thanhvien")
    assert "Lan" not in hoa.hears("Tổ 2", "Hoa").text
