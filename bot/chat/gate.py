"""A gate that others open and close: what goes through it goes on only while it is open."""

import asyncio
from collections.abc import Awaitable, Callable


class Gate:
    """Open from the start: who has nobody beside him need not ask."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._going: set[asyncio.Timeout] = set()

    @property
    def is_open(self) -> bool:
        return self._open.is_set()

    def open(self) -> None:
        self._open.set()

    def close(self) -> None:
        """Whatever goes through it is broken off."""
        self._open.clear()
        for limit in self._going:
            if not limit.expired():
                limit.reschedule(0)

    async def opened(self) -> None:
        await self._open.wait()

    async def while_open(self, work: Callable[[], Awaitable[None]]) -> None:
        """Runs `work` once it is open, breaks it off when it is closed, and begins anew; raises what `work` raises."""
        while True:
            await self.opened()
            try:
                async with asyncio.timeout(None) as limit:
                    self._going.add(limit)
                    return await work()
            except TimeoutError:
                if not limit.expired():
                    raise
            finally:
                self._going.discard(limit)
