"""From text to expressions of time: neighbouring pieces that the patterns recognise, and what they stand beside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.calendar.folding import fold, nfc
from handlers.calendar.patterns import BEGINNINGS, PATTERNS
from handlers.calendar.readable import readable

_NUMBER_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
_STARTING_WITH = {
    letter: tuple(each for each in _COMPILED if letter in BEGINNINGS[each[0]])
    for letter in sorted(set("".join(BEGINNINGS.values())))
}
_GAP = re.compile(r"[\s,;()\-–*:]*")
_FILLER = re.compile(r"(?:(?:vao|luc|la|cua|ngay)[\s,;()\-–*:]+){1,3}")
_LEADING = frozenset({"prefix", "by"})
_DAYS = frozenset(
    {
        "ago",
        "bare-span",
        "lunar",
        "newyear",
        "date",
        "range",
        "quarterday",
        "monthday",
        "day",
        "week",
        "month",
        "quarter",
    }
    | {"year", "fuzzy"}
)
_CLOCK = frozenset({"hour", "part", "edge"})
_PERIODS = frozenset({"week", "month", "quarter", "year"})
_OUTSIDE = re.compile(r"[\w/]$|\d[.,\-–]$")  # a number goes on to the left
_ORDINAL = re.compile(
    r"(?:lan|ky hop|khoa|hoi nghi|nguoi|nhiem ky|phien|cau|muc|dot|vi tri|tap|vong|hang|con|cap|dieu|khoan|quy|ban) $"
)
_BEGUN = re.compile(r"(?:(?<!\w)(?:tu|from|den|toi|to|till|until|het)\s|(?:\d\s?[-–—]|\ue000)\s?)$")
_GOES_ON = re.compile(r"\s?(?:[-–—\ue000]+|(?:den|toi|to|till|until)\s)\s?(?:het\s)?(?:ngay\s)?\d{1,2}[/.]\d")
_NUMBERED = re.compile(
    r"(?:muc|diem|dieu|khoan|phan|bang|phu luc|so|tang|giam|dat|ban|chuong|cau|to|phong|lop|trang) $"
)

_OVER_A_DAY = re.compile(r"(?:2[5-9]|[3-9]\d)\s?(?:h|g|gio)(?!\w)")  # "sự cố 48h"
_RATIO = re.compile(r"t[yi] (?:le|so|~~) $")


@dataclass(frozen=True, slots=True)
class Atom:
    """One recognised piece; `facts` are the pattern's named groups that took part, folded."""

    kind: str
    start: int
    end: int
    facts: dict[str, str]

    def first(self, *names: str) -> str | None:
        return next((self.facts[name] for name in names if name in self.facts), None)


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
        """With the bracket that closes one of its own: `ngày 25/11 (thứ Tư)`."""
        end = self.atoms[-1].end
        inside = self.text[self.start : end]
        return end + (inside.count("(") > inside.count(")") and self.text[end : end + 1] == ")")

    @property
    def said(self) -> str:
        return self.text[self.start : self.end]

    def of(self, kind: str) -> Atom | None:
        for atom in self.atoms:
            if atom.kind == kind:
                return atom
        return None

    @property
    def has_prefix(self) -> bool:
        return any(atom.kind in _LEADING for atom in self.atoms)

    @property
    def names_a_day(self) -> bool:
        return any(atom.kind not in _LEADING | _CLOCK for atom in self.atoms)

    @property
    def is_bare_period(self) -> bool:
        """`tháng 12`, `quý IV`: may as well say what a report is about."""
        only = self.atoms[0]
        return len(self.atoms) == 1 and only.kind in _PERIODS and not any(name.find("edge") >= 0 for name in only.facts)


def phrases(text: str) -> Iterator[Phrase]:
    """Every expression of time of the NFC text, from left to right."""
    text = nfc(text)
    seen, place = readable(text), 0
    while place < len(seen):
        atoms = _take(seen, place)
        if _says_something(text, seen, atoms):
            phrase = Phrase(text, tuple(atoms))
            yield phrase
            place = phrase.end
        else:
            place = _next_word(seen, place)


def _take(seen: str, place: int) -> list[Atom]:
    """Atoms that follow each other from here; one of each kind."""
    atoms: list[Atom] = []
    while (atom := _atom(seen, place, atoms) or _after_filler(seen, place, atoms)) and not _clashes(atoms, atom):
        atoms.append(atom)
        gap = _GAP.match(seen, atom.end)
        place = gap.end() if gap else atom.end
    while len(atoms) > 1 and atoms[-1].kind in _LEADING:
        atoms.pop()
    return atoms


