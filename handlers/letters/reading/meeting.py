"""The meeting a letter calls its readers to: when it begins and ends, where, over which link."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from handlers.calendar import Deadline, WorkingCalendar, find_deadlines, fold, nfc

_INVITES = re.compile(
    r"giay moi|(?:kinh|tran trong|to chuc) moi|\bmoi\b[^.;]{0,160}\b(?:du|hop|tham gia|tham du)\b|trieu tap"
    r"|(?:den|toi|cung|ve) du (?:hop|hoi|le|buoi)|de nghi[^.;]{0,80}\b(?:du|tham du|co mat)\b"
    r"|thay (?:cho|the) giay moi|cu [^.;]{0,60}(?:tham gia|tham du|du hop|den du)"
)
_LABEL = re.compile(
    r"(?:^|\n)[\W\d]*(?:[a-zđ]\)\s*)?thoi gian(?: hop| to chuc| khai mac| bat dau)?(?: va dia diem)?\s*[:,]"
)
_STARTS = re.compile(
    r"(?:bat dau|khai mac|vao luc|vao hoi|to chuc|lam viec|hop|hoi nghi|hoi thao|cuoc hop)[^.;]{0,60}"
    r"(?:tu|luc|vao|hoi|:)\s*$"
    r"|(?:bat dau|khai mac|vao luc|vao hoi)[^.;]{0,30}$|du[^.;]{0,120}(?:luc|vao|tu|hoi)\s*$"
)
_OF_OTHERS = re.compile(
    r"(?:phuc vu|chuan bi(?: noi dung)?(?: cho)?|kip|bao cao tai|theo ket luan|tai)\s[^.;]{0,60}"
    r"(?:cuoc |buoi )?(?:hop|hoi nghi|lam viec)[^.;]{0,30}$"
)
_PLACE = re.compile(r"(?:[Đđ]ịa điểm|ĐỊA ĐIỂM|[Nn]ơi họp)(?:\s+(?:họp|tổ chức|cuộc họp|dự họp))?\s*[:,]\s*")
_AT = re.compile(r"^[\s,;.)]*(?:\([^)]*\)[\s,.]*)?tại\s+")
_AT_ENDS = re.compile(
    r"[.;](?=\s|$)|\s\(|/\./?"
    r"|,\s*(?=(?:đề nghị|yêu cầu|để|do|với|kính|mời|nội dung|thành phần|chủ trì|các|trân trọng)\b)"
)
_NEW_ITEM = re.compile(r"(?:[-+•*–]\s|\d{1,2}[.)]\s|[a-zđ]\)|[A-ZÀ-ỸĐ][^:\n]{2,40}:)")
_LINK = re.compile(r"https?://[^\s<>\"')\]]+|(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com)/[^\s<>\"')\]]+")
_ID = re.compile(r"(?:[Mm]ã|ID|Id)\s*(?:phòng|cuộc)?\s*(?:họp|[Zz]oom)?\s*(?:[Zz]oom)?\s*:?\s*(\d[\d ]{7,14}\d)")
_UNTIL = re.compile(r"\s*(?:,|-|–)?\s*(?:đến|tới|-|–)\s*(?:hết\s+|khoảng\s+)?(\d{1,2})\s*(?:giờ|h|g|:)\s*([0-5]\d)?")
_CLOCK = r"(\d{1,2})\s*(?:giờ|h|g|:)\s*([0-5]\d)?(?:\s*phút)?"
_HOUR = re.compile(_CLOCK)
_FROM_TO = re.compile(rf"{_CLOCK}\s*(?:đến|tới|-|–)\s*{_CLOCK}")
_GARBLED_HOUR = re.compile(r"(?<!\w)([0-2OoQ]?[\dOolI|§])(?=\s*(?:giờ|h\d|g\d))")
_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "§": "8"})


@dataclass(frozen=True, slots=True)
class Meeting:
    """Instants are aware, in the office's zone. `said` are the words of its time."""

    start: datetime
    end: datetime | None
    place: str | None
    link: str | None
    said: str


def read_meeting(text: str, now: datetime, calendar: WorkingCalendar) -> Meeting | None:
    """None where nobody is invited, or no day with an hour is told. `now`: the day of issue, at 0:00."""
    text = readable_hours(nfc(text))
    if not _INVITES.search(" ".join(fold(text).split())):
        return None
    even = first_hours(joined_lines(text))
    folded = fold(text)
    for found in find_deadlines(even, now, calendar):
        if found.prefixed or not _is_named(text, folded, found):
            continue
        begins = _begins(even, found)
        if begins is not None:
            return _made(text, found, begins)
    return None


