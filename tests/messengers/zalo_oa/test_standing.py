"""How the adapter says that it is doing, and that it goes on when Zalo does not answer."""

import asyncio
from datetime import timedelta

import pytest

from bot.messengers.zalo_oa import ZaloOa, messenger
from bot.messengers.zalo_oa.turns import Turns
from tests.messengers.zalo_oa.world import FRIDAY, Stage


async def until(adapter: ZaloOa, *, ready: bool) -> str:
    """The problem, once it stands like this."""
    async with asyncio.timeout(60):
        while adapter.standing.ready is not ready:
            await asyncio.sleep(0.001)
    return adapter.standing.problem


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messenger, "CHECK_SECONDS", 0.01)
    monkeypatch.setattr(messenger, "PAUSES", (0.01,))


async def test_an_outage_is_noticed_and_its_end_too(stage: Stage) -> None:
    adapter = await stage.running()
    assert await until(adapter, ready=True) == ""
    assert adapter.standing.name == "Giao Ban"
    stage.api.fail_next("/getoa", 503, times=10_000)
    assert "503" in await until(adapter, ready=False)
    stage.api.faults_end()
    assert await until(adapter, ready=True) == ""


async def test_an_account_that_does_not_tell_about_itself_can_send_nevertheless(stage: Stage) -> None:
    stage.api.fail_next("/getoa", -212, times=10_000)
    adapter = await stage.running()
    assert "no permission" in await until(adapter, ready=True)


async def test_a_disabled_account_is_not_ready(stage: Stage) -> None:
    stage.api.fail_next("/getoa", -204, times=10_000)
    adapter = await stage.running()
    assert stage.api.oauth.renewals == 1
    async with asyncio.timeout(60):
        while "disabled" not in adapter.standing.problem:
            await asyncio.sleep(0.001)
    assert not adapter.standing.ready


async def test_who_gives_up_waiting_holds_nobody_back() -> None:
    turns, order, going = Turns(), [], asyncio.Event()

    async def one(number: int) -> None:
        async with turns.turn("chat", FRIDAY + timedelta(seconds=number)):
            order.append(number)
            await going.wait()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number)) for number in (0, 3, 2, 1)]
        await asyncio.sleep(0)
        tasks[2].cancel()
        await asyncio.sleep(0)
        going.set()
    assert order == [0, 1, 3]
    assert turns._waiting == {}
