"""Who says that they cannot be on duty is offered to ask a colleague; nobody else is, and nothing else is read so."""

import pytest

from tests.actors import BOT
from tests.stage import Actor, Office, Room


async def roster(office: Office) -> tuple[Room, Actor, Actor, Actor]:
    """Bình is on duty on Saturday, Monday and Tuesday, Chi on Sunday."""
    room, lan, binh = await office.pair()
    chi = office.person("Phạm Quỳnh Chi", "chi", started=True)
    await chi.starts()
    await chi.says("/thamgia", room)
    await lan.says("/truc 21/11 @binh; 22/11 @chi; 23-24/11 @binh", room)
    for messages in office.paper.chats.values():
        for each in messages:
            each.expected = True
    return room, lan, binh, chi


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("mai tôi bận không trực được", "cả ngày thứ Bảy 21/11."),
        ("mai toi ban khong truc duoc", "cả ngày thứ Bảy 21/11."),
        ("Dạ thứ 2 em đi công tác, không trực được ạ", "cả ngày thứ Hai 23/11."),
        ("em ốm, ko trực được", "cả ngày thứ Bảy 21/11."),
        ("23-24/11 em xin nghỉ trực", "cả ngày thứ Hai 23/11; cả ngày thứ Ba 24/11."),
        ("I cannot be on duty tomorrow", "cả ngày thứ Bảy 21/11."),
        ("Sáng mai em có việc nhà, trực không được ạ", "cả ngày thứ Bảy 21/11."),
        ("mai em ốm, nhờ Chi trực thay", "cả ngày thứ Bảy 21/11."),
        ("Chi ơi mai không trực được rồi", "cả ngày thứ Bảy 21/11."),
        ("Bình xin phép không trực ngày 23/11 ạ", "cả ngày thứ Hai 23/11."),
        ("em T7 không trực được", "cả ngày thứ Bảy 21/11."),
        ("anh Chi, mai em ko trực đc", "cả ngày thứ Bảy 21/11."),
        ("mai tôi ban không truc được", "cả ngày thứ Bảy 21/11."),
    ],
)
async def test_who_cannot_is_offered_to_ask_somebody(office: Office, said: str, when: str) -> None:
    _, _, binh, _ = await roster(office)
    await binh.says(said)
    binh.hears("Anh/chị có ca trực: " + when)


async def test_two_presses_ask_a_colleague_and_the_shift_moves_when_they_accept(office: Office) -> None:
    room, _, binh, chi = await roster(office)
    await binh.says(f"@{BOT} mai em bận không trực được ạ", room)
    room.sees("Anh/chị có ca trực: cả ngày thứ Bảy 21/11")
    await binh.presses("Nhờ trực thay")
    asked = room.sees("Nhờ ai trực thay cả ngày thứ Bảy 21/11?")
    assert binh.name not in asked.labels
    await binh.presses(chi.name)
    room.sees("Đã hỏi Phạm Quỳnh Chi")
    await chi.presses("Nhận ca trực")
    room.sees("Phạm Quỳnh Chi trực cả ngày thứ Bảy 21/11 thay")
    office.anything_goes()


async def test_a_colleague_who_is_on_duty_then_is_not_offered(office: Office) -> None:
    room, lan, binh, chi = await roster(office)
    await lan.says("/donvitruc Văn phòng @chi", room)
    await lan.says("/truc Văn phòng: 21/11 @chi", room)
    await binh.says("mai tôi bận không trực được")
    await binh.presses("Nhờ trực thay")
    assert chi.name not in binh.hears("Nhờ ai trực thay").labels
    office.anything_goes()


async def test_anothers_button_offers_nothing(office: Office) -> None:
    room, _, binh, chi = await roster(office)
    await binh.says(f"@{BOT} mai em bận không trực được", room)
    await chi.presses("Nhờ trực thay", room.sees("Anh/chị có ca trực"))
    assert "không có ca trực sắp tới như vậy" in office.paper.toasts[-1]


