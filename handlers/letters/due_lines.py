"""The lines of a letter's card that tell its deadlines: the office's own, how they were counted, which are in doubt."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.messages import Button
from bot.engine.texts import Words
from handlers.calendar import say_day, say_moment, say_short, say_short_day
from handlers.calendar.recurrence import daily
from handlers.letters import demanded
from handlers.letters.demanded import Kept
from storage.letters import Letter

_SHOWN = 3
OTHER = "other"
Line = tuple[int, str]
"""How soon it gives way (the highest first), and what it says."""


def lines(words: Words, shown: Letter, zone: ZoneInfo, *, knows_office: bool, off: Mapping[date, date]) -> list[Line]:
    """The office's own deadlines first; those of others on one line."""
    kept = [each for each in shown.demands if each["kind"] != "event_window"]
    own, others = [e for e in kept if not e.get("others")], [e for e in kept if e.get("others")]
    doubtful = demanded.first_doubt(kept)
    several = not knows_office and len({each.get("who") for each in own} - {None}) > 1
    found: list[Line] = []
    for place, each in enumerate(own[:_SHOWN]):
        if each.get("doubt") and (each["due"] is None or each["doubt"] == "before-issue"):
            continue
        told = _deadline(words, each, zone, own=bool(others))
        found.append((place, f"{told} · {each['who']}" if several and each.get("who") else told))
        if each.get("working"):
            found.append((place + 3, _worked(words, each, zone)))
        if each["kind"] != "event":
            found.extend(_besides(words, each, zone, off))
    if len(own) > _SHOWN:
        found.append((1, words("letter-line-more-deadlines", count=len(own) - _SHOWN)))
    if doubtful is not None:
        found.append((0, words("letter-line-doubt", doubt=doubt(words, kept[doubtful]))))
    if others:
        found.append((4, words("letter-line-others", said="; ".join(_other(each, zone) for each in others[:3]))))
    if several:
        found.append((8, words("letter-line-whose")))
    return found or [(6, words("letter-line-no-deadline"))]


def doubt(words: Words, kept: Kept) -> str:
    """`"trước ngày 31/4": lịch không có ngày này`"""
    return words(f"letter-doubt-{kept['doubt']}", said=_cut(kept["said"]))


def choices(words: Words, shown: Letter, zone: ZoneInfo) -> tuple[Button, ...]:
    """The days that the first doubtful deadline may mean, and another one; nothing when all is clear."""
    place = demanded.first_doubt(shown.demands)
    if place is None:
        return ()
    local = [each.astimezone(zone) for each in demanded.readings(shown.demands[place])]
    days = [
        Button(label=say_short_day(each.date(), words.language), action=f"letter-due:{shown.id}:{place}:{n}")
        for n, each in enumerate(local[:2])
    ]
    other = Button(label=words("letter-button-other-day"), action=f"letter-due:{shown.id}:{place}:{OTHER}")
    return (*days, other)


def options(words: Words, kept: Kept, zone: ZoneInfo) -> list[tuple[str, str]]:
    """The same as answers to a question."""
    days = [(say_short(each.astimezone(zone), words.language), str(each)) for each in demanded.readings(kept)]
    return [*days, (words("letter-option-not-a-deadline"), "none")]


def _deadline(words: Words, kept: Kept, zone: ZoneInfo, *, own: bool) -> str:
    quoted = _cut(kept["said"])
    if kept["due"] is None:
        return words("letter-line-deadline-open", said=quoted)
    due = datetime.fromisoformat(kept["due"]).astimezone(zone)
    moment = say_moment(due, words.language) if kept.get("has_hour") else say_day(due.date(), words.language)
    moment += " (?)" if kept.get("doubt") else ""
    if kept["kind"] == "event":
        return words("letter-line-event", due=moment, said=quoted)
    return words("letter-line-deadline-own" if own else "letter-line-deadline", due=moment, said=quoted)


def _worked(words: Words, kept: Kept, zone: ZoneInfo) -> str:
    """`nhận 20/11 + 3 ngày làm việc = 25/11`"""
    working = kept["working"]
    due = datetime.fromisoformat(kept["due"]).astimezone(zone)
    told = words(
        "letter-line-working",
        since=words(f"letter-since-{working['since']}"),
        start=_short(working["start"]),
        count=working["count"],
        unit=words(f"letter-unit-{working['unit'].replace('_', '-')}", count=working["count"]),
        due=f"{due:%d/%m}",
    )
    off = ", ".join(_short(each) for each in working["off"])
    return f"{told} {words('letter-working-off', days=off)}" if off else told


def _besides(words: Words, kept: Kept, zone: ZoneInfo, off: Mapping[date, date]) -> list[Line]:
    """That nobody works on its day; which days come again."""
    due = datetime.fromisoformat(kept["due"]).astimezone(zone).date() if kept["due"] else None
    told: list[Line] = []
    if due is not None and due in off:
        told.append((2, words("letter-line-day-off", day=say_day(off[due], words.language))))
    if kept.get("repeats") == daily():
        told.append((2, words("letter-line-daily")))
    return told


def _short(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m}"


def _other(kept: Kept, zone: ZoneInfo) -> str:
    due = datetime.fromisoformat(kept["due"]).astimezone(zone) if kept["due"] else None
    said = f"{due:%d/%m}" if due else f'"{_cut(kept["said"], 30)}"'
    return f"{said} ({_cut(kept['who'], 40)})" if kept.get("who") else said


def _cut(said: str, length: int = 60) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"
