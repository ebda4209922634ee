"""Words by id and language: Fluent files of the house, which an office may reword."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentInt, NumberFormatOptions
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Resource, Term

LANGUAGES = ("vi", "en")
LONGEST = 1000  # characters: Fluent puts no longer fact into a text
_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*)[ \t]*=.*(?:\n(?![a-zA-Z#-]).*)*", re.MULTILINE)
"""Where Fluent itself goes on after an entry that it does not understand: at the next line that begins one."""
_REFERENCE = re.compile(r"[{(,]\s*(-?[a-zA-Z][\w-]*)")


class UnknownText(LookupError):
    """No text has this id, or a fact that it needs was not given."""


class Entry:
    """A text as it stands in its file."""

    def __init__(self, text_id: str, source: str) -> None:
        self.text_id, self.source = text_id, source

    @cached_property
    def parsed(self) -> Resource | None:
        """None when it is none that Fluent understands."""
        found = FluentParser(with_spans=False).parse(self.source)
        return found if any(isinstance(each, Message | Term) for each in found.body) else None

    @property
    def refers_to(self) -> set[str]:
        """Ids of texts and terms, and what looks like one."""
        return set(_REFERENCE.findall(self.source))


Entries = Mapping[str, Sequence[Entry]]
"""Texts by id, the office's own after the house's."""


class Words:
    """The texts of one language: `words("task-done", number="12")`. Each is parsed when it is first said: all of them
    would take a tenth of the program's start and of its memory, and most are for rare occasions."""

    def __init__(self, language: str, entries: Entries) -> None:
        self.language = language
        self._entries = entries
        self._there: set[str] = set()

    def __call__(self, text_id: str, **facts: Any) -> str:
        pattern = self._bundle.get_message(text_id).value if text_id in self else None
        if pattern is None:
            raise UnknownText(text_id)
        said, errors = self._bundle.format_pattern(pattern, {name: _fact(value) for name, value in facts.items()})
        if errors:
            raise UnknownText(f"{text_id}: {errors}")
        return str(said)

    def __contains__(self, text_id: str) -> bool:
        if text_id not in self._there and text_id in self._entries:
            self._bring(text_id, set())
        return bool(self._bundle.has_message(text_id))

    @cached_property
    def _bundle(self) -> FluentBundle:
        return FluentBundle([self.language], use_isolating=False)

    def _bring(self, text_id: str, under_way: set[str]) -> None:
        """With the texts it refers to. Several threads may do it at once: what is there stays."""
        under_way.add(text_id)
        entry = next((each for each in reversed(self._entries[text_id]) if each.parsed), None)
        if entry is not None and entry.parsed is not None:
            self._bundle.add_resource(entry.parsed)
            for each in (entry.refers_to & self._entries.keys()) - self._there - under_way:
                self._bring(each, under_way)
        self._there.add(text_id)


class _Count(FluentInt):
    """A whole number, said as `12000`; how is settled once and not for every number."""

    default_number_format_options = NumberFormatOptions(useGrouping=False)


def _fact(value: Any) -> Any:
    if isinstance(value, int):
        return _Count(value)
    said = str(value)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


class Texts:
    """All languages. Every `*.ftl` of `folder/<language>/` is read, then those of `reworded/<language>/` over them."""

    def __init__(self, folder: Path, reworded: Path | None = None) -> None:
        self._words = {language: Words(language, _entries(language, folder, reworded)) for language in LANGUAGES}

    def words(self, language: str) -> Words:
        return self._words.get(language) or self._words[LANGUAGES[0]]


def _entries(language: str, folder: Path, reworded: Path | None) -> Entries:
    found: dict[str, list[Entry]] = {}
    for place in (folder, reworded) if reworded is not None else (folder,):
        for path in sorted((place / language).glob("*.ftl")):
            for entry in _read(path):
                found.setdefault(entry.text_id, []).append(entry)
    return found


def _read(path: Path) -> Sequence[Entry]:
    return [Entry(found[1], found[0] + "\n") for found in _ENTRY.finditer(path.read_text(encoding="utf-8"))]
