"""Marks of state secrecy in a text: MẬT, TỐI MẬT, TUYỆT MẬT, however they are encoded; not bảo mật, mật khẩu."""

import re
import unicodedata
from enum import StrEnum


class Level(StrEnum):
    SECRET = "MẬT"  # noqa: S105
    TOP_SECRET = "TỐI MẬT"  # noqa: S105
    UTMOST_SECRET = "TUYỆT MẬT"  # noqa: S105


_CYRILLIC = str.maketrans("АВЕМОТІУасеоіу", "ABEMOTIYaceoiy")
_INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD))
_CONTROLS = {number: "\n" for number in range(32) if number != 9} | dict.fromkeys((133, 8232, 8233), "\n")

# Fonts of the nineties: letters of TCVN3 and VNI that stand in the text as Latin ones.
_OLD = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b[Tt][Uu][Yy](?:[ÖE]|[Ee][ÄäA])[Tt]\s+[Mm](?:Ë|[Aa][Ää])[Tt]\b", "TUYỆT MẬT"),
        (r"\b[Tt](?:[èÈ]|[Oo][ÁáÙù])[Ii]\s+[Mm](?:Ë|[Aa][Ää])[Tt]\b", "TỐI MẬT"),
        (r"(?:§é|®é|Ñoä|ÑOÄ|ñoä)\s+(?:mËt|MËT|maät|MAÄT)\b", "ĐỘ MẬT"),
        (r"\bM(?:Ë|AÄ)T\b", "MẬT"),
        (r"\b[Mm](?:Ë|[Aa][Ää])t\b", "mật"),
        (r"\bB(?:¶|AÛ)O\b", "BẢO"),
        (r"\bB(?:Ý|Í)\b", "BÍ"),
    )
)

_LEVEL = r"(?:TUYỆT\s*MẬT|TỐI\s*MẬT|MẬT)"
_LEVEL_ANY = r"(?:[Tt][Uu][Yy][Ệệ][Tt]\s*[Mm][Ậậ][Tt]|[Tt][Ốố][Ii]\s*[Mm][Ậậ][Tt]|[Mm][Ậậ][Tt])"
_URGENT = r"(?:HO[ẢA]?\s*T[ỐO]C|HỎA\s+TỐC|HOẢ\s+TỐC|THƯỢNG\s+KHẨN|HỎA\s+TỐC\s+HẸN\s+GIỜ|KHẨN)"
_AROUND = r"[\s\[\](){}<>«»\"'“”*_=~|:.,;/\\•·–—-]*"
_LABEL = r"(?:[Đđ][Ộộ]\s*[Mm][Ậậ][Tt]|[Mm][Ứứ][Cc]\s+[Đđ][Ộộ]\s+[Mm][Ậậ][Tt])"

# A stamp: a whole line or cell of nothing but the level, perhaps with the urgency or the word for the paper.
_STAMP = re.compile(
    rf"^{_AROUND}(?:{_URGENT}{_AROUND})?(?:(?:TÀI LIỆU|VĂN BẢN|CÔNG VĂN|HỒ SƠ)\s+)?({_LEVEL})"
    rf"{_AROUND}(?:{_URGENT}{_AROUND})?$"
)
_STAMP_ANY = re.compile(rf"^{_AROUND}([Tt][Uu][Yy][Ệệ][Tt]\s*[Mm][Ậậ][Tt]|[Tt][Ốố][Ii]\s*[Mm][Ậậ][Tt]){_AROUND}$")
# A field of the form: `Độ mật: Tối mật`, but not the list one has to choose from.
_FIELD = re.compile(
    rf"(?<!\w){_LABEL}(?:\s*[:：=\-–—]\s*|\s*\t\s*|\s+(?=[A-ZỐỆẬ]{{2}}))[\[(\"“☑☒✓✔xX]*\s*({_LEVEL_ANY})(?!\w)(.*)"
)
_CHOICES = re.compile(rf"^\W*(?:,|/|;|\||…|\.\.|□|☐|hoặc|hay|và){_AROUND}{_LEVEL_ANY}", re.IGNORECASE)
# In capitals within a longer line; `bí mật nhà nước độ TUYỆT MẬT` is how a list of secrets is titled, not a stamp.
_LOUD = re.compile(r"(?<!\w)(?<!ĐỘ )(?<!độ )(?<!Độ )(TUYỆT\s*MẬT|TỐI\s*MẬT)(?!\w)")
_BARE_CAPITALS = re.compile(r"^(?:TUYET\s+MAT|TOI\s+MAT)$")
_BARE_FIELD = re.compile(r"(?<!\w)DO\s+MAT\s*[:=]\s*(TUYET\s+MAT|TOI\s+MAT|MAT)(?!\w)(?!\s*[,/;])", re.IGNORECASE)
_SPACED = re.compile(r"^(?:T\s*U\s*Y\s*Ệ\s*T\s+M\s*Ậ\s*T|T\s*Ố\s*I\s+M\s*Ậ\s*T|M\s+Ậ\s+T)$")
_PREFIX_OF_WORD = re.compile(r"(?:BẢO|BÍ|CƠ|THÂN|TRÍ|SỎI|TÚI|RAU|DƯỢC|GAN|ỐNG|DỊCH)\W*$")
_OPEN_LEVEL = re.compile(r"(?<!\w)(TUYỆT|TỐI)\W*$")
_CANDIDATE = re.compile(r"ậ|m\s*ậ\s*t|ẬT|Ậ|mat\b|[ËëÄä]", re.IGNORECASE)
_CELL = re.compile(r"\t+| {2,}")
_RANK = (Level.SECRET, Level.TOP_SECRET, Level.UTMOST_SECRET)


