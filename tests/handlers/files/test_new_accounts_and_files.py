"""Somebody has a second account joined to a leader by a trick: no password, page or letter ever comes to it."""

import re
from dataclasses import dataclass

import pytest

from storage import people
from tests.handlers.files.scene import PASSWORD, REPORT, Stage, reachable
from tests.stage import Actor, Office


@dataclass
class Trick:
    """Bình is a deputy; `thief` has got a code of his and joined an account of their own to him."""

    stage: Stage
    office: Office
    binh: Actor
    thief: Actor

    def heard(self) -> str:
        return "\n".join(each.text for each in self.thief.messages)


async def joined(old: Actor, new: Actor) -> None:
    await old.says("/lienket")
    await new.says("/lienket " + old.hears("/lienket ").text.split()[-1])


@pytest.fixture
async def trick(stage: Stage) -> Trick:
    office = stage.office
    await stage.lan.says("/vaitro @binh phó", stage.room)
    thief = office.person("Kẻ gian", "kegian", started=True)
    await reachable(office, thief)
    await joined(stage.binh, thief)
    office.anything_goes()
    return Trick(stage, office, stage.binh, thief)


async def test_the_password_goes_to_the_known_account_alone(trick: Trick) -> None:
    await trick.thief.says("/nhanday")
    await trick.stage.lan.uploads("kế hoạch.docx", REPORT, trick.stage.room, "/niem")
    password = PASSWORD.search(trick.binh.hears("Mật khẩu Tệp #1").text)
    assert password is not None
    for asked in ("/matkhau 1", "/motlan 1 Bình", "/tep", "/guitep", "/sovanban"):
        await trick.thief.says(asked)
        assert "Tài khoản này mới được nối" in trick.thief.last.text, asked
    await trick.thief.says("/matkhau 1", trick.stage.room)
    await trick.thief.presses("Xem mật khẩu", trick.stage.room.sees("Tệp #1, người gửi"))
    assert "Tài khoản này mới được nối" in trick.office.paper.toasts[-1]
    assert PASSWORD.search(trick.heard()) is None
    assert not re.search(r"https?://", trick.heard())


async def test_when_the_known_account_is_blocked_the_new_one_is_no_way_out(trick: Trick) -> None:
    trick.office.paper.started.discard(trick.binh.sender.id)
    await trick.stage.lan.uploads("kế hoạch.docx", REPORT, trick.stage.room, "/niem")
    assert PASSWORD.search(trick.heard()) is None
    assert "Bình" in trick.stage.lan.hears("Chưa gửi được mật khẩu").text


async def test_once_confirmed_it_is_an_address_like_another(trick: Trick) -> None:
    await trick.stage.lan.presses("Đúng", trick.stage.lan.hears("vừa có thêm tài khoản"))
    await trick.thief.says("/nhanday")
    await trick.stage.lan.uploads("kế hoạch.docx", REPORT, trick.stage.room, "/niem")
    assert PASSWORD.search(trick.heard()) is not None


async def test_two_leaders_of_two_groups_who_turn_out_to_be_one_stay_reachable_in_each(trick: Trick) -> None:
    """Each account waits in the other's group, and is known in its own."""
    other = trick.office.person("Lan máy hai", "lan2", started=True)
    room = trick.office.room("Phòng hai", admins=[other])
    await reachable(trick.office, other)
    await other.says("/thietlap Tổ hai", room)
    await joined(trick.stage.lan, other)
    await trick.stage.binh.uploads("một.docx", REPORT, trick.stage.room, "/niem")
    assert PASSWORD.search(trick.stage.lan.hears("một").text) is not None
    await other.uploads("hai.docx", REPORT, room, "/niem")
    assert PASSWORD.search(other.hears("hai").text) is not None


async def test_a_plain_member_hears_on_the_old_account_of_the_new_one(stage: Stage) -> None:
    thief = stage.office.person("Kẻ gian", "kegian", started=True)
    await joined(stage.binh, thief)
    stage.binh.hears("vừa được nối")
    assert people.MAIL not in thief.last.text
    stage.office.anything_goes()
