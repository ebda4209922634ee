"""Tells deadlines and events in a letter from the times that ask nothing of anybody."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.calendar import Deadline, fold
from handlers.letters.reading.meeting import joined_lines

_LONGEST_SENTENCE = 400  # characters looked at before a phrase, and after it


class Kind(StrEnum):
    DEADLINE = "deadline"
    EVENT = "event"  # a meeting begins
    EVENT_WINDOW = "event_window"  # something lasts that long


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase in its sentence, folded: what stands before it (`written`: with marks), what it says, what follows."""

    written: str
    before: str
    said: str
    after: str

    @property
    def clause(self) -> str:
        return re.split(r"[,:]", self.before)[-1]


_SENTENCE_ENDS = re.compile(r"[.;](?=\s)|\n\s*\n|\n\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\))\s|\n")

# Folded words; why each is no deadline is said in NĐ 30/2020 practice: citations, validity, cut-offs, states.
_NEVER = re.compile(
    r"hieu luc|duoc thong qua|thay (?:cho|vi)(?: moc| thoi han| han)?(?: ngay)?\s*\(?$"
    r"|(?:da|duoc)\s(?:ban hanh|thong qua|ky|ky ket|cap|phe duyet|cong bo|giao|cong nhan)\s*$"
    r"|(?:tiep nhan|phat sinh|thu ly|sinh|ton dong|ky ket|thanh lap|khoi cong)\s*$"
)
_CUT_OFF = re.compile(r"(?:tính|tinh|kế|cập nhật|số liệu)\s*$")  # as written: "tỉnh" ends sentences of demands
_WINDOW = re.compile(r"(?:^|\W)tu\s+(?:(?:ngay|thang|quy|nam|luc|gio|thu)\s)?[^.;]{1,40}$")
_EVENT = re.compile(
    r"(?:thoi gian(?! (?:ky|gui|nop|hoan thanh|xong|bao cao))|vao luc|vao hoi|khai mac|bat dau)[^.;]{0,60}$"
)
_EVENT_DAY = re.compile(r"thoi gian(?: du kien| to chuc| dien ra| khai mac| be mac)?(?: du kien| to chuc)?\s*:\s*$")
_LASTS = re.compile(r"thoi gian (?!gui|nop|hoan thanh|xong|bao cao|thuc hien xong)[^.;:]{3,40}:\s*$")
_CLOCK = re.compile(r"\d\s?(?:gio|h|g|:)")
_DELIVERS = re.compile(
    r"\b(?:hoan thanh|xong|bao cao|gui|nop|trinh|dang ky|cung cap|tong hop|tra loi|tham muu|gop y|y kien|xu ly"
    r"|giai quyet|ra soat|phan hoi|han|nhan (?:ho so|bao cao|bai|dang ky)|khac phuc|lap danh sach|nhap|cap nhat"
    r"|ban hanh|trien khai|to chuc thuc hien|de xuat|cu|thong ke|cong khai)\b"
)
_COMPLETES = re.compile(r"\b(?:hoan thanh|xong|trinh|gui|nop|ban hanh|han)\b")
_REPORTED = re.compile(r"(?:ket qua|so lieu|tinh hinh|nhiem vu|cong tac)(?: thuc hien)?\s*$")
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop|tong hop|thong ke|cap nhat)\b")
_REQUIRED_BY_LAW = re.compile(r"\b(?:quy dinh|che do|cong tac|thuc hien tot)\b[^,.;]{0,40}$")
_SURE = re.compile(r"truoc|cham nhat|muon nhat|khong qua|han chot|han cuoi|deadline|\bhan\b|\bxong\b")
_COUNTED = r"\d+\s+(?:ngay|gio|tieng|tuan|thang)(?: lam viec)?\b"
RELATIVE = re.compile(rf"(?:trong(?: vong| thoi han)?|sau)\s+{_COUNTED}|{_COUNTED}\s+(?:ke tu|tinh tu|tu (?:ngay|khi))")
_PROMPTED = re.compile(r"\b(?:trong|sau)\b|ke tu")
_LABELLED = re.compile(r"\bhan\b[^.;,:]{0,40}:\s*$")  # "Hạn gửi báo cáo: ngày 28/11"
_PERIOD = re.compile(r"trong\s+(?:thang|quy|nam)")
_OLD = re.compile(
    r"(?:cong van|van ban|cong dien|ke hoach|quyet dinh|thong bao|chi thi)[^.;]{0,160}"
    r"(?:yeu cau|de nghi|giao|quy dinh|han)"
    r"|\bda (?:yeu cau|de nghi|giao|gui|bao cao|hoan thanh|co)|truoc day|nhung (?:den nay|chua)|thay (?:cho|vi)"
)
_MOVED = re.compile(r"gia han|\blui\b|keo dai|dieu chinh|thay doi")


