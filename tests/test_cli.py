"""The command line as an operator uses it: what it says, and with which exit code it ends."""

import asyncio
import base64
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from bot import cli
from config.settings import load
from storage.migrations import HEAD
from tests.fakes.botapi import FakeBotApi
from tests.handlers.letters.files import locked_pdf

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_version_is_told_with_the_tables_it_knows(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"giaoban {version('giaoban')}, tables {HEAD}\n"


def test_run_without_a_key_says_how_to_make_one(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "run")
    assert code == 1
    assert "GIAOBAN_SECRET_KEY is missing" in err
    assert "urandom(32)" in err


def test_a_wrong_setting_is_named_without_its_value(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", "bXkgc2VjcmV0")
    code, _, err = said(capsys, "check")
    assert code == 1
    assert "GIAOBAN_SECRET_KEY" in err
    assert "bXkgc2VjcmV0" not in err


def test_check_without_a_messenger_fails_with_the_reason(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", KEY)
    code, out, _ = said(capsys, "check")
    assert code == 1
    assert "ok   GIAOBAN_SECRET_KEY" in out
    assert "FAIL messengers: no messenger is set up" in out


async def test_check_reaches_telegram_and_says_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeBotApi() as fake:
        monkeypatch.setenv("GIAOBAN_SECRET_KEY", KEY)
        monkeypatch.setenv("GIAOBAN_TELEGRAM__TOKEN", fake.token)
        monkeypatch.setenv("GIAOBAN_TELEGRAM__API_URL", fake.url)
        lines: list[str] = []
        from bot.checking import check

        assert await check(load(), lines.append) == 0, lines
        assert any(line.startswith("ok   telegram") for line in lines)
        monkeypatch.setenv("GIAOBAN_TELEGRAM__TOKEN", "1:wrong")
        assert await check(load(), lines.append) == 1
        assert lines[-1].startswith("FAIL telegram")
        assert "1:wrong" not in "\n".join(lines)


async def test_the_program_runs_is_backed_up_verified_and_stops_on_sigterm(tmp_path: Path) -> None:
    async with FakeBotApi() as fake:
        environment = {
            **os.environ,
            "GIAOBAN_SECRET_KEY": KEY,
            "GIAOBAN_DATA_DIR": str(tmp_path / "data"),
            "GIAOBAN_TELEGRAM__TOKEN": fake.token,
            "GIAOBAN_TELEGRAM__API_URL": fake.url,
            "GIAOBAN_WEB__LISTEN": "127.0.0.1:0",
        }
        command = [sys.executable, "-m", "bot"]
        program = await asyncio.create_subprocess_exec(
            *command, "run", env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        assert program.stdout is not None
        assert b"is running: telegram" in await asyncio.wait_for(program.stdout.readline(), 60)
        copied = await asyncio.to_thread(
            subprocess.run,
            [*command, "backup", str(tmp_path / "copy")],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert copied.returncode == 0, copied.stderr
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), 60) == 0
        await program.communicate()
        checked = await asyncio.to_thread(
            subprocess.run,
            [*command, "verify", "--data", str(tmp_path / "copy")],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert checked.returncode == 0, checked.stdout
        assert checked.stdout.count(b"ok   ") == 3


def test_verify_finds_a_changed_audit_entry(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import UTC, datetime

    from sqlmodel import Session

    from storage import audit, schema
    from storage.database import open_engine

    data.mkdir()
    engine = open_engine(load().database)
    schema.bring_up_to_date(engine)
    with Session(engine) as session:
        for number in range(3):
            audit.append(
                session,
                at=datetime(2026, 11, 20, 3, number, tzinfo=UTC),
                group_id=None,
                actor=None,
                action="tried",
                subject=f"task:{number}",
                facts={},
            )
        session.commit()
    engine.dispose()
    assert said(capsys, "verify")[0] == 0
    with sqlite3.connect(data / "giaoban.sqlite") as changing:
        changing.execute("UPDATE audit SET action = 'forged' WHERE id = 2")
    changing.close()
    code, out, _ = said(capsys, "verify")
    assert code == 1
    assert "breaks at entry 2" in out


def test_verify_without_a_database_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "verify")
    assert code == 1
    assert "FAIL database" in out


def test_read_takes_text_from_standard_input(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    letter = (Path(__file__).parent / "handlers" / "letters" / "samples").glob("*.txt")
    text = min(letter).read_text(encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    code, out, _ = said(capsys, "read", "--text", "-", "--json")
    assert code == 0
    assert json.loads(out)["number_symbol"]


def test_a_letter_under_a_password_is_read_with_the_one_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "mat-khau.pdf"
    letter.write_bytes(locked_pdf("Số: 12/UBND-VX\nV/v báo cáo số liệu biên chế\n" * 4))
    assert said(capsys, "read", str(letter), "--json")[0] == 2
    for password, wanted in (("sai", 2), ("mot-hai-ba", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        code, out, err = said(capsys, "read", str(letter), "--json", "--password-stdin")
        assert code == wanted, err
        assert password not in err
    assert json.loads(out)["number_symbol"] == "12/UBND-VX"


def test_a_backup_never_goes_into_a_directory_that_holds_something(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.mkdir()
    sqlite3.connect(data / "giaoban.sqlite").close()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "something").touch()
    code, _, err = said(capsys, "backup", str(tmp_path / "copy"))
    assert code == 1
    assert "not empty" in err


def test_check_names_a_setting_that_is_misspelt(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIAOBAN_TELEGRAM_TOKEN", "1:one-underscore")
    code, out, _ = said(capsys, "check")
    assert code == 1
    assert "FAIL GIAOBAN_TELEGRAM_TOKEN: there is no such setting" in out
    assert "one-underscore" not in out
