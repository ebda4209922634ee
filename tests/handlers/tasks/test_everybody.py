"""An order to the whole office: the number of people is confirmed before it is done."""

import pytest

from tests.handlers.tasks.conftest import Team


@pytest.mark.parametrize(
    "whom",
    ["cả phòng", "ca to", "mọi người", "tất cả", "cho cả nhóm:", "toàn bộ cán bộ", "tất cả mọi người,", "everybody"],
)
async def test_the_whole_office_gets_it_once_that_is_confirmed(team: Team, whom: str) -> None:
    await team.lan.says(f"/giao {whom} nộp báo cáo tuần, hạn 16h thứ 2", team.room)
    asked = team.room.sees("Giao cho 3 người: nộp báo cáo tuần, hạn 16:00 thứ Hai 23/11\n")
    assert "Lê Hoa, Nguyễn Văn Bình, Phạm An. Người đầu chủ trì." in asked.text
    team.binh.hears_nothing_more()
    await team.lan.presses("Giao cho 3 người")
    team.room.sees("#1 nộp báo cáo tuần", "Chủ trì: Lê Hoa", "Nguyễn Văn Bình (chưa nhận), Phạm An (chưa nhận)")
    team.binh.hears("#1 nộp báo cáo tuần")
    team.hoa.hears("#1 nộp báo cáo tuần")


async def test_a_no_gives_nothing_out(team: Team) -> None:
    await team.lan.says("/giao cả phòng dọn vệ sinh, hạn mai", team.room)
    await team.lan.presses("Không giao")
    team.room.sees("Chưa giao việc này")
    await team.lan.says("/viec nhóm")
    team.lan.hears("Việc của Tổ công tác số 1 (0)")


async def test_who_left_before_it_was_confirmed_gets_nothing(team: Team) -> None:
    await team.lan.says("/giao cả phòng dọn vệ sinh, hạn mai", team.room)
    await team.binh.leaves(team.room)
    await team.lan.presses("Giao cho 3 người")
    seen = team.room.sees("#1 dọn vệ sinh")
    assert "Bình" not in seen.text
    team.binh.hears_nothing_more()
    team.office.anything_goes()


async def test_the_deadline_is_asked_afterwards_in_words_too(team: Team) -> None:
    await team.hoa.says("/giao mọi người dọn vệ sinh")
    team.hoa.hears("Giao cho 2 người: dọn vệ sinh", "Nguyễn Văn Bình, Phạm An")
    await team.hoa.says("đồng ý")
    team.hoa.hears('Hạn của việc "dọn vệ sinh"')
    await team.hoa.says("16h thứ 2")
    team.hoa.hears("Đã giao 1 việc")
    team.room.sees("#1 dọn vệ sinh", "Chủ trì: Nguyễn Văn Bình")
    team.binh.hears("#1 dọn vệ sinh")


async def test_all_of_something_for_somebody_is_no_order_to_all(team: Team) -> None:
    await team.lan.says("/giao tất cả hồ sơ cho @binh, hạn 16h thứ 2", team.room)
    team.room.sees("#1 tất cả hồ sơ", "Chủ trì: Nguyễn Văn Bình")
    team.binh.hears("#1")


async def test_members_and_an_order_without_words_are_refused(team: Team) -> None:
    await team.binh.says("/giao cả phòng đi chơi", team.room)
    team.room.sees("dành cho: trưởng nhóm")
    await team.lan.says("/giao cả phòng", team.room)
    team.room.sees("Thêm nội dung việc")


async def test_a_leader_alone_has_nobody_to_give_it_to(team: Team) -> None:
    lan = team.office.person("Đinh Kim Ngân", "ngan", started=True)
    room = team.office.room("Phòng mới", admins=[lan])
    await lan.says("/thietlap Tổ mới", room)
    await lan.says("/giao cả phòng dọn vệ sinh, hạn mai", room)
    room.sees("chưa có thành viên nào khác")
    team.office.anything_goes()


@pytest.mark.parametrize(
    ("order", "title"),
    [
        ("tất cả tờ trình gửi @binh", "tất cả tờ trình gửi"),
        ("tất cả bàn ghế giao @binh", "tất cả bàn ghế giao"),
        ("@binh in tất cả báo cáo", "in tất cả báo cáo"),
        ("@binh cả phòng họp dọn sạch", "cả phòng họp dọn sạch"),
    ],
)
async def test_words_that_look_like_the_office_give_nothing_to_all(team: Team, order: str, title: str) -> None:
    await team.lan.says(f"/giao {order}, hạn 16h thứ 2", team.room)
    assert "Phối hợp" not in team.room.sees(f"#1 {title}", "Chủ trì: Nguyễn Văn Bình").text
    team.binh.hears("#1")


