"""A running adapter, let in by a fake Bot API, with one person and one group."""

from collections.abc import AsyncIterator

import pytest

from bot.messengers.telegram import Telegram, connection
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Group, Person
from tests.messengers.telegram.ears import Ears


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSES", (0.01,))


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
async def telegram(api: FakeBotApi, ears: Ears) -> AsyncIterator[Telegram]:
    """Polling, and already let in."""
    running = Telegram(token=api.token, api_url=api.url)
    await running.start(ears)
    await api.until(lambda: running.standing.ready or any(each.method == "getUpdates" for each in api.calls))
    yield running
    await running.stop()


@pytest.fixture
def lan(api: FakeBotApi) -> Person:
    return api.person("Lan", "lan", started=True)


@pytest.fixture
def room(api: FakeBotApi, lan: Person) -> Group:
    return api.group("Phòng Tổng hợp", [lan])
