"""Letters in the fonts of the nineties: what was typed in TCVN3 (ABC) or VNI is read as Vietnamese."""

import unicodedata
from collections.abc import Callable

import pytest

from handlers.letters.reading import read_letter, text_of
from handlers.letters.reading.oldfonts import modern
from tests.handlers.letters import files
from tests.handlers.letters.conftest import LETTER

_SMALL = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = "¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_HATS, _BREVES = (
    dict(zip("\u0301\u0300\u0309\u0303\u0323", "áàåãä", strict=True)),
    dict(zip("\u0301\u0300\u0309\u0303\u0323", "éèúüë", strict=True)),
)
_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
_ALONE = dict(zip("íìỉĩịỵđ", "íìæóòîñ", strict=True))
EVERY_LETTER = "hòa nhã " + " ".join(f"b{each}" for each in _SMALL)


def in_tcvn3(text: str) -> str:
    """As a typist's font of capitals has it: every letter with a mark is a small one."""
    table = dict(zip(_SMALL, _TCVN3, strict=True))
    return "".join(table.get(c, table.get(c.lower(), c)) for c in text)


def in_vni(text: str) -> str:
    return "".join(_vni(c.lower()).upper() if c.isupper() else _vni(c) for c in text)


def _vni(letter: str) -> str:
    if letter in _ALONE:
        return _ALONE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((each for each in marks if each in _TONES), "")
    if "\u0302" in marks:
        return base + (_HATS[tone] if tone else "â")
    if "\u0306" in marks:
        return base + (_BREVES[tone] if tone else "ê")
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + (_TONES[tone] if tone else "")


@pytest.mark.parametrize("font", [in_tcvn3, in_vni])
def test_every_letter_comes_back(font: Callable[[str], str]) -> None:
    written = font(EVERY_LETTER)
    assert written != EVERY_LETTER
    assert modern(written) == EVERY_LETTER


@pytest.mark.parametrize("font", [in_tcvn3, in_vni])
@pytest.mark.parametrize("kind", ["docx", "odt", "pdf", "bytes"])
def test_a_letter_in_an_old_font_is_read_as_one_of_today(font: Callable[[str], str], kind: str) -> None:
    written = font(LETTER)
    makers = {"docx": files.docx, "odt": files.odt, "pdf": files.pdf, "bytes": lambda text: text.encode("latin-1")}
    seen = read_letter(text_of(makers[kind](written), f"cu.{kind}").text)
    today = read_letter(LETTER)
    assert (seen.number_symbol, seen.issue_date, seen.subject) == (
        today.number_symbol,
        today.issue_date,
        today.subject,
    )
    assert seen.signer_name == today.signer_name


@pytest.mark.parametrize("text", [LETTER, "Café déjà vu, œuvre, São Tomé, Zürich, naïve, señor", "MẬT", ""])
def test_todays_and_foreign_letters_stay_as_they_are(text: str) -> None:
    assert modern(text) == text
