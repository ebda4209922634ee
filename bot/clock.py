"""What time it is: the only place that asks the machine; tests stop the clock, the sandbox turns it."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Aware UTC instants and the office's calendar day. Turned, it goes on from there; stopped, it stands. Between
    replicas the database says what time it is (`set`); from then on the machine's calendar may say what it likes."""

    def __init__(self, zone: ZoneInfo, *, stopped_at: datetime | None = None) -> None:
        self.zone = zone
        self._stands: datetime | None = _kept(stopped_at) if stopped_at else None
        self._ahead = timedelta()
        self._set: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        return self._stands or self._passing() + self._ahead

    def _passing(self) -> datetime:
        if self._set is None:
            return datetime.now(UTC)  # noqa: TID251 - this is the place
        told, at = self._set
        return told + timedelta(seconds=time.monotonic() - at)

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def set(self, told: datetime, at: float) -> None:
        """It was `told` (aware) when time.monotonic() said `at`."""
        self._set = told, at

    def turn(self, to: datetime) -> None:
        """From now on it is `to` (aware)."""
        if self._stands is not None:
            self._stands = _kept(to)
        else:
            self._ahead += to.astimezone(UTC) - self.now()


def _kept(moment: datetime) -> datetime:
    """As the database keeps it, to the millisecond: on a clock that stands, what is for now must not lie ahead."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
