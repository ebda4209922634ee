"""A sealed file on its way: five members, one whom the bot cannot write to, one who is on Zalo only."""

import json
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.clock import Clock
from bot.demo.samples import docx
from config.logging import JsonLines
from storage.base import metadata
from tests.fakes import botapi_world, zalobot_world
from tests.fakes.botapi import FakeBotApi
from tests.handlers.files.scene import PASSWORD
from tests.journeys.front import Front
from tests.journeys.mixed import both_running
from tests.journeys.zalo import BotFront, number_of
from tests.libreoffice import needs_libreoffice, text_in

NAME = "Danh sách quy hoạch.docx"
WORDS = ["DANH SÁCH QUY HOẠCH", "Lưu hành trong phòng, nhiệm kỳ 2026 - 2031"]
SPOKEN = re.compile(r"\d{3} \d{3}")
TOLD = "Mật khẩu Tệp #1 ("
OURS = ("bot", "handlers", "storage")
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass
class Five:
    """Lan leads; Hoa and Bình have opened the private chat; An has not; Chi is on Zalo only."""

    telegram: Front
    zalo: BotFront
    room: botapi_world.Group
    zalo_room: zalobot_world.Group
    lan: botapi_world.Person
    hoa: botapi_world.Person
    binh: botapi_world.Person
    an: botapi_world.Person
    chi: zalobot_world.Person
    data: Path

    async def seal(self) -> None:
        await self.telegram.uploads(self.lan, NAME, docx(WORDS), self.room, caption="/niem")
        await self.zalo.later()

    @property
    def carried(self) -> botapi_world.Message:
        """What stands in the room in place of Lan's post."""
        return self.telegram.sees(self.room, "Tệp #1", "người gửi")

    def told(self, person: botapi_world.Person | zalobot_world.Person) -> str:
        if isinstance(person, zalobot_world.Person):
            return str(self.zalo.sees(person, TOLD).text)
        return self.telegram.sees(person, TOLD).text

    def password_of(self, person: botapi_world.Person | zalobot_world.Person) -> str:
        found = PASSWORD.search(self.told(person))
        assert found
        return found[0]

    def said_in_rooms(self) -> str:
        on_telegram = [each.text + json.dumps(each.markup) for each in self.telegram.all_in(self.room)]
        return "\n".join([*on_telegram, *(each.text for each in self.zalo.all_in(self.zalo_room))])


@pytest.fixture
async def five(api: FakeBotApi, clock: Clock, tmp_path: Path, database_url: str) -> AsyncIterator[Five]:
    async with both_running(api, clock, tmp_path / "data", database_url) as (telegram, zalo):
        yield await _gathered(telegram, zalo, tmp_path / "data")


async def _gathered(telegram: Front, zalo: BotFront, data: Path) -> Five:
    api, zalo_api = telegram.api, zalo.api
    lan, hoa, binh, an = (
        api.person(name, username)
        for name, username in (("Trần Thị Lan", "lan"), ("Lê Hoa", "hoa"), ("Nguyễn Bình", "binh"), ("Võ An", "an"))
    )
    lan_too, chi = zalo_api.person("Lan Trần"), zalo_api.person("Phạm Quỳnh Chi")
    room = api.group("Phòng Văn hóa", [lan], [hoa, binh, an])
    zalo_room = zalo_api.group("Phòng Văn hóa (Zalo)", [lan_too, chi])
    for person in (lan, hoa, binh):
        await telegram.says(person, "/start")
    await telegram.says(lan, "/thietlap Tổ một", room)
    for person in (hoa, binh, an):
        await telegram.presses(person, "Tham gia", telegram.sees(room, "Tổ một"))
    for command, where in (("/lienket", None), ("/noinhom", zalo_room)):
        await telegram.says(lan, command, room if where else None)
        code = CODE.search(telegram.sees(lan, command).text)
        assert code
        await zalo.says(lan_too, f"{command} {code[0]}", where)
    await zalo.says(chi, "xin chào")
    await zalo.says(chi, "/thamgia", zalo_room)
    await telegram.says(lan, "/nhanday")
    await zalo.later()
    return Five(telegram, zalo, room, zalo_room, lan, hoa, binh, an, chi, data)


async def test_the_room_gets_the_sealed_file_and_each_member_the_password_where_they_are(five: Five) -> None:
    await five.seal()
    posts = [each for each in five.telegram.api.world.messages if each.place is five.room and each.file]
    assert [each.deleted for each in posts if each.sender is five.lan] == [True], "the original is removed"
    assert [each for each in posts if not each.deleted] == [five.carried]
    assert len({five.password_of(each) for each in (five.lan, five.hoa, five.binh, five.chi)}) == 1
    for person in (five.lan, five.hoa, five.binh):
        assert five.telegram.count(person, TOLD) == 1
        assert five.telegram.sees(person, TOLD).protected
    assert sum(TOLD in each.text for each in five.zalo.all_in(five.chi)) == 1
    five.zalo.sees(five.zalo_room, "Tệp #1", "Tải tệp")


