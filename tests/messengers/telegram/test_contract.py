"""Telegram promises what every messenger promises."""

import logging
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.chat.events import Event, Said
from bot.chat.messenger import Address, Messenger
from bot.messengers.telegram import Telegram, connection
from tests.fakes.botapi import FakeBotApi
from tests.messengers.contract import Arrived, MessengerContract, Twice, WireBench
from tests.messengers.telegram.ears import to


class TelegramBench(WireBench):
    logs_from = logging.INFO  # python-telegram-bot writes its address, with the token, at DEBUG

    def __init__(self, api: FakeBotApi) -> None:
        self.api, self.secret = api, api.token.partition(":")[2]
        self.lan = api.person("Lan", "lan", started=True)
        self.reachable = to(self.lan)
        self.intake = Twice()
        self.messenger = Telegram(token=api.token, api_url=api.url)

    def arrived(self) -> Sequence[Arrived]:
        return [Arrived(str(each.id), each.text) for each in self.api.sent]

    def gone(self) -> Address:
        return to(self.api.person("Bình", "binh"))

    def slow_down(self) -> float:
        self.api.fail_next("sendMessage", 429, retry_after=7)
        return 7.0

    def lose(self) -> None:
        self.api.fail_next("sendMessage", "drop_after_accept")

    def break_down(self) -> None:
        self.api.fail_next("sendMessage", 502)

    def unreachable(self) -> Messenger:
        return Telegram(token=self.api.token, api_url="http://127.0.0.1:9")

    async def heard_twice(self) -> tuple[Event, Event]:
        self.api.says(self.lan, "một")
        return await self.intake.both(Said)


@pytest.fixture
async def bench(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramBench]:
    monkeypatch.setattr(connection, "PAUSES", (0.01,))
    async with FakeBotApi() as api:
        made = TelegramBench(api)
        await made.messenger.start(made.intake)
        await api.until(lambda: made.messenger.standing.ready or any(each.method == "getUpdates" for each in api.calls))
        yield made
        await made.messenger.stop()


class TestTelegramContract(MessengerContract):
    pass
