"""`giaoban doctor`: each trouble is found, named with its cause, and told what to do about; nothing is changed."""

import base64
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlmodel import Session

from bot import cli
from bot.app import App
from bot.doctor import doctor, note_backup
from bot.messengers.zalo_oa import grant
from config.settings import Settings
from storage import due, inbox, outbox, zalo
from storage.columns import Secrets
from storage.database import Database
from storage.inbox import InboxState
from storage.keyring import KeyRing
from storage.outbox import Act, OutboxState
from storage.people import WorkGroup
from storage.schema import bring_up_to_date
from tests.fakes.botapi import FakeBotApi
from tests.stage import PaperMessenger

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, api: FakeBotApi) -> Settings:
    """An installation that is set up for Telegram and stands still."""
    monkeypatch.chdir(tmp_path)
    made = Settings(
        data_dir=tmp_path / "data",
        secret_key=KEY,
        database_url=database_url,
        web={"listen": "127.0.0.1:9"},
        telegram={"token": api.token, "api_url": api.url},
    )
    made.data_dir.mkdir()
    return made


@pytest.fixture
def rows(settings: Settings) -> Callable[..., None]:
    """Puts rows into the database."""

    def put(*added: Any) -> None:
        database = Database(settings.database)
        bring_up_to_date(database.engine)
        database.run_now(lambda session: session.add_all(added))
        database.close()

    return put


@pytest.fixture(autouse=True)
def clocks_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's own clock goes on while ours stands in these tests."""
    monkeypatch.setattr("storage.backlog.database_clock", lambda _session: None)


def message(messenger: str, minutes: int, **more: Any) -> outbox.OutboxRow:
    at = NOW - timedelta(minutes=minutes)
    return outbox.OutboxRow(
        messenger=messenger, chat="1", private=True, act=Act.SEND, created_at=at, ready_at=at, **more
    )


def event(minutes: int, state: InboxState = InboxState.WAITING) -> inbox.InboxRow:
    at = NOW - timedelta(minutes=minutes)
    return inbox.InboxRow(key=f"t:{minutes}", lane="t:1", event="{}", state=state, received_at=at)


def timed(minutes: int, attempts: int = 0) -> due.DueRow:
    at = NOW - timedelta(minutes=minutes)
    return due.DueRow(key=f"k{minutes}", kind="task-reminder", due_at=at, planned_for=at, attempts=attempts)


async def told(settings: Settings, **changes: Any) -> tuple[int, str]:
    lines: list[str] = []
    code = await doctor(settings.model_copy(update=changes), lines.append, NOW)
    return code, "\n".join(lines)


async def test_a_healthy_installation_that_stands_still_is_healthy(
    settings: Settings, rows: Callable[..., None]
) -> None:
    rows()
    code, said = await told(settings)
    assert code == 0, said
    assert "Chương trình không chạy" in said
    assert "Không có gì bị kẹt." in said


STUCK: list[tuple[list[Any], list[str]]] = [
    ([event(10)], ["1 tin đã nhận đang chờ", "10 phút", "vì chương trình không chạy", "Khởi động dịch vụ"]),
    ([event(10, InboxState.PARKED)], ["1 tin trong 24 giờ qua bị lỗi", "gác lại", "mã lỗi"]),
    ([message("telegram", 30)], ["Có tin chờ gửi qua telegram đã 30 phút", "không chạy"]),
    ([message("zalo_oa", 3 * 60)], ["Có tin chờ gửi qua zalo_oa đã 3 giờ", "không được thiết lập"]),
    ([timed(90)], ["1 việc hẹn giờ chưa chạy", "trễ 90 phút"]),
    ([timed(-20, attempts=5)], ["loại task-reminder hỏng nhiều lần", "5 lần", "a job failed"]),
    ([event(-30, InboxState.DONE)], ["tương lai 30 phút", "timedatectl"]),
    ([WorkGroup(name="Tổ", language="vi", created_at=NOW - timedelta(days=8))], ["Chưa sao lưu lần nào"]),
]


@pytest.mark.parametrize(("put", "words"), STUCK, ids=lambda each: each[0] if isinstance(each[0], str) else "")
async def test_what_is_stuck_is_said_with_its_cause_and_what_to_do(
    settings: Settings, rows: Callable[..., None], put: list[Any], words: list[str]
) -> None:
    rows(*put)
    code, said = await told(settings)
    assert code == 1
    for each in words:
        assert each in said
    assert "→" in said
    assert "1 việc cần xử lý" in said


async def test_what_is_young_is_no_trouble(settings: Settings, rows: Callable[..., None]) -> None:
    rows(event(1), message("telegram", 2), timed(1), timed(-1, attempts=1))
    code, said = await told(settings)
    assert code == 0, said


async def test_messages_that_will_never_arrive_are_told_but_are_no_trouble(
    settings: Settings, rows: Callable[..., None]
) -> None:
    rows(message("telegram", 30, state=OutboxState.DEAD))
    code, said = await told(settings)
    assert code == 0
    assert "1 tin qua telegram trong 24 giờ qua không bao giờ tới" in said


async def test_in_english_where_that_is_the_language(settings: Settings, rows: Callable[..., None]) -> None:
    rows(timed(90))
    _, said = await told(settings, language="en")
    assert "1 timed rows were not run, the oldest is 90 min late" in said


