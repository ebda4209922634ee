"""README's tables are what the code says, every dependency earns its line there, and a wheel leaves nothing behind."""

import fnmatch
import re
import tomllib

import pytest

from tests.readme_tables import README, filled, settings, shown

ROOT = README.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMES = [re.split(r"[<>=!~;\[ ]", line)[0] for line in PYPROJECT["project"]["dependencies"]]
SETTINGS = {row[0].strip("`") for row in settings()}
# Pages of the web side, commands of @BotFather, a directory.
ELSEWHERE = {"healthz", "readyz", "metrics", "newbot", "revoke", "data"}


def test_the_tables_of_commands_and_settings_are_what_the_code_says() -> None:
    written = README.read_text(encoding="utf-8")
    assert written == filled(written), "run: python -m tests.readme_tables"


@pytest.mark.parametrize("name", NAMES)
def test_every_dependency_has_its_line_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `{re.escape(name)}` \|", README.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_readme_names_no_dependency_that_is_none() -> None:
    _, _, table = README.read_text(encoding="utf-8").partition("## What it stands on")
    assert set(re.findall(r"^\| `([\w.-]+)` \|", table, re.MULTILINE)) == set(NAMES)


def test_a_wheel_holds_every_file_that_the_program_reads() -> None:
    """Docker and systemd install a wheel, not the checkout."""
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["*"]
    for room in ("bot", "handlers", "storage", "config"):
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert any(fnmatch.fnmatch(path.name, each) for each in patterns), f"{path} is in no wheel"


@pytest.mark.parametrize(
    "page", ["README.md", "CHANGELOG.md", *(f"docs/{each.name}" for each in ROOT.glob("docs/*.md"))]
)
def test_every_link_between_the_pages_leads_somewhere(page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", written):
        assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{each.name}" for each in ROOT.glob("docs/*.md"))])
def test_every_command_and_setting_that_a_page_names_exists(page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")
    spoken = {name for spec in shown() for name in (spec.name, *spec.aliases)}
    for name in re.findall(r"(?:`|^)/([a-z]+)(?=[ `]|$)", written, re.MULTILINE):
        assert name in spoken | ELSEWHERE, f"/{name}"
    for name in re.findall(r"\bGIAOBAN_[A-Z_]+[A-Z]\b", written):
        assert name in SETTINGS, name


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    _, _, rest = README.read_text(encoding="utf-8").partition("## On the command line")
    section = rest.partition("\n## ")[0]
    for name in re.findall(r"\badd\(\"(\w+)\"", (ROOT / "bot" / "cli.py").read_text(encoding="utf-8")):
        assert re.search(rf"`(?:giaoban )?{name}\b", section), name
