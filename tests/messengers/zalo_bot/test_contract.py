"""Zalo Bot promises what every messenger promises."""

from collections.abc import AsyncIterator, Sequence

import pytest

from bot.chat.events import Event, Said
from bot.chat.messenger import Address, Messenger
from bot.messengers.zalo_bot import ZaloBot
from tests.fakes.zalobot import FakeZaloBot
from tests.messengers.contract import Arrived, MessengerContract, Twice, WireBench
from tests.messengers.zalo_bot.ears import to


class ZaloBench(WireBench):
    def __init__(self, api: FakeZaloBot) -> None:
        self.api, self.secret = api, api.token.partition(":")[2]
        self.lan = api.person("Nguyễn Thị Lan", wrote=True)
        self.reachable = to(api.bots[0], self.lan)
        self.intake = Twice()
        self.messenger = ZaloBot(token=api.token, api_url=api.url, hint="Trả lời bằng số để chọn")

    def arrived(self) -> Sequence[Arrived]:
        return [Arrived(each.id, each.text) for each in self.api.sent]

    def gone(self) -> Address:
        binh = self.api.person("Trần Văn Bình", wrote=True)
        binh.blocked = True
        return to(self.api.bots[0], binh)

    def slow_down(self) -> float:
        self.api.fail_next("sendMessage", 429, "Too Many Requests", retry_after=7)
        return 7.0

    def lose(self) -> None:
        self.api.fail_next("sendMessage", "drop_after_accept")

    def break_down(self) -> None:
        self.api.fail_next("sendMessage", 502)

    def unreachable(self) -> Messenger:
        return ZaloBot(token=self.api.token, api_url="http://127.0.0.1:9")

    async def heard_twice(self) -> tuple[Event, Event]:
        """The first time it cannot be kept; then, once it has been, it comes again."""
        self.api.says(self.lan, "một")
        return await self.intake.both(Said)


@pytest.fixture
async def bench() -> AsyncIterator[ZaloBench]:
    async with FakeZaloBot() as api:
        made = ZaloBench(api)
        await made.messenger.start(made.intake)
        await api.until(lambda: any(each.method == "getUpdates" for each in api.calls))
        yield made
        await made.messenger.stop()


class TestZaloBotContract(MessengerContract):
    pass
