"""What is said of a letter after its arrival number: that it is answered, filed or seen, or what is to be done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.calendar import fold, nfc
from storage.letters import LetterState
from storage.tasks import TaskState, Urgency


class Meaning(StrEnum):
    DIRECT = "direct"  # a leader's note (bút phê): who does what by when
    ANSWERED = "answered"  # a reply went out
    FILED = "filed"
    SEEN = "seen"  # a leader has looked; nothing is to be done yet


@dataclass(frozen=True, slots=True)
class Said:
    """`rest`: the reply's number, or the note's words."""

    meaning: Meaning
    rest: str = ""


_ENTRY = re.compile(
    r"^\s*(?:số đến|so den)?\s*(\d{1,6})(?:\s?/\s?(\d{4}))?(?=[\s,:;]|$)[\s,:;–-]*(.*)$", re.IGNORECASE | re.DOTALL
)
_ANSWERED = re.compile(
    r"^(?:đã\s+|da\s+)?(?:trả lời|tra loi|phúc đáp|phuc dap|answered|answer|replied|reply)(?!\w)[\s:]*"
    r"(?:(?:bằng|bang|tại|tai|by|with)\s+)?(?:(?:công văn|cong van|văn bản|van ban|cv)\s+)?(?:(?:số|so)\s*:?\s*)?(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FILED = re.compile(r"(?:da )?(?:luu|xep|file|filed)(?: (?:ho so|vt|van thu|de biet|lai))?[ .]*")
_SEEN = re.compile(r"(?:da (?:xem|biet|doc)|seen|noted)[ .]*")


def about_entry(text: str) -> tuple[int, int | None, str] | None:
    """`45/2026 trả lời 12/UBND-VX`: the arrival number, its year, and what is said of it."""
    found = _ENTRY.match(nfc(text))
    return (int(found[1]), int(found[2]) if found[2] else None, found[3].strip()) if found else None


def read(text: str) -> Said:
    text = nfc(text).strip()
    plain = fold(text)
    if _FILED.fullmatch(plain):
        return Said(Meaning.FILED)
    if _SEEN.fullmatch(plain):
        return Said(Meaning.SEEN)
    answered = _ANSWERED.match(text)
    return Said(Meaning.ANSWERED, answered[1].strip(" .")) if answered else Said(Meaning.DIRECT, text)


def is_order(text: str) -> bool:
    """Whether words in answer to a letter's card are an order, and not a correction of what stands there."""
    plain = fold(nfc(text))
    if re.match(r"\s*so\s*:?\s*\d", plain) or re.search(r"(?<!\w)(?:v/v|ve viec|trich yeu)(?!\w)", plain):
        return False
    directs = re.search(r"(?<!\w)(?:chu tri|phoi hop)(?!\w)", plain) or plain.lstrip().startswith(("@", "giao "))
    return bool(directs) or read(text).meaning is not Meaning.DIRECT


# who is to do it

_ROLE = re.compile(r"\s*[:,]?\s*(chủ trì|chu tri|phối hợp|phoi hop|ph/h)(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"\s*(?:với|voi|cùng|cung)(?!\w)\s*", re.IGNORECASE)
_OPENING = re.compile(
    r"^\s*(?:kính chuyển|kinh chuyen|chuyển|chuyen|giao(?: cho)?|đề nghị|de nghi)\s*:?\s+", re.IGNORECASE
)


def after_opening(text: str) -> str:
    """Without the `Giao`, `Chuyển`, `Đề nghị` with which a note begins."""
    return _OPENING.sub("", text, count=1)


def role_at_start(text: str) -> tuple[bool | None, str]:
    """Whether the people before `text` lead (True) or support (False), if it says so, and what follows."""
    found = _ROLE.match(text)
    if found is None:
        return None, text
    return fold(found[1]) == "chu tri", text[found.end() :]


def with_at_start(text: str) -> tuple[bool, str]:
    """`phối hợp với …`: who follows supports."""
    found = _WITH.match(text)
    return found is not None, text[found.end() :] if found else text


# how far the letter is


def state_after(state: LetterState, noted: bool, tasks: Sequence[TaskState], *, comes_again: bool) -> LetterState:
    """Where its tasks bring a letter. What was answered or filed stays so; a series that runs is never at its end."""
    if state in (LetterState.ANSWERED, LetterState.FILED):
        return state
    lively = [each for each in tasks if each is not TaskState.CANCELLED]
    if not lively:
        return LetterState.NOTED if noted else LetterState.REGISTERED
    done = all(each is TaskState.DONE for each in lively) and not comes_again
    return LetterState.DONE if done else LetterState.IN_HAND


def urgency_of(written: str | None) -> Urgency:
    """The task's urgency for the letter's own words (`HOẢ TỐC`)."""
    said = fold(nfc(written or ""))
    if "hoa toc" in said:
        return Urgency.EXPRESS
    if "thuong khan" in said:
        return Urgency.VERY_URGENT
    return Urgency.URGENT if "khan" in said else Urgency.ORDINARY
