"""How near a deadline is, as the morning says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Entry:
    """A task, or a letter given to nobody yet, on one line; `due` in the office's zone."""

    number: int
    title: str
    due: datetime
    lead: str
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """Overdue since before today, due today, and due within the next three days."""

    overdue: tuple[Entry, ...]
    today: tuple[Entry, ...]
    soon: tuple[Entry, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.today or self.soon)


def by_nearness(entries: Iterable[Entry], now: datetime) -> Sorted:
    entries = sorted(entries, key=lambda each: (each.due, each.number))
    today = now.date()
    return Sorted(
        overdue=tuple(each for each in entries if each.due < now),
        today=tuple(each for each in entries if each.due >= now and each.due.date() == today),
        soon=tuple(each for each in entries if today < each.due.date() <= today + SOON),
    )