async def test_who_cannot_be_reached_is_named_to_the_sender_and_gets_it_on_opening_the_chat(five: Five) -> None:
    await five.seal()
    five.telegram.sees(five.room, "Đã niêm: Tệp #1", "4/5 người")
    told = five.telegram.sees(five.lan, "được mật khẩu Tệp #1", "Võ An").text
    assert "Chi" not in told, "who is on Zalo has been reached there"
    (code,) = SPOKEN.findall(told)
    assert code not in five.said_in_rooms(), "it is said on the telephone"
    assert five.telegram.all_in(five.an) == []
    assert "Mở chat riêng" in await five.telegram.presses(five.an, "Xem mật khẩu", five.carried)
    assert five.telegram.all_in(five.an) == []
    await five.telegram.says(five.lan, "/seals", five.room)
    five.telegram.sees(five.room, f"#1 {NAME}", "4/5 người đã có, còn Võ An")
    await five.telegram.says(five.an, "/start")
    assert five.password_of(five.an) == five.password_of(five.lan)
    assert five.telegram.count(five.an, TOLD) == 1
    await five.telegram.says(five.lan, "/daniem")
    five.telegram.sees(five.lan, f"#1 {NAME}", "cả 5 người đã có")


async def test_who_has_blocked_the_bot_on_telegram_gets_the_password_on_zalo(five: Five) -> None:
    """Telegram's word of it was lost: only the refused message tells."""
    binh_too = five.zalo.api.person("Bình Nguyễn")
    await five.telegram.says(five.binh, "/lienket")
    code = CODE.search(five.telegram.sees(five.binh, "/lienket").text)
    await five.zalo.says(binh_too, f"/lienket {code[0] if code else ''}")
    assert "zalo_bot" not in five.telegram.sees(five.binh, "vừa được nối").text
    five.binh.blocked = True
    await five.seal()
    assert five.password_of(binh_too) == five.password_of(five.lan)
    assert five.telegram.count(five.binh, TOLD) == 0
    five.telegram.sees(five.room, "Đã niêm: Tệp #1", "4/5 người")
    assert "Bình" not in five.telegram.sees(five.lan, "được mật khẩu Tệp #1", "Võ An").text


async def test_the_password_stands_in_no_room_no_log_and_nowhere_on_the_disk(
    five: Five, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await five.seal()
    await five.telegram.presses(five.binh, "Xem mật khẩu", five.carried)
    await five.zalo.says(five.chi, number_of(five.zalo.sees(five.zalo_room, "Tải tệp"), "Xem mật khẩu"), five.zalo_room)
    await five.telegram.says(five.an, "/start")
    await five.telegram.says(five.lan, "/matkhau 1", five.room)
    await five.telegram.says(five.lan, "/seals", five.room)
    await five.zalo.later()
    password = five.password_of(five.lan)
    assert password not in five.said_in_rooms()
    assert not any(password in toast for toast in five.telegram.toasts)
    ours = [each for each in caplog.records if each.levelno >= logging.WARNING or each.name.split(".")[0] in OURS]
    logged = "\n".join(JsonLines().format(each) for each in ours)
    assert ours
    assert password not in logged
    assert Path(NAME).stem not in logged
    kept = {path.name: path.read_bytes() for path in five.data.rglob("*") if path.is_file()}
    kept |= await five.telegram.app.database.run(_rows)  # they lie elsewhere on PostgreSQL
    assert any("Võ An".encode() in content for content in kept.values()), "what is not secret is found there"
    plain = docx(WORDS)
    assert not [name for name, content in kept.items() if password.encode() in content or plain in content]


def _rows(session: Session) -> dict[str, bytes]:
    return {name: repr(session.execute(text(f'SELECT * FROM "{name}"')).all()).encode() for name in metadata.tables}


@needs_libreoffice
async def test_what_arrived_opens_with_its_password_and_with_no_other(five: Five, tmp_path: Path) -> None:
    await five.seal()
    assert five.carried.file
    sealed = tmp_path / NAME
    sealed.write_bytes(five.carried.file.content)
    assert text_in(sealed, five.password_of(five.chi)) == "\n".join(WORDS)
    assert text_in(sealed, "bo-cau-mua-he-2345") is None
    assert text_in(sealed, None) is None
