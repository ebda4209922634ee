"""What a letter says besides its form: that it puts off a deadline, calls a meeting, asks for something undated."""

import json
import re
from collections.abc import Sequence

from handlers.calendar import fold, nfc
from handlers.letters.deadlines import Kind, LetterDeadline

_PUTS_OFF = re.compile(
    r"gia han|lui (?:thoi )?(?:han|gian)|keo dai (?:thoi )?(?:han|gian)|dieu chinh (?:thoi )?(?:han|gian)"
    r"|thay (?:cho|the|vi) (?:thoi han|thoi gian|moc|han|ngay)"
)
_INVITES = re.compile(r"giay moi|(?:kinh|tran trong) moi|moi (?:hop|du|tham du|tham gia)|to chuc (?:cuoc )?(?:hop|hoi)")
_PLACE = re.compile(r"(?:địa điểm|tại địa điểm|hình thức họp)[^:\n]{0,30}:\s*([^\n]{3,200})", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_ASKS = re.compile(
    r"(?:de nghi|yeu cau|giao|kinh de nghi)[^.;\n]{0,120}?"
    r"(?:bao cao|gui|cung cap|gop y|tham gia y kien|cho y kien|tra loi|dang ky|tong hop|tham muu|ra soat)[^.;\n]{0,120}"
)


def puts_off(text: str) -> bool:
    """`gia hạn … thay cho …`: an extension of an older deadline."""
    return _PUTS_OFF.search(" ".join(fold(nfc(text)).split())) is not None


def meeting(text: str, found: Sequence[LetterDeadline]) -> str | None:
    """JSON of when, where and over which link; None where nobody is invited, or no hour is told."""
    begins = next((each for each in found if each.kind is Kind.EVENT and each.due and each.has_hour), None)
    if begins is None or begins.due is None or not _INVITES.search(" ".join(fold(nfc(text)).split())):
        return None
    place, link = _PLACE.search(nfc(text)), _LINK.search(text)
    kept = {
        "start": begins.due.isoformat(),
        "place": " ".join(place[1].split()).strip(" .;") if place else None,
        "link": link[0].rstrip(".,;") if link else None,
    }
    return json.dumps(kept, ensure_ascii=False)


def request(text: str) -> str | None:
    """The first sentence that asks its readers for something."""
    text = " ".join(nfc(text).split())
    found = _ASKS.search(fold(text))
    return text[found.start() : found.end()].strip()[:300] if found else None
