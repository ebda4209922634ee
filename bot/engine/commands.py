"""How a typed line becomes a command: names in both languages, with or without diacritics, forgiving slips."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.engine.features import Spec

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
    return {fold(name): spec for spec in specs for name in (spec.name, *spec.aliases)}


def nearest(name: str, known: Mapping[str, Spec]) -> str | None:
    """The command that was probably meant: one that begins the word (`giaoviec`), or one that looks like it."""
    shown = [each for each, spec in known.items() if spec.shown]
    begins = [each for each in shown if len(each) > 2 and name.startswith(each)]
    close = sorted(begins, key=len, reverse=True) or difflib.get_close_matches(name, shown, n=1, cutoff=0.6)
    return close[0] if close else None
