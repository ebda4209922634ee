"""A leader makes a group of an Official Account from the private chat, or is told why there is none."""

from tests.journeys.zalo_oa_rooms.conftest import Hall


async def test_a_leader_makes_a_group_on_the_phone(hall: Hall) -> None:
    front, api, lan = hall.front, hall.api, hall.lan
    api.world.asset("gmf10")
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    asked = front.sees(lan, "mời ai", "0 trong 2 người")
    assert [each["title"] for each in asked.buttons] == [
        "Chọn tất cả 2 người",
        "Xong, mời 0 người",
        "Lê Chi",
        "Nguyễn Văn Bình",
    ]
    await front.taps(lan, asked, "Chọn tất cả 2 người")
    await front.taps(lan, front.sees(lan, "2 trong 2"), "Xong, mời 2 người")
    await front.taps(lan, front.sees(lan, 'Lập nhóm chat "Phòng Văn hóa" và mời 2 người?', "9 người"), "Lập và mời")
    await hall.hears_events()
    (room,) = hall.groups
    assert (room.name, room.members, sorted(room.pending)) == (
        "Phòng Văn hóa",
        [lan.id],
        sorted([hall.binh.id, hall.chi.id]),
    )
    front.sees(lan, "Đã mời 2, đã vào 0, chờ 2", "Lê Chi, Nguyễn Văn Bình", room.link)
    assert "thietlap" not in front.sees(room, "Phòng Văn hóa").text, "the group is nobody's to set up any more"
    # who comes belongs to the work group, and the leader is told of all who came in ten minutes at once
    before = len(front.all_in(lan))
    await hall.comes(hall.binh, room)
    assert len(front.all_in(lan)) == before
    await front.later(660)
    front.sees(lan, "Đã mời 2, đã vào 1, chờ 1")
    await hall.comes(hall.chi, room)
    await front.later(10)
    front.sees(lan, "Đã mời 2, đã vào 2, chờ 0")
    await front.says(lan, "/giao @Lê Chi Báo cáo số liệu, hạn 16h 27/11", room)
    assert front.sees(room, "#1", "Lê Chi").text.count(f"[@{hall.chi.id}]") == 1, "she is called by a mention"
    front.sees(hall.chi, "#1")


async def test_people_are_chosen_by_numbers_by_names_and_page_by_page(hall: Hall) -> None:
    front, api, lan = hall.front, hall.api, hall.lan
    api.world.asset("gmf50")
    for number in range(20):
        await api.follows(api.person(f"Người {number:02}"))
    await front.says(lan, f"/thietlap {await front.code()} Sở")
    await front.says(lan, "4 6-8")
    front.sees(lan, "4 trong 22", "✓ Lê Chi", "✓ Người 00", "Trang sau (1/3)")
    await front.says(lan, "99")
    front.sees(lan, "Không có số 99", "4 trong 22")
    await front.says(lan, "tiếp")
    front.sees(lan, "Người 10", "(2/3)")
    await front.says(lan, "4")
    front.sees(lan, "5 trong 22")
    await front.says(lan, "4")
    front.sees(lan, "4 trong 22")
    await front.says(lan, "nguyễn văn bình, Người 19, Người lạ mặt")
    front.sees(lan, "6 trong 22", "Chưa thấy Người lạ mặt")
    await front.says(lan, "Người")
    front.sees(lan, '20 người tên "Người"', "6 trong 22")
    await front.says(lan, "xong")
    front.sees(lan, "mời 6 người", "và")
    await hall.chooses(lan, "Chọn lại")
    await front.says(lan, "thôi")
    front.sees(lan, "Chưa lập nhóm chat")
    assert not hall.groups
    # the code has been used up, and still serves its day
    await front.says(lan, "/thietlap Sở Nội vụ")
    front.sees(lan, "Sở Nội vụ", "mời ai")


async def test_without_a_code_nobody_makes_a_group(hall: Hall) -> None:
    front = hall.front
    hall.api.world.asset("gmf10")
    await front.says(hall.lan, "/thietlap Phòng Văn hóa")
    front.sees(hall.lan, "mã", "/thietlap")
    for _ in range(4):
        await front.says(hall.binh, "/thietlap ABCD-3456 Phòng Văn hóa")
    front.sees(hall.binh, "Mã sai nhiều lần")
    assert not hall.api.asked("creategroupwithoa")
    room = await hall.makes_room("Bình")
    await hall.comes(hall.binh, room)
    await front.says(hall.binh, "/thietlap")
    front.sees(hall.binh, "Nhờ quản trị hệ thống cấp mã")


async def test_who_is_new_is_told_how_to_begin(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    await front.says(lan, "/batdau")
    front.sees(lan, "/thietlap MÃ Tên nhóm")
    await front.says(lan, "/trogiup")
    front.sees(lan, "/thietlap:")
    hall.api.world.groups_allowed = False
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    before = len(front.all_in(lan))
    await front.says(lan, "/trogiup")
    assert "/thietlap:" not in "".join(each.text for each in front.all_in(lan)[before:])


async def test_an_account_without_groups_says_so(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    hall.api.world.groups_allowed = False
    code = await front.code()
    await front.says(lan, f"/thietlap {code} Phòng Văn hóa")
    front.sees(lan, "chưa được phép lập nhóm chat", "giaoban check")
    await front.says(lan, "/thietlap Phòng Văn hóa")
    front.sees(lan, "ở đây bot không tự lập nhóm được")


async def test_without_a_free_place_nothing_is_begun(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    front.sees(lan, "không còn chỗ nhóm trống", "GMF")
    hall.api.world.asset("gmf10")
    for number in range(12):
        await front.says(hall.api.person(f"Người {number:02}", follows=True), "xin chào")
    await front.says(lan, "/thietlap Phòng Văn hóa")
    await front.says(lan, "tất cả")
    await front.says(lan, "xong")
    front.sees(lan, "Đã chọn 14 người", "chứa được 8")
    assert not hall.groups


async def test_the_administrator_of_the_account_is_asked_for(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    lan.oa_admin, hall.chi.oa_admin = False, True
    hall.api.world.asset("gmf10")
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    await front.says(lan, "tất cả")
    await front.says(lan, "xong")
    await hall.chooses(lan, "Lập và mời")
    front.sees(lan, "Ai là quản trị viên OA")
    await hall.chooses(lan, "Nguyễn Văn Bình")
    front.sees(lan, "Ai là quản trị viên OA")
    await front.says(lan, "Lê Chi")
    (room,) = hall.groups
    assert room.members == [hall.chi.id]
    assert sorted(room.pending) == sorted([lan.id, hall.binh.id])
    front.sees(lan, "Đã mời 2, đã vào 1, chờ 1")


async def test_a_lost_answer_makes_no_second_group(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    hall.api.world.asset("gmf10")
    hall.api.world.asset("gmf10")
    hall.api.fail_next("/creategroupwithoa", "accept_then_502")
    hall.api.fail_next("/group/invite", 502)
    room = await hall.makes_room("Bình")
    await front.later(60)
    assert hall.groups == [room]
    assert room.pending == [hall.binh.id]
    front.sees(lan, "Đã mời 1, đã vào 0, chờ 1")
    assert "/thietlap Tên nhóm" not in "".join(each.text for each in front.all_in(room))
