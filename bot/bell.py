"""Rings for the other replicas when there is something for them, and hears them ring."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from sqlalchemy.exc import OperationalError

from bot.background import Background
from storage import calling
from storage.database import Database

log = logging.getLogger(__name__)
TOGETHER = 0.02  # seconds in which what happens is told once
PAUSE = 2.0  # seconds until a broken line is tried again: meanwhile everybody looks once a second


class Bell:
    """Only where there may be others (PostgreSQL)."""

    def __init__(self, database: Database, replica: str, background: Background) -> None:
        self._database, self._replica, self._background = database, replica, background
        self._rings = False

    def ring(self) -> None:
        """Soon, and once for all that comes meanwhile."""
        if self._database.shared and not self._rings:
            self._rings = True
            self._background.start(self._ring_soon(), name="bell")

    async def ring_now(self) -> None:
        if not self._database.shared:
            return
        try:
            await self._database.run(partial(calling.call, said=self._replica))
        except OperationalError:
            log.info("the others could not be told; they look by themselves")

    async def _ring_soon(self) -> None:
        try:
            await asyncio.sleep(TOGETHER)
        finally:
            self._rings = False
        await self.ring_now()

    async def listen(self, heard: Callable[[], None]) -> None:
        """Until cancelled."""
        while self._database.shared:
            try:
                async for who in calling.calls(self._database.engine):
                    if who != self._replica:
                        heard()
            except OSError:
                log.warning("the bell's line broke")
            await asyncio.sleep(PAUSE)
