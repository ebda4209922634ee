"""Vietnamese in the fonts of the nineties: letters of TCVN3 (ABC) and VNI, which stand in a text as Latin ones."""

import re
import unicodedata
from collections.abc import Callable

_TCVN3 = {
    **dict(zip("¡¢£¤¥¦§¨©ª«¬\u00ad®", "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **dict(zip("µ¸¶·¹»¾¼½ÆÇÊÈÉË", "àáảãạằắẳẵặầấẩẫậ", strict=True)),
    **dict(zip("ÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞ", "èéẻẽẹềếểễệìíỉĩị", strict=True)),
    **dict(zip("ßãáâäåèæçéêíëìî", "òóỏõọồốổỗộờớởỡợ", strict=True)),
    **dict(zip("ïóñòôõøö÷ùúýûüþ", "ùúủũụừứửữựỳýỷỹỵ", strict=True)),
}
# VNI: a letter and, behind it, a sign that stands for its hat and tone
_SIGNS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323", "â": ""}
_BREVES = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323", "ê": ""}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}
_VNI = re.compile("([aeo])([áàåãäâ])|(a)([éèúüëê])|([aeouyôö])([ùøûõï])|([íìæóòîôöñ])", re.IGNORECASE)
_VNI_PAIR = re.compile("[aeo][áàåãäâ]|a[éèúüëê]|[aeouyôö][ùøûõï]", re.IGNORECASE)
_TODAY = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_OLD = re.compile("[\u00a1-\u00ff]")
_FEWEST_OF_LINE = 4
_FEWEST = 12  # such letters: a name or a foreign word has one or two


def modern(text: str) -> str:
    """`text` in today's letters where it is written in those of an old font, else `text` itself."""
    text = unicodedata.normalize("NFC", text)
    old = len(_OLD.findall(text))
    if old < _FEWEST or len(_TODAY.findall(text)) * 5 > old:
        return text
    pairs = 2 * len(_VNI_PAIR.findall(text))
    of_tcvn3 = sum(c in "¨©ª«¬\u00ad®µ¸¶·¹»¾¼½" for c in text)
    if of_tcvn3 > pairs:
        return _each_line(text, _from_tcvn3)
    return _each_line(text, _from_vni) if pairs > old / 2 else text


def _each_line(text: str, read: Callable[[str], str]) -> str:
    return "\n".join(read(line) for line in text.split("\n"))


def _from_tcvn3(line: str) -> str:
    """Capitals with tones are small letters in a font of capitals: what has large plain letters only is large."""
    plain = [c for c in line if c.isascii() and c.isalpha()]
    if len(plain) >= _FEWEST_OF_LINE and sum(c.isupper() for c in plain) > 0.8 * len(plain):
        return "".join(_TCVN3.get(c, c) for c in line).upper()
    return re.sub(r"\S+", lambda found: _large(found[0], "".join(_TCVN3.get(c, c) for c in found[0])), line)


def _large(written: str, read: str) -> str:
    plain = [at for at, c in enumerate(written) if c.isascii() and c.isalpha()]
    large = bool(plain) and plain != [0] and all(written[at].isupper() for at in plain)
    return read.upper() if large else read


def _from_vni(line: str) -> str:
    return unicodedata.normalize("NFC", _VNI.sub(_letter, line))


def _letter(found: re.Match[str]) -> str:
    hat, hatted, breve, broken, base, sign, alone = found.groups()
    if hat:
        return hat + "\u0302" + _HATS[hatted.lower()]
    if breve:
        return breve + "\u0306" + _BREVES[broken.lower()]
    if base:
        return _alone(base) + _SIGNS[sign.lower()]
    return _alone(alone)


def _alone(letter: str) -> str:
    small = _VNI_ALONE.get(letter.lower(), letter.lower())
    return small.upper() if letter.isupper() else small
