"""Joining by press, by word and by link; what an outsider may not."""

from tests.handlers.people.scenes import a_group, forges
from tests.stage import Office


async def test_several_joiners_are_asked_in_one_message_to_open_the_private_chat(office: Office) -> None:
    _, room = await a_group(office)
    await office.person("Bình").presses("Tham gia")
    await office.person("Chi").presses("Tham gia")
    room.sees("Bình, Chi: mở chat riêng")
    room.sees("3 người")
    room.sees_nothing_more()
    assert office.paper.toasts == ["Đã tham gia. Bấm tiếp Mở chat riêng để nhận việc"] * 2


async def test_a_second_press_changes_nothing(office: Office) -> None:
    _, room = await a_group(office)
    binh = office.person("Bình")
    await binh.starts()
    binh.hears("Xin chào")
    binh.hears("Hoặc thêm bot")
    await binh.presses("Tham gia")
    await binh.presses("Tham gia")
    room.sees("2 người")
    room.sees_nothing_more()
    assert office.paper.toasts == ["Đã tham gia nhóm công tác", "Anh/chị đã ở trong nhóm công tác"]


async def test_joining_by_word_does_the_same(office: Office) -> None:
    _, room = await a_group(office)
    binh = office.person("Bình")
    await binh.says("/thamgia", room)
    room.sees("Đã tham gia nhóm công tác")
    room.sees("2 người")
    room.sees("Bình: mở chat riêng")
    await binh.presses("Mở chat riêng")
    binh.hears("Chat riêng đã mở", "Tổ công tác số 1")


async def test_a_numbered_answer_joins_where_there_are_no_buttons(office: Office) -> None:
    _, room = await a_group(office)
    await office.person("Bình").says("1", room, reply_to=room.messages[0])
    room.sees("Đã tham gia nhóm công tác")
    room.sees("Bình: mở chat riêng")
    room.sees("2 người")


async def test_joining_needs_a_work_group_and_its_room(office: Office) -> None:
    binh = office.person("Bình")
    room = office.room("Nhóm lạ", admins=[])
    await binh.says("/join", room)
    room.sees("chưa lập nhóm công tác")
    await binh.says("/join")
    binh.hears("dùng trong nhóm chat")


async def test_a_guessed_link_or_button_lets_nobody_in(office: Office) -> None:
    lan, room = await a_group(office)
    outsider, elsewhere = office.person("Người lạ"), office.room("Nhóm khác", admins=[])
    await outsider.starts("join-1")
    outsider.hears("Vào nhóm chat của cơ quan")
    await outsider.starts("join-999")
    outsider.hears("Vào nhóm chat của cơ quan")
    await forges(outsider, elsewhere.chat, "join:1")
    await forges(outsider, outsider.private, "join:1")
    assert all("không còn dùng được" in toast for toast in office.paper.toasts)
    await lan.says("/thanhvien", room)
    room.sees("1 người đã tham gia")


async def test_another_groups_leader_can_do_nothing_here_even_with_forged_buttons(office: Office) -> None:
    lan, room = await a_group(office)
    hoa = office.person("Hoa")
    other = office.room("Khác", admins=[hoa])
    await hoa.says("/setup Tổ 2", other)
    other.sees("Tổ 2")
    await office.person("Mai").asks_to_join(room)
    ask = lan.hears("Mai xin vào").button("Đồng ý").action or ""
    for chat in (other.chat, hoa.private):
        for action in (
            "join:1",
            ask,
            "people-takeover:1",
            "people-members:1:0",
            "join:x",
            "people-admit:x",
            "join:" + "9" * 40,
        ):
            await forges(hoa, chat, action)
    assert office.paper.admitted == []
    assert not any("lỗi phía hệ thống" in each.text for each in (*hoa.messages, *other.messages))
    room.sees_nothing_more()
    lan.hears_nothing_more()
    await lan.says("/thanhvien", room)
    room.sees("1 người đã tham gia", "Lan")


async def test_who_was_seen_in_the_chat_may_come_in_by_the_link(office: Office) -> None:
    _, room = await a_group(office)
    binh = office.person("Bình")
    await binh.says("chào cả nhà", room)
    await binh.starts("join-1")
    binh.hears("Chat riêng đã mở", "Tổ công tác số 1")
    room.sees("2 người")


async def test_start_shows_the_way_to_a_group_and_later_ones_own(office: Office) -> None:
    lan = office.person("Lan")
    await lan.starts()
    assert lan.hears("Xin chào").labels == ["Chọn hoặc tạo nhóm chat"]
    assert lan.hears("Hoặc thêm bot").labels == ["Thêm bot vào nhóm chat"]
    room = office.room("Phòng Nội vụ", admins=[lan])
    await lan.picks(room)
    lan.hears("Đã chọn nhóm chat", "Phòng Nội vụ", "/thietlap")
    await lan.says("/thietlap Nội vụ", room)
    room.sees("Nội vụ")
    await lan.picks(room)
    lan.hears("nhóm công tác", "Nội vụ")
    await lan.says("/start")
    lan.hears("Nội vụ (trưởng nhóm)")


async def test_start_in_a_room_says_what_the_room_is(office: Office) -> None:
    lan = office.person("Lan")
    room = office.room("Phòng Nội vụ", admins=[lan])
    await lan.says("/start setup", room)
    room.sees_nothing_more()
    await lan.says("/start", room)
    room.sees("Để bắt đầu", "/thietlap")
    await lan.says("/thietlap", room)
    room.sees("Phòng Nội vụ", "1 người")
    await lan.says("/start", room)
    room.sees("là nhóm công tác", "Phòng Nội vụ")


async def test_an_unreachable_member_becomes_reachable_by_writing_and_is_lost_by_blocking(office: Office) -> None:
    _, room = await a_group(office)
    binh = office.person("Bình")
    await binh.says("/join", room)
    room.sees("Bình: mở chat riêng")
    room.sees("Đã tham gia")
    await binh.says("/thanhvien")
    assert "Bình · thành viên\n" in binh.hears("2 người").text + "\n"
    await binh.blocks()
    await binh.says("/thanhvien", room)
    room.sees("Bình · thành viên · chưa mở chat riêng")
    room.sees("Nhóm công tác, 2 người")


async def test_plain_talk_leaves_no_trace_but_the_persons_presence(office: Office) -> None:
    lan, room = await a_group(office)
    await office.person("Bình").says("chuyện riêng của tôi", room)
    await office.person("Chi").says("tôi cũng vậy", room)
    room.sees_nothing_more()
    await lan.says("/members", room)
    room.sees("chưa tham gia: Bình, Chi")
    raw = b"".join(path.read_bytes() for path in office.app.settings.data_dir.rglob("*") if path.is_file())
    assert "chuyện riêng".encode() not in raw


async def test_who_was_seen_before_the_set_up_is_seen_again_after_it(office: Office) -> None:
    lan, binh = office.person("Lan"), office.person("Bình")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await binh.says("chào cả nhà", room)
    await lan.says("/thietlap", room)
    room.sees("Phòng Văn hóa")
    await binh.says("có ai không", room)
    await lan.says("/thanhvien", room)
    room.sees("chưa tham gia: Bình")
