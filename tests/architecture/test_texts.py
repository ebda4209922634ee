"""Texts: the same ids and placeables in every language, all of them used, none missing, short enough."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

ROOT = Path(__file__).parents[2]
LONGEST = 2000  # characters of the smallest messenger's message (Zalo Bot)


def messages(language: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for path in sorted((ROOT / "config" / "texts" / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice"
                found[entry.id.name] = entry
    return found


def placeables(message: ast.Message) -> set[str]:
    names: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, ast.VariableReference):
            names.add(node.id.name)
        if isinstance(node, ast.BaseNode):
            for value in vars(node).values():
                walk(value)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(message.value)
    return names


VI, EN = messages("vi"), messages("en")


def code() -> Iterator[str]:
    for folder in ("bot", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            yield path.read_text(encoding="utf-8")


def test_both_languages_have_the_same_texts() -> None:
    assert set(VI) == set(EN)


@pytest.mark.parametrize("text_id", sorted(VI))
def test_the_placeables_agree(text_id: str) -> None:
    assert placeables(VI[text_id]) == placeables(EN[text_id])


def test_every_text_is_used() -> None:
    """Literally, or by an f-string whose fixed beginning or end the id has."""
    source = "\n".join(code())
    literal = set(re.findall(r"[\"']([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\"']", source))
    begins = set(re.findall(r"f[\"']([a-z][a-z0-9-]*-)\{", source))
    begins |= set(re.findall(r"[\"']([a-z][a-z0-9-]*-)[\"'] \+", source))
    unused = [each for each in VI if each not in literal and not any(each.startswith(begin) for begin in begins)]
    assert not unused


def test_texts_are_short_and_do_not_shout() -> None:
    for text_id, message in VI.items():
        elements = message.value.elements if message.value else []
        written = "".join(each.value for each in elements if isinstance(each, ast.TextElement))
        assert "!" not in written, text_id
    for path in (ROOT / "config" / "texts" / "vi").glob("*.ftl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert len(line) < LONGEST
