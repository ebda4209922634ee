"""When something recurring comes next: the arithmetic is APScheduler's."""

from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger


def next_daily(clock_time: str, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant strictly after `after` at which it is `clock_time` ("07:30") in `zone`."""
    hour, minute = clock_time.split(":")[:2]
    trigger = CronTrigger(hour=int(hour), minute=int(minute), timezone=zone)
    found: datetime = trigger.get_next_fire_time(after, after)
    return found
