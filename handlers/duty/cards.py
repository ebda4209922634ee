"""What people see of the duty roster."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.chat.messages import Button, Card, Part, Style, plain
from bot.engine.texts import Words
from handlers.calendar import OfficeHours, say_day, say_short_day
from handlers.duty import rules
from handlers.duty.rules import Duty, Roster, Slot
from storage.duty import DutyUnit

MOST_LINES = 9


def label(words: Words, slot: Slot, hours: OfficeHours) -> str:
    """`Sáng`, or `18:00–06:00` for hours that have no name."""
    part = rules.part_of(slot, hours)
    return words(f"duty-part-{part}") if part else f"{slot.start:%H:%M}–{slot.end:%H:%M}"


def when(words: Words, duty: Duty, hours: OfficeHours) -> str:
    """`sáng thứ Bảy 21/11`, as it stands in a sentence."""
    named = label(words, duty.slot, hours)
    return f"{named[0].lower()}{named[1:]} {say_short_day(duty.day, words.language)}"


def as_label(said: str) -> str:
    return said[0].upper() + said[1:]


def days_said(words: Words, days: Iterable[date]) -> str:
    return ", ".join(say_short_day(day, words.language) for day in days)


def _slots(duties: Iterable[Duty]) -> list[tuple[Slot, list[Duty]]]:
    found: dict[Slot, list[Duty]] = {}
    for duty in sorted(duties, key=lambda each: each.slot):
        found.setdefault(duty.slot, []).append(duty)
    return list(found.items())


def by_slot(words: Words, duties: Sequence[Duty], hours: OfficeHours) -> list[str]:
    """`Sáng: Bình (Phòng Kinh tế), Chi (Văn phòng)`, a line for each shift."""
    return [
        f"{label(words, slot, hours)}: " + ", ".join(_with_unit(duty) for duty in there)
        for slot, there in _slots(duties)
    ]


def _with_unit(duty: Duty) -> str:
    return f"{duty.name} ({duty.unit})" if duty.unit and duty.unit != duty.name else duty.name


def in_one_line(words: Words, duties: Sequence[Duty], hours: OfficeHours, *, units: bool = True) -> str:
    """`Sáng: Bình · Chiều: Chi`."""
    shown = [
        f"{label(words, slot, hours)}: " + ", ".join(_with_unit(duty) if units else duty.name for duty in there)
        for slot, there in _slots(duties)
    ]
    return " · ".join(shown)


# the roster


def published(words: Words, group_id: int, roster: Roster, hours: OfficeHours, *, late: str | None = None) -> Card:
    """The day's roster in the group's rooms: a line for each unit, and plainly who has named nobody."""
    lines = [words("duty-published-late", at=late)] if late else []
    lines += _roster_lines(words, roster, hours)
    return Card(
        key=f"duty-roster:{group_id}:{roster.day}",
        parts=(
            Part(words("duty-published", day=say_day(roster.day, words.language)), Style.BOLD),
            Part("\n" + "\n".join(lines)),
        ),
    )


def _roster_lines(words: Words, roster: Roster, hours: OfficeHours) -> list[str]:
    if not roster.units:
        return by_slot(words, roster.duties, hours) or [words("duty-nobody")]
    lines = []
    for unit in roster.units:
        duties = [duty for duty in roster.duties if duty.unit == unit]
        if duties:
            lines.append(
                f"{unit}: {in_one_line(words, duties, hours, units=False)}{_gap(words, roster, duties, hours)}"
            )
    others = [duty for duty in roster.duties if duty.unit not in roster.units]
    lines += by_slot(words, others, hours)
    if roster.unnamed:
        lines.append(words("duty-unnamed", units=", ".join(roster.unnamed)))
    return lines


def _gap(words: Words, roster: Roster, duties: Sequence[Duty], hours: OfficeHours) -> str:
    half = rules.half_missing(duties, hours) if roster.working else None
    return " · " + words("duty-half-unnamed", part=words(f"duty-part-{half}")) if half else ""


def coming(words: Words, rosters: Sequence[Roster], hours: OfficeHours) -> Card:
    """Today in full, a line for tomorrow, and one for each later day on which somebody is on duty."""
    first, tomorrow, *later = rosters
    later = [each for each in (tomorrow,) if each.is_worth_publishing] + [each for each in later if each.duties]
    parts = [Part(words("duty-published", day=say_day(first.day, words.language)), Style.BOLD)]
    lines = _roster_lines(words, first, hours)
    lines += [f"{say_short_day(each.day, words.language)}: {_day_line(words, each, hours)}" for each in later]
    parts.append(Part("\n" + "\n".join([*_at_most(words, lines), words("duty-how-to")])))
    return Card(parts=tuple(parts))


def _day_line(words: Words, roster: Roster, hours: OfficeHours) -> str:
    named = [in_one_line(words, roster.duties, hours)] if roster.duties else []
    missing = [words("duty-unnamed", units=", ".join(roster.unnamed))] if roster.unnamed else []
    return "; ".join(named + missing) or words("duty-nobody")


def of_days(
    words: Words, rosters: Sequence[Roster], hours: OfficeHours, *, title: str, after: Iterable[str] = ()
) -> Card:
    """Some days, a line each, under a title."""
    lines = [f"{say_short_day(each.day, words.language)}: {_day_line(words, each, hours)}" for each in rosters]
    return Card(parts=(Part(title, Style.BOLD), Part("\n" + "\n".join([*_at_most(words, lines), *after]))))


def _at_most(words: Words, lines: Sequence[str]) -> list[str]:
    """What fits a phone, and how much is left out."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    return [*lines[: MOST_LINES - 1], words("duty-more-days", count=len(lines) - MOST_LINES + 1)]


