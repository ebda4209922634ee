"""Outcomes on their way into the database: those that come together are recorded together, and none is lost."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.exc import OperationalError

from bot.background import Background
from bot.delivery import ending
from bot.delivery.ending import Ended
from storage.database import Database

log = logging.getLogger(__name__)
PATIENCE = 0.5  # seconds between tries while the database does not answer
AT_ONCE = 100


@dataclass(slots=True)
class _Waiting:
    ended: Ended
    again_at: asyncio.Future[datetime | None]


class Recorder:
    """`record` returns once the outcome is durable: when to try again, or None when this message has ended."""

    def __init__(self, database: Database, background: Background) -> None:
        self._database, self._background = database, background
        self._waiting: list[_Waiting] = []
        self._recording = False

    async def record(self, ended: Ended) -> datetime | None:
        mine = _Waiting(ended, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if not self._recording:
            self._recording = True
            self._background.start(self._record_all(), name="outcomes")
        return await mine.again_at

    async def _record_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                await self._together(batch)
        finally:
            self._recording = False

    async def _together(self, batch: Sequence[_Waiting]) -> None:
        try:
            found = await self._surely(batch)
        except Exception as failure:  # noqa: BLE001 - a bug: handed to whoever waits, and to nobody else
            if len(batch) == 1:
                batch[0].again_at.set_exception(failure)
                return
            for each in batch:
                await self._together([each])
            return
        for each, again_at in zip(batch, found, strict=True):
            if not each.again_at.done():
                each.again_at.set_result(again_at)

    async def _surely(self, batch: Sequence[_Waiting]) -> Sequence[datetime | None]:
        """Until the database takes them: sent is a fact."""
        outcomes = [each.ended for each in batch]
        while True:
            try:
                return await self._database.run(partial(ending.record_all, outcomes=outcomes))
            except OperationalError:
                log.warning("the database does not answer; outcomes wait", extra={"count": len(outcomes)})
                await asyncio.sleep(PATIENCE)
