"""What people see of letters: the card to be confirmed, the entry, a page of the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.messages import Attachment, Button, Card, Part, Style, plain
from bot.engine.texts import Words
from handlers.calendar import say_short
from handlers.letters import due_lines
from handlers.letters.demanded import Ahead
from handlers.letters.rules import STAMP, Field
from storage.letter_files import LetterFile
from storage.letters import Letter, LetterState

A_PAGE = 10
_LINES = 12  # that a phone shows of a card
RECOGNISED = "letter-confirm-recognised"
_ENDED = (LetterState.ANSWERED, LetterState.FILED)


def text(said: str) -> Card:
    return plain(said)


def said(words: Words, text_id: str, **facts: Any) -> Card:
    return plain(words(text_id, **facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known of a letter besides its entry."""

    twin: Letter | None = None
    note: str | None = None
    """The id of a text that is said under a draft."""
    cited: Sequence[Letter] = ()
    """Letters of the register that it refers to."""
    tasks: Sequence[str] = ()
    """`#12 Lê Bình`"""
    further: int = 0
    """How many files it has besides the first."""
    knows_office: bool = False
    """Whether it is known which office this is."""
    off: Mapping[date, date] = field(default_factory=dict)
    """Its deadlines' days on which nobody works, and the working day before each."""


def letter(words: Words, shown: Letter, zone: ZoneInfo, around: Around) -> Card:
    """A draft to be confirmed, or an entry of the register."""
    room = _LINES - 1 - (not shown.is_registered) - (around.twin is not None)
    lines = _fitting(
        [
            *_facts(words, shown),
            *due_lines.lines(words, shown, zone, knows_office=around.knows_office, off=around.off),
            *_besides(words, shown, around),
        ],
        room,
    )
    if around.twin is not None:
        lines.append(words("letter-line-twin", arrival=around.twin.arrival))
    if not shown.is_registered:
        lines.append(words(around.note or "letter-confirm"))
    return Card(
        key=f"letter:{shown.id}",
        parts=(Part(_head(words, shown), Style.BOLD), Part("\n" + "\n".join(lines))),
        buttons=tuple(
            row
            for row in (_stamp(words, shown), due_lines.choices(words, shown, zone), *_buttons(words, shown, around))
            if row
        ),
    )


def _fitting(lines: Sequence[tuple[int, str]], room: int) -> list[str]:
    """At most so many lines; the least important (the highest number) go first."""
    kept = list(lines)
    while len(kept) > room:
        kept.remove(max(kept, key=lambda each: each[0]))
    return [line for _, line in kept]


def _head(words: Words, shown: Letter) -> str:
    title = shown.title if shown.number_symbol else words("letter-without-number", title=shown.title)
    title += _mark(shown, "number_symbol")
    return words("letter-head", arrival=shown.arrival, title=title) if shown.is_registered else title


def _facts(words: Words, shown: Letter) -> list[tuple[int, str]]:
    day = words("letter-line-date", day=f"{shown.issue_date:%d/%m/%Y}") if shown.issue_date else None
    day = day and day + _mark(shown, "issue_date")
    lines = [
        (0, " · ".join(part for part in (day or words("letter-line-no-date"), _marked(shown, "issuer", 100)) if part))
    ]
    if shown.subject:
        lines.append((0, words("letter-line-subject", subject=_marked(shown, "subject", 200))))
    if shown.recipients:
        lines.append((9, words("letter-line-recipients", recipients=_first(shown.recipients.split("\n")))))
    if shown.signer:
        lines.append((8, words("letter-line-signer", signer=_marked(shown, "signer", 150))))
    if shown.doubts and not shown.is_registered and shown.note_id != RECOGNISED:
        lines.append((2, words("letter-line-doubtful")))
    if may_be := stamp_of(shown):
        lines.append((0, words("letter-line-stamp", urgency=may_be)))
    if shown.urgency:
        lines.append((0, words("letter-line-urgency", urgency=shown.urgency)))
    return lines


def stamp_of(shown: Letter) -> str | None:
    """The urgency that a stamp may say which was hard to read."""
    found = [each.removeprefix(STAMP) for each in shown.doubts if each.startswith(STAMP)]
    return found[0] if found and not shown.urgency else None


def _stamp(words: Words, shown: Letter) -> tuple[Button, ...]:
    if (may_be := stamp_of(shown)) is None:
        return ()
    none = words("letter-button-no-stamp")
    return tuple(
        Button(label=label, action=f"letter-stamp:{shown.id}:{chosen}")
        for label, chosen in ((may_be, "yes"), (none, "no"))
    )


def _mark(shown: Letter, name: str) -> str:
    """Behind what was read but is not sure: numbers and dates of scans, above all."""
    return " (?)" if name in shown.doubts and not shown.is_registered and getattr(shown, name) else ""


def _marked(shown: Letter, name: str, length: int) -> str | None:
    said = cut(getattr(shown, name), length)
    return said and said + _mark(shown, name)


def _besides(words: Words, shown: Letter, around: Around) -> list[tuple[int, str]]:
    lines = []
    if around.cited:
        named = "; ".join(f"{each.number_symbol} ({each.arrival})" for each in around.cited[:3])
        lines.append((7, words("letter-line-cites", cited=named)))
    if around.further:
        lines.append((5, words("letter-line-further", count=around.further)))
    if shown.note:
        lines.append((0, words("letter-line-note", note=cut(shown.note, 120))))
    if shown.is_registered:
        state = words(f"letter-state-{shown.state}", reply=shown.reply_symbol or "")
        lines.append((0, " · ".join([words("letter-line-state", state=state), *around.tasks[:4]])))
    return lines