def _begins(even: str, found: Deadline) -> datetime | None:
    """A day with an hour; `sáng 02/12, khai mạc lúc 07 giờ 30` names the hour behind it."""
    day = found.due or (found.ask[0] if found.ask else None)
    if day is None or _HOUR.search(found.said):
        return day
    later = _HOUR.search(re.split(r"[.;](?=\s)|\n", even[found.end : found.end + 80])[0])
    if later is None or int(later[1]) > 23:
        return None
    return day.replace(hour=int(later[1]), minute=int(later[2] or 0))


def _is_named(text: str, folded: str, found: Deadline) -> bool:
    start = max(folded.rfind("\n\n", 0, found.start), found.start - 160, 0)
    sentence = re.split(r"[.;](?=\s)", folded[start : found.start])[-1]
    before = " ".join(sentence.split()) + " "
    label = list(_LABEL.finditer(folded[: found.start]))
    if label and found.start - label[-1].end() < 60:
        return True
    return bool(_STARTS.search(before)) and not _OF_OTHERS.search(before)


def _made(text: str, found: Deadline, begins: datetime) -> Meeting:
    link, number = _LINK.search(text), _ID.search(text)
    said = " ".join(found.said.split())
    over = link[0].rstrip(".,;") if link else " ".join(number[1].split()) if number else None
    return Meeting(begins, _end(text, found, begins), _place(text, found.end), over, said)


def _end(text: str, found: Deadline, begins: datetime) -> datetime | None:
    whole = text[max(0, found.start - 25) : found.end + 40]
    span = _FROM_TO.search(whole)
    later = _UNTIL.match(text, found.end)
    hour, minute = (span[3], span[4]) if span else (later[1], later[2]) if later else (None, None)
    if hour is None or int(hour) > 23:
        return None
    end = begins.replace(hour=int(hour), minute=int(minute or 0))
    return end if end > begins else None


def _place(text: str, after: int) -> str | None:
    named = list(_PLACE.finditer(text))
    if named:
        near = min(named, key=lambda each: abs(each.start() - after))
        place = _item(text[near.end() : near.end() + 400])
        return re.sub(r"^.*?\btại\s+", "", place) if place and _HOUR.match(place) else place
    rest = joined_lines(text[after : after + 300])
    at = _AT.match(rest)
    if at is None:
        return None
    rest = rest[at.end() :]
    end = _AT_ENDS.search(rest)
    return _neat(rest[: end.start()] if end else rest.split("\n")[0])


def _item(rest: str) -> str | None:
    """To the end of the sentence or the item; wrapped lines are joined."""
    taken: list[str] = []
    for line in rest.split("\n"):
        if taken and (not line.strip() or _NEW_ITEM.match(line.strip())):
            break
        taken.append(line.strip())
        if re.search(r"[.;]\W{0,3}$", line):
            break
    return _neat(re.split(r"[.;](?=\s+[A-ZÀ-ỸĐ])", " ".join(taken))[0])


def _neat(place: str) -> str | None:
    return " ".join(place.split()).strip(" .,;/*") or None


def readable_hours(text: str) -> str:
    """`0§ giờ 00` as a scanner writes 08 giờ 00; the length stays."""
    return _GARBLED_HOUR.sub(lambda found: found[1].translate(_DIGITS), text)


def first_hours(text: str) -> str:
    """`14 giờ 00 đến 16 giờ 30, ngày …`: what lasts so long begins at the first; the length stays."""
    return _FROM_TO.sub(_without_end, text)


def _without_end(found: re.Match[str]) -> str:
    first = _HOUR.match(found[0])
    assert first is not None
    kept = first.end()
    return found[0][:kept] + " " * (len(found[0]) - kept)


_ITEM = re.compile(r"\s*(?:[-+•*–]\s|\d{1,2}[.)]\s|[a-zđ]\)\s|\||$|[IVX]+\.\s|Điều \d)")


_OPENS = re.compile(r"\W*(?:Kính gửi|Nơi nhận)\b")
_DATED = re.compile(r"[^.;\d]{2,40},\s+ngày\s[\s\d]*tháng\s[\s\d]*năm\s+\d{4}\s*$")
_SUBJECT = re.compile(r"\W*(?:Kính gửi|Về việc|V/v)\b")


def joined_lines(text: str) -> str:
    """Wrapped lines become one, so that phrases are whole; paragraphs and items stay apart. The length stays."""
    lines = text.split("\n")
    joined = lines[0]
    for last, line in pairwise(lines):
        whole = not last.strip() or _ITEM.match(line) or re.search(r"[.;:]\s*$", last) or _ends_head(last, line)
        joined += ("\n" if whole else " ") + line
    return joined


def _ends_head(last: str, line: str) -> bool:
    """The parts of a letter's head end without a stop: place and date, title, subject, addressee."""
    if _OPENS.match(line) or _DATED.match(last):
        return True
    begins = line.lstrip()[:1].isupper() and not line.strip().isupper()
    return begins and (last.strip().isupper() or _SUBJECT.match(last) is not None)
