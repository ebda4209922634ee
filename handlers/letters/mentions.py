"""What a letter says besides its form: that it puts off a deadline, calls a meeting, asks for something undated."""

import json
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers.calendar import WorkingCalendar, fold, nfc
from handlers.letters.reading.meeting import read_meeting

_PUTS_OFF = re.compile(
    r"gia han|lui (?:thoi )?(?:han|gian)|keo dai (?:thoi )?(?:han|gian)|dieu chinh (?:thoi )?(?:han|gian)"
    r"|thay (?:cho|the|vi) (?:thoi han|thoi gian|moc|han|ngay)"
)
_ASKS = re.compile(
    r"(?:de nghi|yeu cau|giao|kinh de nghi)[^.;\n]{0,120}?"
    r"(?:bao cao|gui|cung cap|gop y"
    r"|(?:tham gia|gop|co|dong gop|xin) y kien|cho y kien|tra loi|dang ky|tong hop"
    r"|tham muu|ra soat)[^.;\n]{0,120}"
)


_WANTS_OPINION = re.compile(r"(?:kinh )?(?:de nghi|trinh|mong|xin)[^.;\n]{0,160}?y kien[^.;\n]{0,80}")


def puts_off(text: str) -> bool:
    """`gia hạn … thay cho …`: an extension of an older deadline."""
    return _PUTS_OFF.search(" ".join(fold(nfc(text)).split())) is not None


def meeting(text: str, day: date, calendar: WorkingCalendar, zone: ZoneInfo) -> str | None:
    """JSON of when, where and over which link; None where nobody is invited, or no hour is told."""
    found = read_meeting(text, datetime.combine(day, time(), zone), calendar)
    if found is None:
        return None
    return json.dumps({"start": found.start.isoformat(), "place": found.place, "link": found.link}, ensure_ascii=False)


def request(text: str) -> str | None:
    """The first sentence that asks its readers for something."""
    text = " ".join(nfc(text).split())
    folded = fold(text)
    body = folded.find("kinh gui") + 1  # the subject above it asks as well, in fewer words
    found = _ASKS.search(folded, body) or _WANTS_OPINION.search(folded, body)
    return text[found.start() : found.end()].strip()[:300] if found else None
