"""Help, the group's language, one's groups, and the menus of messengers."""

import pytest

from bot.engine.router import Router
from bot.engine.texts import LANGUAGES, Texts
from handlers.guide.listing import PAGE, Entry, pages
from handlers.guide.menu import menu
from tests.handlers.people.scenes import a_group, forges, joined
from tests.stage import Actor, Message, Office


async def whole_help(actor: Actor, first: Message) -> str:
    """All pages, turned one by one."""
    said = [first.text]
    while "Trang sau" in first.labels:
        await actor.presses("Trang sau", first)
        first.expected = True
        said.append(first.text)
    assert all(page.count("\n") < 12 for page in said)
    return "\n".join(said)


async def test_help_lists_what_the_person_may_use_here(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình")
    await lan.says("/trogiup", room)
    leaders = await whole_help(lan, room.sees("Các lệnh dùng được ở đây"))
    assert "/vaitro: " in leaders
    assert "/thietlap: " in leaders
    await binh.says("/help")
    members = await whole_help(binh, binh.hears("Các lệnh dùng được ở đây"))
    assert "/vaitro" not in members
    assert "/thietlap" not in members  # for rooms
    assert "/thanhvien: " in members
    outsider = office.person("Người lạ")
    await outsider.says("/huongdan")
    strangers = await whole_help(outsider, outsider.hears("Các lệnh dùng được ở đây"))
    assert "/nhom: " in strangers
    assert "/thanhvien" not in strangers
    assert "/batdau" not in strangers


async def test_a_page_can_be_turned_back_and_none_lies_beyond(office: Office) -> None:
    lan, room = await a_group(office)
    await lan.says("/help", room)
    page = room.last
    first = page.text
    await lan.presses("Trang sau", page)
    assert page.text != first
    await lan.presses("Trang trước", page)
    assert page.text == first
    await forges(lan, room.chat, "guide-help:99")
    await forges(lan, room.chat, "guide-help:x")
    for message in room.messages:
        message.expected = True


async def test_help_explains_one_command_by_either_name(office: Office) -> None:
    lan, room = await a_group(office)
    await lan.says("/help role", room)
    first = room.sees("/vaitro · /role", "Dành cho: trưởng nhóm")
    await lan.says("/trogiup /vai_trò", room)
    assert room.last.text == first.text
    await lan.says("/help thanhvin", room)
    room.sees("Có phải anh/chị muốn /thanhvien")
    await lan.says("/help <b>", room)
    room.sees("Chưa có lệnh này")


async def test_the_group_speaks_english_when_those_who_lead_want_it(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình")
    await binh.says("/language en", room)
    room.sees("dành cho: trưởng nhóm, phó nhóm")
    await lan.says("/ngonngu tiếng anh", room)
    room.sees("uses English")
    await lan.says("/help members", room)
    room.sees("/members · /thanhvien")
    await lan.says("/language")
    lan.hears("Which language")
    await lan.presses("Tiếng Việt")
    lan.hears("dùng tiếng Việt")


async def test_another_groups_language_is_not_to_be_touched(office: Office) -> None:
    _, room = await a_group(office)
    hoa = office.person("Hoa")
    other = office.room("Khác", admins=[hoa])
    await hoa.says("/setup Tổ <2>", other)
    other.sees("Tổ <2>")
    await forges(hoa, hoa.private, "guide-language:1:en")
    await forges(hoa, hoa.private, "guide-group:1")
    await forges(hoa, hoa.private, "guide-language:77:en")
    await forges(hoa, other.chat, "guide-language:2:fr")
    assert ["chưa tham gia" in each for each in office.paper.toasts[-4:]] == [True, True, False, False]
    await hoa.says("/ngonngu", room)
    room.sees("chưa tham gia nhóm công tác này")


async def test_one_chooses_the_group_that_the_private_chat_is_about(office: Office) -> None:
    lan, room = await a_group(office)
    second = office.room("Hai", admins=[lan])
    await lan.says("/nhom")
    lan.hears("Nhóm công tác của anh/chị", "Tổ công tác số 1 (trưởng nhóm) · đang chọn", "áp dụng cho nhóm này")
    await lan.says("/setup Tổ <b>hai</b>", second)
    second.sees("Tổ <b>hai</b>")
    await lan.says("/groups", room)
    room.sees("Đã gửi vào chat riêng")
    card = lan.hears("Tổ <b>hai</b>")
    await lan.presses("hai", card)
    assert "Tổ <b>hai</b> (trưởng nhóm) · đang chọn" in card.text
    await lan.says("/thanhvien")
    lan.hears("Tổ <b>hai</b>", "1 người")
    card.expected = True


async def test_who_is_in_no_group_hears_how_to_get_into_one(office: Office) -> None:
    outsider = office.person("Người lạ")
    await outsider.says("/nhom")
    outsider.hears("chưa ở nhóm công tác nào")


def test_menus_hold_every_shown_command_in_both_languages(office: Office) -> None:
    router, texts = office.app.kit[Router], office.app.kit[Texts]
    entries = menu(router, texts)
    shown = [spec for feature in router.features for spec in feature.commands if spec.shown]
    for language in LANGUAGES:
        names = [each.name for each in entries if each.language == language]
        assert len(names) == len(set(names)) == len(shown)
    assert entries[0].language == "vi"
    setup = next(each for each in entries if each.name == "thietlap")
    assert setup.groups
    assert not setup.private
    assert setup.description == "Lập nhóm công tác trong nhóm chat này"


@pytest.mark.parametrize("sizes", [[1], [8], [9], [20], [3, 3, 3], [7, 2], [8, 1, 9]])
def test_no_page_is_too_long_and_no_heading_stands_alone(sizes: list[int]) -> None:
    groups = [[Entry(f"H{n}"), *(Entry("t", f"c{n}{i}") for i in range(size))] for n, size in enumerate(sizes)]
    found = pages(groups)
    assert all(2 <= len(page) <= PAGE for page in found)
    assert all(not page[0].command and page[-1].command for page in found)
    said = [entry.command for page in found for entry in page if entry.command]
    assert said == [f"c{n}{i}" for n, size in enumerate(sizes) for i in range(size)]


def test_an_empty_list_is_still_a_page() -> None:
    assert pages([]) == [[]]
