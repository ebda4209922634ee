"""The whole day of an office on a Zalo bot: no buttons, no edits, no files; words, numbers and pages."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo.samples import docx
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalobot_world import Group, Person
from tests.journeys.zalo import BotFront, bot_running, number_of, page_in, settings_of
from tests.stage import FRIDAY, VIET_NAM

LETTER = "Số: 296/SNV-TCBC ngày 19/11/2026 của Sở Nội vụ V/v báo cáo biên chế"


@dataclass
class Team:
    front: BotFront
    room: Group
    lan: Person
    binh: Person


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot(now=lambda: clock.now().timestamp()) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock(VIET_NAM, stopped_at=FRIDAY)


@pytest.fixture
async def team(api: FakeZaloBot, clock: Clock, tmp_path: Path, database_url: str) -> AsyncIterator[Team]:
    """Lan has set up the group with the operator's code; both have written to the bot in private."""
    own = settings_of(tmp_path / "data", database_url=database_url, zalo_bot={"token": api.token, "api_url": api.url})
    async with bot_running(own, api, clock) as front:
        lan, binh = api.person("Trần Thị Lan"), api.person("Nguyễn Văn Bình")
        room = api.group("Phòng Văn hóa", [lan, binh])
        for person in (lan, binh):
            await front.says(person, "xin chào")
        await front.says(lan, "/thietlap Tổ một", room)
        front.sees(room, "mã")
        await front.says(lan, f"/thietlap {await front.code()} Tổ công tác số 1", room)
        await front.says(binh, "/thamgia", room)
        await front.later()
        yield Team(front, room, lan, binh)


async def test_from_setting_up_to_the_morning_digest(team: Team) -> None:
    front, room, lan, binh = team.front, team.room, team.lan, team.binh
    # a task is given, accepted, reported and approved
    await front.says(lan, "/giao @Nguyễn Văn Bình Báo cáo số liệu, hạn 16h 27/11", room)
    front.sees(room, "#1", "Báo cáo số liệu", "chưa nhận")
    await front.says(binh, "1")
    await front.later()
    line = front.sees(room, "#1", "Nguyễn Văn Bình (đã nhận)")
    assert len(line.text.splitlines()) == 2
    await front.says(binh, "3 #1")
    await front.says(lan, number_of(front.sees(lan, "báo xong việc #1"), "Duyệt"))
    await front.later()
    front.sees(room, "#1", "Đã xong")
    front.sees(binh, "#1", "được duyệt")
    # a letter comes in by a typed line and becomes an entry of the register
    await front.says(lan, f"/vanban {LETTER}", room)
    letter = front.sees(room, "296/SNV-TCBC")
    await front.says(lan, number_of(letter, "Vào sổ"), room)
    await front.later()
    front.sees(room, "Số đến 1")
    # a file: Zalo does not carry it, so the bot answers with the page on which it is handed in
    await front.later()
    await front.sends(binh, "unsupported")
    link = front.sees(binh, "https://", "gửi tệp")
    assert await front.hands_in(page_in(link), "Danh sách.docx", docx(["Danh sách cán bộ đi học"])) == 200
    front.sees(room, "Tệp #1", "người gửi")
    front.sees(lan, "Mật khẩu Tệp #1")
    front.sees(binh, "Mật khẩu Tệp #1")
    # … and fetched from a page of one's own
    sealed = front.sees(room, "Tệp #1", "Tải tệp")
    await front.says(lan, number_of(sealed, "Tải tệp"), room)
    assert page_in(front.sees(lan, "Liên kết tải Tệp #1")).startswith("/f/")
    # who is on duty
    await front.says(lan, "/donvitruc Văn phòng @Nguyễn Văn Bình", room)
    front.sees(room, "Văn phòng", "Bình")
    await front.turns("2026-11-20 15:01")
    asked = front.sees(binh, "Văn phòng: ai trực")
    await front.says(binh, "Bình trực cả ngày")
    assert "Bấm" not in asked.text
    # the next morning of a working day
    await front.says(lan, "/giao @Nguyễn Văn Bình Nộp bảng chấm công, hạn 16h 23/11", room)
    await front.turns("2026-11-23 07:30")
    front.sees(room, "Giao ban sáng", "Nộp bảng chấm công")


async def test_changes_within_seconds_are_one_line_and_answers_stay_true(team: Team) -> None:
    front, room, lan, binh = team.front, team.room, team.lan, team.binh
    for title in ("Việc một", "Việc hai", "Việc ba"):
        await front.says(lan, f"/giao @Nguyễn Văn Bình {title}, hạn 16h 27/11", room)
    await front.later()
    before = len(front.all_in(room))
    for number in (1, 2, 3):
        await front.says(binh, f"1 #{number}")
    assert len(front.all_in(room)) == before
    await front.later()
    news = front.all_in(room)[before:]
    assert len(news) == 1, [each.text for each in news]
    assert news[0].text.count("(đã nhận)") == 3
    assert "1. " not in news[0].text
    await front.says(binh, "3 #2", room)
    front.sees(lan, "báo xong việc #2")
    await front.later()
    offered = front.sees(room, "#2", "1. Duyệt")
    assert "Hạn" not in offered.text
    await front.says(lan, "1 #2", room)
    await front.later()
    front.sees(room, "#2", "Đã xong")


async def test_nothing_is_said_of_a_change_that_was_taken_back(team: Team) -> None:
    front, room, binh = team.front, team.room, team.binh
    await front.says(team.lan, "/giao @Nguyễn Văn Bình Việc một, hạn 16h 27/11", room)
    before = len(front.all_in(room))
    await front.says(binh, "1")
    await front.says(binh, "/hoantac")
    await front.later()
    assert len(front.all_in(room)) == before


async def test_a_file_that_zalo_keeps_is_answered_to_members_only(team: Team) -> None:
    front = team.front
    stranger = front.api.person("Người lạ")
    await front.sends(stranger, "unsupported")
    assert not front.all_in(stranger)
