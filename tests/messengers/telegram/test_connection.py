"""Polling and the webhook: nothing is confirmed before it is taken, and Telegram may be away."""

import asyncio
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.chat.events import (
    Said,
)
from bot.chat.messages import plain
from bot.chat.messenger import Address, MenuEntry, Outcome
from bot.messengers.telegram import Telegram, connection
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Person
from tests.messengers.telegram.ears import Ears, failure, to
from tests.ports import free_port

SECRET = "hook-secret_1"


async def test_updates_are_confirmed_only_after_they_have_been_taken(
    api: FakeBotApi, ears: Ears, telegram: Telegram, lan: Person
) -> None:
    ears.failures = 2
    api.says(lan, "một")
    heard = await ears.next(Said)
    await api.until(lambda: not api.updates)
    offsets = [int(each.asked["offset"]) for each in api.calls if each.method == "getUpdates"]
    assert offsets[-1] == int(heard.key) + 1
    assert set(offsets[:-1]) == {0}
    assert ears.heard == []


async def test_an_update_nobody_can_read_does_not_stop_the_others(
    api: FakeBotApi, ears: Ears, telegram: Telegram, lan: Person
) -> None:
    api.tell("message", {"message_id": "?", "chat": 5})
    api.says(lan, "một")
    assert (await ears.next(Said)).text == "một"
    assert ears.heard[0].kind == "unknown"


async def test_telegram_unreachable_at_the_start_is_told_and_tried_again(ears: Ears) -> None:
    port = free_port()
    telegram = Telegram(token=FakeBotApi().token, api_url=f"http://127.0.0.1:{port}")
    await telegram.start(ears)
    assert not telegram.standing.ready
    failed = await failure(telegram.send(Address(chat="1", private=True), plain("x")))
    assert (failed.outcome, failed.reason) == (Outcome.TRY_AGAIN, "cannot connect (ClientConnectorError)")
    await telegram.offer_menu([MenuEntry(name="viec", description="Việc", language="vi")])
    async with FakeBotApi(port=port) as api:
        api.says(api.person("Lan"), "một")
        assert (await ears.next(Said)).text == "một"
        assert ("all_group_chats", "vi") in api.methods.menus
        await api.until(lambda: telegram.standing.ready)
        await telegram.stop()
    assert telegram.standing.problem == "stopped"


async def test_a_wrong_token_is_named_in_the_standing(api: FakeBotApi, ears: Ears) -> None:
    telegram = Telegram(token="1:wrong", api_url=api.url)
    api.fail_next("getMe", 401)
    await telegram.start(ears)
    async with asyncio.timeout(60):
        while telegram.standing.problem != "the token is not accepted":
            await asyncio.sleep(0)
    await telegram.stop()


@asynccontextmanager
async def hooked(api: FakeBotApi, ears: Ears) -> AsyncIterator[tuple[Telegram, str]]:
    """The adapter behind a web server of its own; its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    telegram = Telegram(token=api.token, api_url=api.url, mode="webhook", webhook_secret=SECRET, public_url=url)
    application = web.Application()
    application.add_routes(telegram.routes)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await telegram.start(ears)
    await api.until(lambda: api.webhook is not None)
    try:
        yield telegram, f"{url}/hooks/telegram"
    finally:
        await telegram.stop()
        await runner.cleanup()


async def test_the_webhook_takes_what_telegram_sends_and_asks_for_it_again_when_it_cannot(
    api: FakeBotApi, ears: Ears
) -> None:
    async with hooked(api, ears) as (telegram, _):
        ears.failures = 2
        api.says(api.person("Lan"), "một")
        assert (await ears.next(Said)).text == "một"
        await api.until(lambda: not api.updates)
        assert api.deliveries == [503, 503, 200]
        assert api.webhook is not None
        assert "chat_member" in api.webhook["allowed_updates"]
        assert telegram.standing.ready


async def test_the_webhook_turns_strangers_and_nonsense_away(api: FakeBotApi, ears: Ears) -> None:
    async with hooked(api, ears) as (_, url), aiohttp.ClientSession() as session:

        async def answers(body: bytes | io.BytesIO, secret: str | None = SECRET) -> int:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
            async with session.post(url, data=body, headers=headers) as response:
                return response.status

        assert await answers(b'{"update_id": 1}', None) == 403
        assert await answers(b'{"update_id": 1}', SECRET + "x") == 403
        assert await answers(b"not json") == 400
        assert await answers(io.BytesIO(b" " * (1024 * 1024 + 1))) == 413
        assert ears.heard == []
        assert await answers(b'{"update_id": 1}') == 200


async def test_a_webhook_that_was_changed_or_fails_is_noticed(
    api: FakeBotApi, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CHECK_SECONDS", 0.01)
    async with hooked(api, ears) as (telegram, url):
        api.webhook = None
        await api.until(lambda: api.webhook is not None and api.webhook["url"] == url)
        assert telegram.standing.ready


async def test_a_webhook_without_its_secret_is_a_mistake_said_at_once(api: FakeBotApi) -> None:
    with pytest.raises(ValueError, match="needs the public URL and the secret"):
        Telegram(token=api.token, mode="webhook", public_url="https://office.example")


async def test_a_webhook_that_cannot_deliver_is_named_in_the_standing(
    api: FakeBotApi, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CHECK_SECONDS", 0.01)
    api.webhook_trouble = {"last_error_date": int(time.time()) + 60, "last_error_message": "Connection refused"}
    async with hooked(api, ears) as (telegram, _):
        ears.failures = 1_000_000
        api.says(api.person("Lan"), "một")
        await api.until(lambda: telegram.standing.problem == "the webhook fails: Connection refused")
        assert not telegram.standing.ready


async def test_a_second_program_on_the_same_bot_is_noticed_and_outlasted(
    api: FakeBotApi, ears: Ears, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    api.says(api.person("Lan"), "một")
    await ears.next(Said)
    api.says(api.person("Bình"), "hai")
    await ears.next(Said)
    await api.until(lambda: telegram.standing.ready)
    assert "another program takes this bot's updates" in caplog.text
    assert api.token not in caplog.text


async def test_a_second_program_that_stays_is_met_less_and_less_often(
    api: FakeBotApi, ears: Ears, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks off the polls that wait, and never the first, which asks for what is there."""
    monkeypatch.setattr(connection, "PAUSES", (0.0, 0.001, 0.002, 60.0))
    for _ in range(50):
        api.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request", after=1)
    telegram = Telegram(token=api.token, api_url=api.url)
    await telegram.start(ears)
    await api.until(lambda: [call.method for call in api.calls].count("getUpdates") == 8)
    while len(told := [each for each in caplog.records if "another program" in each.getMessage()]) < 4:
        await asyncio.sleep(0)
    assert [each.__dict__["failures"] for each in told] == [1, 2, 3, 4]
    await telegram.stop()


async def test_a_proxy_that_is_away_certainly_delivers_nothing(api: FakeBotApi, ears: Ears, lan: Person) -> None:
    telegram = Telegram(token=api.token, api_url=api.url, proxy="http://127.0.0.1:9")
    await telegram.start(ears)
    failed = await failure(telegram.send(to(lan), plain("x")))
    assert failed.outcome is Outcome.TRY_AGAIN
    assert api.calls == []
    await telegram.stop()
