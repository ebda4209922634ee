"""The house rules that a program can check: documents that agree with the code, rooms that stay small."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.engine.router import Router
from config.settings import Settings
from handlers import FEATURES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else ""
ROUTER = Router(FEATURES)
SPECS = [spec for feature in FEATURES for spec in feature.commands]


def settings_of(model: type[BaseModel], prefix: str) -> list[str]:
    names: list[str] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += settings_of(kind, f"{prefix}{name.upper()}__")
        else:
            names.append(prefix + name.upper())
    return names


@pytest.mark.parametrize("name", settings_of(Settings, "GIAOBAN_"))
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("spec", [each for each in SPECS if each.shown], ids=lambda spec: spec.name)
def test_every_command_stands_in_the_readme_with_both_names(spec: object) -> None:
    assert f"`/{spec.name}`" in README  # type: ignore[attr-defined]
    assert f"`/{spec.aliases[0]}`" in README  # type: ignore[attr-defined]


def test_every_command_has_both_names_and_none_is_there_twice() -> None:
    assert all(spec.aliases for spec in SPECS)
    every = [name for spec in SPECS for name in (spec.name, *spec.aliases)]
    assert len(every) == len(set(every))


def test_no_two_features_share_a_button_an_answer_or_a_due_kind() -> None:
    for shelf in ("presses", "answers", "replies", "dues", "jobs"):
        names = [spec.name for feature in FEATURES for spec in getattr(feature, shelf)]
        assert len(names) == len(set(names)), shelf


def test_every_module_begins_with_a_sentence_and_stays_under_three_hundred_lines() -> None:
    for folder in ("bot", "handlers", "storage", "config", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            if "versions" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            assert text.startswith('"""'), f"{path} says not what it is for"
            assert text.count("\n") <= 300, f"{path} has {text.count(chr(10))} lines"


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for folder in ("bot", "handlers", "storage"):
        for path in (ROOT / folder).iterdir():
            if path.is_dir() and not path.name.startswith("__"):
                assert f"{path.name}/" in page, f"{path.name}/ is not on the page"
