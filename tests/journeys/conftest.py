"""The program behind its front door, with an office in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.messengers.telegram import connection
from bot.messengers.zalo_bot import connection as zalo_connection
from bot.messengers.zalo_bot import taking
from config.settings import Settings
from tests.fakes.botapi import FakeBotApi
from tests.journeys.front import Front, Office, an_office, running, settings_of
from tests.stage import FRIDAY, VIET_NAM


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Broken lines are tried again at once; no settings file is found."""
    for module in (connection, zalo_connection, taking):
        monkeypatch.setattr(module, "PAUSES", (0.01,))
    monkeypatch.setattr(zalo_connection, "QUICK_SECONDS", 0.01)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock(VIET_NAM, stopped_at=FRIDAY)


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi(now=lambda: clock.now().timestamp()) as running_api:
        yield running_api


@pytest.fixture
def telegram_settings(api: FakeBotApi, tmp_path: Path, database_url: str) -> Settings:
    return settings_of(tmp_path / "data", api, database_url=database_url)


@pytest.fixture
async def front(telegram_settings: Settings, api: FakeBotApi, clock: Clock) -> AsyncIterator[Front]:
    async with running(telegram_settings, api, clock) as made:
        yield made


@pytest.fixture
async def team(front: Front) -> Office:
    return await an_office(front)
