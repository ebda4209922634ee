"""Words by id and language: Fluent files of the house, which an office may reword."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser
from fluent.syntax.ast import Resource

LANGUAGES = ("vi", "en")
LONGEST = 1000  # characters: Fluent puts no longer fact into a text


class UnknownText(LookupError):
    """No text has this id, or a fact that it needs was not given."""


class Words:
    """The texts of one language: `words("task-done", number="12")`."""

    def __init__(self, language: str, bundle: FluentBundle) -> None:
        self.language = language
        self._bundle = bundle

    def __call__(self, text_id: str, **facts: Any) -> str:
        pattern = self._bundle.get_message(text_id).value if self._bundle.has_message(text_id) else None
        if pattern is None:
            raise UnknownText(text_id)
        said, errors = self._bundle.format_pattern(pattern, {name: _fact(value) for name, value in facts.items()})
        if errors:
            raise UnknownText(f"{text_id}: {errors}")
        return str(said)

    def __contains__(self, text_id: str) -> bool:
        return bool(self._bundle.has_message(text_id))


def _fact(value: Any) -> Any:
    if isinstance(value, int):
        return fluent_number(value, useGrouping=False)
    said = str(value)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


class Texts:
    """All languages. Every `*.ftl` of `folder/<language>/` is read, then those of `reworded/<language>/` over them."""

    def __init__(self, folder: Path, reworded: Path | None = None) -> None:
        self._words = {language: Words(language, _bundle(language, folder, reworded)) for language in LANGUAGES}

    def words(self, language: str) -> Words:
        return self._words.get(language) or self._words[LANGUAGES[0]]


def _bundle(language: str, folder: Path, reworded: Path | None) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in _files(folder / language):
        bundle.add_resource(_read(path))
    if reworded is not None:
        for path in _files(reworded / language):
            bundle.add_resource(_read(path), allow_overrides=True)
    return bundle


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.ftl"))


def _read(path: Path) -> Resource:
    """Without the place of every word in the file, which would double what the texts hold in memory."""
    return FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8"))
