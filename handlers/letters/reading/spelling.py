"""Tells Vietnamese from what a scanner made of it: which syllables can exist, and which signs letters use."""

import re
import unicodedata

_ONSETS = ("ngh", "ng", "gh", "gi", "kh", "nh", "ph", "th", "tr", "ch", "qu", *"bcdđghklmnprstvx", "")
_RHYMES = frozenset(
    (  # noqa: SIM905 - a table is read as a table
        "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep "
        "et ê êc êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai "
        "oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi "
        "ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên "
        "uyêt uynh uyt uyp uyu uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y "
        "yêm yên yêng yêt yêu"
    ).split()
)
_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")  # such syllables carry the rising or the heavy tone only
_ODD = re.compile(
    r"[^\w\s.,;:()/\\\-–—\"“”„'%&+*!?@|#…_\[\]{}<>=•−’‘°²³€$~^`\ufffe\u00ad\u200b-\u200f\u2028\u2060\ufeff]|[⁄¡ﬁﬂ]"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_BETRAYED = re.compile(
    r"\d[§|]\s*giờ|\+07:00|(?m:^(?:Ký bởi|Người ký|Thời gian k[ýìí])\b)|[;,.] \|$",
    re.MULTILINE,
)
_DATE_SLOTS = re.compile(r"ngày([^\n,;]{0,10}?)tháng([^\n,;]{0,8}?)năm", re.IGNORECASE)
_HEAD = 1500  # characters: the stamps, the head, the first lines


def is_syllable(word: str) -> bool:
    """Whether such a Vietnamese syllable can exist: `xuất` can, the scanner's `xuât` and `lìghiệp` cannot."""
    split = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in split if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES))
    if len(tones) > 1:
        return False
    return any(_fits(bare, onset, tones) for onset in _ONSETS if bare.startswith(onset))


def _fits(bare: str, onset: str, tones: list[str]) -> bool:
    rhyme = bare[len(onset) :]
    if onset in ("gi", "qu") and not rhyme:
        return True
    if rhyme not in _RHYMES:
        return False
    return not _STOPPED.search(rhyme) or bool(tones and tones[0] in "\u0301\u0323")


def oddities(text: str) -> tuple[int, int]:
    """How many signs and marked syllables no Vietnamese typist writes, and how many words there are."""
    text = unicodedata.normalize("NFC", text)
    words = _WORD.findall(text)
    wrong = sum(word.islower() and not word.isascii() and not is_syllable(word) for word in words)
    return len(_ODD.findall(text)) + wrong, len(words)


def looks_scanned(text: str) -> bool:
    """A text that was recognised from a picture, by the traces this leaves. Cautious: a doubt means yes."""
    if _BETRAYED.search(text) or any(map(_is_garbled_date, _DATE_SLOTS.finditer(text[:_HEAD]))):
        return True
    odd, words = oddities(text)
    return odd > 0 and odd / max(1, words) > 0.0012


def _is_garbled_date(found: re.Match[str]) -> bool:
    """A pen's day or month is read as signs; a gap, dots or figures are as typed."""
    slots = [slot.strip(" \t.…_*") for slot in found.groups()]
    return any(slot and not re.fullmatch(r"\d{1,2}", slot) for slot in slots)


def is_garbled(text: str) -> bool:
    """A text layer in a font's private letters (TCVN3, VNI, broken tables): most marked syllables cannot exist."""
    marked = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    wrong = sum(not is_syllable(word) for word in marked if not word.isupper())
    return len(marked) >= 12 and wrong > 0.4 * len(marked)
