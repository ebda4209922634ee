"""One work group on Telegram and on a Zalo bot: who is where is written to there, and a cut line goes unnoticed."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.chat.messages import Card, Part, Style
from bot.clock import Clock
from bot.demo.samples import docx
from storage import people
from storage.outbox import OutboxState
from tests.fakes import botapi_world, zalobot_world
from tests.fakes.botapi import FakeBotApi
from tests.journeys.front import Front, rows
from tests.journeys.mixed import both_running
from tests.journeys.zalo import BotFront, number_of

MARK = "Gửi qua đây vì Telegram đang gián đoạn"


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
async def mixed(api: FakeBotApi, clock: Clock, tmp_path: Path, database_url: str) -> AsyncIterator[Mixed]:
    async with both_running(api, clock, tmp_path / "data", database_url) as (telegram, zalo):
        yield await _gathered(telegram, zalo)


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
    await telegram.presses(lan.telegram, "Đúng", telegram.sees(lan.telegram, "vừa có thêm tài khoản"))
    await telegram.says(lan.telegram, "/noinhom", room)
    code = _code_in(telegram.sees(lan.telegram, "/noinhom"))
    await zalo.says(lan.zalo, f"/noinhom {code}", zalo_room)
    await zalo.later()
    return Mixed(telegram, zalo, room, zalo_room, lan, binh, chi)


def heard(zalo: BotFront, place: zalobot_world.Person | zalobot_world.Group, fragment: str) -> int:
    return sum(fragment in each.text for each in zalo.all_in(place))


async def returns(telegram: Front) -> None:
    before = len(telegram.api.calls)
    telegram.api.cut(off=False)
    await telegram.api.until(lambda: any(each.method == "getUpdates" for each in telegram.api.calls[before:]))


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


async def test_what_changes_while_telegram_is_cut_is_told_once_on_zalo(mixed: Mixed) -> None:
    """The card on Telegram is put right when it returns, in silence; the room's own card waits for its room."""
    telegram, zalo = mixed.telegram, mixed.zalo
    await telegram.says(mixed.binh.telegram, "/nhanday")
    await telegram.says(mixed.lan.telegram, "/giao @binh Nộp bảng chấm công, hạn 16h 23/11", mixed.room)
    card = telegram.sees(mixed.binh.telegram, "Nộp bảng chấm công")
    telegram.api.cut()
    await zalo.turns("2026-11-20 11:00")
    await zalo.says(mixed.lan.zalo, "/sua 1 hạn 16h 25/11", mixed.zalo_room)
    before = len(telegram.all_in(mixed.binh.telegram))
    for minute in ("11:01", "11:02", "11:03"):
        await zalo.turns(f"2026-11-20 {minute}")
    zalo.sees(mixed.binh.zalo, "25/11", MARK)
    told = heard(zalo, mixed.binh.zalo, MARK)
    await returns(telegram)
    await zalo.turns("2026-11-20 11:10")
    await telegram.rests()
    assert "25/11" in card.text, "the card is true again"
    assert len(telegram.all_in(mixed.binh.telegram)) == before, "and nothing is said twice"
    assert heard(zalo, mixed.binh.zalo, MARK) == told
    assert "25/11" in telegram.sees(mixed.room, "#1 Nộp bảng chấm công").text
    assert heard(zalo, mixed.zalo_room, MARK) == 0, "the other room has had it of itself"


async def test_what_changes_while_zalo_is_silent_is_not_said_again_when_it_returns(mixed: Mixed) -> None:
    """Nothing can be edited on Zalo: what was told by another way counts as said there."""
    telegram, zalo = mixed.telegram, mixed.zalo
    await zalo.says(mixed.binh.zalo, "/nhanday")
    await telegram.says(mixed.lan.telegram, "/giao @binh Nộp bảng chấm công, hạn 16h 23/11", mixed.room)
    zalo.sees(mixed.binh.zalo, "Nộp bảng chấm công")
    zalo.api.fail_next("sendMessage", 502, times=10_000)
    await zalo.says(mixed.lan.zalo, "/sua 1 hạn 16h 25/11", mixed.zalo_room)
    for minute in range(1, 6):
        await zalo.turns(f"2026-11-20 11:0{minute}")
    telegram.sees(mixed.binh.telegram, "25/11", "Zalo đang gián đoạn")
    zalo.api.works_again()
    for minute in range(10, 14):
        await zalo.turns(f"2026-11-20 11:{minute}")
    assert heard(zalo, mixed.binh.zalo, "25/11") == 0
    before = heard(zalo, mixed.binh.zalo, "23/11")
    await zalo.says(mixed.lan.zalo, "/sua 1 hạn 16h 23/11", mixed.zalo_room)
    await zalo.later()
    told = heard(zalo, mixed.binh.zalo, "23/11") - before
    assert told == 2, "beside the notice the card's line: what was said another way counts as said"


async def test_what_one_room_alone_would_be_told_goes_to_the_other_room_with_names_that_work_there(
    mixed: Mixed,
) -> None:
    telegram, zalo, app = mixed.telegram, mixed.zalo, mixed.zalo.app
    telegram.api.cut()
    await zalo.turns("2026-11-20 11:00")

    def say(session: Session) -> None:
        work = app.engine.work(session)
        room = people.groups(session)[0]
        work.group = room
        named = Part("Nguyễn Văn Bình", Style.MENTION, str(mixed.binh.telegram.id))
        for place in people.rooms(session, room.id or 0):
            if place.messenger == "telegram":
                card = Card(key="notice:7", parts=(Part("Mời "), named, Part(" họp")), reply_to="77")
                work.send("telegram", place.chat, card, private=False)

    await app.database.run(say)
    app.sender.wake()
    for minute in ("11:01", "11:02", "11:03"):
        await zalo.turns(f"2026-11-20 {minute}")
    zalo.sees(mixed.zalo_room, "Mời", "Bình", MARK)
    await returns(telegram)
    await zalo.turns("2026-11-20 11:10")
    await telegram.rests()
    assert heard(zalo, mixed.zalo_room, "Mời") == 1
    assert telegram.count(mixed.room, "Mời") == 0


async def test_a_task_s_file_that_was_sent_on_telegram_is_fetched_by_a_link_on_zalo(mixed: Mixed) -> None:
    telegram, zalo = mixed.telegram, mixed.zalo
    content = docx("Số liệu quý IV")
    await telegram.uploads(
        mixed.lan.telegram, "so-lieu.docx", content, mixed.room, caption="/giao @binh Rà soát, hạn 16h 27/11"
    )
    await zalo.says(mixed.binh.zalo, "/viecso 1")
    card = zalo.sees(mixed.binh.zalo, "Rà soát")
    await zalo.says(mixed.binh.zalo, number_of(card, "Tệp"))
    zalo.sees(mixed.binh.zalo, "so-lieu.docx")