async def test_nothing_installed_yet(settings: Settings, database_url: str) -> None:
    if database_url:
        pytest.skip("PostgreSQL: the database is there, its tables are not")
    code, said = await told(settings)
    assert code == 1
    assert "Không có cơ sở dữ liệu" in said
    assert not (settings.data_dir / "giaoban.sqlite").exists()


async def test_a_database_that_does_not_answer_and_its_password_stays_unsaid(settings: Settings) -> None:
    url = "postgresql+psycopg://giaoban:bimatlam@127.0.0.1:9/giaoban"
    code, said = await told(settings, database_url=url)
    assert code == 1
    assert "Cơ sở dữ liệu không trả lời" in said
    assert "bimatlam" not in said


async def test_no_key_and_no_messenger(settings: Settings, rows: Callable[..., None]) -> None:
    rows()
    bare = Settings(data_dir=settings.data_dir, database_url=settings.database_url, web={"listen": "127.0.0.1:9"})
    code, said = await told(bare)
    assert code == 1
    assert "Chưa có GIAOBAN_SECRET_KEY" in said
    assert "Chưa có ứng dụng chat nào" in said


async def test_a_disk_that_is_nearly_full(
    settings: Settings, rows: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows()
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Disk", (), {"free": 300 * 1024**2, "total": 10**10})())
    code, said = await told(settings)
    assert code == 1
    assert "còn 300 MB (3 %)" in said


async def test_a_clock_that_is_off_by_the_messengers_date(settings: Settings, rows: Callable[..., None]) -> None:
    rows()

    async def late(_request: web.Request) -> web.Response:
        return web.Response(headers={"Date": "Mon, 01 Jan 2024 00:00:00 GMT"})

    application = web.Application()
    application.router.add_route("*", "/{tail:.*}", late)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    telegram = settings.telegram.model_copy(update={"api_url": f"http://127.0.0.1:{port}"})
    code, said = await told(settings, telegram=telegram)
    await runner.cleanup()
    assert code == 1
    assert "ngày so với telegram" in said


async def test_an_old_backup(settings: Settings, rows: Callable[..., None]) -> None:
    rows()
    note_backup(settings, NOW - timedelta(days=6))
    assert (await told(settings))[0] == 0
    note_backup(settings, NOW - timedelta(days=30))
    code, said = await told(settings)
    assert code == 1
    assert "Bản sao lưu gần nhất đã 30 ngày" in said


def kept_grant(settings: Settings, **facts: Any) -> None:
    known = grant.Grant(access="a", refresh="r", issued_at=NOW, expires_at=NOW + timedelta(hours=25), **facts)
    database = Database(settings.database)
    secrets = Secrets(KeyRing(settings.keys))
    database.run_now(lambda session: zalo.replace(session, secrets, zalo.TOKENS, 0, grant.to_text(known)))
    database.close()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ends_at": NOW + timedelta(days=80)}, ""),
        ({"ends_at": NOW + timedelta(days=9)}, "hết hạn sau 9 ngày"),
        ({"ends_at": NOW + timedelta(days=80), "refused": True}, "đã thu hồi"),
    ],
)
async def test_the_official_accounts_token_near_its_end(
    settings: Settings, rows: Callable[..., None], api: FakeBotApi, facts: dict[str, Any], words: str
) -> None:
    rows()
    kept_grant(settings, **facts)
    oa = {"app_id": "1", "app_secret": "s", "api_url": api.url}
    code, said = await told(settings, zalo_oa=type(settings.zalo_oa)(**oa))
    assert code == bool(words), said
    assert words in said


async def test_a_running_program_tells_what_it_cannot_reach(settings: Settings, rows: Callable[..., None]) -> None:
    rows()
    paper = PaperMessenger(name="telegram")
    app = App(settings.model_copy(update={"web": type(settings.web)(listen="127.0.0.1:0")}), [paper])
    await app.start()
    paper.standing = type(paper.standing)(ready=False, problem="cannot connect")
    listening = type(settings.web)(listen=f"127.0.0.1:{app.web.port}")
    try:
        code, said = await told(settings, web=listening)
    finally:
        await app.stop()
    assert code == 1
    assert "Chương trình đang chạy" in said
    assert "telegram không nối được: cannot connect" in said


async def test_it_changes_nothing(settings: Settings, rows: Callable[..., None], database_url: str) -> None:
    if database_url:
        pytest.skip("the transaction is read only there, which PostgreSQL itself holds")
    rows(event(10), message("telegram", 30), timed(90, attempts=5))
    before = snapshot(settings.data_dir)
    assert (await told(settings))[0] == 1
    assert snapshot(settings.data_dir) == before


async def test_the_rows_cannot_be_written_through_it(settings: Settings, rows: Callable[..., None]) -> None:
    from sqlalchemy.exc import DBAPIError

    from storage.backlog import open_to_read

    rows(event(10))
    engine = open_to_read(settings.database)
    with Session(engine) as session, pytest.raises(DBAPIError, match=r"read.?only"):
        inbox.park(session, 1)
    engine.dispose()


def test_the_command_ends_with_the_right_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(tmp_path / "data"))
    assert cli.run(["doctor"]) == 1
    assert "KẸT" in capsys.readouterr().out
    assert not (tmp_path / "data").exists()


def snapshot(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
