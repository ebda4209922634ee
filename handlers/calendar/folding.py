"""Vietnamese text without its marks, letter for letter, so that positions stay the same."""

import re
import unicodedata


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class _Bare(dict[int, str]):
    """Every letter that was met, without its marks; a table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        bare = self[code] = _bare(chr(code))
        return bare


def _bare(letter: str) -> str:
    if letter in "đĐÐ":
        return "d"
    lowered = letter.lower()
    base = "".join(part for part in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(part))
    return base if len(base) == 1 else letter


_BARE = _Bare()


def fold(text: str) -> str:
    """Lower case and without diacritics; as long as `nfc(text)`, so that spans of one are spans of the other."""
    return text.lower() if text.isascii() else nfc(text).translate(_BARE)


_MARKED = re.compile(r"[^\W\d_]+")


def either_way(pattern: str) -> str:
    """A pattern for words written with their marks or without: `bận` reads `ban` as well, neither `bạn` nor `bàn`."""
    return _MARKED.sub(lambda word: word[0] if word[0].isascii() else f"(?:{word[0]}|{fold(word[0])})", pattern)