# to people


def named(words: Words, duties: Sequence[Duty], hours: OfficeHours, *, by: str) -> Card:
    return plain(words("duty-you-are-named", when=_list(words, duties, hours), by=by))


def relieved(words: Words, duties: Sequence[Duty], hours: OfficeHours, *, by: str) -> Card:
    return plain(words("duty-you-are-relieved", when=_list(words, duties, hours), by=by))


def _list(words: Words, duties: Sequence[Duty], hours: OfficeHours) -> str:
    return ", ".join(when(words, duty, hours) for duty in duties)


def question(words: Words, unit: DutyUnit, days: Sequence[date], *, again: bool = False, before: str = "") -> Card:
    """Who is on duty on these days; answered with a button or in words."""
    text_id = "duty-asked-again" if again else "duty-asked"
    text = words(text_id, unit=unit.name, days=days_said(words, days))
    return plain(f"{before}\n\n{text}" if before else text)


def question_in_room(words: Words, unit: DutyUnit, name: str, span: str, days: Sequence[date], *, again: bool) -> Card:
    """For who cannot be written to in private: asked in the room, answered with a reply."""
    argument = f"{unit.id}:{span}"
    text = question(words, unit, days, again=again).text
    return Card(
        key=f"duty-ask:{argument}",
        parts=(Part(words("duty-asked-in-room", name=name)), Part("\n" + text)),
        buttons=(
            (
                Button(label=words("duty-me"), action=f"duty-me:{argument}"),
                Button(label=words("duty-other"), action=f"duty-other:{argument}"),
            ),
        ),
    )


def missing(words: Words, units: Sequence[tuple[str, str, Sequence[date]]], unreachable: Sequence[str]) -> Card:
    """For the leader: who has named nobody for which days, and who of the named cannot be reached."""
    lines = [f"- {unit} ({name}): {days_said(words, days)}" for unit, name, days in units]
    if len(lines) > MOST_LINES:
        lines = [", ".join(f"{unit} ({name})" for unit, name, _ in units)]
    title = words("duty-missing") if units else words("duty-missing-none")
    if unreachable:
        lines.append(words("duty-unreachable", names=", ".join(unreachable)))
    if units:
        lines.append(words("duty-missing-next"))
    return Card(parts=(Part(title, Style.BOLD), Part("\n" + "\n".join(lines))))


def units(words: Words, known: Sequence[tuple[str, str]], unreachable: Sequence[str]) -> Card:
    """The units that report and who answers for each."""
    lines = [f"- {unit}: {name}" if unit != name else f"- {unit}" for unit, name in known]
    after = [words("duty-unreachable", names=", ".join(unreachable))] if unreachable else []
    title = words("duty-units", count=len(known))
    return Card(parts=(Part(title, Style.BOLD), Part("\n" + "\n".join([*lines, *after, words("duty-units-how-to")]))))


# swaps


def offer(words: Words, swap_id: int, duty: Duty, hours: OfficeHours, *, by: str, to: str) -> Card:
    return Card(
        key=f"duty-swap:{swap_id}",
        parts=(Part(words("duty-swap-offered", by=by, to=to, when=when(words, duty, hours))),),
        buttons=(
            (
                Button(label=words("duty-swap-accept"), action=f"duty-accept:{swap_id}"),
                Button(label=words("duty-swap-decline"), action=f"duty-decline:{swap_id}"),
            ),
        ),
    )


def swap_ended(words: Words, swap_id: int, text_id: str, duty: Duty, hours: OfficeHours, *, by: str, to: str) -> Card:
    return Card(key=f"duty-swap:{swap_id}", parts=(Part(words(text_id, by=by, to=to, when=when(words, duty, hours))),))
