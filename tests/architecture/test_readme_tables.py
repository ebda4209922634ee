"""README's tables are what the code says, and every dependency earns its line there."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.readme_tables import README, filled

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMES = [re.split(r"[<>=!~;\[ ]", line)[0] for line in PROJECT["dependencies"]]


def test_the_tables_of_commands_and_settings_are_what_the_code_says() -> None:
    written = README.read_text(encoding="utf-8")
    assert written == filled(written), "run: python -m tests.readme_tables"


@pytest.mark.parametrize("name", NAMES)
def test_every_dependency_has_its_line_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `{re.escape(name)}` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
