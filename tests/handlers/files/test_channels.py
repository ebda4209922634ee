"""The ways of a password, in the group's order; the last is a page whose address and code go different ways."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from bot.engine.work import Refusal
from bot.web.pages import Visit
from handlers.files import policy, visits
from handlers.files.tokens import PublicAddress
from storage.files import CHANNELS, Channel
from tests.handlers.files.scene import PASSWORD, REPORT, Stage, audited, leave, the_password

ADDRESS = "https://bot.tinh.gov.vn"
_LINK = re.compile(rf"(\w+): {ADDRESS}/mot-lan/(\S+)")
_CODE = re.compile(r"Chi: (\d{3} \d{3})")


@pytest.fixture
async def online(stage: Stage) -> Stage:
    """The web side has an address; Chi cannot be written to."""
    kit: Mapping[type[Any], Any] = {**stage.office.app.engine.kit, PublicAddress: PublicAddress(ADDRESS)}
    object.__setattr__(stage.office.app.engine, "kit", kit)
    stage.office.anything_goes()
    return stage


async def visits_page(stage: Stage, token: str, step: str = "", code: str = "") -> tuple[int, str]:
    engine = stage.office.app.engine
    visit = Visit(door="mot-lan", token=token, step=step, code=code)
    reply = await stage.reads(lambda session: visits.answer(visit, engine.work(session)))
    await stage.office.app.settle()
    return reply.status, reply.document


async def offered(stage: Stage) -> tuple[str, str]:
    """Chi's address and code."""
    in_room, told = stage.room.sees("Chi: https"), stage.lan.hears("báo mã qua điện thoại")
    link, code = _LINK.search(in_room.text), _CODE.search(told.text)
    assert link
    assert code
    assert in_room.card.secret
    assert told.card.secret
    assert code[1] not in stage.in_room()
    assert link[2] not in told.text
    return link[2], code[1]


async def test_who_cannot_be_written_to_gets_a_page_and_its_code_by_voice(online: Stage) -> None:
    await online.lan.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    token, code = await offered(online)
    assert [name for name, _ in _LINK.findall(online.in_room())] == ["Chi"]
    assert not PASSWORD.search((await visits_page(online, token))[1])
    status, page = await visits_page(online, token, "press")
    assert (status, PASSWORD.search(page)) == (200, None)
    status, page = await visits_page(online, token, "code", code)
    assert the_password(online.binh.hears("Mật khẩu Tệp #1 (")) in page
    online.lan.hears("Chi vừa mở liên kết")
    assert (await visits_page(online, token, "code", code))[0] == 410
    await online.lan.says("/daniem")
    online.lan.hears("cả 3 người")


async def test_a_page_ends_when_the_password_has_come_another_way(online: Stage) -> None:
    await online.lan.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    token, code = await offered(online)
    await online.chi.starts()
    the_password(online.chi.hears("Mật khẩu Tệp #1 ("))
    _, page = await visits_page(online, token, "code", code)
    assert not PASSWORD.search(page)


async def test_five_wrong_codes_close_the_page_and_its_maker_hears_of_it(online: Stage) -> None:
    await online.lan.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    token, code = await offered(online)
    wrong = "000000" if code != "000 000" else "111111"
    answers = [(await visits_page(online, token, "code", wrong))[0] for _ in range(5)]
    assert answers == [403, 403, 403, 403, 410]
    assert (await visits_page(online, token, "code", code))[0] == 410
    online.lan.hears("nhập sai mã 5 lần", "/motlan 1 Chi")
    assert await online.reads(lambda session: audited(session, "one-time-closed"))


async def test_a_page_is_its_persons_while_they_are_a_member(online: Stage) -> None:
    await online.lan.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    token, code = await offered(online)
    await online.reads(lambda session: leave(session, online.chi, online.office))
    assert (await visits_page(online, token, "code", code))[0] == 410


async def test_when_the_sender_cannot_be_told_the_leader_passes_the_codes_on(online: Stage) -> None:
    await online.chi.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    token, code = await offered(online)
    assert PASSWORD.search((await visits_page(online, token, "code", code))[1])


async def test_the_next_day_there_are_new_pages(online: Stage) -> None:
    await online.lan.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    old, old_code = await offered(online)
    await online.office.clock_to("+25h")
    token, code = await offered(online)
    assert token != old
    assert (await visits_page(online, old, "code", old_code))[0] == 410
    assert PASSWORD.search((await visits_page(online, token, "code", code))[1])


async def test_a_group_that_wants_pages_first_sends_no_password_by_itself(online: Stage) -> None:
    await online.lan.says("/niem kenh trang", online.room)
    online.room.sees("trang xem một lần → chat riêng → chat riêng ở ứng dụng khác → thư công vụ (chưa bật)")
    await online.binh.uploads("Báo cáo.docx", REPORT, online.room, "/niem")
    assert {name for name, _ in _LINK.findall(online.in_room())} == {"Lan", "Bình", "Chi"}
    assert not [each for each in (*online.lan.messages, *online.binh.messages) if PASSWORD.search(each.text)]
    await online.lan.presses("Xem mật khẩu")
    the_password(online.lan.hears("Mật khẩu Tệp #1 ("))


async def test_without_an_address_pages_are_passed_over(stage: Stage) -> None:
    await stage.lan.says("/seal channels page, private", stage.room)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))
    stage.lan.hears("Chưa gửi được mật khẩu Tệp #1 cho: Chi")
    stage.office.anything_goes()


async def test_the_order_is_the_leaders_to_change_and_anybodys_to_see(stage: Stage) -> None:
    await stage.binh.says("/niem kenh thu", stage.room)
    stage.room.sees("Chỉ trưởng nhóm và phó nhóm")
    await stage.lan.says("/niem kênh: thư công vụ, chat riêng", stage.room)
    said = stage.room.sees("thư công vụ (chưa bật) → chat riêng → chat riêng ở ứng dụng khác → trang xem một lần (")
    assert "macro" not in said.text
    await stage.lan.says("/niem kenh bồ câu", stage.room)
    stage.room.sees("Nhắn các kênh theo thứ tự")
    await stage.lan.says("/seal channels default", stage.room)
    await stage.binh.says("/niem kenh", stage.room)
    stage.room.sees("lần lượt: chat riêng → chat riêng ở ứng dụng khác → thư công vụ (", "macro", "Ảnh trong nhóm")
    stage.office.anything_goes()


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("thu", "mail"),
        ("mail chat", "mail chat"),
        ("email > trang > rieng", "mail page chat"),
        ("thu cong vu, chat rieng o ung dung khac, trang xem mot lan", "mail other page"),
        ("thu dien tu roi chat rieng", "mail chat"),
        ("private then one-time page", "chat page"),
        ("chat chat", "chat"),
    ],
)
def test_channels_as_people_write_them(said: str, first: str) -> None:
    found = policy.read_channels(said)
    assert " ".join(found).startswith(first)
    assert sorted(found) == sorted(CHANNELS)


def test_what_names_no_channel_is_not_guessed() -> None:
    with pytest.raises(Refusal):
        policy.read_channels("bo cau, thu")
    assert tuple(policy.read_channels("mac dinh")) == tuple(Channel)
