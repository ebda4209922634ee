"""What comes again: RRULE texts (RFC 5545) of Vietnamese offices and the arithmetic of the next time."""

import re
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS = re.compile(r"BYMONTH=([\d,]+)")


def daily() -> str:
    return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def weekly(*weekdays: int) -> str:
    """Monday is 0."""
    return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[each] for each in sorted(set(weekdays)))}"


def monthly(day: int, months: tuple[int, ...] = ()) -> str:
    """In a month that is too short the last day stands in."""
    days = f"{day}" if day <= 28 else ",".join(str(each) for each in range(28, day + 1)) + ";BYSETPOS=-1"
    which = f";BYMONTH={','.join(map(str, months))}" if months else ""
    return f"FREQ=MONTHLY{which};BYMONTHDAY={days}"


def next_day(rule: str, after: date) -> date:
    """The first day of the rule strictly after `after`."""
    found: datetime | None = rrulestr(rule, dtstart=datetime.combine(after, time())).after(
        datetime.combine(after, time())
    )
    assert found is not None, "the rules made here never end"
    return found.date()


def period_start(rule: str, day: date) -> date:
    """When the period ending with `day` begins: a week's Monday, a month's or quarter's first, a day itself."""
    if "FREQ=WEEKLY" in rule:
        return day if rule == daily() else day - timedelta(days=day.weekday())
    months = _MONTHS.search(rule)
    if months is None:
        return day.replace(day=1)
    if months[1].count(",") == 3:
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day.replace(month=1, day=1)
