"""`giaoban backup` on PostgreSQL: pg_dump's archive and the vault, restored elsewhere, and known to the doctor."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from sqlmodel import Session, select

from bot import cli
from bot.app import App
from bot.clock import Clock
from bot.doctor import last_backup
from config.settings import Settings
from storage import dumping
from storage.database import open_engine
from storage.tasks import Task
from storage.vault import Vault
from tests import postgres
from tests.conftest import KEY
from tests.stage import FRIDAY, Office, PaperMessenger


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_server: postgres.Server) -> Iterator[Settings]:
    """On PostgreSQL, as the environment says it to the command line."""
    url = postgres_server.ready_url()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", KEY)
    monkeypatch.setenv("GIAOBAN_DATABASE_URL", url)
    (tmp_path / "data").mkdir()
    yield Settings(data_dir=tmp_path / "data", secret_key=KEY, database_url=url, web={"listen": "127.0.0.1:0"})
    postgres_server.drop(url)


async def a_day(settings: Settings) -> None:
    """A task is given, and a file stands in the vault."""
    app = App(settings, [paper := PaperMessenger()], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    office.anything_goes()
    lan = office.person("Lan", "lan", started=True)
    room = office.room("Phòng", admins=[lan])
    await lan.says("/setup Tổ một", room)
    await lan.says("/giao @lan Báo cáo số liệu, hạn 16h 27/11", room)
    app.kit[Vault].put(b"what was sealed")
    await app.stop()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = cli.run(arguments)
    out, err = capsys.readouterr()
    return code, out + err


def titles(url: str) -> list[str]:
    engine = open_engine(url)
    with Session(engine) as session:
        found = list(session.exec(select(Task.title)))
    engine.dispose()
    return found


async def test_it_is_copied_verified_restored_elsewhere_and_the_doctor_knows(
    settings: Settings,
    postgres_server: postgres.Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await a_day(settings)
    assert last_backup(settings) is None
    code, told = said(capsys, "backup", str(tmp_path / "copy"))
    assert code == 0, told
    assert "1 files in the vault" in told
    archive = tmp_path / "copy" / dumping.NAME
    assert archive.stat().st_mode & 0o077 == 0
    noted = last_backup(settings)
    assert noted is not None
    assert Clock(settings.zone).now() - noted < timedelta(minutes=1)
    code, told = said(capsys, "verify", "--data", str(tmp_path / "copy"))
    assert code == 0, told
    assert "ok   dump: readable" in told
    assert "ok   vault: 1 files, each opened" in told
    elsewhere = postgres_server.url()
    server = ["-h", str(postgres_server.directory), "-U", postgres.USER, "-d", str(make_url(elsewhere).database)]
    subprocess.run(["pg_restore", "--no-owner", *server, archive], check=True)
    assert titles(elsewhere) == titles(settings.database) == ["Báo cáo số liệu"]
    monkeypatch.setenv("GIAOBAN_DATABASE_URL", elsewhere)
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(tmp_path / "restored"))
    shutil.copytree(tmp_path / "copy" / "vault", tmp_path / "restored" / "vault")
    code, told = said(capsys, "verify")
    assert code == 0, told
    postgres_server.drop(elsewhere)


def test_a_dump_that_was_made_elsewhere_is_taken_from_standard_input(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dumping.dump(make_url(settings.database), tmp_path / "theirs")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((tmp_path / "theirs").read_bytes())))
    code, told = said(capsys, "backup", str(tmp_path / "copy"), "--dump", "-")
    assert code == 0, told
    assert (tmp_path / "copy" / dumping.NAME).read_bytes() == (tmp_path / "theirs").read_bytes()
    assert last_backup(settings) is not None


def test_one_that_was_broken_off_is_no_backup(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dumping.dump(make_url(settings.database), tmp_path / "theirs")
    whole = (tmp_path / "theirs").read_bytes()
    for number, content in enumerate((whole[: len(whole) // 2], b"-- SQL", b"")):
        (tmp_path / "theirs").write_bytes(content)
        code, told = said(capsys, "backup", str(tmp_path / f"copy {number}"), "--dump", str(tmp_path / "theirs"))
        assert code == 1
        assert "incomplete" in told or "no archive" in told
        assert not list((tmp_path / f"copy {number}").iterdir())
    code, told = said(capsys, "backup", str(tmp_path / "copy"), "--dump", str(tmp_path / "nothing"))
    assert (code, "nothing: No such file" in told) == (1, True)
    assert last_backup(settings) is None


def test_where_pg_dump_is_missing_or_too_old_it_says_what_to_do(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, told = said(capsys, "backup", str(tmp_path / "copy"))
    assert code == 1
    assert "postgresql-client" in told
    assert "--dump" in told
    stands_in(tmp_path, "echo 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1")
    code, told = said(capsys, "backup", str(tmp_path / "copy"))
    assert code == 1
    assert "version mismatch" in told
    assert "--dump" in told
    assert last_backup(settings) is None


def test_the_password_is_no_argument(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stands_in(tmp_path, f'echo "$@" > {tmp_path}/arguments; echo "$PGPASSWORD" > {tmp_path}/told; exit 1')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("GIAOBAN_DATABASE_URL", "postgresql+psycopg://an:bi%20mat@db:5433/gb?sslmode=require")
    code, told = said(capsys, "backup", str(tmp_path / "copy"))
    assert code == 1
    assert "bi mat" not in told
    arguments = (tmp_path / "arguments").read_text().replace(str(tmp_path), "")
    assert "mat" not in arguments.replace("format", "")
    for each in ("host=db", "port=5433", "user=an", "dbname=gb", "sslmode=require", "--no-password"):
        assert each in arguments
    assert (tmp_path / "told").read_text() == "bi mat\n"


def stands_in(folder: Path, script: str) -> None:
    """For pg_dump."""
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
