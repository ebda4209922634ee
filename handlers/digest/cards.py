"""What the morning looks like: at most twelve lines on a phone."""

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from handlers.calendar import say_day, say_short
from handlers.digest.rules import Entry, Sorted

TITLE = 40  # characters, up to the last whole word
LINES = 8  # headings and tasks; the rest is counted, and one button away


def digest(words: Words, group: str, day: date, found: Sorted, on_duty: Sequence[str], *, late: bool) -> Card:
    duty = [words("digest-duty", who="; ".join(on_duty))] if on_duty else []
    return _card(words, words("digest-head", group=group), day, [*_sections(words, found, names=True), *duty], late)


def own_digest(words: Words, group: str, day: date, own: Sorted, escalated: Sequence[Entry], *, late: bool) -> Card:
    lines = _sections(words, own, names=False, escalated=escalated)
    return _card(words, words("digest-own-head", group=group), day, lines, late)


def _sections(words: Words, found: Sorted, *, names: bool, escalated: Sequence[Entry] = ()) -> list[str]:
    """Every section with its count; of their tasks as many as fit, the nearest of each section first."""
    sections = [
        ("digest-overdue", found.overdue, names),
        ("digest-today", found.today, names),
        ("digest-soon", found.soon, names),
        ("digest-escalated", escalated, True),
    ]
    filled = [section for section in sections if section[1]]
    shown = _shares([len(entries) for _, entries, _ in filled], LINES - len(filled))
    lines: list[str] = []
    for (text_id, entries, named), share in zip(filled, shown, strict=True):
        lines.append(words(text_id, count=len(entries)))
        lines += [_line(words, each, names=named) for each in entries[:share]]
    left = sum(len(entries) for _, entries, _ in filled) - sum(shown)
    return [*lines, words("digest-more", count=left)] if left else lines


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """How many lines each section gets: one after the other takes one until the room is full."""
    shares = [0] * len(wanted)
    while room > 0 and any(share < want for share, want in zip(shares, wanted, strict=True)):
        for place, want in enumerate(wanted):
            if room > 0 and shares[place] < want:
                shares[place] += 1
                room -= 1
    return shares


def _line(words: Words, entry: Entry, *, names: bool) -> str:
    title = entry.title if len(entry.title) <= TITLE else entry.title[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    who = f" · {entry.lead}" if names and entry.lead else ""
    mark = words("digest-letter", number=entry.number) if entry.letter else f"#{entry.number}"
    return f"{mark} {title} · {say_short(entry.due, words.language)}{who}"


def _card(words: Words, head: str, day: date, lines: Sequence[str], late: bool) -> Card:
    tail = [words("reminder-late")] if late else []
    text = "\n".join([say_day(day, words.language), *lines, *tail])
    return Card(
        parts=(Part(head, Style.BOLD), Part("\n" + text)),
        buttons=((Button(label=words("digest-button"), action="task-list:mine:0"),),),
    )
