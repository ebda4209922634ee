"""The whole day of an office on an Official Account, of both kinds: people in private, a group of the account's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo.samples import docx
from bot.messengers.zalo_oa import ZaloOa, keeper
from config.settings import Settings
from tests.fakes.zalooa import FakeZaloOa
from tests.fakes.zalooa_world import ENTERPRISE, STATE_AGENCY, Group, Person
from tests.handlers.letters.conftest import LETTER
from tests.journeys.zalo import OaFront, number_of, oa_running, page_in, settings_of
from tests.stage import FRIDAY


@dataclass
class Team:
    front: OaFront
    room: Group
    lan: Person
    binh: Person


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keeper, "PAUSES", (0.01,))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock(settings: Settings) -> Clock:
    return Clock(settings.zone, stopped_at=FRIDAY)


@pytest.fixture(params=[ENTERPRISE, STATE_AGENCY], ids=["enterprise", "state-agency"])
async def team(request: pytest.FixtureRequest, clock: Clock, tmp_path: Path, database_url: str) -> AsyncIterator[Team]:
    async with (
        FakeZaloOa(now=clock.now, kind=request.param) as api,
        oa_running(settings_of(tmp_path / "data", database_url=database_url), api, clock) as front,
    ):
        lan, binh = api.person("Trần Thị Lan", follows=True), api.person("Nguyễn Văn Bình", follows=True)
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
    # a task is given, accepted by a button, reported by a number and approved
    await front.says(lan, "/giao @Nguyễn Văn Bình Báo cáo số liệu, hạn 16h 27/11", room)
    front.sees(room, "#1", "Báo cáo số liệu", "chưa nhận")
    await front.taps(binh, front.sees(binh, "#1"), "Nhận việc")
    await front.later()
    assert len(front.sees(room, "#1", "Nguyễn Văn Bình (đã nhận)").text.splitlines()) == 2
    await front.says(binh, "3 #1")
    await front.says(lan, number_of(front.sees(lan, "báo xong việc #1"), "Duyệt"))
    await front.later()
    front.sees(room, "#1", "Đã xong")
    front.sees(binh, "#1", "được duyệt")
    # a letter comes in as a file and is registered
    await front.uploads(lan, "cong-van.docx", docx(LETTER.split("\n")), "/vanban")
    letter = front.sees(lan, "296/SNV-TCBC")
    await front.says(lan, number_of(letter, "Vào sổ"))
    front.sees(lan, "Số đến 1")
    # files are sealed: by the page, and as sent to the account; the room gets the file, each person the password
    await front.says(binh, "/guitep")
    page = page_in(front.sees(binh, "https://"))
    assert await front.hands_in(page, "Danh sách.docx", docx(["Danh sách cán bộ đi học"])) == 200
    front.sees(room, "Tệp #1", "người gửi")
    front.sees(lan, "Mật khẩu Tệp #1")
    await front.later()
    await front.uploads(binh, "Bảng kê.xlsx", _workbook(), "/niem")
    sealed = front.sees(room, "Tệp #2", "Tải tệp")
    await front.says(lan, number_of(sealed, "Tải tệp"), room)
    assert page_in(front.sees(lan, "Liên kết tải Tệp #2")).startswith("/f/")
    # who is on duty
    await front.says(lan, "/donvitruc Văn phòng @Nguyễn Văn Bình", room)
    front.sees(room, "Văn phòng", "Bình")
    await front.turns("2026-11-20 15:01")
    front.sees(binh, "Văn phòng: ai trực")
    await front.says(binh, "Bình trực cả ngày")
    # the next morning of a working day
    await front.says(lan, "/giao @Nguyễn Văn Bình Nộp bảng chấm công, hạn 16h 23/11", room)
    await front.turns("2026-11-23 07:30")
    front.sees(room, "Giao ban sáng", "Nộp bảng chấm công")


def _workbook() -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    content = BytesIO()
    book = Workbook()
    book.active["A1"] = "Bảng kê"
    book.save(content)
    return content.getvalue()


async def test_what_was_pressed_is_answered_although_nothing_shows_toasts(team: Team) -> None:
    front, room, lan, binh = team.front, team.room, team.lan, team.binh
    await front.says(lan, "/giao @Nguyễn Văn Bình Báo cáo số liệu, hạn 16h 27/11", room)
    before = len(front.all_in(binh))
    await front.taps(binh, front.sees(binh, "#1"), "Nhận việc")
    assert len(front.all_in(binh)) > before


async def test_the_leader_hears_in_the_morning_who_goes_out_of_reach(team: Team) -> None:
    front, lan, binh = team.front, team.lan, team.binh
    await front.turns("2026-11-24 09:00")
    await front.says(lan, "/viec")
    account = front.app.messengers["zalo_oa"]
    assert isinstance(account, ZaloOa)
    await account.windows.save()  # as it does by itself within seconds
    await front.turns("2026-11-25 07:31")
    assert not [each for each in front.all_in(lan) if "Sắp không nhắn được" in each.text]
    await front.turns("2026-11-26 07:31")
    front.sees(lan, "Sắp không nhắn được", "Nguyễn Văn Bình")
    assert not [each for each in front.all_in(binh) if "Sắp không nhắn được" in each.text]