def _after_filler(seen: str, place: int, atoms: list[Atom]) -> Atom | None:
    filler = _FILLER.match(seen, place)
    return _atom(seen, filler.end(), atoms) if filler else None


def _clashes(atoms: list[Atom], new: Atom) -> bool:
    kinds = {atom.kind for atom in atoms}
    if new.kind == "by":  # "hạn: hết ngày 30/11"
        return not kinds <= _LEADING | {"repeat"} or len(atoms) > 2
    if new.kind == "prefix":
        return bool(kinds & _DAYS) or "prefix" in kinds
    if new.kind in _DAYS:
        return bool(kinds & _DAYS)
    return new.kind in kinds


def _atom(seen: str, place: int, before: list[Atom]) -> Atom | None:
    if place and (seen[place - 1].isalnum() or _OUTSIDE.search(seen, max(0, place - 2), place)):
        return None
    letter = fold(seen[place : place + 1])
    for kind, pattern in _STARTING_WITH.get("0" if letter.isdigit() else letter, ()):
        if kind == "bare-span" and not any(atom.kind == "by" for atom in before):
            continue
        found = pattern.match(seen, place)
        if found is not None and found.end() > place and not _is_another_thing(seen, kind, found, before):
            facts = {name: fold(value) for name, value in found.groupdict().items() if value is not None}
            return Atom(kind, place, found.end(), facts)
    return None


def _is_another_thing(seen: str, kind: str, found: re.Match[str], before: list[Atom]) -> bool:
    """`lần thứ 5` is no Thursday, `mục 3.2` no day, `24/7` and `15/20` none either unless something says so."""
    ahead = seen[max(0, found.start() - 10) : found.start()]
    if kind == "weekday":
        return (found["wd"] or "").startswith("thu") and _ORDINAL.search(ahead) is not None
    if kind == "hour" and ":" in found[0]:
        return _RATIO.search(ahead) is not None
    if kind != "date" or "ad" not in found.groupdict() or before or found[0].startswith("ngay") or found["ay"]:
        return False
    if _NUMBERED.search(ahead):
        return True
    if found[0] == "24/7":  # day and night, but not in `từ 24/7 đến 25/7`
        return _BEGUN.search(ahead) is None and _GOES_ON.match(seen, found.end()) is None
    return int(found["am"]) > 12


def _says_something(text: str, seen: str, atoms: list[Atom]) -> bool:
    if all(atom.kind in _LEADING for atom in atoms):
        return False
    if atoms[-1].kind == "lead" or (len(atoms) == 1 and _OVER_A_DAY.match(seen, atoms[0].start)):
        return False
    if len(atoms) == 1 and atoms[0].kind == "part":  # "anh Sáng", "chuyển sang phòng khác"
        place = atoms[0].start
        return not (text[place].isupper() and place > 0 and seen[place - 2 : place - 1].isalnum())
    return True


def _next_word(seen: str, place: int) -> int:
    while place < len(seen) and seen[place].isalnum():
        place += 1
    while place < len(seen) and not seen[place].isalnum():
        place += 1
    return place


def number(words: str) -> int:
    """`15`, `muoi lam`, `hai muoi mot`."""
    if words.isdecimal():
        return int(words)
    tens, _, ones = words.rpartition("muoi")
    if not tens and not words.startswith("muoi"):
        return _NUMBER_WORDS[words]
    return (_NUMBER_WORDS[tens.strip()] if tens.strip() else 1) * 10 + (
        _NUMBER_WORDS[ones.strip()] if ones.strip() else 0
    )


def quarter_number(word: str) -> int:
    return _ROMAN.get(word) or int(word)


def month_number(word: str) -> int:
    return {"gieng": 1, "chap": 12}.get(word) or number(word)


def weekday_number(word: str) -> int:
    """Monday is 0; `thu 2`, `thứ hai`, `t2` all mean Monday."""
    word = "".join(word.split())
    if word in ("cn", "chunhat"):
        return 6
    word = word.removeprefix("thu").removeprefix("t") if word != "thutu" else "4"
    return (int(word) if word.isdecimal() else _NUMBER_WORDS[word]) - 2
