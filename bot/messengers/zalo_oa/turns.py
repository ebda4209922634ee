"""One event at a time per chat, the earliest first among those that wait."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime


class Turns:
    """Zalo tells events of one chat side by side; none may overtake another while a name is being looked up."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[datetime, int, asyncio.Future[None]]]] = {}
        self._numbers = itertools.count()

    @asynccontextmanager
    async def turn(self, chat: str, at: datetime) -> AsyncIterator[None]:
        if chat in self._waiting:
            ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting[chat], (at, next(self._numbers), ready))
            try:
                await ready
            except asyncio.CancelledError:
                if ready.done() and not ready.cancelled():
                    self._next(chat)
                raise
        else:
            self._waiting[chat] = []
        try:
            yield
        finally:
            self._next(chat)

    def _next(self, chat: str) -> None:
        waiting = self._waiting[chat]
        while waiting:
            ready = heapq.heappop(waiting)[2]
            if not ready.done():
                ready.set_result(None)
                return
        del self._waiting[chat]
