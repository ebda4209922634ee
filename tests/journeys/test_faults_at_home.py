"""What goes wrong on our own machine: a locked database, a full disk, a stop half-way, a bug, a curious reader."""

import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot.clock import Clock
from bot.demo.samples import docx
from config.settings import Settings
from storage import inbox, outbox
from storage.inbox import InboxRow, InboxState
from storage.outbox import OutboxState
from tests.journeys.front import ASSIGN, Front, Office, a_second_later, rows, running

SQLITE = pytest.mark.skipif(
    os.environ.get("TEST_DATABASE") == "postgresql", reason="SQLite's own trouble; tests/replicas has PostgreSQL's"
)

# the database


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another connection writes and does not come to an end."""
    with closing(sqlite3.connect(settings.data_dir / "giaoban.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def without_patience(front: Front) -> None:
    """A locked database is given up after 20 ms, not ten seconds."""
    await front.app.database.run(lambda session: session.connection().exec_driver_sql("PRAGMA busy_timeout=20"))


@SQLITE
async def test_while_the_database_is_locked_nothing_is_confirmed_and_then_nothing_is_lost(
    team: Office, telegram_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    front = team.front
    await without_patience(front)
    with locked(telegram_settings), caplog.at_level(logging.CRITICAL):
        asked = len(front.api.calls)
        front.api.says(team.lan, ASSIGN, team.room)
        await front.api.until(lambda: sum(each.method == "getMe" for each in front.api.calls[asked:]) >= 2)
        assert front.api.updates, "it was confirmed and not kept"
    await front.rests()
    assert front.count(team.room, "Báo cáo số liệu") == front.count(team.binh, "Báo cáo số liệu") == 1


async def test_a_handler_that_meets_a_locked_database_runs_once_it_is_free(
    team: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    front, refused = team.front, iter([True, True])
    claim = inbox.claim

    def busy(session: Session, row_id: int, lane: str) -> bool:
        if next(refused, False):
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        return claim(session, row_id, lane)

    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(inbox, "claim", busy)
    await front.says(team.lan, ASSIGN, team.room)
    assert front.count(team.room, "Báo cáo số liệu") == 1


async def test_a_sender_that_starts_on_a_locked_database_sends_once_it_is_free(
    team: Office,
    telegram_settings: Settings,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    front, refused = team.front, iter([True])
    front.api.fail_next("sendMessage", 502, times=2)
    await front.says(team.lan, ASSIGN, team.room)
    await front.stops()
    interrupted = outbox.interrupted

    def busy(session: Session) -> int:
        if next(refused, False):
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        return interrupted(session)

    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(outbox, "interrupted", busy)
    async with running(telegram_settings, front.api, clock) as second:
        await a_second_later(second)
        assert second.count(team.room, "Báo cáo số liệu") == 1


@asynccontextmanager
async def full_disk(front: Front) -> AsyncIterator[None]:
    """SQLite may not grow by a single page."""
    await front.app.database.run(lambda session: _limit_pages(session.connection(), None))
    yield
    await front.app.database.run(lambda session: _limit_pages(session.connection(), 1_000_000_000))


def _limit_pages(connection: Any, pages: int | None) -> None:
    now = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages or now}")


@SQLITE
async def test_on_a_full_disk_the_messenger_keeps_what_we_cannot(
    team: Office, caplog: pytest.LogCaptureFixture
) -> None:
    front = team.front
    long = "số liệu " * 450
    async with full_disk(front):
        caplog.set_level(logging.CRITICAL)
        asked = len(front.api.calls)
        for number in range(5):
            front.api.says(team.lan, f"/giao @binh Việc {number} {long}, hạn 16h 27/11", team.room)
        await front.api.until(lambda: sum(each.method == "getMe" for each in front.api.calls[asked:]) >= 3)
        assert front.api.updates
    await front.rests()
    assert [front.count(team.room, f"#{number} ") for number in range(1, 7)] == [1, 1, 1, 1, 1, 0]
    waiting = select(InboxRow).where(InboxRow.state != InboxState.DONE)
    assert await front.app.database.run(lambda session: session.exec(waiting).all()) == []


# the program


async def test_what_a_stopped_program_had_accepted_is_done_by_the_next(
    team: Office, telegram_settings: Settings, clock: Clock
) -> None:
    """/setup among it, which has to ask Telegram who is an administrator before it can be handled."""
    front, api = team.front, team.front.api
    other = api.group("Phòng khác", [team.dung])

    async def nothing(*_: Any) -> None: ...

    front.app.inbox._handle = nothing  # type: ignore[method-assign]
    await front.says(team.dung, "/thietlap Tổ khác", other)
    await front.says(team.lan, ASSIGN, team.room)
    await front.stops()
    async with running(telegram_settings, api, clock) as second:
        await second.rests()
        second.sees(other, "Tổ khác", "1 người")
        assert second.count(team.room, "Báo cáo số liệu") == 1


async def test_a_fault_of_ours_is_told_calmly_and_stops_nobody_else(
    team: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    front = team.front
    commands: Any = front.app.engine.router.commands

    def stumble(*_: Any) -> None:
        raise ZeroDivisionError("nobody may read this")

    monkeypatch.setitem(commands, "viec", replace(commands["viec"], run=stumble))
    caplog.set_level(logging.CRITICAL)
    await front.says(team.lan, "/viec")
    said = front.sees(team.lan, "có lỗi phía hệ thống", "mã ")
    assert "nobody" not in said.text
    assert "Traceback" not in said.text
    await front.says(team.lan, "/thanhvien")
    front.sees(team.lan, "2 người đã tham gia")


# secrets at rest


def lies_in_clear(folder: Path, word: str) -> list[str]:
    """Files below the folder that hold the word, however it is written."""
    forms = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [str(each.relative_to(folder)) for each in files if any(form in each.read_bytes() for form in forms)]


async def test_a_sealed_files_password_lies_nowhere_in_clear(
    team: Office, telegram_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    front = team.front
    caplog.set_level(logging.INFO)
    front.api.fail_next("sendMessage", 502, after=1, times=2)  # passwords wait in the outbox for a while
    await front.uploads(team.binh, "Danh sách.docx", docx(["Danh sách cán bộ đi học"]), team.room, caption="/niem")
    waiting = [row.card or "" for row in await rows(front, OutboxState.PENDING)]
    assert waiting
    await a_second_later(front)
    told = front.sees(team.binh, "Mật khẩu Tệp #1")
    code = next(each for each in told.entities if each["type"] == "code")
    password = told.text.encode("utf-16-le")[2 * code["offset"] : 2 * (code["offset"] + code["length"])].decode(
        "utf-16-le"
    )
    assert len(password) >= 8
    assert password in told.text
    assert not any(password in card for card in waiting)
    assert lies_in_clear(telegram_settings.data_dir, password) == []
    await front.says(team.binh, "/matkhau 1")
    assert front.count(team.binh, password) == 2
    assert lies_in_clear(telegram_settings.data_dir, password) == []
    assert password not in caplog.text
    await front.stops()
    assert lies_in_clear(telegram_settings.data_dir, password) == []
