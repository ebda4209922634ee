"""What time it is: the only place that asks the machine; tests stop the clock, the sandbox turns it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Aware UTC instants and the office's calendar day. Turned, it goes on from there; stopped, it stands."""

    def __init__(self, zone: ZoneInfo, *, stopped_at: datetime | None = None) -> None:
        self.zone = zone
        self._stands: datetime | None = stopped_at.astimezone(UTC) if stopped_at else None
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._stands or datetime.now(UTC) + self._ahead  # noqa: TID251 - this is the place

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def turn(self, to: datetime) -> None:
        """From now on it is `to` (aware)."""
        if self._stands is not None:
            self._stands = to.astimezone(UTC)
        else:
            self._ahead += to.astimezone(UTC) - self.now()