def _buttons(words: Words, shown: Letter, around: Around) -> tuple[tuple[Button, ...], ...]:
    def button(label: str, name: str) -> Button:
        return Button(label=words(f"letter-button-{label}"), action=f"letter-{name}:{shown.id}")

    edit, give = button("edit", "edit"), button("task", "task")
    if not shown.is_registered:
        keep = button("anyway", "anyway") if around.twin else button("register", "keep")
        return ((keep, edit, give), (button("drop", "drop"),))
    file = (button("file", "file"),) if shown.file_name is not None else ()
    steps: tuple[Button, ...] = () if shown.is_noted else (button("seen", "seen"),)
    steps += () if shown.state in _ENDED else (button("answer", "answer"), button("away", "away"))
    cited = tuple(
        Button(label=words("letter-button-cited", arrival=each.arrival), action=f"letter-show:{each.id}")
        for each in around.cited[:2]
    )
    return tuple(row for row in ((edit, give, *file), steps, cited) if row)


def file(words: Words, shown: Letter) -> Card:
    sent = Attachment(
        name=shown.file_name or "van-ban",
        record=shown.record,
        mime=shown.file_mime or "application/octet-stream",
    )
    return Card(parts=(Part(words("letter-file-here", arrival=shown.arrival, title=shown.title)),), file=sent)


def head(words: Words, shown: Letter) -> Card:
    """The top of a scan, above the card that says what was read there."""
    sent = Attachment(name="dau-trang.png", record=shown.head, mime="image/png", picture=True)
    said = "letter-head-picture" if shown.note_id == RECOGNISED else "letter-head-picture-to-read"
    return Card(parts=(Part(words(said)),), file=sent, silent=True)


def further_file(words: Words, shown: Letter, appendix: LetterFile) -> Card:
    sent = Attachment(name=appendix.name, record=appendix.record, mime=appendix.mime or "application/octet-stream")
    return Card(parts=(Part(words("letter-file-here", arrival=shown.arrival, title=shown.title)),), file=sent)


def corrected(words: Words, shown: Letter, twin: Letter | None, text_id: str, **facts: Any) -> Card:
    """With the next step at hand: the letter's own card stands further up."""
    keep, action = ("anyway", "anyway") if twin else ("register", "keep")
    steps = (("edit", "edit"),) if shown.is_registered else ((keep, action), ("edit", "edit"))
    row = tuple(
        Button(label=words(f"letter-button-{label}"), action=f"letter-{name}:{shown.id}") for label, name in steps
    )
    return replace(said(words, text_id, **facts), buttons=(row,))


def which_field(words: Words, shown: Letter) -> Card:
    return said(words, "letter-which-field", title=shown.title)


def field_options(words: Words) -> list[tuple[str, str]]:
    return [(field_name(words, each), each.value) for each in Field]


def field_name(words: Words, named: Field) -> str:
    return words(f"letter-field-{named.value.replace('_', '-')}")


def which_deadline(words: Words, shown: Letter) -> Card:
    return said(words, "letter-which-deadline", title=shown.title)


def deadline_options(words: Words, ahead: Sequence[Ahead], zone: ZoneInfo) -> list[tuple[str, str]]:
    """Each deadline by its place, and none of them."""
    labels = [_labelled(say_short(each.due.astimezone(zone), words.language), each.about) for each in ahead]
    return [*((label, str(n)) for n, label in enumerate(labels)), (words("letter-option-other-deadline"), "none")]


def _labelled(moment: str, about: str) -> str:
    return f"{moment} · {cut(about, 40)}" if about else moment


def page(words: Words, asked: str, sought: str, number: int, found: Sequence[Letter], total: int) -> Card:
    """One page of what the register has; `number` counts from 0. `asked` names it in words, `sought` for buttons."""
    if not total:
        return said(words, "letters-none", asked=asked)
    pages = (total + A_PAGE - 1) // A_PAGE
    head = words("letters-head", asked=asked, total=total)
    lines = [_line(words, each) for each in found]
    foot = words("letters-foot", page=number + 1, pages=pages)
    turns = [
        Button(label=words(label), action=f"letters-page:{to}:{sought}")
        for label, to in (("letters-newer", number - 1), ("letters-older", number + 1))
        if 0 <= to < pages
    ]
    return Card(
        parts=(Part(head, Style.BOLD), Part("\n" + "\n".join([*lines, foot]))), buttons=(tuple(turns),) if turns else ()
    )


def _line(words: Words, shown: Letter) -> str:
    number = shown.number_symbol or words("letter-number-none")
    return " · ".join(part for part in (shown.arrival, number, cut(shown.subject, 40)) if part)


def _first(recipients: Sequence[str]) -> str:
    return cut("; ".join(recipients[:3]) + ("; …" if len(recipients) > 3 else ""), 120) or ""


def cut(text: str | None, length: int) -> str | None:
    """One line of at most `length` characters, ending with a whole word; nothing for nothing."""
    flat = " ".join((text or "").split())
    if len(flat) <= length:
        return flat
    head, _, last = flat[:length].rpartition(" ")
    return (head if head and len(last) < length // 3 else flat[: length - 1]).rstrip(" ,;:–-") + "…"
