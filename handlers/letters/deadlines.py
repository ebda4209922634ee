"""What a letter demands by when: the phrases of time in it that are deadlines or events, and those that are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from handlers.calendar import Deadline, Problem, Rule, WorkingCalendar, find_deadlines, fold, nfc

_LONGEST_SENTENCE = 400  # characters looked at before a phrase, and after it
_ABOUT = 160  # characters of a sentence that are kept


class LetterRule(StrEnum):
    ON = "on"  # at that time
    BY = "by"  # that day or hour included
    BEFORE = "before"  # strictly before, as letters say it
    WINDOW = "window"  # from a day to a day
    RELATIVE = "relative"  # so many days after something
    PERIODIC = "periodic"
    FUZZY = "fuzzy"


class Kind(StrEnum):
    DEADLINE = "deadline"
    EVENT = "event"  # a meeting begins
    EVENT_WINDOW = "event_window"  # something lasts that long


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDeadline:
    """`due` is aware, in the office's zone; None where it recurs without a day, or depends on a day nobody told.

    `said` are the letter's own words; `about` is the sentence that leads to them. `repeats` is an RRULE.
    """

    due: datetime | None
    rule: LetterRule
    kind: Kind
    said: str
    repeats: str | None = None
    about: str = ""
    has_hour: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase in its sentence, folded: what stands before it (`written`: with marks), what it says, what follows."""

    written: str
    before: str
    said: str
    after: str

    @property
    def clause(self) -> str:
        return re.split(r"[,:]", self.before)[-1]


_SENTENCE_ENDS = re.compile(r"[.;](?=\s)|\n\s*\n|\n\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\))\s")

# Folded words; why each is no deadline is said in NĐ 30/2020 practice: citations, validity, cut-offs, states.
_NEVER = re.compile(
    r"hieu luc|duoc thong qua|thay (?:cho|vi)(?: moc| thoi han| han)?(?: ngay)?\s*\(?$"
    r"|(?:da|duoc)\s(?:ban hanh|thong qua|ky|ky ket|cap|phe duyet|cong bo)\s*$"
    r"|(?:tiep nhan|phat sinh|thu ly|sinh|ton dong)\s*$"
)
_CUT_OFF = re.compile(r"(?:tính|tinh|kế|cập nhật|số liệu)\s*$")  # as written: "tỉnh" ends sentences of demands
_WINDOW = re.compile(r"(?:^|\W)tu\s+(?:(?:ngay|thang|quy|nam|luc|gio|thu)\s)?[^.;]{1,40}$")
_EVENT = re.compile(
    r"(?:thoi gian(?! (?:ky|gui|nop|hoan thanh|xong|bao cao))|vao luc|vao hoi|khai mac|bat dau)[^.;]{0,60}$"
)
_CLOCK = re.compile(r"\d\s?(?:gio|h|g|:)")
_DELIVERS = re.compile(
    r"\b(?:hoan thanh|xong|bao cao|gui|nop|trinh|dang ky|cung cap|tong hop|tra loi|tham muu|gop y|y kien|xu ly"
    r"|giai quyet|ra soat|phan hoi|han|nhan (?:ho so|bao cao|bai|dang ky)|khac phuc|lap danh sach)\b"
)
_COMPLETES = re.compile(r"\b(?:hoan thanh|xong|trinh|gui|nop|ban hanh|han)\b")
_REPORTED = re.compile(r"(?:ket qua|so lieu|tinh hinh|nhiem vu|cong tac)(?: thuc hien)?\s*$")
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop|tong hop)\b")
_SURE = re.compile(r"truoc|cham nhat|muon nhat|khong qua|han chot|han cuoi|deadline|\bhan\b|\bxong\b")
_RELATIVE = re.compile(r"(?:trong(?: vong| thoi han)?|sau)\s+\d+\s+(?:ngay|gio|tieng|tuan)")
_LABELLED = re.compile(r"\bhan\b[^.;,:]{0,40}:\s*$")  # "Hạn gửi báo cáo: ngày 28/11"
_PERIOD = re.compile(r"trong\s+(?:thang|quy|nam)")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)|\d[/.\-]\d{1,2}[/.\-]\d\d(?!\d)")


def letter_deadlines(
    text: str,
    issue_date: date | None,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    *,
    arrived: date | None = None,
) -> list[LetterDeadline]:
    """What `text` demands, in its order. Days without a year, and spans, are counted from the issue date; spans
    after receipt from `arrived`. Without either they stay without a due time. A
    day before the issue date is a deadline quoted from an older letter."""
    text = nfc(text)
    folded = fold(text)
    now = datetime.combine(issue_date or arrived or date(2000, 1, 1), time(), zone)
    found: list[LetterDeadline] = []
    periodic: set[int] = set()
    for phrase in find_deadlines(text, now, calendar):
        place = _place(text, folded, phrase)
        kind = _kind(phrase, place)
        sentence = _sentence_start(folded, phrase.start)
        quoted = issue_date is not None and phrase.problem is Problem.PAST
        if kind is None or quoted or (phrase.repeats is not None and sentence in periodic):
            continue
        periodic.update([sentence] if phrase.repeats is not None else [])
        due = _due(phrase, place, issue_date, arrived, calendar)
        found.append(_made(phrase, kind, due, place, _about(text, folded, phrase)))
    return found


