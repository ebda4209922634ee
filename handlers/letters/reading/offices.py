"""Which of a letter's demands are for a given office: by its names, old ones too, and by classes of offices."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from handlers.calendar import fold, nfc

_COMMUNES = r"(?:uy ban nhan dan )?(?:xa|phuong|dac khu|thi tran)\b"
_DISTRICTS = r"(?:uy ban nhan dan )?(?:huyen|quan|thi xa|thanh pho)\b"
# a class as letters name it, and how the names of those in it begin
_CLASSES = (
    (r"cac bo\b", r"bo\b"),
    (r"cac so\b|so, ban, nganh|cac so nganh", r"(?:so|ban|thanh tra|van phong uy ban|cong an tinh|chi cuc)\b"),
    (r"cac ban (?:dang|xay dung)", r"ban\b|van phong (?:tinh|thanh) uy"),
    (r"(?:cac|cap) xa\b|cac phuong|xa, phuong|xa, thi tran|dac khu", _COMMUNES),
    (r"(?:cac|cap) huyen\b|huyen, thi xa|huyen, thanh pho|cac quan\b", _DISTRICTS),
    (r"(?:cac|cap) tinh\b|tinh, thanh pho", r"(?:uy ban nhan dan )?(?:tinh|thanh pho)\b"),
    (r"cac phong\b|phong chuyen mon|phong, ban|phong nghiep vu", r"(?:phong|van phong|ban|to)\b"),
    (r"cac thon\b|thon, khu pho|to dan pho", r"(?:thon|khu pho|ap|ban|to dan pho|truong thon)\b"),
    (r"cac truong\b", r"truong\b"),
    (r"cac dang uy", r"dang uy\b"),
    (r"doan the|hoi, doan", r"(?:hoi|doan|mat tran|lien doan|tinh doan)\b"),
)
_EVERYBODY = re.compile(r"(?:quy |cac |nhung )?(?:co quan|don vi|dia phuong|dong chi|to chuc|ca nhan)\b|nhu tren")
_HEADS = re.compile(r"^(?:thu truong|giam doc|truong|chu tich|chanh|lanh dao|nguoi dung dau|hieu truong) (?=\w)")


class OfficeNames:
    """An office by every name it has or had: `OfficeNames("Sở Nội vụ", "SNV", "Sở LĐTBXH")`."""

    def __init__(self, *names: str) -> None:
        self.names = tuple(name for each in names if (name := plain(each)))

    def is_named_by(self, unit: str) -> bool:
        """Whether `unit`, as a letter writes it, is this office or a class it belongs to."""
        wanted = plain(unit)
        if not wanted:
            return False
        return any(_same(wanted, name) or _is_of_class(wanted, name) for name in self.names)


@dataclass(frozen=True, slots=True)
class Share:
    """What of a list is an office's own, what is others'. Both in their order."""

    ours: tuple[int, ...]
    others: tuple[int, ...]


def own_share(leads: Sequence[Iterable[str]], office: OfficeNames, recipients: Sequence[str] = ()) -> Share:
    """`leads`: for each demand who has to act, nobody meaning the addressees. Which of them (by place) are ours.

    When the letter names this office nowhere, everything is ours: a wrong guess must not hide a deadline.
    """
    everybody = not recipients or any(office.is_named_by(each) or is_everybody(each) for each in recipients)
    named = [tuple(each) for each in leads]
    ours = [i for i, who in enumerate(named) if (any(map(office.is_named_by, who)) if who else everybody)]
    if not ours:
        ours = list(range(len(named)))
    return Share(tuple(ours), tuple(i for i in range(len(named)) if i not in ours))


def is_everybody(unit: str) -> bool:
    return _EVERYBODY.match(plain(unit)) is not None


def plain(name: str) -> str:
    """Without marks, written out, as it is called today."""
    said = re.sub(r"\s*[-–]\s*(?=\w)", " ", fold(nfc(name)).replace("đ", "d"))
    table = _table()
    words = re.findall(r"[\w&,]*\w|,", said)
    said = " ".join(table["short"].get(word.strip(",") if word not in table["short"] else word, word) for word in words)
    said = re.sub(r"\s+,", ",", _HEADS.sub("", said)).strip(" ,")
    for kind in ("units", "places"):
        for old, new in table[kind].items():
            said = re.sub(rf"\b{re.escape(old)}\b", new, said)
    return said


def _same(wanted: str, name: str) -> bool:
    """One is the other with its place added: `Sở Nội vụ`, `Sở Nội vụ tỉnh Tây Ninh`."""
    short, long = sorted((wanted, name), key=len)
    rest = long.removeprefix(short)
    placed = re.match(r" (?:tinh|thanh pho|xa|phuong|huyen|dac khu)\b", rest) is not None
    return long == short or (long.startswith(short) and placed)


def _is_of_class(wanted: str, name: str) -> bool:
    return any(re.search(said, wanted) and re.match(members, name) for said, members in _CLASSES)


@cache
def _table() -> dict[str, dict[str, str]]:
    found = resources.files("handlers.letters.reading").joinpath("aliases.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(found)
    return table
