"""PDF pages whose letters were not drawn in their order: the letters a font lacks are drawn after the rest of a line.

LibreOffice writes such pages wherever the letter's font has no Vietnamese: `TỐI MẬT` is stored as `T I M T Ố Ậ`.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2

_raw: Any = pypdfium2.raw  # has no types
_LONE = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
_TORN_MARK = re.compile(r"[ẬậỐốỆệ](?!\w)|(?<!\w)[ẬậỐốỆệ]")  # no syllable of the three marks begins or ends so
_SHARE, _FEWEST = 0.08, 8  # of the words; typed letters have at most 2 %, torn ones 15 % and more
_HYPHENS = {2: "-", 0xFFFE: "-"}  # as PDFium gives those at the end of a line
_SAME_LINE = 1.5  # points between two baselines
_GAP = 0.15  # of a letter's height; within words at most 0.05, between them 0.25 and more


@dataclass(frozen=True, slots=True)
class _Drawn:
    letter: str
    left: float
    right: float
    baseline: float
    height: float


def may_hide_a_mark(text: str) -> bool:
    """Whether a letter of the secrecy marks stands where no word has it."""
    return _TORN_MARK.search(text) is not None


def is_torn(text: str) -> bool:
    """Whether so many marked letters stand alone that the page cannot be read in this order."""
    alone = sum(not found[0].isascii() for found in _LONE.finditer(unicodedata.normalize("NFC", text)))
    return alone >= _FEWEST and alone > _SHARE * len(text.split())


def in_order(page: Any) -> str:
    """The text of a page of PDFium, every line from left to right, as it is seen. Lines keep the order of drawing."""
    return "\n".join(_said(line) for line in _lines(page))


def _lines(page: Any) -> Iterator[list[_Drawn]]:
    line: list[_Drawn] = []
    for each in _drawn(page):
        if line and abs(each.baseline - line[-1].baseline) > _SAME_LINE:
            yield line
            line = []
        line.append(each)
    if line:
        yield line


def _drawn(page: Any) -> Iterator[_Drawn]:
    """Without the spaces and ends of lines that PDFium guesses."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), _raw.FS_RECTF()
    for place in range(page.count_chars()):
        if _raw.FPDFText_IsGenerated(page, place) == 1:
            continue
        letter = chr(_raw.FPDFText_GetUnicode(page, place))
        if letter in "\r\n":
            continue
        _raw.FPDFText_GetCharOrigin(page, place, x, y)
        _raw.FPDFText_GetLooseCharBox(page, place, box)
        yield _Drawn(letter, x.value, max(box.right, x.value), y.value, max(abs(box.top - box.bottom), 1.0))


def _said(line: list[_Drawn]) -> str:
    line = sorted(line, key=lambda each: each.left)
    said, reached = "", line[0].left
    for each in line:
        said += " " if each.left - reached > _GAP * each.height else ""
        said += each.letter
        reached = max(reached, each.right)
    return " ".join(said.translate(_HYPHENS).split())
