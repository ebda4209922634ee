"""The front door on two messengers: one program before Telegram's and Zalo's bot servers of our own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import Clock
from bot.messengers.telegram import Telegram
from tests.fakes.botapi import FakeBotApi
from tests.fakes.zalobot import FakeZaloBot
from tests.journeys.front import UNHURRIED, Front
from tests.journeys.zalo import BotFront, bot_running, settings_of


@asynccontextmanager
async def both_running(
    api: FakeBotApi, clock: Clock, data: Path, database_url: str
) -> AsyncIterator[tuple[Front, BotFront]]:
    async with FakeZaloBot(now=lambda: clock.now().timestamp()) as zalo_api:
        own = settings_of(
            data,
            database_url=database_url,
            telegram={"token": "", "api_url": api.url} | UNHURRIED,
            zalo_bot={"token": zalo_api.token, "api_url": zalo_api.url},
        )
        telegram = Telegram(token=api.token, api_url=api.url, clock=clock)
        async with bot_running(own, zalo_api, clock, telegram) as zalo:
            yield Front(api, zalo.app), zalo
