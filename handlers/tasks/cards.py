"""What people see of tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from handlers.calendar import say_moment, say_short, say_short_day
from storage.tasks import AssignmentState, TaskState, Urgency
from storage.tasks import Part as Role

HISTORY = 5  # acts shown of a task: with its card they fit twelve lines
NAMED = 12  # people by name on a line
PAGE = 8  # tasks on one page of a list: with its head it fits twelve lines


@dataclass(frozen=True, slots=True)
class Hand:
    """A person who works on the task."""

    name: str
    part: Role
    state: AssignmentState
    reachable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A task as it is to be shown; moments in the office's zone."""

    id: int
    number: int
    title: str
    urgency: Urgency
    state: TaskState
    due: datetime | None
    wanted: datetime | None
    hands: tuple[Hand, ...]
    better_day: date | None
    overdue: bool
    letter: str | None
    repeats: bool
    file: str | None = None
    """The name of what came with it."""


def note(task_id: int, text: str) -> Card:
    """A line about a task: who replies to it means the task."""
    return Card(key=f"task-said:{task_id}", parts=(Part(text),))


def task(words: Words, view: View) -> Card:
    """The one card of a task: edited as things change, in the room and in private."""
    lines = [_deadline(words, view), *_people(words, view), *_notes(words, view)]
    return Card(
        key=f"task:{view.id}",
        called=str(view.number),
        parts=(Part(_head(words, view), Style.BOLD), Part("\n" + "\n".join(lines))),
        buttons=_buttons(words, view),
    )


def _head(words: Words, view: View) -> str:
    urgent = "" if view.urgency is Urgency.ORDINARY else f" [{words('task-urgency-' + view.urgency)}]"
    return f"#{view.number}{urgent} {shortened(view.title, 300)}"


def _deadline(words: Words, view: View) -> str:
    if view.due is None:
        return words("task-line-no-deadline")
    line = words("task-line-deadline", when=say_moment(view.due, words.language))
    return line + (" · " + words("task-line-overdue") if view.overdue else "")


def _people(words: Words, view: View) -> list[str]:
    lines = []
    for part in Role:
        hands = [hand for hand in view.hands if hand.part is part]
        if hands:
            named = [f"{hand.name} ({words('task-hand-' + hand.state)})" for hand in hands]
            lines.append(words(f"task-line-{part}", names=_first(words, named)))
    unreachable = [hand.name for hand in view.hands if not hand.reachable]
    if unreachable and view.state is TaskState.OPEN:
        lines.append(words("task-line-unreachable", names=_first(words, unreachable)))
    return lines


def _first(words: Words, names: Sequence[str]) -> str:
    """A task of the whole office still fits a phone."""
    more = [words("task-everybody-more", count=len(names) - NAMED)] if len(names) > NAMED else []
    return " ".join([", ".join(names[:NAMED]), *more])


def _notes(words: Words, view: View) -> list[str]:
    lines = []
    if view.letter:
        lines.append(words("task-line-letter", letter=view.letter))
    if view.file:
        lines.append(words("task-line-file", name=view.file))
    if view.repeats:
        lines.append(words("task-line-repeats"))
    if view.better_day and view.state is TaskState.OPEN:
        lines.append(words("task-line-day-off", day=say_short_day(view.better_day, words.language)))
    if view.wanted:
        lines.append(words("task-line-wanted", when=say_moment(view.wanted, words.language)))
    if view.state is not TaskState.OPEN:
        lines.append(words(f"task-state-{view.state}"))
    return lines


def _buttons(words: Words, view: View) -> tuple[tuple[Button, ...], ...]:
    def button(action: str) -> Button:
        return Button(label=words(f"task-button-{action}"), action=f"task-{action}:{view.id}")

    if view.state in (TaskState.DONE, TaskState.CANCELLED):
        return ()
    if view.state is TaskState.REPORTED:
        decide = (button("approve"), button("return"))
        return (decide, (button("file"),)) if view.file else (decide,)
    last = (button("hand"), button("file")) if view.file else (button("hand"),)
    work = ((button("accept"), button("decline")), (button("report"), button("extend")), last)
    return ((button("grant"), button("deny")), *work) if view.wanted else work


def decision(words: Words, text: str, view: View, *actions: str) -> Card:
    """Something for a leader to decide, with the buttons beside it."""
    buttons = tuple(Button(label=words(f"task-button-{each}"), action=f"task-{each}:{view.id}") for each in actions)
    return Card(
        key=f"task-ask:{view.id}", called=str(view.number), parts=(Part(text),), buttons=(buttons,) if buttons else ()
    )


def title_line(words: Words, view: View) -> str:
    """A task on one line of a list."""
    when = say_short(view.due, words.language) if view.due else words("task-short-no-deadline")
    sign = "⚠ " if view.overdue else ""
    return f"{sign}#{view.number} {shortened(view.title, 48)} · {when}"


def page(
    words: Words, heading: str, views: Sequence[View], *, kind: str, place: int, names: bool, nothing: str
) -> Card:
    """One page of a list; `kind` is what the buttons ask for again, `nothing` what an empty one says."""
    shown = views[place : place + PAGE]
    lines = [title_line(words, view) + (f" · {view.hands[0].name}" if names and view.hands else "") for view in shown]
    text = "\n".join(lines) if lines else nothing
    turn = []
    if place > 0:
        turn.append(Button(label=words("page-back"), action=f"task-list:{kind}:{max(place - PAGE, 0)}"))
    if place + PAGE < len(views):
        turn.append(Button(label=words("page-on"), action=f"task-list:{kind}:{place + PAGE}"))
    others = [each for each in ("mine", "group", "overdue") if each != kind]
    tabs = tuple(Button(label=words(f"task-list-{each}"), action=f"task-list:{each}:0") for each in others)
    return Card(
        key=f"task-list:{kind}",
        parts=(Part(f"{heading} ({len(views)})", Style.BOLD), Part("\n" + text)),
        buttons=((tuple(turn),) if turn else ()) + (tabs,),
    )


def history(words: Words, view: View, lines: Sequence[str]) -> Card:
    """One task with everything that happened to it; the oldest lines give way when it grows long."""
    card = task(words, view)
    told = list(lines)[-HISTORY:]
    more = [words("task-history-more", count=len(lines) - HISTORY)] if len(lines) > HISTORY else []
    return Card(
        key=card.key,
        called=card.called,
        parts=(*card.parts, Part("\n" + "\n".join([words("task-history"), *more, *told]))),
        buttons=card.buttons,
    )


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
