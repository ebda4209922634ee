"""How an order is read: the tasks of it, their urgency, deadline and the letter they answer, in two languages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.calendar import Deadline, Problem, Rule, WorkingCalendar, fold, nfc, split_deadline
from handlers.tasks.english import in_vietnamese
from storage.tasks import Urgency

TITLE_LIMIT = 500  # characters: the subject field of NĐ 30/2020, appendix VI


@dataclass(frozen=True, slots=True)
class Draft:
    """One task as it was ordered. It is `settled` when nothing about its deadline has to be asked."""

    title: str
    urgency: Urgency
    letter_number: str | None
    deadline: Deadline | None

    @property
    def settled(self) -> bool:
        found = self.deadline
        return found is not None and found.due is not None and found.problem is None


_URGENCY = (
    (Urgency.EXPRESS, re.compile(r"(?<!\w)(?:ho[aả]\s?t[oố]c|hỏa tốc|hoả tốc|hoa toc)(?!\w)", re.IGNORECASE)),
    (Urgency.VERY_URGENT, re.compile(r"(?<!\w)(?:thượng khẩn|thuong khan)(?!\w)", re.IGNORECASE)),
    (Urgency.URGENT, re.compile(r"(?<!\w)(?:khẩn(?! trương)|khan(?! truong)(?=\s*$|[,.;:])|gấp)(?!\w)", re.IGNORECASE)),
)
_LETTER = re.compile(
    r"(?<!\w)(?:cv|công văn|cong van|văn bản|van ban|vb)\s*(?:số|so)?\s*:?\s*(\d+(?:/\d{4})?[/-][\w-]+)", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")
_ITEM = re.compile(r"^\s*(?:[-–•+*]|\d{1,2}[.)])\s+", re.MULTILINE)


def read_order(text: str, now: datetime, calendar: WorkingCalendar) -> list[Draft]:
    """The tasks of an order: one, or one for every line that begins with a dash.

    A deadline in the line above the list holds for every item that has none of its own.
    """
    text = nfc(text)
    first = _ITEM.search(text)
    if first is None:
        return [_draft(text, now, calendar)]
    head, common = split_deadline(text[: first.start()], now, calendar)
    items = [piece.strip() for piece in _ITEM.split(text[first.start() :]) if piece.strip()]
    drafts = [_draft(item, now, calendar, urgency=_urgency(head)) for item in items]
    above = text[: first.start()].strip()
    if head and not _is_heading(above):  # the first task stands beside the names, the others below
        return [_draft(above, now, calendar), *drafts]
    return [draft if draft.deadline else replace(draft, deadline=common) for draft in drafts]


_HEADING = re.compile(r"\b(?:cac|may|hai|ba|bon|nam|\d+) (?:viec|noi dung|nhiem vu)\b")


def _is_heading(text: str) -> bool:
    """`các việc sau:`, `hai việc`: says that tasks follow, and is none."""
    return text.endswith(":") or _HEADING.search(fold(text)) is not None


def own_items(text: str, to_all: Callable[[str], bool]) -> list[str]:
    """The items of a list without a line above it that all begin with whom they are for: `- @binh …`, `- cả phòng …`;
    else nothing."""
    text = nfc(text).strip()
    items = [piece.strip() for piece in _ITEM.split(text) if piece.strip()]
    return items if _ITEM.match(text) and all(item.startswith("@") or to_all(item) for item in items) else []


def _is_cited(deadline: Deadline) -> bool:
    """`Nghị quyết 99/NQ-CP ngày 3/10/2017`: a day with its year, gone, that nobody called a deadline."""
    gone = deadline.problem is Problem.PAST and not deadline.prefixed
    return gone and _YEAR.search(deadline.said) is not None


_LEFT_OVER = re.compile(
    r"[,;]\s*(?:gửi|nộp|xong|hoàn thành|gui|nop|hoan thanh)\s*$|\s(?:lúc|luc|vào|vao)(?: lúc| luc)?\s*$", re.IGNORECASE
)
_POLITE = re.compile(
    r"(?:[\s,.]+(?:nhé|nhe|nha|ạ|giùm|gium|đi)"
    r"|\s+(?:giúp|giup|hộ|ho)\s+(?:tôi|toi|anh|chị|chi|em|mình|minh)"
    r"|(?<=nhé|nha|nhe)\s+(?:em|anh|chị|các em|cac em|mọi người|moi nguoi))+[\s.]*$",
    re.IGNORECASE,
)
ANSWER_WORDS = 3  # beside a day and an hour: `thôi để chiều mai`


def says_more(text: str, now: datetime, calendar: WorkingCalendar) -> bool:
    """An answer to "by when" that holds an order of its own."""
    title, found = split_deadline(_POLITE.sub("", text), now, calendar)
    return found is not None and ("@" in title or len(title.split()) > ANSWER_WORDS)


def _draft(text: str, now: datetime, calendar: WorkingCalendar, urgency: Urgency = Urgency.ORDINARY) -> Draft:
    text = _POLITE.sub("", text)
    title, deadline = split_deadline(in_vietnamese(text), now, calendar)
    if deadline is not None and _is_cited(deadline):
        title, deadline = text, None
    letter = _LETTER.search(text)
    return Draft(
        title=" ".join((_LEFT_OVER.sub("", title) if deadline else title).split())[:TITLE_LIMIT],
        urgency=max(_urgency(text), urgency, key=list(Urgency).index),
        letter_number=letter[1] if letter else None,
        deadline=deadline,
    )


def _urgency(text: str) -> Urgency:
    return next((level for level, pattern in _URGENCY if pattern.search(text)), Urgency.ORDINARY)


def is_before_a_day(deadline: Deadline) -> bool:
    return deadline.rule is Rule.BEFORE and not deadline.has_hour


def problem_text(deadline: Deadline | None) -> str:
    """The question that a draft's deadline raises."""
    if deadline is None or (deadline.due is None and not deadline.ask and deadline.problem is None):
        return "task-ask-deadline"
    by_problem = {
        Problem.IMPOSSIBLE: "task-ask-impossible",
        Problem.PAST: "task-ask-past",
        Problem.WEEKDAY_DIFFERS: "task-ask-weekday",
    }
    return by_problem[deadline.problem] if deadline.problem else "task-ask-which"
