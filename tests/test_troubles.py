"""What an operator is told when database, disk or key are not what they were: a sentence, never a traceback."""

import base64
import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import cli
from bot.doctor import last_backup
from config.settings import Settings, load
from storage import moving
from storage.columns import Secrets
from storage.database import Database, open_engine
from storage.keyring import KeyRing
from storage.schema import bring_up_to_date, migrate
from storage.vault import Vault
from storage.zalo import ZaloSecret

KEY, NEW_KEY = base64.b64encode(bytes(range(32))).decode(), base64.b64encode(bytes(32)).decode()
AWAY = "postgresql+psycopg://giaoban:quiet-word@127.0.0.1:9/giaoban"
COMMANDS = [["run"], ["check"], ["verify"], ["code"], ["rekey"], ["export", "#1"], ["backup", "copy"], ["doctor"]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("config.logging.set_up", lambda **_: None)  # `run` in this process: it would stay set up
    told = {"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": KEY, "TELEGRAM__TOKEN": "1:token"}
    told |= {"TELEGRAM__API_URL": "http://127.0.0.1:9", "WEB__LISTEN": "127.0.0.1:9"}
    for name, value in told.items():
        monkeypatch.setenv(f"GIAOBAN_{name}", value)
    return load()


@pytest.fixture
def kept(settings: Settings) -> Settings:
    """An office that has a file in the vault and a secret in a row."""
    settings.data_dir.mkdir()
    ring = KeyRing(settings.keys)
    Vault(settings.data_dir / "vault", ring).put(b"a letter")
    database = Database(settings.database)
    bring_up_to_date(database.engine)
    database.run_now(
        lambda session: session.add(ZaloSecret(name="a", generation=1, hidden=Secrets(ring).hide("x", "a")))
    )
    database.close()
    return settings


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = cli.run(arguments)
    out, err = capsys.readouterr()
    return code, out + err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_a_database_that_is_away_is_said_in_a_sentence(
    command: list[str], settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIAOBAN_DATABASE_URL", AWAY)
    code, told = said(capsys, *command)
    assert code == 1
    assert any(each in told for each in ("does not answer", "không trả lời", "pg_dump")), told
    assert "quiet-word" not in told


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_a_file_that_is_no_database_is_said_in_a_sentence(
    command: list[str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "giaoban.sqlite").write_bytes(b"not what it was " * 300)
    code, told = said(capsys, *command)
    assert code == 1
    assert "is no database" in told or "SQLITE_NOTADB" in told


@pytest.mark.parametrize("command", [["check"], ["code"], ["run"]], ids=lambda each: each[0])
def test_a_database_that_was_moved_says_where_to(
    command: list[str], kept: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moving.move(kept.database, f"sqlite:///{tmp_path}/new.sqlite")
    code, told = said(capsys, *command)
    assert code == 1
    assert "was moved to" in told
    assert "new.sqlite" in told
    code, told = said(capsys, "doctor")
    assert code == 1
    assert "đã được chuyển sang" in told


def test_verify_of_an_empty_file_says_that_nothing_of_ours_is_there(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.data_dir.mkdir()
    sqlite3.connect(settings.data_dir / "giaoban.sqlite").close()
    code, told = said(capsys, "verify")
    assert code == 1
    assert "none of this program's tables" in told


def test_check_without_a_key_makes_no_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GIAOBAN_SECRET_KEY")
    code, told = said(capsys, "check")
    assert code == 1
    assert "needs its old key" in told
    assert "none yet at" in told
    assert not list(settings.data_dir.iterdir())


@pytest.mark.parametrize("command", ["check", "verify", "rekey", "doctor"])
def test_another_key_than_that_of_the_data_is_said(
    command: str, kept: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", NEW_KEY)
    if command == "verify":  # it looks at the files that rows speak of
        monkeypatch.setattr("bot.verifying.files.records", lambda _session: Vault(_vault(kept), _ring(kept)).records())
    code, told = said(capsys, command)
    assert code == 1
    assert "not the key with which this data was encrypted" in told or "không mở được bí mật đã lưu" in told


def test_the_old_key_behind_the_new_one_is_enough(
    kept: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", f"{NEW_KEY},{KEY}")
    _, told = said(capsys, "doctor")
    assert "không mở được" not in told
    code, told = said(capsys, "rekey")
    assert (code, told) == (0, "1 files and 1 secrets are now under the first key\n")
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", NEW_KEY)
    _, told = said(capsys, "doctor")
    assert "không mở được" not in told


def _vault(settings: Settings) -> Path:
    return settings.data_dir / "vault"


def _ring(settings: Settings) -> KeyRing:
    return KeyRing(settings.keys)


def test_a_data_directory_that_cannot_be_is_said(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(tmp_path / "file"))
    for command in (["run"], ["check"], ["code"], ["doctor"]):
        code, told = said(capsys, *command)
        assert code == 1
        assert "cannot be made" in told or "Không có cơ sở dữ liệu" in told


def test_who_serves_goes_on_writing_while_verify_looks_at_the_files(
    kept: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrote: list[str] = []

    def reads_and_somebody_writes(_vault: Vault, record: str) -> bytes:
        with closing(sqlite3.connect(kept.data_dir / "giaoban.sqlite", timeout=0)) as beside, beside:
            beside.execute("UPDATE zalo_secret SET generation = generation + 1")
        wrote.append(record)
        return b""

    monkeypatch.setattr("bot.verifying.files.records", lambda _session: Vault(_vault(kept), _ring(kept)).records())
    monkeypatch.setattr(Vault, "get", reads_and_somebody_writes)
    code, told = said(capsys, "verify")
    assert (code, len(wrote)) == (0, 1), told


def test_verify_leaves_a_backup_as_it_is(kept: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "backup", str(tmp_path / "copy"))[0] == 0
    copy = tmp_path / "copy" / "giaoban.sqlite"
    before = copy.read_bytes(), sorted(each.name for each in copy.parent.iterdir())
    code, told = said(capsys, "verify", "--data", str(copy.parent))
    assert code == 0, told
    assert before == (copy.read_bytes(), sorted(each.name for each in copy.parent.iterdir()))


def test_verify_reads_what_an_older_version_left(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.data_dir.mkdir()
    Vault(settings.data_dir / "vault", KeyRing(settings.keys)).put(b"a letter")
    engine = open_engine(settings.database)
    with engine.begin() as connection:
        migrate(connection, "0001")
    engine.dispose()
    code, told = said(capsys, "verify")
    assert code == 0, told
    assert "vault: 1 files, each opened" in told
    assert "0001" in said(capsys, "doctor")[1]


def test_a_backup_that_fails_halfway_leaves_nothing_and_may_be_made_again(
    kept: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_source: Path, copy: Path) -> None:
        copy.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("storage.backup.shutil.copy2", full)
        code, told = said(capsys, "backup", str(tmp_path / "copy"))
    assert code == 1
    assert "no backup was made" in told
    assert "No space left" in told
    assert not list((tmp_path / "copy").iterdir())
    assert last_backup(kept) is None
    assert said(capsys, "backup", str(tmp_path / "copy"))[0] == 0


def test_a_backup_into_a_place_that_cannot_be_is_said(
    kept: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    code, told = said(capsys, "backup", str(tmp_path / "file" / "copy"))
    assert code == 1
    assert "cannot be made" in told


@pytest.mark.parametrize("command", [["rekey"], ["export", "#1"], ["forget", "#1"]])
def test_a_mistyped_directory_is_not_taken_for_an_office_of_nobody(
    command: list[str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(capsys, *command)
    assert (code, told.count("\n")) == (1, 1)
    assert "there is no database" in told
    assert "GIAOBAN_DATA_DIR" in told
    assert not settings.data_dir.exists()
