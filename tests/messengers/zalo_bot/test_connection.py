"""Polling: Zalo gives an update once, so nothing that was fetched is lost."""

import asyncio
import logging
from collections.abc import Sequence

import pytest

from bot.chat.events import Event, Said
from bot.chat.messages import plain
from bot.chat.messenger import Outcome
from bot.messengers.zalo_bot import ZaloBot
from tests.fakes.zalobot import FakeZaloBot, Fault
from tests.fakes.zalobot_world import Person
from tests.messengers.zalo_bot.ears import Ears, failure, to, until_problem, until_ready
from tests.ports import free_port

SECRET = "hook-secret_1"


async def test_what_was_fetched_is_held_until_it_could_be_kept_and_stays_in_order(
    api: FakeZaloBot, ears: Ears, zalo: ZaloBot, lan: Person
) -> None:
    ears.failures = 3
    for text in ("một", "hai", "ba"):
        api.says(lan, text)
    heard = [(await ears.next(Said)).text for _ in range(3)]
    assert heard == ["một", "hai", "ba"]


async def test_an_update_in_hand_when_the_program_stops_is_still_kept(api: FakeZaloBot, lan: Person) -> None:
    ears, begun, go = Ears(), asyncio.Event(), asyncio.Event()

    async def slow(events: Sequence[Event]) -> None:
        begun.set()
        await go.wait()
        await ears(events)

    zalo = ZaloBot(token=api.token, api_url=api.url)
    await zalo.start(slow)
    api.says(lan, "một")
    await begun.wait()

    async def release() -> None:
        go.set()

    await asyncio.gather(zalo.stop(), release())
    assert [each.text for each in ears.heard if isinstance(each, Said)] == ["một"]


async def test_silence_is_no_trouble(ears: Ears, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeZaloBot(longest_poll=0.001) as api:
        zalo = ZaloBot(token=api.token, api_url=api.url)
        await zalo.start(ears)
        await api.until(lambda: sum(each.method == "getUpdates" for each in api.calls) > 3)
        assert zalo.standing.ready
        assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []
        api.says(api.person("Lan"), "một")
        await ears.next(Said)
        await zalo.stop()


async def test_a_page_of_html_and_an_outage_are_outlasted(
    api: FakeZaloBot, ears: Ears, zalo: ZaloBot, lan: Person
) -> None:
    faults: tuple[Fault, ...] = (502, "nonsense", "drop", 429)
    for fault in faults:
        api.fail_next("getUpdates", fault)
    api.says(lan, "một")
    api.says(lan, "hai")
    assert [(await ears.next(Said)).text for _ in range(2)] == ["một", "hai"]
    await until_ready(zalo)


async def test_an_update_nobody_can_read_does_not_stop_the_others(
    api: FakeZaloBot, ears: Ears, zalo: ZaloBot, lan: Person
) -> None:
    api.tell({"event_name": "message.text.received", "message": {"chat": 5}})
    api.tell({"nothing": "known"})
    api.says(lan, "một")
    assert (await ears.next(Said)).text == "một"


async def test_a_webhook_left_from_before_is_taken_down_for_polling(api: FakeZaloBot, ears: Ears) -> None:
    api.bots[0].webhook = {"url": "https://old.example/hook", "secret_token": SECRET}
    zalo = ZaloBot(token=api.token, api_url=api.url)
    await zalo.start(ears)
    await api.until(lambda: api.bots[0].webhook is None)
    api.says(api.person("Lan"), "một")
    await ears.next(Said)
    await zalo.stop()


async def test_zalo_unreachable_at_the_start_is_told_and_tried_again(ears: Ears) -> None:
    port = free_port()
    zalo = ZaloBot(token=FakeZaloBot().token, api_url=f"http://127.0.0.1:{port}")
    await zalo.start(ears)
    await until_problem(zalo, "cannot connect (ConnectError)")
    async with FakeZaloBot(port=port) as api:
        api.says(api.person("Lan"), "một")
        assert (await ears.next(Said)).text == "một"
        assert zalo.standing.name == "Bot Giao Ban"
        await zalo.stop()
    assert zalo.standing.problem == "stopped"


async def test_a_wrong_token_is_named_in_the_standing_and_never_shown(
    api: FakeZaloBot, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    zalo = ZaloBot(token="4001000000000:WrongSecret", api_url=api.url)
    await zalo.start(ears)
    await until_problem(zalo, "the token is not accepted")
    await zalo.stop()
    assert "WrongSecret" not in caplog.text


async def test_a_bot_that_may_not_join_groups_says_so_and_works(api: FakeZaloBot, ears: Ears) -> None:
    api.bots[0].can_join_groups = False
    zalo = ZaloBot(token=api.token, api_url=api.url)
    await zalo.start(ears)
    await until_problem(zalo, "can_join_groups")
    assert zalo.standing.ready
    await zalo.stop()


async def test_one_bot_of_several_that_fails_is_named_by_its_number(ears: Ears) -> None:
    async with FakeZaloBot(bots=2) as api:
        zalo = ZaloBot(tokens=[api.token, "77:wrong"], api_url=api.url)
        await zalo.start(ears)
        await until_problem(zalo, "bot 77: the token is not accepted")
        await until_ready(zalo)
        await zalo.stop()


async def test_httpx_logs_an_address_without_the_token(
    api: FakeZaloBot, zalo: ZaloBot, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await zalo.send(to(api.bots[0], lan), plain("x"))
    assert f"HTTP Request: POST {api.url}/sendMessage" in caplog.text
    assert api.token.partition(":")[2] not in caplog.text


async def test_a_message_under_way_when_the_program_stops_is_unclear(
    api: FakeZaloBot, zalo: ZaloBot, lan: Person
) -> None:
    api.fail_next("sendMessage", "hang")

    async def stop() -> None:
        await api.until(lambda: api.calls[-1].method == "sendMessage")
        await zalo.stop()

    failed, _ = await asyncio.gather(failure(zalo.send(to(api.bots[0], lan), plain("x"))), stop())
    assert failed.outcome is Outcome.UNCLEAR
    closed = await failure(zalo.send(to(api.bots[0], lan), plain("x")))
    assert closed.outcome is Outcome.TRY_AGAIN


async def test_a_bot_can_be_started_again(api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person) -> None:
    await zalo.stop()
    await zalo.start(ears)
    api.says(lan, "một")
    assert (await ears.next(Said)).text == "một"


async def test_a_proxy_that_is_away_certainly_delivers_nothing(api: FakeZaloBot, ears: Ears, lan: Person) -> None:
    zalo = ZaloBot(token=api.token, api_url=api.url, proxy="http://127.0.0.1:9")
    await zalo.start(ears)
    await until_problem(zalo, "cannot connect")
    assert api.calls == []
    await zalo.stop()
