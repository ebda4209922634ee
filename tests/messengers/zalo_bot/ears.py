"""What the tests of the Zalo Bot adapter share: an intake that listens, addresses, and expected failures."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from bot.chat.events import Event, from_json, to_json
from bot.chat.messenger import Address, DeliveryFailed
from bot.messengers.zalo_bot import ZaloBot
from tests.fakes.zalobot_world import Bot, Group, Person


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
        async with asyncio.timeout(5):
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


def to(bot: Bot, place: Person | Group) -> Address:
    return Address(chat=f"{bot.number}.{bot.id_of(place)}", private=isinstance(place, Person))


async def failure(step: Awaitable[object]) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await step
    return caught.value


async def until_problem(zalo: ZaloBot, words: str) -> None:
    async with asyncio.timeout(5):
        while words not in zalo.standing.problem:
            await asyncio.sleep(0)


async def until_ready(zalo: ZaloBot) -> None:
    async with asyncio.timeout(5):
        while not zalo.standing.ready:
            await asyncio.sleep(0)
