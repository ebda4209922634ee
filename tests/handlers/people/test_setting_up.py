"""Setting up a work group and joining it."""

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