def place_of(text: str, folded: str, phrase: Deadline) -> Place:
    start = sentence_start(folded, phrase.start)
    after = folded[phrase.end : phrase.end + _LONGEST_SENTENCE]
    end = _SENTENCE_ENDS.search(after)
    said = " ".join(folded[phrase.start : phrase.end].split())
    written = " ".join(text[start : phrase.start].lower().split())
    if text[max(0, phrase.start - 1) : phrase.start].isspace():
        written += " "
    return Place(written, fold(written), said, " ".join((after[: end.start()] if end else after).split()))


def sentence_start(folded: str, before: int) -> int:
    first = max(0, before - _LONGEST_SENTENCE)
    ends = list(_SENTENCE_ENDS.finditer(folded[first:before]))
    return first + ends[-1].end() if ends else first


def item_start(text: str, before: int) -> int:
    """Of the numbered item or paragraph, which names who acts for all of its sentences."""
    first = max(0, before - 3 * _LONGEST_SENTENCE)
    return first + joined_lines(text[first:before]).rfind("\n") + 1


def kind_of(phrase: Deadline, place: Place) -> Kind | None:
    """None: a time that asks nothing of anybody."""
    said, before = place.said, place.before
    if _NEVER.search(before) or _CUT_OFF.search(place.written):
        return None
    if phrase.repeats is not None:
        return Kind.DEADLINE if _is_reported(place) else None
    if RELATIVE.match(said) and _LASTS.search(before):
        return Kind.EVENT_WINDOW
    if said.startswith(("den ", "toi ")) and _WINDOW.search(before):
        return Kind.EVENT_WINDOW
    if is_demanded(phrase, place):
        return Kind.DEADLINE
    if phrase.due is None and not phrase.ask:
        return None
    return Kind.EVENT if (_CLOCK.search(said) and _EVENT.search(before)) or _EVENT_DAY.search(before) else None


def _is_reported(place: Place) -> bool:
    near = place.before[-80:] + " " + place.after[:80]
    return bool(_REPORTS.search(near)) and not _REQUIRED_BY_LAW.search(place.clause)


def is_demanded(phrase: Deadline, place: Place) -> bool:
    said, before = place.said, place.before
    if phrase.rule.value == "fuzzy":
        return bool(re.match(r"tuan \d|truoc tet", said)) and bool(_DELIVERS.search(place.clause + " " + place.after))
    if _PERIOD.match(said) or _PERIOD.search(said):
        return bool(_COMPLETES.search(place.clause + " " + said)) and not _REPORTED.search(before)
    if RELATIVE.match(said):
        return bool(_PROMPTED.match(said)) and "sau" not in said and bool(_DELIVERS.search(before + " " + place.after))
    if not phrase.prefixed:
        return phrase.due is not None and bool(_LABELLED.search(before))
    return bool(_SURE.search(said) or _DELIVERS.search(place.clause))


def is_quoted(place: Place) -> bool:
    """An older letter's deadline, told of: it was missed, or is replaced."""
    return bool(_OLD.search(place.before + " " + place.after[:60]))


def is_put_off(place: Place) -> bool:
    """In a letter that puts off a deadline: the old one, not the new one that may follow in the same sentence."""
    return bool(_OLD.search(place.before)) and not _MOVED.search(" ".join(f"{place.before} {place.said}".split()))
