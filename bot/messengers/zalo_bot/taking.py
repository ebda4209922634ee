"""Handing on what has been fetched: Zalo gives every update once, so it is held here until it has been taken."""

import asyncio
import logging
from collections.abc import Sequence

from bot.chat.events import Event
from bot.chat.messenger import Intake

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0)  # seconds between tries, the last for ever


class Taking:
    """One at a time, so that what comes stays in order."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._busy = asyncio.Lock()

    async def once(self, events: Sequence[Event]) -> None:
        """Raises whatever the intake raises."""
        if events:
            async with self._busy:
                await self._intake(events)

    async def surely(self, events: Sequence[Event]) -> None:
        """Until it has been taken."""
        if not events:
            return
        async with self._busy:
            tries = 0
            while not await self._try(events):
                await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    async def _try(self, events: Sequence[Event]) -> bool:
        try:
            await self._intake(events)
        except Exception:
            log.exception("an update could not be taken; it is held", extra={"events": len(events)})
            return False
        return True

    async def settled(self, seconds: float) -> None:
        """Until nothing is being taken, `seconds` at most."""
        try:
            async with asyncio.timeout(seconds), self._busy:
                return
        except TimeoutError:
            log.warning("an update is lost: it could not be taken before the end")
