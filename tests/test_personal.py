"""What the program knows about a person: handed over as JSON, or taken out while the office's record stays."""

import asyncio
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import String
from sqlmodel import Session, select

from bot.demo.samples import docx
from bot.doctor import note_backup
from bot.personal import Unknown, export_person, forget_person
from config.settings import Settings
from storage import audit, people
from storage.base import metadata
from storage.forgetting import eraser
from tests.stage import FRIDAY, Actor, Office, Room

NAME = "Nguyễn Văn Bình"
REF = "7700123456"
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@pytest.fixture
async def binh(office: Office) -> Actor:
    """A member whose name stands wherever a name can stand."""
    office.anything_goes()
    lan = office.person("Trần Thị Lan", "lan", started=True)
    room = office.room("Nhóm", admins=[lan])
    binh = office.person(NAME, "binhnv")
    binh.sender = type(binh.sender)(id=REF, name=NAME, username="binhnv")
    await lan.says("/setup Tổ công tác số 1", room)
    await binh.starts()
    await binh.says("/join", room)
    await busy(office, lan, binh, room)
    return binh


async def busy(office: Office, lan: Actor, binh: Actor, room: Room) -> None:
    await lan.says("/giao @binhnv Báo cáo số liệu, hạn 16h 27/11", room)
    await binh.presses("Nhận việc")
    await lan.says(f"/giao @lan Mừng sinh nhật {NAME.upper()}, hạn 16h 27/11", room)
    await lan.says("/giao @lan Đọc hồ sơ, hạn 16h 27/11", room, file=(f"Hồ sơ {NAME}.docx", docx([NAME])))
    await binh.says(f"/ten {NAME}")
    await binh.says(f"/name {NAME}")
    await lan.says(f"/vanban Số: 77/UBND-VX ngày 16/11/2026 của Sở Nội vụ V/v khen thưởng ông {NAME}", room)
    await lan.presses("Vào sổ")
    await lan.says("/donvitruc Văn phòng @binhnv", room)
    await binh.says("giao việc gì đó")
    await office.clock_to("+1d")