def of_kind(found: Sequence[LetterDeadline], kind: Kind) -> list[LetterDeadline]:
    return [each for each in found if each.kind is kind]


def _place(text: str, folded: str, phrase: Deadline) -> _Place:
    start = _sentence_start(folded, phrase.start)
    after = folded[phrase.end : phrase.end + _LONGEST_SENTENCE]
    end = _SENTENCE_ENDS.search(after)
    said = " ".join(folded[phrase.start : phrase.end].split())
    written = " ".join(text[start : phrase.start].lower().split())
    return _Place(written, fold(written), said, after[: end.start()] if end else after)


def _sentence_start(folded: str, before: int) -> int:
    first = max(0, before - _LONGEST_SENTENCE)
    ends = list(_SENTENCE_ENDS.finditer(folded[first:before]))
    return first + ends[-1].end() if ends else first


def _about(text: str, folded: str, phrase: Deadline) -> str:
    said = " ".join(text[_sentence_start(folded, phrase.start) : phrase.start].replace("*", "").split())
    said = said.strip(" -+•,;:")
    return said if len(said) <= _ABOUT else "…" + said[-_ABOUT:].partition(" ")[2]


def _kind(phrase: Deadline, place: _Place) -> Kind | None:
    """None: a time that asks nothing of anybody."""
    said, before = place.said, place.before
    if _NEVER.search(before) or _CUT_OFF.search(place.written) or phrase.problem is Problem.IMPOSSIBLE:
        return None
    if phrase.repeats is not None:
        return Kind.DEADLINE if _REPORTS.search(before[-80:] + place.after[:80]) else None
    if said.startswith(("den ", "toi ")) and _WINDOW.search(before):
        return Kind.EVENT_WINDOW
    if _is_demanded(phrase, place):
        return Kind.DEADLINE
    return Kind.EVENT if phrase.due and _CLOCK.search(said) and _EVENT.search(before) else None


def _is_demanded(phrase: Deadline, place: _Place) -> bool:
    said, before = place.said, place.before
    if _PERIOD.match(said) or _PERIOD.search(said):
        return bool(_COMPLETES.search(place.clause + " " + said)) and not _REPORTED.search(before)
    if _RELATIVE.search(said):
        return "sau" not in said and bool(_DELIVERS.search(before + " " + place.after))
    if not phrase.prefixed:
        return phrase.due is not None and bool(_LABELLED.search(before))
    return bool(_SURE.search(said) or _DELIVERS.search(place.clause))


def _due(
    phrase: Deadline, place: _Place, issued: date | None, arrived: date | None, calendar: WorkingCalendar
) -> datetime | None:
    if _RELATIVE.search(place.said):
        return _counted(phrase, place, issued, arrived, calendar)
    if issued is None and arrived is None and not _YEAR.search(place.said):
        return None
    if phrase.due is None and phrase.problem is Problem.WEEKDAY_DIFFERS:
        return phrase.ask[0]
    return phrase.due


def _counted(
    phrase: Deadline, place: _Place, issued: date | None, arrived: date | None, calendar: WorkingCalendar
) -> datetime | None:
    """A span runs from the day the letter names, if that is its own issue or its receipt."""
    named = re.search(r"ke tu(?: ngay)?\s*(.{0,20})", place.said + place.after)
    what = named[1] if named else "nhan"
    start = issued if what.startswith(("ban hanh", "ky")) else arrived if what.startswith("nhan") else None
    if start is None or phrase.due is None:
        return None
    again = find_deadlines(phrase.said, datetime.combine(start, time(), phrase.due.tzinfo), calendar)
    return again[0].due if again else None


def _made(phrase: Deadline, kind: Kind, due: datetime | None, place: _Place, about: str) -> LetterDeadline:
    rule = LetterRule(phrase.rule.value)
    if kind is Kind.EVENT_WINDOW:
        rule = LetterRule.WINDOW
    elif _RELATIVE.search(place.said):
        rule = LetterRule.RELATIVE
    elif kind is Kind.EVENT:
        rule = LetterRule.ON
    repeats = phrase.repeats if phrase.rule is Rule.PERIODIC else None
    said = " ".join(phrase.said.replace("*", "").split())
    said += ")" if said.count("(") > said.count(")") else ""
    return LetterDeadline(
        due=due, rule=rule, kind=kind, said=said, repeats=repeats, about=about, has_hour=phrase.has_hour
    )
