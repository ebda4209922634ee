"""What the tests of the Zalo Bot adapter share besides: addresses, and waiting for how it stands."""

import asyncio

from bot.chat.messenger import Address
from bot.messengers.zalo_bot import ZaloBot
from tests.fakes.zalobot_world import Bot, Group, Person
from tests.messengers.ears import Ears, failure

__all__ = ["Ears", "failure", "to", "until_problem", "until_ready"]


def to(bot: Bot, place: Person | Group) -> Address:
    return Address(chat=f"{bot.number}.{bot.id_of(place)}", private=isinstance(place, Person))


async def until_problem(zalo: ZaloBot, words: str) -> None:
    async with asyncio.timeout(60):
        while words not in zalo.standing.problem:
            await asyncio.sleep(0)


async def until_ready(zalo: ZaloBot) -> None:
    async with asyncio.timeout(60):
        while not zalo.standing.ready:
            await asyncio.sleep(0)
