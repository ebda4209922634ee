"""The Official Account promises what every messenger promises."""

from collections.abc import AsyncIterator, Sequence

import pytest

from bot.chat.events import Event, Said
from bot.chat.messenger import Address, Messenger
from bot.messengers.zalo_oa import messenger
from tests.fakes.zalooa import APP_SECRET, FakeZaloOa
from tests.messengers.contract import Arrived, MessengerContract, Twice, WireBench
from tests.messengers.zalo_oa.world import Stage, clock, to

SEND = "/message/cs"


class OaBench(WireBench):
    def __init__(self, stage: Stage) -> None:
        self.stage, self.api = stage, stage.api
        self.lan = stage.api.person("Lan", alive=True)
        self.reachable = to(self.lan)
        self.intake = Twice()
        self.secret = "secret"  # every token and key of the fake has this word in it

    def arrived(self) -> Sequence[Arrived]:
        return [Arrived(each.id, each.text) for each in self.api.sent]

    def gone(self) -> Address:
        return to(self.api.person("Bình"))

    def slow_down(self) -> float:
        self.api.fail_next(SEND, -32)
        return 60.0

    def lose(self) -> None:
        self.api.fail_next(SEND, "drop_after_accept")

    def break_down(self) -> None:
        self.api.fail_next(SEND, 503)

    def unreachable(self) -> Messenger:
        return self.stage.adapter(api_url="http://127.0.0.1:9")

    async def heard_twice(self) -> tuple[Event, Event]:
        assert await self.api.says(self.lan, "một") == 503
        self.stage.pass_time(seconds=30)
        assert await self.api.retell() == [200]
        first, second = await self.intake.both(Said)
        return first, second


@pytest.fixture
async def bench(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OaBench]:
    monkeypatch.setattr(messenger, "PAUSES", (0.01,))
    time = clock()
    async with FakeZaloOa(now=time.now) as api, Stage(api, time) as stage:
        assert "secret" in APP_SECRET
        made = OaBench(stage)
        stage.ears = made.intake  # type: ignore[assignment]
        made.messenger = await stage.running()
        yield made


class TestOaContract(MessengerContract):
    pass
