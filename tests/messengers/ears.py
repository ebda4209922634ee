"""What the tests of every adapter share: an intake that listens, and expected failures."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from bot.chat.events import Event, from_json, to_json
from bot.chat.messenger import DeliveryFailed


class Ears:
    """An intake that remembers, and can be made to fail."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.failures = 0
        self._more = asyncio.Event()

    async def __call__(self, events: Sequence[Event]) -> None:
        self._more.set()
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.heard.extend(events)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not condition():
                self._more.clear()
                await self._more.wait()

    async def next(self, kind: type[Any]) -> Any:
        """The first event of this kind; it survives being stored."""
        await self.until(lambda: any(isinstance(each, kind) for each in self.heard))
        found = next(each for each in self.heard if isinstance(each, kind))
        assert from_json(to_json(found)) == found
        self.heard.remove(found)
        return found


async def failure(step: Awaitable[object]) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await step
    return caught.value
