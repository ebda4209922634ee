"""Vietnamese text without its marks, letter for letter, so that positions stay the same."""

import unicodedata
from functools import cache


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def _bare(letter: str) -> str:
    if letter in "đĐÐ":
        return "d"
    lowered = letter.lower()
    base = "".join(part for part in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(part))
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """Lower case and without diacritics; as long as `nfc(text)`, so that spans of one are spans of the other."""
    return "".join(map(_bare, nfc(text)))