async def test_all_of_something_keeps_its_first_letters(team: Team) -> None:
    await team.lan.says("/giao tất cả tờ trình nộp lại, hạn 16h thứ 2", team.room)
    team.room.sees("Giao cho 3 người: tờ trình nộp lại")


async def test_all_of_something_for_a_given_name_asks_who(team: Team) -> None:
    await team.lan.says("/giao tất cả báo cáo quý cho Bình, hạn 16h thứ 2", team.room)
    team.room.sees("Giao cho ai: tất cả báo cáo quý cho Bình")


@pytest.mark.parametrize(
    "order",
    [
        "mọi người trừ @binh vệ sinh",
        "tất cả trừ Bình vệ sinh",
        "cả phòng (ngoại trừ Bình) vệ sinh",
        "cả phòng vệ sinh, trừ bình",
        "everybody except @binh vệ sinh",
    ],
)
async def test_who_is_left_out_in_words_gets_nothing(team: Team, order: str) -> None:
    await team.lan.says(f"/giao {order}, hạn 16h thứ 2", team.room)
    team.room.sees("Giao cho 2 người: vệ sinh, hạn 16:00 thứ Hai 23/11\nLê Hoa, Phạm An.")
    await team.lan.presses("Giao cho 2 người")
    team.room.sees("#1 vệ sinh")
    team.hoa.hears("#1 vệ sinh")
    team.binh.hears_nothing_more()


async def test_an_order_to_all_but_everybody_is_refused(team: Team) -> None:
    await team.lan.says("/giao mọi người trừ Bình, Hoa vệ sinh, trừ an, hạn mai", team.room)
    team.room.sees("chưa có thành viên nào khác")


async def test_in_a_list_each_line_goes_to_its_own_people(team: Team) -> None:
    await team.lan.says("/giao\n- cả phòng dọn kho, hạn thứ 4\n- @binh in giấy mời, hạn thứ 4", team.room)
    team.room.sees("Giao cho 3 người: dọn kho")
    team.room.sees("#1 in giấy mời", "Chủ trì: Nguyễn Văn Bình")
    team.binh.hears("#1 in giấy mời")
    await team.lan.presses("Giao cho 3 người")
    team.room.sees("#2 dọn kho", "Chủ trì: Lê Hoa")
    team.office.anything_goes()


@pytest.mark.parametrize("whom", ["@binh và cả phòng", "Bình cùng mọi người", "@binh, @an và cả tổ"])
async def test_who_is_named_beside_the_office_leads(team: Team, whom: str) -> None:
    await team.lan.says(f"/giao {whom} dọn kho, hạn 16h thứ 2", team.room)
    team.room.sees("Giao cho 3 người: dọn kho, hạn 16:00 thứ Hai 23/11\nNguyễn Văn Bình, ")
    team.binh.hears_nothing_more()


async def test_the_office_is_called_as_people_call_it(team: Team) -> None:
    for number, whom in enumerate(("cả nhà ơi,", "mọi người trong phòng", "cả phòng mình", "tất cả cán bộ, công chức")):
        await team.lan.says(f"/giao {whom} nộp quỹ {number}, hạn 16h thứ 2", team.room)
        team.room.sees(f"Giao cho 3 người: nộp quỹ {number}")


async def test_the_confirmation_counts_once_and_only_from_who_was_asked(team: Team) -> None:
    await team.lan.says("/giao cả phòng dọn kho, hạn thứ 4", team.room)
    asked = team.room.sees("Giao cho 3 người: dọn kho")
    await team.hoa.presses("Giao cho 3 người", asked)
    assert "dành cho người khác" in team.office.paper.toasts[-1]
    as_it_was = asked.card
    await team.lan.presses("Giao cho 3 người", asked)
    asked.card = as_it_was
    await team.lan.presses("Giao cho 3 người", asked)
    assert "không còn dùng được" in team.office.paper.toasts[-1]
    await team.lan.says("/viec nhóm")
    team.lan.hears("(1)")
    team.office.anything_goes()
