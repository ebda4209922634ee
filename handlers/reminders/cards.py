"""What a reminder looks like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from handlers.calendar import say_moment, say_short

SHOWN = 9  # tasks in one message: with its head it fits twelve lines


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a reminder names it; `due` in the office's zone."""

    id: int
    number: int
    title: str
    due: datetime | None
    overdue: bool


def reminder(words: Words, group: str, lines: Sequence[Line], *, late: bool) -> Card:
    """One task with its buttons, or a short list."""
    tail = "\n" + words("reminder-late") if late else ""
    if len(lines) == 1:
        return _of_one(words, lines[0], tail)
    told = [_short(words, line) for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        told.append(words("reminder-more", count=len(lines) - SHOWN))
    head = words("reminder-many", count=len(lines), group=group)
    return Card(parts=(Part(head, Style.BOLD), Part("\n" + "\n".join(told) + tail)))


def _of_one(words: Words, line: Line, tail: str) -> Card:
    when = say_moment(line.due, words.language) if line.due else words("task-short-no-deadline")
    said = words("reminder-overdue" if line.overdue else "reminder-one", number=line.number, when=when)
    return Card(
        key=f"task-due:{line.id}",
        called=str(line.number),
        parts=(Part(said, Style.BOLD), Part(f"\n{line.title[:200]}{tail}")),
        buttons=(
            (
                Button(label=words("task-button-report"), action=f"task-report:{line.id}"),
                Button(label=words("task-button-extend"), action=f"task-extend:{line.id}"),
            ),
        ),
    )


def _short(words: Words, line: Line) -> str:
    when = say_short(line.due, words.language) if line.due else words("task-short-no-deadline")
    title = line.title if len(line.title) <= 48 else line.title[:47].rstrip() + "…"
    return f"{'⚠ ' if line.overdue else ''}#{line.number} {title} · {when}"


def for_the_room(card: Card, called: Sequence[Part]) -> Card:
    return replace(card, parts=(*called, Part(": "), *card.parts))
