"""What the morning looks like: at most twelve lines on a phone."""

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.texts import Words
from handlers.calendar import say_day, say_short
from handlers.digest.rules import Entry, Sorted

LINES = 9  # of tasks; the rest is counted, and one button away


def digest(words: Words, group: str, day: date, found: Sorted, on_duty: Sequence[str], *, late: bool) -> Card:
    duty = [words("digest-duty", who="; ".join(on_duty))] if on_duty else []
    return _card(words, words("digest-head", group=group), day, [*_sections(words, found, names=True), *duty], late)


def own_digest(words: Words, group: str, day: date, own: Sorted, escalated: Sequence[Entry], *, late: bool) -> Card:
    above = _section(words, "digest-escalated", escalated, names=True) if escalated else []
    lines = _fitted(words, [*_sections(words, own, names=False), *above])
    return _card(words, words("digest-own-head", group=group), day, lines, late)


def _sections(words: Words, found: Sorted, *, names: bool) -> list[str]:
    lines = [
        *_section(words, "digest-overdue", found.overdue, names=names),
        *_section(words, "digest-today", found.today, names=names),
        *_section(words, "digest-soon", found.soon, names=names),
    ]
    return _fitted(words, lines)


def _section(words: Words, text_id: str, entries: Sequence[Entry], *, names: bool) -> list[str]:
    if not entries:
        return []
    return [words(text_id, count=len(entries)), *(_line(words, each, names=names) for each in entries)]


def _line(words: Words, entry: Entry, *, names: bool) -> str:
    title = entry.title if len(entry.title) <= 40 else entry.title[:39].rstrip() + "…"
    who = f" · {entry.lead}" if names and entry.lead else ""
    return f"#{entry.number} {title} · {say_short(entry.due, words.language)}{who}"


def _fitted(words: Words, lines: list[str]) -> list[str]:
    if len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], words("digest-more", count=len(lines) - LINES + 1)]


def _card(words: Words, head: str, day: date, lines: Sequence[str], late: bool) -> Card:
    tail = [words("reminder-late")] if late else []
    text = "\n".join([say_day(day, words.language), *lines, *tail])
    return Card(
        parts=(Part(head, Style.BOLD), Part("\n" + text)),
        buttons=((Button(label=words("digest-button"), action="task-list:mine:0"),),),
    )
