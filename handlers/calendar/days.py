"""Which days and hours are worked: statutory holidays, swapped days, and an operator's own table over them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.calendar import statutory

OFF, WORKING = "off", "working"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """`07:30-11:30,13:30-17:00`: a morning and an afternoon."""

    morning: tuple[time, time]
    afternoon: tuple[time, time]

    @classmethod
    def parse(cls, text: str) -> "OfficeHours":
        """Raises ValueError when `text` is not two spans of clock times in order."""
        spans = [tuple(time.fromisoformat(end.strip()) for end in span.split("-")) for span in text.split(",")]
        if len(spans) != 2 or any(len(span) != 2 for span in spans):
            raise ValueError("office hours are written like 07:30-11:30,13:30-17:00")
        (a, b), (c, d) = spans
        if not a < b <= c < d:
            raise ValueError("office hours must be in order")
        return cls((a, b), (c, d))

    @property
    def start(self) -> time:
        return self.morning[0]

    @property
    def end(self) -> time:
        return self.afternoon[1]


@dataclass(frozen=True, slots=True)
class Override:
    """What an operator (or an announcement) says of one day."""

    kind: str
    name: str = ""


def load_overrides(text: str) -> Mapping[date, Override]:
    """Reads holidays.toml: `[[day]] date = 2026-01-02, kind = "off" | "working", name = "…"`.

    Raises ValueError, with a sentence for the operator, when the table is not written like that.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"holidays.toml: {wrong}") from wrong
    entries = table.get("day", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("holidays.toml: every day begins with a line [[day]]")
    return dict(map(_override, entries))


def _override(entry: Mapping[str, object]) -> tuple[date, Override]:
    day, kind = entry.get("date"), entry.get("kind")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"holidays.toml: {day} must be a date like 2026-11-24")  # noqa: TRY004 - a written value is wrong
    if kind not in (OFF, WORKING):
        raise ValueError(f"holidays.toml: {day} must be of kind off or working")
    return day, Override(str(kind), str(entry.get("name", "")))


class WorkingCalendar:
    """Days off by PyPI `holidays` (Labour Code art. 112, swaps included), corrected by the override table."""

    def __init__(self, overrides: Mapping[date, Override], hours: OfficeHours) -> None:
        self._overrides, self.hours = overrides, hours
        self._known = statutory.days_off()

    @classmethod
    def vietnam(cls, overrides: Mapping[date, Override], *, hours: OfficeHours) -> "WorkingCalendar":
        return cls(overrides, hours)

    def is_working(self, day: date) -> bool:
        override = self._overrides.get(day)
        if override is not None:
            return override.kind == WORKING
        return bool(self._known.is_working_day(day))

    def why_off(self, day: date) -> str:
        """The holiday's name, or an empty text for an ordinary weekend or working day."""
        override = self._overrides.get(day)
        if override is not None:
            return override.name if override.kind == OFF else ""
        return str(self._known.get(day) or "")

    def last_working(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def before(self, day: date) -> date:
        """The last working day strictly before."""
        return self.last_working(day - _ONE_DAY)

    def after(self, day: date) -> date:
        """The first working day strictly after."""
        day += _ONE_DAY
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def add(self, day: date, working_days: int) -> date:
        """The day itself is not counted (Civil Code 2015 art. 147)."""
        for _ in range(working_days):
            day = self.after(day)
        return day

    def in_office_hours(self, moment: datetime) -> datetime:
        """`moment`, or the next moment at which people are at work (the noon break counts as work)."""
        day, clock = moment.date(), moment.time()
        if self.is_working(day) and self.hours.start <= clock <= self.hours.end:
            return moment
        if not self.is_working(day) or clock > self.hours.end:
            day = self.after(day)
        return datetime.combine(day, self.hours.start, moment.tzinfo)
