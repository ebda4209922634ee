"""Writes README's tables of commands and settings from the code: `python -m tests.readme_tables [--check]`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

import config
from bot.engine.features import Spec, Where
from bot.engine.router import Router
from bot.engine.texts import Texts
from config.settings import Settings
from handlers import FEATURES
from storage.people import Who

README = Path(__file__).parents[1] / "README.md"
WHO = {
    Who.ANYONE: "anyone",
    Who.STAFF: "everyone in the work group",
    Who.LEADER: "leader",
    Who.LEADER | Who.DEPUTY: "leader, deputy",
    Who.LEADER | Who.DEPUTY | Who.CLERK: "leader, deputy, clerk",
    Who.OUTSIDER: "who has not joined",
}
WHERE = {Where.ANYWHERE: "group, private", Where.ROOM: "group", Where.PRIVATE: "private", Where.FOUNDING: "group"}


def commands() -> Iterator[Sequence[str]]:
    """A row for every command that help shows, in the order in which people meet them."""
    texts = Texts(Path(config.__file__).parent / "texts")
    english, vietnamese = texts.words("en"), texts.words("vi")
    yield ("Command", "Vietnamese", "For", "Where", "What it does", "Nghĩa là")
    for spec in shown():
        text_id = f"command-{spec.name}"
        yield (
            f"`/{spec.name}`",
            ", ".join(f"`/{alias}`" for alias in spec.aliases),
            WHO[spec.who],
            WHERE[spec.where],
            english(text_id),
            vietnamese(text_id),
        )


def shown() -> Iterator[Spec]:
    for feature in Router(FEATURES).features:
        yield from (spec for spec in feature.commands if spec.shown)


def settings(model: type[BaseModel] = Settings, prefix: str = "GIAOBAN_") -> Iterator[Sequence[str]]:
    """A row for every setting, sections after the settings that stand alone."""
    if model is Settings:
        yield ("Setting", "Default", "Meaning")
    sections: list[tuple[type[BaseModel], str]] = []
    for name, field in model.model_fields.items():
        kind, full = field.annotation, prefix + name.upper()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            sections.append((kind, full + "__"))
        else:
            yield (f"`{full}`", _default(field.default), field.description or "")
    for section, begins in sections:
        yield from settings(section, begins)


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    shown = "" if value is None or value is PydanticUndefined else str(value)
    return f"`{shown}`" if shown else "–"


def table(rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * lines[0].count(" |"), *lines[1:]])


def filled(readme: str) -> str:
    """The README with both tables as the code says."""
    for name, rows in (("commands", commands()), ("settings", settings())):
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, found, rest = readme.partition(begin)
        _, found_end, after = rest.partition(end)
        if not (found and found_end):
            raise ValueError(f"README.md has no {begin} … {end}")
        readme = f"{before}{begin}\n{table(rows)}\n{end}{after}"
    return readme


def main(arguments: Sequence[str]) -> int:
    written = README.read_text(encoding="utf-8")
    wanted = filled(written)
    if "--check" in arguments:
        return 0 if written == wanted else _outdated()
    README.write_text(wanted, encoding="utf-8")
    return 0


def _outdated() -> int:
    sys.stderr.write("README.md is not what the code says; run: python -m tests.readme_tables\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
