"""Which commands a person may use here, and how the list falls into pages: from the router's own metadata."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.engine.features import Feature, Spec, Where
from bot.engine.texts import Words
from storage.people import Who

PAGE = 9  # lines; with title and last line a page stays within twelve


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a heading (no command) or a command with its short text."""

    text: str
    command: str = ""


def name_in(language: str, spec: Spec) -> str:
    """How the command is called in a language: the first alias is the Vietnamese name."""
    return spec.aliases[0] if language == "vi" and spec.aliases else spec.name


def may_use(spec: Spec, *, who: Who, private: bool, founds: bool) -> bool:
    """`founds`: group chats can be made from this private chat."""
    if private:
        wrong_place = spec.where is Where.ROOM or (spec.where is Where.FOUNDING and not founds)
    else:
        wrong_place = spec.where is Where.PRIVATE
    return spec.shown and not wrong_place and bool(spec.who & who)


def entries(
    words: Words, features: Iterable[Feature], *, who: Who, private: bool, founds: bool = False
) -> Sequence[Sequence[Entry]]:
    """Each capability's heading and commands."""
    found = []
    for feature in features:
        usable = [spec for spec in feature.commands if may_use(spec, who=who, private=private, founds=founds)]
        if usable:
            title = f"guide-about-{feature.name}"
            heading = Entry(words(title) if title in words else feature.name)
            found.append([heading, *(_entry(words, spec) for spec in usable)])
    return found


def _entry(words: Words, spec: Spec) -> Entry:
    return Entry(described(words, spec), name_in(words.language, spec))


def described(words: Words, spec: Spec) -> str:
    text_id = f"command-{spec.name}"
    return words(text_id) if text_id in words else spec.name


def pages(groups: Iterable[Sequence[Entry]]) -> Sequence[Sequence[Entry]]:
    """A heading never stands alone at the foot of a page, and is said again where its commands go on."""
    found: list[list[Entry]] = [[]]
    for heading, *commands in groups:
        if len(found[-1]) + 2 > PAGE:
            found.append([])
        found[-1].append(heading)
        for command in commands:
            if len(found[-1]) >= PAGE:
                found.append([heading])
            found[-1].append(command)
    return found
