"""What the bots have used, kept over restarts."""

import asyncio
import logging
from collections.abc import Mapping

from bot.background import Background
from bot.messengers.zalo_bot.usage import Counted, Meter, UsageStore

log = logging.getLogger(__name__)
SAVE_SECONDS = 10.0  # between two looks at what has been used


class Keeping:
    """`meters` by the bot's number. Without a store nothing is kept."""

    def __init__(self, store: UsageStore | None, meters: Mapping[str, Meter]) -> None:
        self._store, self._meters = store, meters
        self._saved: list[Counted] = []
        """Without messages: what the store knew after the last time."""
        self._background = Background()

    async def start(self) -> None:
        await self.restore()
        if self._store is not None:
            self._background.start(self._keep(), name="zalo bot usage")

    async def stop(self) -> None:
        await self._background.stop()
        await self.save()

    async def restore(self) -> None:
        if self._store is None:
            return
        try:
            known = await self._store.load()
        except OSError:
            log.warning("the usage of the Zalo bots is not known; counting begins anew")
            return
        for bot, month, messages, people, _ in known:
            if bot in self._meters:
                self._meters[bot].restore(month, messages, people)

    async def save(self) -> None:
        told = [each.unsaved for each in self._meters.values()]
        if self._store is None or told == self._saved:
            return
        try:
            sums = await self._store.save(told)
        except OSError:
            log.warning("the usage of the Zalo bots could not be kept")
            return
        for each, known in zip(told, sums, strict=True):
            self._meters[each[0]].note_kept(each, known)
        self._saved = [(bot, month, 0, people, nearly) for bot, month, _, people, nearly in told]

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(SAVE_SECONDS)
            await self.save()