def find_mark(text: str) -> Level | None:
    """The highest level that stands in the text as a mark, or None: not found, which is never to say not secret."""
    found: Level | None = None
    before = ""
    for line in _lines(text):
        level = _in_line(line, before) if _CANDIDATE.search(line) else None
        if level is not None and (found is None or _RANK.index(level) > _RANK.index(found)):
            found = level
        before = line or before
    return found


def _lines(text: str) -> list[str]:
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.translate(_CONTROLS | _INVISIBLE)
    if not text.isascii():
        text = text.translate(_CYRILLIC) if re.search("[А-Яа-яІі]", text) else text
    return [_modern(line).strip(" ") for line in text.split("\n")]


def _modern(line: str) -> str:
    if not re.search(r"[ËÄäè]", line):
        return line
    for pattern, word in _OLD:
        line = pattern.sub(word, line)
    return line


def _in_line(line: str, before: str) -> Level | None:
    levels = [
        _level(said)
        for said in (_stamped(line, before), _field(line), *(_stamped(cell, "") for cell in _cells(line)))
        if said
    ]
    levels += [_level(said) for said in _LOUD.findall(line) if not _CHOICES.match(line[line.find(said) + len(said) :])]
    return max(levels, key=_RANK.index) if levels else None


def _cells(line: str) -> list[str]:
    cells = _CELL.split(line)
    return cells if len(cells) > 1 else []


def _stamped(line: str, before: str) -> str | None:
    """What the line is a stamp of. `BẢO` on the line before makes of `MẬT` the second half of a word."""
    line = line.strip()
    if _SPACED.match(line):
        return re.sub(r"\s+", "", line)
    if _BARE_CAPITALS.match(line):
        return line
    stamp = _STAMP.match(line) or _STAMP_ANY.match(line)
    if stamp is None:
        return None
    if stamp[1] == "MẬT":
        if opened := _OPEN_LEVEL.search(before):
            return opened[1] + " MẬT"
        if _PREFIX_OF_WORD.search(before):
            return None
    return stamp[1]


def _field(line: str) -> str | None:
    for field in _FIELD.finditer(line):
        if not _CHOICES.match(field[2]):
            return field[1]
    bare = _BARE_FIELD.search(line)
    return bare[1] if bare else None


def _level(said: str) -> Level:
    letters = said.upper().replace(" ", "")
    if letters.startswith("TUY"):
        return Level.UTMOST_SECRET
    return Level.TOP_SECRET if letters.startswith("T") else Level.SECRET


def words_of_name(name: str) -> str:
    """A file's name as a line to be searched: what stands between its marks of punctuation is a cell of its own."""
    return "\t".join(re.split(r"[_.,;()\[\]{}+/\\]+|\s*[-–—]\s*", unicodedata.normalize("NFC", name)))
