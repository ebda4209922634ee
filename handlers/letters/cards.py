"""What people see of letters: the card to be confirmed, the entry, a page of the register."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.messages import Attachment, Button, Card, Part, Style, plain
from bot.engine.texts import Words
from handlers.calendar import say_day, say_moment, say_short
from handlers.letters.rules import Field
from storage.letters import Letter

A_PAGE = 10
_DEADLINES_SHOWN = 3


def said(words: Words, text_id: str, **facts: Any) -> Card:
    return plain(words(text_id, **facts))


def letter(words: Words, shown: Letter, zone: ZoneInfo, *, twin: Letter | None = None, note: str | None = None) -> Card:
    """A draft to be confirmed, or an entry of the register."""
    lines = [*_facts(words, shown), *_demands(words, shown, zone)]
    if twin is not None:
        lines.append(words("letter-line-twin", arrival=twin.arrival))
    if not shown.is_registered:
        lines.append(words(note or "letter-confirm"))
    return Card(
        key=f"letter:{shown.id}",
        parts=(Part(_head(words, shown), Style.BOLD), Part("\n" + "\n".join(lines))),
        buttons=_buttons(words, shown, twin),
    )


def _head(words: Words, shown: Letter) -> str:
    title = shown.title if shown.number_symbol else words("letter-without-number", title=shown.title)
    return words("letter-head", arrival=shown.arrival, title=title) if shown.is_registered else title


def _facts(words: Words, shown: Letter) -> list[str]:
    day = words("letter-line-date", day=f"{shown.issue_date:%d/%m/%Y}") if shown.issue_date else None
    lines = [" · ".join(part for part in (day or words("letter-line-no-date"), _cut(shown.issuer, 100)) if part)]
    if shown.subject:
        lines.append(words("letter-line-subject", subject=_cut(shown.subject, 200)))
    if shown.recipients:
        lines.append(words("letter-line-recipients", recipients=_first(shown.recipients.split("\n"))))
    if shown.signer:
        lines.append(words("letter-line-signer", signer=shown.signer))
    if shown.urgency:
        lines.append(words("letter-line-urgency", urgency=shown.urgency))
    return lines


def _demands(words: Words, shown: Letter, zone: ZoneInfo) -> list[str]:
    found = [each for each in shown.demands if each["kind"] != "event_window"]
    lines = [_demand(words, each, zone) for each in found[:_DEADLINES_SHOWN]]
    if len(found) > _DEADLINES_SHOWN:
        lines.append(words("letter-line-more-deadlines", count=len(found) - _DEADLINES_SHOWN))
    return lines or [words("letter-line-no-deadline")]


def _demand(words: Words, kept: Mapping[str, Any], zone: ZoneInfo) -> str:
    quoted = _cut(kept["said"], 60)
    if kept["due"] is None:
        return words("letter-line-deadline-open", said=quoted)
    due = datetime.fromisoformat(kept["due"]).astimezone(zone)
    moment = say_moment(due, words.language) if kept.get("has_hour") else say_day(due.date(), words.language)
    return words("letter-line-event" if kept["kind"] == "event" else "letter-line-deadline", due=moment, said=quoted)


def _buttons(words: Words, shown: Letter, twin: Letter | None) -> tuple[tuple[Button, ...], ...]:
    edit = Button(label=words("letter-button-edit"), action=f"letter-edit:{shown.id}")
    give = Button(label=words("letter-button-task"), action=f"letter-task:{shown.id}")
    if not shown.is_registered:
        name, label = ("letter-anyway", "letter-button-anyway") if twin else ("letter-keep", "letter-button-register")
        keep = Button(label=words(label), action=f"{name}:{shown.id}")
        away = Button(label=words("letter-button-drop"), action=f"letter-drop:{shown.id}")
        return ((keep, edit, give), (away,))
    if shown.file_name is None:
        return ((edit, give),)
    return ((edit, give, Button(label=words("letter-button-file"), action=f"letter-file:{shown.id}")),)


def file(words: Words, shown: Letter) -> Card:
    sent = Attachment(
        name=shown.file_name or "van-ban",
        record=shown.record,
        mime=shown.file_mime or "application/octet-stream",
    )
    return Card(parts=(Part(words("letter-file-here", arrival=shown.arrival, title=shown.title)),), file=sent)


def which_field(words: Words, shown: Letter) -> Card:
    return said(words, "letter-which-field", title=shown.title)


def field_options(words: Words) -> list[tuple[str, str]]:
    return [(field_name(words, field), field.value) for field in Field]


def field_name(words: Words, field: Field) -> str:
    return words(f"letter-field-{field.value.replace('_', '-')}")


def which_deadline(words: Words, shown: Letter) -> Card:
    return said(words, "letter-which-deadline", title=shown.title)


def deadline_options(words: Words, ahead: Sequence[tuple[datetime, str]], zone: ZoneInfo) -> list[tuple[str, str]]:
    """Each deadline by its place, and none of them."""
    labels = [_labelled(say_short(due.astimezone(zone), words.language), about) for due, about in ahead]
    return [*((label, str(n)) for n, label in enumerate(labels)), (words("letter-option-other-deadline"), "none")]


def _labelled(moment: str, about: str) -> str:
    return f"{moment} · {_cut(about, 40)}" if about else moment


def page(words: Words, year: int, number: int, found: Sequence[Letter], total: int) -> Card:
    """One page of the year's register; `number` counts from 0."""
    if not total:
        return said(words, "letters-none", year=year)
    pages = (total + A_PAGE - 1) // A_PAGE
    head = words("letters-head", year=year, total=total)
    lines = [_line(words, each) for each in found]
    foot = words("letters-foot", page=number + 1, pages=pages)
    turns = [
        Button(label=words(label), action=f"letters-page:{year}:{to}")
        for label, to in (("letters-newer", number - 1), ("letters-older", number + 1))
        if 0 <= to < pages
    ]
    return Card(
        parts=(Part(head, Style.BOLD), Part("\n" + "\n".join([*lines, foot]))), buttons=(tuple(turns),) if turns else ()
    )


def _line(words: Words, shown: Letter) -> str:
    number = shown.number_symbol or words("letter-number-none")
    return " · ".join(part for part in (str(shown.arrival_number), number, _cut(shown.subject, 40)) if part)


def _first(recipients: Sequence[str]) -> str:
    return _cut("; ".join(recipients[:3]) + ("; …" if len(recipients) > 3 else ""), 120) or ""


def _cut(text: str | None, length: int) -> str | None:
    """One line of at most `length` characters."""
    flat = " ".join((text or "").split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"
