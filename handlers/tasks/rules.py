"""What may be done to a task, by whom, in which state; and what a reply in words means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.calendar import fold
from storage.tasks import AssignmentState, Part, TaskState


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


# what replies to a task's card mean

_ACCEPTING = re.compile(
    r"(?:da |em |toi |xin |ok |vang |de |se )*(?:nhan|ok|oke|okay|vang|ro|da|duoc|lam)"
    r"(?: viec(?: nay)?)?(?: roi| a| nhe| anh| chi| sep| luon| ngay)*[ .]*"
)
_DONE = re.compile(
    r"(?:da |em |toi |lam |bao cao |viec |xin )*(?:xong|hoan thanh|da trinh|da gui|gui roi|bao xong|done|da nop)\b.*"
)
_LATER = re.compile(
    r".*\b(?:xin|cho|de nghi)?\s*(?:lui|gia han|hoan|them thoi gian|doi han|keo dai|xin them"
    r"|them (?:\d+|mot|hai|ba|vai|it) (?:ngay|hom|tuan|gio|tieng)|(?:khong|chua)(?: lam| the)? kip)\b.*"
)
_DECLINING = re.compile(r"(?:em |xin |da )*(?:tu choi|khong nhan|khong lam duoc|ban khong lam)\b.*")
_APPROVING = re.compile(r"(?:ok |da )*(?:duyet|dong y|nhat tri|tot|approve)\b.*")
_RETURNING = re.compile(r"(?:tra lai|lam lai|chua dat|chua duoc|chua xong|sua lai|con thieu|thieu)\b.*")


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


_NUMBER_SAID = re.compile(r"(?:#|\bviec(?: so)?\s)\s*(\d{1,6})\b")


def number_said(text: str) -> int | None:
    """The task that is named: `xong #3`, `xong việc 3`."""
    found = _NUMBER_SAID.search(fold(text))
    return int(found[1]) if found else None
