"""What may be done to a task, by whom, in which state; and how an order is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.calendar import Deadline, Problem, Rule, WorkingCalendar, fold, nfc, split_deadline
from storage.tasks import AssignmentState, Part, TaskState, Urgency

TITLE_LIMIT = 500  # characters: the subject field of NĐ 30/2020, appendix VI


class Move(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    REPORT = "report"
    APPROVE = "approve"
    RETURN = "return"
    ASK_EXTENSION = "ask-extension"
    GRANT = "grant"
    DENY = "deny"
    HAND_OVER = "hand-over"
    CANCEL = "cancel"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Seat:
    """How a person stands to a task: their part and answer, and whether they may command (leader or deputy)."""

    part: Part | None = None
    answer: AssignmentState | None = None
    commands: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """How far a task is."""

    state: TaskState = TaskState.OPEN
    extension_asked: bool = False

    @property
    def is_closed(self) -> bool:
        return self.state in (TaskState.DONE, TaskState.CANCELLED)


_COMMANDING = (Move.APPROVE, Move.RETURN, Move.GRANT, Move.DENY, Move.CANCEL, Move.EDIT)


def refusal(move: Move, seat: Seat, life: Life) -> str | None:
    """The id of the text that says why not, or None when the move is legal."""
    if life.is_closed:
        return "task-refuse-closed"
    if move in _COMMANDING:
        return _refuse_commander(move, seat, life)
    if seat.part is None:
        return "task-refuse-not-yours"
    return _refuse_worker(move, seat, life)


def _refuse_commander(move: Move, seat: Seat, life: Life) -> str | None:
    if not seat.commands:
        return "task-refuse-leader-decides"
    if move in (Move.APPROVE, Move.RETURN) and life.state is not TaskState.REPORTED:
        return "task-refuse-not-reported"
    if move in (Move.GRANT, Move.DENY) and not life.extension_asked:
        return "task-refuse-no-extension"
    return None


def _refuse_worker(move: Move, seat: Seat, life: Life) -> str | None:
    if move is Move.ACCEPT:
        return "task-refuse-accepted-already" if seat.answer is AssignmentState.ACCEPTED else None
    if life.state is TaskState.REPORTED:
        return "task-refuse-reported-already"
    if seat.answer is AssignmentState.DECLINED:
        return "task-refuse-declined-before"
    if move is Move.REPORT and seat.part is not Part.LEAD:
        return "task-refuse-lead-reports"
    if move is Move.ASK_EXTENSION and life.extension_asked:
        return "task-refuse-extension-waits"
    return None


def after(move: Move, life: Life, *, seat: Seat) -> Life:
    """The task's life after a legal move. A leader's own report needs nobody's approval."""
    if move is Move.REPORT:
        return Life(TaskState.DONE if seat.commands else TaskState.REPORTED)
    if move is Move.APPROVE:
        return Life(TaskState.DONE)
    if move is Move.CANCEL:
        return Life(TaskState.CANCELLED)
    if move is Move.RETURN:
        return replace(life, state=TaskState.OPEN)
    if move is Move.ASK_EXTENSION:
        return replace(life, extension_asked=True)
    if move in (Move.GRANT, Move.DENY):
        return replace(life, extension_asked=False)
    return life


# reading an order


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
    return [draft if draft.deadline else replace(draft, deadline=common) for draft in drafts]


def own_items(text: str) -> list[str]:
    """The items of a list without a line above it whose items all begin with a person: `- @binh …`; else nothing."""
    text = nfc(text).strip()
    items = [piece.strip() for piece in _ITEM.split(text) if piece.strip()]
    return items if _ITEM.match(text) and all(item.startswith("@") for item in items) else []


_LEFT_OVER = re.compile(r"[,;]?\s+(?:gửi|nộp|trình|xong|hoàn thành|gui|nop|trinh|hoan thanh)\s*$", re.IGNORECASE)


def _draft(text: str, now: datetime, calendar: WorkingCalendar, urgency: Urgency = Urgency.ORDINARY) -> Draft:
    title, deadline = split_deadline(text, now, calendar)
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


# what replies to a task's card mean

_ACCEPTING = re.compile(
    r"(?:da |em |xin )*(?:nhan|ok|oke|okay|vang|ro|da ro)(?: viec)?(?: roi| a| nhe| anh| chi| sep| luon)*[ .]*"
)
_DONE = re.compile(
    r"(?:da |em |bao cao |viec |xin )*(?:xong|hoan thanh|da trinh|da gui|gui roi|bao xong|done|da nop)\b.*"
)
_LATER = re.compile(r".*\b(?:xin|cho|de nghi)?\s*(?:lui|gia han|hoan|them thoi gian|doi han|keo dai)\b.*")
_DECLINING = re.compile(r"(?:em |xin |da )*(?:tu choi|khong nhan|khong lam duoc|ban khong lam)\b.*")
_APPROVING = re.compile(r"(?:ok |da )*(?:duyet|dong y|nhat tri|tot|approve)\b.*")
_RETURNING = re.compile(r"(?:tra lai|lam lai|chua dat|sua lai)\b.*")


class Meaning(StrEnum):
    ACCEPT = "accept"
    DONE = "done"
    LATER = "later"
    DECLINE = "decline"
    APPROVE = "approve"
    RETURN = "return"
    UNCLEAR = "unclear"


def meaning(text: str) -> Meaning:
    """What a person wants who answers a task's card in words, with or without marks."""
    said = fold(text).strip()
    table: Sequence[tuple[Meaning, re.Pattern[str]]] = (
        (Meaning.LATER, _LATER),
        (Meaning.DECLINE, _DECLINING),
        (Meaning.DONE, _DONE),
        (Meaning.ACCEPT, _ACCEPTING),
        (Meaning.RETURN, _RETURNING),
        (Meaning.APPROVE, _APPROVING),
    )
    return next((what for what, pattern in table if pattern.fullmatch(said)), Meaning.UNCLEAR)


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
