"""The words of Vietnamese deadlines as patterns: prefixes, hours, parts of a day, days, spans and recurrences.

Patterns run over folded text (`folding.fold`); words that mean something else with other marks (`tôi` for `tối`) are
checked against what was written, see `_OTHERWISE`. Catalogue: NĐ 30/2020 letters and office chat.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.calendar.folding import fold, nfc

_NUMBER_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_D = r"(?P<{0}d>\d{{1,2}})"
_WEEKDAY = r"(?:thu\s?(?:[2-7]|hai|ba|tu|nam|sau|bay)(?!\w)|t[2-7](?!\w)|chu\s?nhat|cn(?!\w))"
_QUANTITY = r"(?:\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"

# In this order: the first that matches at a place is taken. Names become Atom.kind.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "prefix",
        r"(?:hoan thanh |xong )?truoc(?: luc| thoi diem)?(?=\s+(?:\d|ngay|thu|t\d|sang|trua|chieu|toi"
        r"|cuoi|het|mai|hom|cn|chu nhat|thang|nam|quy|mung|mong|kia|mot|tuan|dau))",
    ),
    (
        "by",
        r"cham nhat(?: la)?(?: vao)?(?: truoc)?|muon nhat(?: la)?|khong muon hon"
        r"|(?:han chot|han cuoi)(?: la)?|khong qua"
        r"|(?:den|toi) het(?!\s(?:tuan|thang|quy|nam|gio)(?!\s\d))|(?:den|toi)(?=\s(?:het|cuoi)\s)"
        r"|het(?=\s+(?:ngay \d|hom nay|ngay mai|thu))|xong trong|trong(?=\s+(?:ngay\s\d|ngay mai|thang \d"
        r"|quy|hom|sang|trua|chieu|toi|buoi))|ngay trong(?=\s(?!ngay))|den han|thoi han(?: hoan thanh)?"
        r"|(?:deadline|dl)(?=[\s:])|han(?: nop| gui| bao cao| hoan thanh)?(?=[\s:])|den(?=\s+(?:ngay"
        r"|\d{1,2}\s?(?:h|g|gio)))",
    ),
    (
        "repeat",
        r"(?:dinh ky\s*)?(?:h[aă]ng|hang|moi)\s(?P<unit>ngay|tuan|thang|quy|nam)"
        r"|(?:dinh ky\s)(?P<every>\d{1,2})\s?thang|(?P<each>\d{1,2}) thang\s?/\s?(?:1|01|mot) lan",
    ),
    (
        "edge",
        r"(?P<edge>dau|cuoi|giua|het|truoc)\s(?:gio|buoi)(?:\s(?P<edgepart>sang|chieu|trua|lam viec"
        r"|hanh chinh|nghi trua|nghi))?|truoc khi nghi|(?P<dayend>cuoi|het) ngay(?!\s*\d)",
    ),
    (
        "hour",
        r"(?P<h>\d{1,2})\s?(?:(?:gio|h|g|:)\s?(?P<m>[0-5]\d)(?:\s?(?:phut|p))?(?![\w/]|[.\-]\d)|(?:gio|h"
        r"|g)(?:\s(?P<half>ruoi))?(?!\w)(?!\s*nua))",
    ),
    (
        "ago",
        rf"(?:(?P<within>trong(?: vong| thoi han)?|sau)\s)?(?P<n>{_QUANTITY})\s(?P<nunit>ngay lam viec"
        rf"|ngay|tuan|thang|gio|tieng|phut)(?:\slam viec)?\s(?P<later>nua|toi|ke tu(?: ngay)?(?: (?:nhan"
        rf"|ban hanh|ky))?(?: duoc)?)|(?P<within2>trong(?: vong| thoi han)?"
        rf"|sau)\s(?P<n2>{_QUANTITY})\s(?P<nunit2>ngay lam viec|ngay|tuan|thang|gio|tieng|phut)(?!\w)",
    ),
    ("lunar", rf"(?:mung|mong)\s{_D.format('l')}(?:\s?(?:thang|/)\s?(?P<lm>\d{{1,2}}|gieng|chap))?"),
    (
        "date",
        rf"(?:ngay\s)?{_D.format('a')}\s?(?P<sep>[/.\-])\s?(?P<am>\d{{1,2}})(?:\s?(?P=sep)\s?(?P<ay>\d{{4}}"
        rf"|\d{{2}}))?(?![\d/]|[.\-]\d|\s?-\s?[a-z])",
    ),
    (
        "date",
        rf"(?:ngay\s)?{_D.format('b')}\s?thang\s(?P<bm>\d{{1,2}}|gieng|chap)(?:\s?(?:/"
        rf"|nam)\s?(?P<by>\d{{4}}))?(?!\w)",
    ),
    (
        "quarterday",
        rf"ngay\s{_D.format('q')}\s(?:cua\s)?thang\s(?P<which>cuoi quy|dau quy|cuoi moi quy|sau|tiep theo"
        rf"|cuoi cung cua quy|cuoi cua quy)",
    ),
    (
        "monthday",
        rf"ngay\s{_D.format('c')}(?:\s(?:cua\s)?(?P<cm>thang nay|thang sau"
        rf"|thang toi))?(?!\s?(?:[/.\-]\s?\d|thang\s\d|ngay|h\b|gio|nam\s\d|nguoi))(?!\w)",
    ),
    (
        "day",
        r"(?P<dayname>(?:ngay )?trong ngay(?!\w|\s\d|\smai)|(?:ngay )?hom nay|(?:ngay )?hom sau|ngay nay"
        r"|(?:ngay )?mai(?: kia)?|ngay kia|ngay mot|kia(?!\w)|mot(?!\w)|(?<=sang )nay|(?<=trua )nay"
        r"|(?<=chieu )nay|(?<=toi )nay|(?<=gio )nay)",
    ),
    (
        "weekday",
        rf"(?:ngay\s)?(?P<wd>{_WEEKDAY})(?:\s(?P<wkind>hang tuan|moi tuan|tuan nay|tuan sau|tuan toi|nay"
        rf"|sau|toi)(?!\w))?",
    ),
    (
        "week",
        r"(?P<wkedge>dau|giua|cuoi|het|trong)?\s?tuan(?:\s(?P<wkwhich>nay|sau|toi))(?!\w)"
        r"|(?P<wkedge2>cuoi|het)\stuan(?!\w)",
    ),
    (
        "month",
        r"(?P<moedge>dau|giua|cuoi|het|trong)\sthang(?:\s(?P<mowhich>nay|sau|toi|\d{1,2}(?:\s?(?:/"
        r"|nam)\s?(?P<moy>\d{4}))?))?(?!\w|/)|thang\s(?P<mo2>\d{1,2})\s?(?:/|nam)\s?(?P<moy2>\d{4})"
        r"|thang (?P<mo3>nay|sau)",
    ),
    (
        "quarter",
        r"(?:(?P<quedge>dau|cuoi|het|trong)\s)?quy\s(?P<qu>iv|iii|ii|i|[1-4]|nay|sau)(?:\s?(?:/|nam"
        r"|-)\s?(?P<quy>\d{4}))?(?!\w)|(?:cuoi|het)\squy(?!\w)",
    ),
    ("year", r"(?:(?P<yeedge>dau|cuoi|het|trong)\s)nam(?:\s(?P<ye>\d{4}|nay|sau))?(?!\w)"),
    ("part", r"(?:buoi )?(?P<part>sang|trua|chieu|toi)(?!\w)"),
    (
        "fuzzy",
        r"tuan (?:1|2|3|4|dau|thu \w+) (?:cua )?thang \d{1,2}|(?:truoc|sau|ra) tet(?: nguyen dan)?"
        r"|khan truong|cang som cang tot|som nhat(?: co the)?|dau thang|cuoi quy",
    ),
)
_GAP = re.compile(r"[\s,;()\-–*:]*")
_FILLER = re.compile(r"(?:(?:vao|luc|la|cua|ngay)[\s,;()\-–*:]+)+")
_COMPILED = tuple((kind, re.compile(rf"(?<![\w/])(?:{pattern})")) for kind, pattern in _PATTERNS)

# what a bare word may stand for when it was written with marks
_OTHERWISE = {
    "mai": {"mai"}, "kia": {"kia"}, "mot": {"mốt", "mot"}, "toi": {"tối", "tới", "toi"}, "sang": {"sáng", "sang"},
    "chieu": {"chiều", "chieu"}, "trua": {"trưa", "trua"}, "truoc": {"trước", "truoc"}, "han": {"hạn", "han"},
    "thu": {"thứ", "thu"}, "tuan": {"tuần", "tuan"}, "thang": {"tháng", "thang"}, "quy": {"quý", "quí", "quy"},
    "nam": {"năm", "nam"}, "trong": {"trong"}, "den": {"đến", "den"}, "het": {"hết", "het"}, "dau": {"đầu", "dau"},
    "cuoi": {"cuối", "cuoi"}, "hang": {"hằng", "hàng", "hang"}, "moi": {"mỗi", "moi"}, "sau": {"sau", "sáu"},
    "gio": {"giờ", "gio"}, "tu": {"tư", "từ", "tu"}, "ba": {"ba"}, "bay": {"bảy", "bẩy", "bay"}, "hai": {"hai"},
    "mung": {"mùng", "mung"}, "mong": {"mồng", "mong"}, "tet": {"tết", "tet"}, "g": {"g"}, "h": {"h"},
    "nay": {"nay", "này"},
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Atom:
    """One recognised piece; `facts` are the pattern's named groups that took part."""

    kind: str
    start: int
    end: int
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring atoms that make one expression of time."""

    text: str
    atoms: tuple[Atom, ...]

    @property
    def start(self) -> int:
        return self.atoms[0].start

    @property
    def end(self) -> int:
        return self.atoms[-1].end

    @property
    def said(self) -> str:
        return self.text[self.start : self.end]

    def of(self, kind: str) -> Atom | None:
        return next((atom for atom in self.atoms if atom.kind == kind), None)

    @property
    def has_prefix(self) -> bool:
        return any(atom.kind in ("prefix", "by") for atom in self.atoms)


def phrases(text: str) -> Iterator[Phrase]:
    """Every expression of time of the NFC text, from left to right."""
    text = nfc(text)
    folded = fold(text)
    place = 0
    while place < len(folded):
        atoms = _take(text, folded, place)
        if any(atom.kind not in ("prefix", "by") for atom in atoms):
            yield Phrase(text, tuple(atoms))
            place = atoms[-1].end
        else:
            place = _next_word(folded, place)


def _take(text: str, folded: str, place: int) -> list[Atom]:
    """Atoms that follow each other from here; one of each kind, except that a later day corrects none."""
    atoms: list[Atom] = []
    while (atom := _atom(text, folded, place) or _after_filler(text, folded, place)) and not _clashes(atoms, atom):
        atoms.append(atom)
        gap = _GAP.match(folded, atom.end)
        place = gap.end() if gap else atom.end
    return atoms


def _after_filler(text: str, folded: str, place: int) -> Atom | None:
    filler = _FILLER.match(folded, place)
    return _atom(text, folded, filler.end()) if filler else None


_DAYS = frozenset({"ago", "lunar", "date", "quarterday", "monthday", "day", "week", "month", "quarter", "year"})


def _clashes(atoms: list[Atom], new: Atom) -> bool:
    kinds = {atom.kind for atom in atoms}
    if new.kind in ("prefix", "by"):
        return bool(kinds - {"prefix", "by"}) or new.kind in kinds
    if new.kind in _DAYS:
        return bool(kinds & _DAYS)
    return new.kind in kinds


def _atom(text: str, folded: str, place: int) -> Atom | None:
    for kind, pattern in _COMPILED:
        found = pattern.match(folded, place)
        if found is not None and found.end() > found.start() and _as_written(text, found, kind):
            return Atom(kind, found.start(), found.end(), {k: v for k, v in found.groupdict().items() if v is not None})
    return None


def _as_written(text: str, found: re.Match[str], kind: str) -> bool:
    for word in _WORD.finditer(found[0]):
        allowed = _OTHERWISE.get(word[0])
        start = found.start() + word.start()
        written = text[start : start + len(word[0])]
        if allowed is not None and written.lower() not in allowed:
            return False
        if kind == "part" and written.lower() == "tới":
            return False  # "thời gian tới" is no evening
        if word[0] == "mai" and written == "Mai" and start > 0 and found[0] == "mai":
            return False  # a person's name
    return True


def _next_word(folded: str, place: int) -> int:
    while place < len(folded) and folded[place].isalnum():
        place += 1
    while place < len(folded) and not folded[place].isalnum():
        place += 1
    return place


def number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER_WORDS[word]


def quarter_number(word: str) -> int:
    return _ROMAN.get(word) or int(word)


def month_number(word: str) -> int:
    return {"gieng": 1, "chap": 12}.get(word) or int(word)


def weekday_number(word: str) -> int:
    """Monday is 0; `thu 2`, `thứ hai`, `t2` all mean Monday."""
    word = "".join(word.split()).replace("thu", "")
    if word in ("cn", "chunhat"):
        return 6
    word = word.removeprefix("t")
    if word.isdigit():
        return int(word) - 2
    return {"hai": 0, "ba": 1, "u": 2, "tu": 2, "nam": 3, "sau": 4, "bay": 5}[word]
