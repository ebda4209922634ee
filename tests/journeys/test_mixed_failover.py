"""One work group on Telegram and on a Zalo bot: who is where is written to there, and a cut line goes unnoticed."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.messengers.telegram import Telegram
from bot.messengers.zalo_bot import connection, taking
from storage.outbox import OutboxState
from tests.fakes import botapi_world, zalobot_world
from tests.fakes.botapi import FakeBotApi
from tests.fakes.zalobot import FakeZaloBot
from tests.journeys.front import UNHURRIED, Front, rows
from tests.journeys.zalo import BotFront, bot_running, settings_of

MARK = "Gửi qua đây vì Telegram đang gián đoạn"


@pytest.fixture(autouse=True)
def impatient_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSES", (0.01,))
    monkeypatch.setattr(connection, "QUICK_SECONDS", 0.01)
    monkeypatch.setattr(taking, "PAUSES", (0.01,))


@dataclass
class Person:
    telegram: botapi_world.Person
    zalo: zalobot_world.Person


@dataclass
class Mixed:
    """Lan and Bình are on both messengers, Chi on Telegram only."""

    telegram: Front
    zalo: BotFront
    room: botapi_world.Group
    zalo_room: zalobot_world.Group
    lan: Person
    binh: Person
    chi: botapi_world.Person


@pytest.fixture
async def mixed(api: FakeBotApi, clock: Clock, tmp_path: Path) -> AsyncIterator[Mixed]:
    async with FakeZaloBot(now=lambda: clock.now().timestamp()) as zalo_api:
        own = settings_of(
            tmp_path / "data",
            telegram={"token": "", "api_url": api.url} | UNHURRIED,
            zalo_bot={"token": zalo_api.token, "api_url": zalo_api.url},
        )
        telegram = Telegram(token=api.token, api_url=api.url, clock=clock)
        async with bot_running(own, zalo_api, clock, telegram) as zalo:
            yield await _gathered(Front(api, zalo.app), zalo)


def _code_in(message: botapi_world.Message) -> str:
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", message.text)
    assert found
    return found[0]


async def _gathered(telegram: Front, zalo: BotFront) -> Mixed:
    api, zalo_api = telegram.api, zalo.api
    lan = Person(api.person("Trần Thị Lan", "lan"), zalo_api.person("Lan Trần"))
    binh = Person(api.person("Nguyễn Văn Bình", "binh"), zalo_api.person("Bình Nguyễn"))
    chi = api.person("Lê Chi", "chi")
    room = api.group("Phòng Văn hóa", [lan.telegram], [binh.telegram, chi])
    zalo_room = zalo_api.group("Phòng Văn hóa (Zalo)", [lan.zalo, binh.zalo])
    for person in (lan.telegram, binh.telegram, chi):
        await telegram.says(person, "/start")
    await telegram.says(lan.telegram, "/thietlap Tổ một", room)
    for person in (binh.telegram, chi):
        await telegram.says(person, "/thamgia", room)
    for person in (lan, binh):
        await telegram.says(person.telegram, "/lienket")
        code = _code_in(telegram.sees(person.telegram, "/lienket"))
        await zalo.says(person.zalo, f"/lienket {code}")
    await telegram.says(lan.telegram, "/noinhom", room)
    code = _code_in(telegram.sees(lan.telegram, "/noinhom"))
    await zalo.says(lan.zalo, f"/noinhom {code}", zalo_room)
    await zalo.later()
    return Mixed(telegram, zalo, room, zalo_room, lan, binh, chi)


async def test_an_act_shows_once_in_every_room(mixed: Mixed) -> None:
    await mixed.telegram.says(mixed.lan.telegram, "/giao @binh Báo cáo số liệu, hạn 16h 27/11", mixed.room)
    card = mixed.telegram.sees(mixed.room, "#1", "Báo cáo số liệu")
    mixed.zalo.sees(mixed.zalo_room, "#1", "Báo cáo số liệu")
    await mixed.zalo.says(mixed.binh.zalo, "1 #1", mixed.zalo_room)
    assert "(đã nhận)" in card.text
    await mixed.zalo.later()
    told = [each for each in mixed.zalo.all_in(mixed.zalo_room) if "(đã nhận)" in each.text]
    assert len(told) == 1


async def test_messages_go_where_the_person_was_heard_last_or_chose(mixed: Mixed) -> None:
    telegram, zalo = mixed.telegram, mixed.zalo
    await zalo.later()
    await zalo.says(mixed.binh.zalo, "/viec")
    await telegram.says(mixed.lan.telegram, "/giao @binh Việc một, hạn 16h 27/11", mixed.room)
    zalo.sees(mixed.binh.zalo, "Việc một")
    assert not telegram.count(mixed.binh.telegram, "Việc một")
    await telegram.says(mixed.binh.telegram, "/nhanday")
    await zalo.later()
    await zalo.says(mixed.binh.zalo, "/viec")
    await telegram.says(mixed.lan.telegram, "/giao @binh Việc hai, hạn 16h 27/11", mixed.room)
    telegram.sees(mixed.binh.telegram, "Việc hai")


async def test_an_address_that_fails_for_good_gives_way_to_the_next(mixed: Mixed) -> None:
    await mixed.telegram.says(mixed.binh.telegram, "/nhanday")
    mixed.telegram.api.blocks(mixed.binh.telegram)
    await mixed.telegram.rests()
    await mixed.telegram.says(mixed.lan.telegram, "/giao @binh Việc một, hạn 16h 27/11", mixed.room)
    mixed.zalo.sees(mixed.binh.zalo, "Việc một")


async def test_telegram_cut_at_0729_and_the_digest_is_on_zalo_by_0731(mixed: Mixed) -> None:
    telegram, zalo = mixed.telegram, mixed.zalo
    await telegram.says(mixed.lan.telegram, "/giao @binh Nộp bảng chấm công, hạn 16h 23/11", mixed.room)
    await telegram.says(mixed.lan.telegram, "/giao @chi Dọn kho, hạn 16h 23/11", mixed.room)
    for person in (mixed.lan.telegram, mixed.binh.telegram):
        await telegram.says(person, "/nhanday")
    await telegram.turns("2026-11-23 07:29")
    telegram.api.cut()
    await zalo.turns("2026-11-23 07:30")
    await zalo.turns("2026-11-23 07:31")
    zalo.sees(mixed.binh.zalo, "Nộp bảng chấm công", MARK)
    zalo.sees(mixed.zalo_room, "Giao ban sáng", "Nộp bảng chấm công")
    before = {id(place): len(zalo.all_in(place)) for place in (mixed.zalo_room, mixed.binh.zalo)}
    telegram.api.cut(off=False)
    await telegram.api.until(lambda: telegram.api.calls[-1].method == "getUpdates")
    await zalo.turns("2026-11-23 07:40")
    await telegram.rests()
    assert telegram.count(mixed.room, "Giao ban sáng") == 0, "nobody gets it twice"
    assert telegram.count(mixed.binh.telegram, "Giao ban") == 0
    telegram.sees(mixed.chi, "Dọn kho")
    assert before == {id(place): len(zalo.all_in(place)) for place in (mixed.zalo_room, mixed.binh.zalo)}
    assert not await rows(telegram, OutboxState.PENDING, OutboxState.UNCLEAR, OutboxState.SENDING)
