"""Settings as people type them at night: what is wrong is said in one sentence before anything starts."""

import base64
from pathlib import Path

import pytest

from config.settings import load

KEY, OLD = base64.b64encode(bytes(range(32))).decode(), base64.b64encode(bytes(32)).decode()


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("DATABASE_URL", "nonsense", "postgresql+psycopg://user"),
        ("DATABASE_URL", "postgres://giaoban@host/giaoban", "postgresql+psycopg://user"),
        ("DATABASE_URL", "postgresql+psycopg://giaoban:a@b:c/d@host/giaoban", "%40"),
        ("WEB__LISTEN", "127.0.0.1:99999", "ADDRESS:PORT"),
        ("WEB__PUBLIC_URL", "bot.so.gov.vn", "https://"),
        ("OFFICE__MORNING", "7h30", "07:30"),
        ("OFFICE__HOURS", "sáng chiều", "07:30"),
        ("OFFICE__HOURS", "07:30", "07:30-11:30"),
        ("OFFICE__HOURS", "13:30-17:00,07:30-11:30", "in order"),
        ("LANGUAGE", "fr", "vi or en"),
        ("SECRET_KEY", f'"{KEY}"', "quotation marks"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(
    name: str, value: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"GIAOBAN_{name}", value)
    with pytest.raises(ValueError, match=f"^GIAOBAN_{name} ") as said:
        load()
    assert hint in str(said.value)
    assert value not in str(said.value).replace(hint, "")


@pytest.mark.parametrize("typed", [f"{KEY},{OLD}", f"{KEY}, {OLD}", f" {KEY},{OLD},", f"{KEY},,{OLD}"])
def test_a_comma_or_a_space_too_many_does_not_lose_a_key(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", typed)
    assert load().keys == [bytes(range(32)), bytes(32)]


def test_commas_alone_are_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", " , ")
    assert not load().secret_key.get_secret_value()


def test_what_is_set_rightly_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIAOBAN_DATABASE_URL", "postgresql+psycopg://giaoban:a%40b@host/giaoban")
    monkeypatch.setenv("GIAOBAN_OFFICE__HOURS", "07:00-11:00, 13:00-17:00")
    monkeypatch.setenv("GIAOBAN_WEB__LISTEN", "0.0.0.0:0")
    assert load().office.hours == "07:00-11:00,13:00-17:00"
    assert load().web.port == 0
