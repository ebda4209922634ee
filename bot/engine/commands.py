"""How a typed line becomes a command: names in both languages, with or without diacritics, forgiving slips."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.chat.events import Said
from bot.chat.messenger import ChatFacts
from bot.engine.features import Command, Spec

LONGEST_NAME = 3  # words: `sổ văn bản`
_COMMAND = re.compile(r"^\s*[/／]\s?([\w]+)(?:@(\w+))?[ \t]*:?[ \t]*(.*)$", re.DOTALL)


def parse(text: str) -> tuple[str, str] | None:
    """(folded name, the rest) of a line that begins with a slash; None for other text."""
    found = _COMMAND.match(unicodedata.normalize("NFC", text))
    return None if found is None else (fold(found[1]), found[3].strip())


def fold(word: str) -> str:
    """Lower case, without diacritics: what people type when they are in a hurry."""
    bare = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).replace("_", "")


def by_name(specs: Iterable[Spec]) -> Mapping[str, Spec]:
    """Every name of every command, folded."""
    return {fold(name): spec for spec in specs for name in (spec.name, *spec.aliases, *spec.also)}


def find(text: str, known: Mapping[str, Spec]) -> tuple[Spec | None, str, str] | None:
    """(command, folded name, the rest) of a line that begins with a slash: `/vai tro @chi phó` as well, whose name was
    written as it is spoken. No command where nothing has that name."""
    parsed = parse(text)
    if parsed is None:
        return None
    name, rest = parsed
    spoken = ("", "") if name in known else _spoken(f"{name} {rest}", known)
    return (known[spoken[0]], *spoken) if spoken[0] else (known.get(name), name, rest)


def unslashed(text: str, known: Mapping[str, Spec]) -> tuple[Spec, str] | None:
    """The command whose name begins a line without a slash (`viec qua han`), and the line as it should be."""
    name, rest = _spoken(unicodedata.normalize("NFC", text), known)
    return (known[name], f"/{name} {rest}".strip()) if name else None


def _spoken(text: str, known: Mapping[str, Spec]) -> tuple[str, str]:
    """The longest name of a command that the first words are, written together or apart."""
    for count in range(LONGEST_NAME, 0, -1):
        found = re.match(rf"\s*((?:\w+[ \t]*[:,]?[ \t]*){{{count}}})(?![^\s@#])", text)
        name = fold("".join(re.findall(r"\w+", found[1]))) if found else ""
        if found and name in known:
            return name, text[found.end() :].strip()
    return "", ""


def nearest(name: str, known: Mapping[str, Spec], language: str) -> str | None:
    """The command that was probably meant, by its name in the language: one that begins or ends the word (`giaoviec`,
    `xemlichtruc`), or one that looks like it."""
    shown = {each: spec for each, spec in known.items() if spec.shown}
    held = [each for each in shown if len(each) > 2 and (name.startswith(each) or name.endswith(each))]
    close = sorted(held, key=len, reverse=True) or difflib.get_close_matches(name, shown, n=1, cutoff=0.7)
    return called(shown[close[0]], language) if close else None


def called(spec: Spec, language: str) -> str:
    """The first alias is the Vietnamese name."""
    return spec.aliases[0] if language == "vi" and spec.aliases else spec.name


def order(spec: Spec, text: str, said: Said, facts: ChatFacts | None, shown: str | None) -> Command:
    return Command(
        name=spec.name,
        text=text,
        message_id=said.message_id,
        mentions=said.mentions,
        reply=said.reply,
        file=said.file,
        facts=facts,
        shown=shown,
    )
