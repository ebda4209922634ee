"""The office's own working calendar, from its settings and its table of days."""

from pathlib import Path

import config
from config.settings import Settings
from handlers.calendar.days import OfficeHours, WorkingCalendar, load_overrides

SHIPPED = Path(config.__file__).parent / "holidays.toml"


def working_calendar(settings: Settings) -> WorkingCalendar:
    """The operator's `holidays.toml` in the data directory replaces the one that ships."""
    own = settings.data_dir / "holidays.toml"
    table = (own if own.exists() else SHIPPED).read_text(encoding="utf-8")
    return WorkingCalendar.vietnam(load_overrides(table), hours=OfficeHours.parse(settings.office.hours))
