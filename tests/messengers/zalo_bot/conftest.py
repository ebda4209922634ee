"""A running adapter, let in by a fake Zalo Bot API, with one person and one group."""

from collections.abc import AsyncIterator

import pytest

from bot.messengers.zalo_bot import ZaloBot, connection, taking
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalobot_world import Group, Person
from tests.messengers.zalo_bot.ears import Ears


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSES", (0.01,))
    monkeypatch.setattr(connection, "QUICK_SECONDS", 0.01)
    monkeypatch.setattr(taking, "PAUSES", (0.01,))


@pytest.fixture
async def api() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot() as running:
        yield running


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
async def zalo(api: FakeZaloBot, ears: Ears) -> AsyncIterator[ZaloBot]:
    """Polling, and already let in."""
    running = ZaloBot(token=api.token, api_url=api.url, media=(api.host,), hint="Trả lời {example} để chọn")
    await running.start(ears)
    await api.until(lambda: any(each.method == "getUpdates" for each in api.calls))
    yield running
    await running.stop()


@pytest.fixture
def lan(api: FakeZaloBot) -> Person:
    return api.person("Nguyễn Thị Lan", wrote=True)


@pytest.fixture
def room(api: FakeZaloBot, lan: Person) -> Group:
    return api.group("Phòng Tổng hợp", [lan])
