"""Passwords that can be read aloud and typed on a Vietnamese keyboard: seven syllables and four digits, 82 bits."""

import secrets
from functools import cache
from importlib.resources import files

SYLLABLES = 7
_DIGITS = "23456789"  # no 0 and 1: read as o and l
_PLACES = 4


@cache
def syllables() -> tuple[str, ...]:
    """1,024 syllables without diacritics that neither Telex nor VNI rewrites while they are typed: no doubled a, e, o
    or d, no w, f, j, z, and no s, r or x after a vowel; digits stand alone, after a hyphen."""
    words = tuple((files(__package__) / "syllables.txt").read_text(encoding="ascii").split())
    if len(set(words)) != 1024:
        raise ValueError("the list of syllables must have 1,024 different ones")
    return words


def new_password() -> str:
    """For one file and one sending: `bien-cam-thu-lo-nang-tre-mua-4827`."""
    words = [secrets.choice(syllables()) for _ in range(SYLLABLES)]
    return "-".join([*words, "".join(secrets.choice(_DIGITS) for _ in range(_PLACES))])
