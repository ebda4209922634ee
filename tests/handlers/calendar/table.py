"""The phrases of `phrases.txt` with what they mean, and the calendar they are read with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import config
from handlers.calendar import Deadline, OfficeHours, WorkingCalendar, load_overrides

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TABLE = (Path(config.__file__).parent / "holidays.toml").read_text(encoding="utf-8")
CALENDAR = WorkingCalendar.vietnam(load_overrides(TABLE), hours=OfficeHours.parse("07:30-11:30,13:30-17:00"))
FRIDAY = datetime(2026, 11, 20, 10, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Case:
    now: datetime
    phrase: str
    readings: tuple[str, ...]
    """Moments as `2026-11-25 17:00`: none, the one that is meant, or those to choose from."""
    rule: str
    more: str = ""

    def __str__(self) -> str:
        return f"{self.phrase} ({self.now:%a %d-%m %H:%M})"


def cases() -> Iterator[Case]:
    now = FRIDAY
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            now = datetime.fromisoformat(line[1:].strip()).replace(tzinfo=ZONE)
        elif line and not line.startswith("#"):
            phrase, due, rule, *more = (part.strip() for part in line.split("|"))
            readings = () if due == "-" else tuple(_moment(each) for each in due.split(" / "))
            yield Case(now, phrase, readings, rule, more[0] if more else "")


def _moment(written: str) -> str:
    return written if ":" in written else f"{written} 17:00"


def said(found: Deadline) -> tuple[str, ...]:
    readings = found.ask or ((found.due,) if found.due else ())
    return tuple(f"{each:%Y-%m-%d %H:%M}" for each in readings)


def at(day: str, clock: time = time(10)) -> datetime:
    return datetime.combine(datetime.fromisoformat(day), clock, ZONE)