def texts(session: Session) -> Iterator[tuple[str, str]]:
    """Every text of every table, with where it stands; letters that JSON has written as numbers as they are."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(getattr(column.type, "impl", column.type), String):
                for value in session.execute(select(column)).scalars():
                    if value is not None:
                        yield f"{table.name}.{column.name}", ESCAPED.sub(lambda each: chr(int(each[1], 16)), str(value))


def traces(session: Session, *marks: str) -> list[tuple[str, str]]:
    folded = [plain(mark) for mark in marks]
    return [(place, text) for place, text in texts(session) if any(mark in plain(text) for mark in folded)]


def plain(text: str) -> str:
    split = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("/", " "))
    return "".join(each for each in split if not unicodedata.combining(each))


async def done(settings: Settings, said: str, *, sure: bool) -> tuple[int, str]:
    lines: list[str] = []
    code = await asyncio.to_thread(forget_person, settings, said, sure=sure, say=lines.append)
    return code, "\n".join(lines)


async def seen(office: Office, look: Any) -> Any:
    return await office.app.database.run(look)


async def test_there_is_something_to_forget(office: Office, binh: Actor) -> None:
    found = await seen(office, lambda session: traces(session, NAME, "binhnv", REF))
    places = {place for place, _ in found}
    assert {"person.name", "account.ref", "account.username", "task.title", "letter.subject"} <= places, places


async def test_without_being_sure_nothing_is_done(office: Office, settings: Settings, binh: Actor) -> None:
    code, said = await done(settings, NAME, sure=False)
    assert code == 1
    assert NAME in said
    assert "--yes" in said
    assert await seen(office, lambda session: traces(session, NAME))


@pytest.mark.parametrize("said", [NAME, "nguyễn văn bình", "@binhnv", "#2"])
async def test_no_trace_of_the_name_is_left_in_any_table(
    office: Office, settings: Settings, binh: Actor, said: str
) -> None:
    code, told = await done(settings, said, sure=True)
    assert code == 0, told
    assert await seen(office, lambda session: traces(session, NAME, "binhnv", REF)) == []


async def test_the_offices_record_stays_and_its_chain_holds(office: Office, settings: Settings, binh: Actor) -> None:
    before = await seen(office, audit.count)
    await done(settings, NAME, sure=True)
    assert await seen(office, lambda session: list(audit.breaks(session))) == []
    assert await seen(office, audit.count) == before + 1
    lan = office.people["Trần Thị Lan"]
    await lan.says("/viec nhóm")
    lan.hears("Báo cáo số liệu")
    await lan.says("/xem 1")
    latest = await seen(office, lambda session: audit.history(session, "person:2")[-1])
    assert latest.action == "person-forgotten"
    assert NAME not in latest.facts


async def test_the_chain_says_that_it_was_rewritten_and_from_where(
    office: Office, settings: Settings, binh: Actor
) -> None:
    def name_it(session: Session) -> str:
        told = {"name": NAME}
        audit.append(session, at=office.now, group_id=1, actor=2, action="renamed", subject="person:2", facts=told)
        return audit.head(session)

    head = await seen(office, name_it)
    await done(settings, NAME, sure=True)
    assert await seen(office, lambda session: list(audit.breaks(session))) == []
    latest = await seen(office, lambda session: audit.history(session, "person:2")[-1])
    assert latest.values["head_before"] == head
    assert latest.values["entries"] >= 1


async def test_who_is_forgotten_is_no_member_and_hears_nothing_more(
    office: Office, settings: Settings, binh: Actor
) -> None:
    await done(settings, NAME, sure=True)
    heard = len(binh.messages)
    await office.clock_to("2026-11-27 15:00")
    assert len(binh.messages) == heard
    assert await seen(office, lambda session: people.member_of(session, 1, 2)) is None


async def test_who_comes_back_is_somebody_new(office: Office, settings: Settings, binh: Actor) -> None:
    await done(settings, NAME, sure=True)
    await binh.says("/trogiup")
    assert await seen(
        office, lambda session: getattr(people.account(session, "paper", REF), "person_id", None)
    ) not in (2, None)


async def test_who_leads_a_group_alone_hands_over_first(office: Office, settings: Settings, binh: Actor) -> None:
    code, said = await done(settings, "Trần Thị Lan", sure=True)
    assert code == 1
    assert "trưởng nhóm duy nhất của Tổ công tác số 1" in said
    assert await seen(office, lambda session: traces(session, "Trần Thị Lan"))


async def test_another_person_of_the_same_name_keeps_it(office: Office, settings: Settings, binh: Actor) -> None:
    other = office.person(NAME, "binhkhac", started=True)
    await other.starts()
    with pytest.raises(Unknown, match="more than one person"):
        await done(settings, NAME, sure=True)
    code, said = await done(settings, "@binhnv", sure=True)
    assert code == 0
    assert "có người khác dùng chung" in said
    assert {place for place, _ in await seen(office, lambda s: traces(s, "binhnv", REF))} == set()
    assert await seen(office, lambda session: people.person(session, 2).name) == "Người đã xóa #2"


async def test_it_says_which_copies_still_hold_the_person_and_what_to_do(
    office: Office, settings: Settings, binh: Actor
) -> None:
    note_backup(settings, FRIDAY)
    code, said = await done(settings, "@binhnv", sure=True)
    assert code == 0
    assert "bản gần nhất chương trình biết: 10:00 20/11/2026" in said
    assert 'chạy lại ngay: giaoban forget "#2" --yes' in said
    assert "tệp đã niêm còn đến hết hạn giữ" in said


async def test_where_no_backup_is_known_it_says_so(office: Office, settings: Settings, binh: Actor) -> None:
    _, said = await done(settings, "@binhnv", sure=True)
    assert "không biết bản nào" in said


async def test_an_older_backup_that_came_back_is_forgotten_again_by_the_number(
    office: Office, settings: Settings, binh: Actor
) -> None:
    """As the answer says to do; again and again it ends well."""
    for _ in range(2):
        assert (await done(settings, "#2", sure=True))[0] == 0
    assert await seen(office, lambda session: traces(session, NAME)) == []


async def test_nobody_of_that_name(settings: Settings, office: Office) -> None:
    with pytest.raises(Unknown):
        await done(settings, "Không Ai", sure=True)


async def test_everything_about_a_person_is_handed_over(office: Office, settings: Settings, binh: Actor) -> None:
    told = json.loads(await asyncio.to_thread(export_person, settings, "@binhnv"))
    assert told["person"]["name"] == NAME
    assert told["account"][0]["ref"] == REF
    assert told["member"][0]["role"] == "member"
    assert told["assignment"]
    assert [each["action"] for each in told["audit"] if each["by_themselves"]]
    latest = await seen(office, lambda session: audit.history(session, "person:2")[-1])
    assert latest.action == "person-exported"


async def test_the_export_holds_no_key_of_anything(office: Office, settings: Settings, binh: Actor) -> None:
    told = await asyncio.to_thread(export_person, settings, "@binhnv")
    for word in ("password", "token_hash", "code_hash", "digest"):
        assert word not in told


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("gửi Nguyễn Văn Bình", "gửi X"),
        ("NGUYỄN VĂN BÌNH ký", "X ký"),
        ("nguyen van binh", "X"),
        (unicodedata.normalize("NFD", "Nguyễn Văn Bình"), "X"),
        (json.dumps({"name": "Hồ sơ Nguyễn Văn Bình.docx"}), json.dumps({"name": "Hồ sơ X.docx"})),
        (json.dumps("NGUYỄN VĂN BÌNH ký"), json.dumps("X ký")),
        ("Nguyễn Văn Bình An", "X An"),
        ("Nguyễn Văn Bìnhh", "Nguyễn Văn Bìnhh"),
        ('{"chat": "7700123456"}', '{"chat": "X"}'),
        ('{"at": 7700123456}', '{"at": 7700123456}'),
        ("paper:7700123456", "paper:X"),
        ("@binhnv ơi", "X ơi"),
        ("abc@binhnv.vn", "abc@binhnv.vn"),
    ],
)
def test_what_counts_as_the_name(text: str, left: str) -> None:
    assert eraser([NAME], ["@binhnv", REF], "X")(text) == left
