"""When a task reminds, and when a reminder makes a phone sound."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum

from handlers.calendar import WorkingCalendar

DAY_BEFORE_AT = time(8)
SHORTLY = timedelta(hours=2)
PUSHES_A_DAY = 3  # the morning digest among them; what comes after is sent without a sound


class Rung(StrEnum):
    DAY_BEFORE = "day-before"  # one working day before, at 08:00
    SHORTLY = "shortly"  # two hours before
    AT_DEADLINE = "at-deadline"
    EXTRA = "extra"  # added by somebody with /remind


def marks(due: datetime, *, before: bool, express: bool, calendar: WorkingCalendar) -> Iterator[tuple[Rung, datetime]]:
    """The ladder of a deadline. `before`: a day said as `trước ngày …`; on time is surely the working day before.

    Outside office hours only an express task (hỏa tốc) reminds: what such a mark would say stands in the next
    morning's digest.
    """
    if before:
        due = datetime.combine(calendar.before(due.date()), due.time(), due.tzinfo)
    yield Rung.DAY_BEFORE, datetime.combine(calendar.before(due.date()), DAY_BEFORE_AT, due.tzinfo)
    for rung, at in ((Rung.SHORTLY, due - SHORTLY), (Rung.AT_DEADLINE, due)):
        if express or calendar.in_office_hours(at) == at:
            yield rung, at


def is_quiet(rung: str, pushes_before: int, *, express: bool) -> bool:
    """The day-before mark was told by the morning's digest already; past the day's measure nothing sounds."""
    if express or rung == Rung.EXTRA:
        return False
    return rung == Rung.DAY_BEFORE or pushes_before >= PUSHES_A_DAY
