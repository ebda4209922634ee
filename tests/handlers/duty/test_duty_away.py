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


async def test_who_is_not_on_duty_then_hears_that_nothing_has_to_change(office: Office) -> None:
    _, _, binh, _ = await roster(office)
    await binh.says("30/11 tôi bận không trực được")
    binh.hears("không có ca trực nào", "/truc")


@pytest.mark.parametrize(
    "said",
    ["Chi bận không trực được", "ai bận không trực được?", "em bận quá", "mai trực được", "x" * 300 + " không trực"],
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