@pytest.mark.parametrize("said", ["hôm nay em ốm không trực được", "em ốm không trực được"])
async def test_who_is_on_duty_already_tells_the_leader(office: Office, said: str) -> None:
    room, lan, binh, _ = await roster(office)
    await office.clock_to("2026-11-21 09:00")
    await binh.says(said)
    binh.hears("Ca trực cả ngày thứ Bảy 21/11 của anh/chị đã bắt đầu")
    assert not binh.last.labels
    await lan.says("/truc hôm nay @lan", room)
    room.sees("Đã ghi lịch trực", "Trần Thị Lan")
    office.anything_goes()


async def test_a_button_asks_for_nobody_once_the_shift_has_begun(office: Office) -> None:
    _, _, binh, _ = await roster(office)
    await binh.says("mai em bận không trực được")
    card = binh.hears("Anh/chị có ca trực")
    await office.clock_to("2026-11-21 09:00")
    await binh.presses("Nhờ trực thay", card)
    assert "đã bắt đầu" in office.paper.toasts[-1]
    office.anything_goes()


async def test_who_is_not_on_duty_then_hears_that_nothing_has_to_change(office: Office) -> None:
    _, _, binh, _ = await roster(office)
    await binh.says("30/11 tôi bận không trực được")
    binh.hears("không có ca trực nào", "/truc")


@pytest.mark.parametrize(
    "said",
    [
        "Chi bận không trực được",
        "ai bận không trực được?",
        "em bận quá",
        "mai trực được",
        "x" * 300 + " không trực",
        "ban giám đốc trực tuần này",
        "bạn trực mai nhé",
        "bàn giao xong, ca trực của tôi ổn",
        "mệt quá, ca trực đêm qua dài thật",
        "chị ấy ốm không trực được",
        "em Chi không trực được",
        "anh Nam ốm không trực được",
        "em báo hộ Chi không trực được",
        "hôm qua tôi bận nên trực không được",
        "tôi không trực tiếp làm việc này",
        "mai tôi bận họp trực tuyến",
        "phòng này không trực thuộc sở",
        "tôi bận nhưng vẫn trực được",
        "tôi ốm nhưng vẫn đi trực",
        "tôi không bận, trực được",
        "đừng nghĩ trực không được nghỉ",
        "người trực không được rời vị trí",
        "mai tôi bận, Chi trực thay tôi rồi",
        "bận trực nên không họp được",
        "tôi đang bận trực, không đi họp được",
        "nếu không trực được thì báo trước",
        "các bạn không trực được thì báo nhé",
        "họ không trực được",
        "em bận họp, chị xem lịch trực giúp em",
    ],
)
async def test_anything_else_is_not_read_so(office: Office, said: str) -> None:
    _, _, binh, _ = await roster(office)
    await binh.says(said)
    assert "ca trực:" not in binh.last.text
    assert not any("trực thay" in label for label in binh.last.labels)
    office.anything_goes()


async def test_an_outsider_is_told_nothing_of_the_roster(office: Office) -> None:
    await roster(office)
    dung = office.person("Đỗ Tiến Dũng", started=True)
    await dung.says("mai tôi bận không trực được")
    dung.hears("Chưa hiểu")


async def test_who_is_in_two_groups_is_asked_about_the_one_with_the_shift(office: Office) -> None:
    _, _, binh, _ = await roster(office)
    khanh = office.person("Vũ Khánh", "khanh", started=True)
    other = office.room("Tổ khác", admins=[khanh])
    await khanh.says("/thietlap Tổ khác", other)
    await binh.says("/thamgia", other)
    await binh.says("mai tôi bận không trực được")
    binh.hears("Anh/chị có ca trực: cả ngày thứ Bảy 21/11")
    await binh.presses("Nhờ trực thay")
    asked = binh.hears("Nhờ ai trực thay")
    assert khanh.name not in asked.labels
    await binh.says("thôi")
    await binh.says("25/12 tôi bận không trực được")
    binh.hears("không có ca trực nào")
    office.anything_goes()
