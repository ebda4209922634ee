"""Phone numbers: given by the person or by who leads, kept encrypted, told to nobody, used only where notices are."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.people.rules import read_phone
from storage import phones
from storage.columns import Secrets
from tests.stage import Actor, Office, Room


@pytest.fixture
async def people(office: Office) -> tuple[Room, Actor, Actor]:
    """Lan leads, Bình is a member; the office sends notices by phone."""
    office.paper.capabilities = replace(office.paper.capabilities, notifies_by_phone=True)
    lan, binh = (office.person(name, name.lower(), started=True) for name in ("Lan", "Binh"))
    room = office.room("Phòng", admins=[lan])
    for each in (lan, binh):
        await each.starts("")
    await lan.says("/thietlap Tổ 1", room)
    await binh.presses("Tham gia")
    office.anything_goes()
    return room, lan, binh


async def kept(office: Office, actor: Actor) -> str | None:
    secrets = office.app.kit[Secrets]
    return await office.app.database.run(lambda session: phones.of_account(session, secrets, "paper", actor.sender.id))


async def test_one_gives_sees_and_removes_one_s_own(office: Office, people: tuple[Room, Actor, Actor]) -> None:
    _, _, binh = people
    await binh.says("/sodienthoai 0901 234 567")
    binh.hears("Đã ghi số …567")
    assert await kept(office, binh) == "84901234567"
    await binh.says("/sodienthoai")
    binh.hears("Số đang ghi: …567")
    await binh.says("/sodienthoai xoa")
    binh.hears("Đã xóa số điện thoại")
    assert await kept(office, binh) is None


async def test_the_leader_gives_a_member_s_and_the_member_is_told(
    office: Office, people: tuple[Room, Actor, Actor]
) -> None:
    room, lan, binh = people
    await lan.says("/sodienthoai Binh +84 901.234.567")
    lan.hears("Đã ghi số …567 cho Binh")
    binh.hears("Lan đã ghi số điện thoại …567")
    assert await kept(office, binh) == "84901234567"
    await binh.says("/sodienthoai Lan 0901234568")
    assert await kept(office, lan) is None
    await binh.says("/sodienthoai 0901234568", room)
    room.sees("chat riêng")


async def test_numbers_lie_nowhere_in_clear(office: Office, people: tuple[Room, Actor, Actor]) -> None:
    _, _, binh = people
    await binh.says("/sodienthoai 0901234567")
    if office.app.database.shared:
        pytest.skip("looks into the files of SQLite")
    folder: Path = office.app.settings.data_dir
    with closing(sqlite3.connect(folder / "giaoban.sqlite")) as beside:  # what has been handled leaves the WAL
        assert beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    found = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert found
    assert not any(b"901234567" in each for each in found)


async def test_strangers_and_odd_numbers_are_refused(office: Office, people: tuple[Room, Actor, Actor]) -> None:
    _, _, binh = people
    for odd in ("113", "0123456789012", "không nhớ", "02838291234"):
        await binh.says(f"/sodienthoai {odd}")
        binh.hears("Chưa đọc được số")
    stranger = office.person("Người lạ", started=True)
    await stranger.says("/sodienthoai 0901234567")
    assert await kept(office, stranger) is None


async def test_an_office_without_notices_keeps_no_numbers(office: Office, people: tuple[Room, Actor, Actor]) -> None:
    _, _, binh = people
    office.paper.capabilities = replace(office.paper.capabilities, notifies_by_phone=False)
    await binh.says("/sodienthoai 0901234567")
    binh.hears("không ghi số")
    assert await kept(office, binh) is None


@pytest.mark.parametrize("said", ["0901234567", "+84901234567", "84 901 234 567", "090-123-4567"])
def test_spellings_of_one_number(said: str) -> None:
    assert read_phone(said) == "84901234567"
