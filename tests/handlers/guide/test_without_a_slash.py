"""Commands as people write them on a telephone: without the slash, with blanks in their names, or by another name."""

import pytest

from tests.stage import Actor, Office, Room

Pair = tuple[Room, Actor, Actor]


@pytest.fixture
async def pair(office: Office) -> Pair:
    made = await office.pair()
    await made[1].says("/giao @binh Soạn kế hoạch, hạn 25/11", made[0])
    office.anything_goes()
    return made


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("trogiup", "Các lệnh dùng được ở đây"),
        ("Trợ giúp", "Các lệnh dùng được ở đây"),
        ("viec", "Việc của tôi"),
        ("việc của tôi", "Việc của tôi"),
        ("viec nhom", "Việc của Phòng Văn hóa"),
        ("quá hạn", "Việc quá hạn"),
        ("/quahan", "Việc quá hạn"),
        ("viec so 1", "Quá trình"),
        ("ai truc", "Lịch trực"),
        ("lich truc", "Lịch trực"),
        ("/so van ban", "Sổ văn bản đến"),
        ("tìm sở nội vụ", "không có gì cho sở nội vụ"),
        ("trễ hạn", "Việc quá hạn"),
    ],
)
async def test_in_private_what_only_looks_needs_no_slash(pair: Pair, said: str, heard: str) -> None:
    await pair[2].says(said)
    assert heard in pair[2].last.text


async def test_what_changes_something_is_confirmed_with_one_press(pair: Pair) -> None:
    room, lan, _ = pair
    await lan.says("giao binh dọn kho, hạn 26/11")
    asked = lan.hears("Ý anh/chị là lệnh này?", "/giao binh dọn kho, hạn 26/11")
    assert "#2" not in room.last.text
    await lan.presses("Đúng, làm", asked)
    await lan.presses("Nguyễn Văn Bình")
    room.sees("#2 dọn kho")
    await lan.says("hoan tac")
    await lan.presses("Không")
    lan.hears("chưa làm gì")
    await lan.says("hoan tac")
    await lan.says("viec nhom")
    assert "#2 dọn kho" in lan.last.text


async def test_a_name_with_blanks_is_the_command_in_the_group_too(pair: Pair) -> None:
    room, lan, binh = pair
    await lan.says("/vai trò @binh phó", room)
    room.sees("Nguyễn Văn Bình nay là phó nhóm")
    await lan.says("/hoan tac")
    lan.hears("Chỉ lấy lại được thao tác về việc")
    await lan.says("/quahanroi")
    assert "muốn /phone" not in lan.last.text
    await lan.says("/thongke")
    assert "/phone" not in lan.last.text
    await binh.says("xin chào")
    binh.hears("Chưa hiểu ý", "/viec", "/truc", "/trogiup")


async def test_nothing_is_a_command_that_only_begins_like_one(pair: Pair) -> None:
    await pair[2].says("truculent")
    pair[2].hears("Chưa hiểu ý")


async def test_an_open_question_says_how_to_leave_it(pair: Pair) -> None:
    lan = pair[1]
    await lan.says("/giao Nộp báo cáo, hạn 26/11")
    await lan.says("gọi cho ai đó")
    lan.hears("Chưa rõ", "Không cần nữa thì nhắn: thôi")
    await lan.says("Thôi.")
    lan.hears("Đã bỏ qua câu hỏi này")
    await lan.says("việc quá hạn")
    lan.hears("Việc quá hạn", "Không có việc nào quá hạn")


async def test_a_question_with_options_does_not_keep_what_is_meant_otherwise(pair: Pair) -> None:
    room, lan, binh = pair
    await lan.says("/giao @binh Dọn kho, hạn 26/11", room)
    await binh.says("em không làm kịp")
    binh.hears("Việc nào?")
    await binh.says("để xem đã")
    binh.hears("Chưa rõ lựa chọn", "nhắn: thôi")
    await binh.says("lich truc")
    binh.hears("Lịch trực", "20/11")
    await binh.says("1")
    binh.hears("Xin gia hạn việc #1 đến khi nào?")


async def test_what_would_change_something_waits_for_one_press(pair: Pair) -> None:
    _, lan, _ = pair
    await lan.says("truc mai binh")
    lan.hears("Ý anh/chị là lệnh này?", "/truc mai binh")
    await lan.says("lich truc")
    lan.hears("Lịch trực", "Chưa có người trực")
