"""compose.yaml says what the program understands: its settings, its secrets, its public paths."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web

from bot.app import App
from bot.web.server import BETWEEN, FIRST_WORD
from config.settings import Settings, load

ROOT = Path(__file__).parents[2]
INSIDE = ("/healthz", "/readyz", "/metrics")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def known(name: str) -> bool:
    """Whether there is a setting of this name."""
    section, _, field = name.removeprefix("GIAOBAN_").lower().partition("__")
    found = Settings.model_fields.get(section)
    if found is None:
        return False
    return not field or field in type(found.default).model_fields


def first_parts(route: web.AbstractRoute) -> list[str]:
    """`/f/`, `/u/` … for a path that begins with one of several doors."""
    assert route.resource is not None
    pattern = route.resource.get_info().get("pattern")
    doors = re.match(r"/\(\?P<door>([^)]+)\)", pattern.pattern) if pattern else None
    return [f"/{door}/" for door in doors[1].split("|")] if doors else [route.resource.canonical]


def test_it_names_only_settings_that_exist(compose: dict[str, Any]) -> None:
    program = compose["services"]["giaoban-a"]
    named = [*program["environment"], *program["secrets"]]
    assert len(named) > 5
    assert [name for name in named if not known(name)] == []


def test_every_secret_has_its_file(compose: dict[str, Any]) -> None:
    wanted = {name for service in compose["services"].values() for name in service.get("secrets", ())}
    assert wanted == set(compose["secrets"])
    assert all(compose["secrets"][name]["file"] == f"./secrets/{name}" for name in wanted)


def test_the_proxy_lets_through_what_people_and_messengers_need_and_nothing_else(
    compose: dict[str, Any], settings: Settings
) -> None:
    allowed = re.search(r"@open path (.+)", compose["configs"]["proxy"]["content"])
    assert allowed is not None
    open_ = [path.removesuffix("*") for path in allowed[1].split()]
    assert not any(path.startswith(tuple(open_)) for path in INSIDE)
    app = App(settings, [])
    found = [path for route in app.web.application.router.routes() for path in first_parts(route)]
    app.database.close()
    outside = {path for path in found if path not in INSIDE}
    assert outside
    assert [path for path in outside if not path.startswith(tuple(open_))] == []
    for folder in ("hooks/telegram", "hooks/zalo-bot", "hooks/zalo-oa", "zalo-oa/callback"):
        assert f"/{folder}".startswith(tuple(open_))


def test_the_program_runs_without_rights(compose: dict[str, Any]) -> None:
    program = compose["services"]["giaoban-a"]
    assert program["read_only"] is True
    assert program["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in program["security_opt"]


def test_two_replicas_are_alike_and_the_proxy_knows_both(compose: dict[str, Any]) -> None:
    assert compose["services"]["giaoban-a"] == compose["services"]["giaoban-b"]
    assert "reverse_proxy giaoban-a:8080 giaoban-b:8080 {" in compose["configs"]["proxy"]["content"]


def test_secrets_are_read_from_files_sections_included(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIAOBAN_SECRETS_DIR", str(tmp_path))
    (tmp_path / "GIAOBAN_TELEGRAM__TOKEN").write_text("1:from-a-file\n")
    (tmp_path / "GIAOBAN_DATABASE_URL").write_text("postgresql+psycopg://there\n")
    (tmp_path / "GIAOBAN_ZALO_BOT__TOKEN").write_text("")
    found = load()
    assert found.telegram.token.get_secret_value() == "1:from-a-file"
    assert found.database == "postgresql+psycopg://there"
    assert found.zalo_bot.token.get_secret_value() == ""
    monkeypatch.setenv("GIAOBAN_TELEGRAM__TOKEN", "1:from-the-environment")
    assert load().telegram.token.get_secret_value() == "1:from-the-environment"


def test_the_proxy_waits_for_headers_no_longer_than_the_program(compose: dict[str, Any]) -> None:
    said = re.search(r"read_header (\d+)s", compose["configs"]["proxy"]["content"])
    assert said is not None
    assert float(said[1]) <= FIRST_WORD
    idle = re.search(r"keepalive (\d+)m", compose["configs"]["proxy"]["content"])
    assert idle is not None
    assert int(idle[1]) * 60 < BETWEEN, "or a request would meet a connection that closes"
