"""The webhook: strangers stay outside, nothing that came in is lost, every bot has its own door."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.chat.events import Said
from bot.chat.messages import plain
from bot.messengers.zalo_bot import ZaloBot, connection
from tests.fakes.zalobot import SECRET_HEADER, FakeZaloBot
from tests.messengers.zalo_bot.ears import Ears, to, until_problem, until_ready
from tests.ports import free_port

SECRET = "hook-secret_1"


@asynccontextmanager
async def hooked(api: FakeZaloBot, ears: Ears) -> AsyncIterator[tuple[ZaloBot, str]]:
    """The adapter behind a web server of its own; its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    tokens = [each.token for each in api.bots]
    zalo = ZaloBot(tokens=tokens, api_url=api.url, mode="webhook", webhook_secret=SECRET, public_url=url)
    application = web.Application()
    application.add_routes(zalo.routes)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await zalo.start(ears)
    await until_ready(zalo)
    try:
        yield zalo, f"{url}/hooks/zalo-bot"
    finally:
        await zalo.stop()
        await runner.cleanup()


@pytest.mark.parametrize("wrapped", [True, False])
async def test_the_webhook_takes_what_zalo_sends(api: FakeZaloBot, ears: Ears, wrapped: bool) -> None:
    api.wrapped = wrapped
    async with hooked(api, ears):
        api.says(api.person("Lan"), "một")
        assert (await ears.next(Said)).text == "một"
        await api.until(lambda: api.answers == [200])


async def test_what_the_webhook_could_not_keep_is_held_even_if_zalo_never_comes_again(
    api: FakeZaloBot, ears: Ears
) -> None:
    async with hooked(api, ears):
        ears.failures = 2
        api.says(api.person("Lan"), "một")
        assert (await ears.next(Said)).text == "một"
        await api.until(lambda: bool(api.answers))
        assert api.answers == [503]


async def test_a_redelivery_carries_the_same_key(api: FakeZaloBot, ears: Ears) -> None:
    async with hooked(api, ears):
        api.says(api.person("Lan"), "một")
        first = await ears.next(Said)
        again = {"from": {"id": "x"}, "chat": {"id": "x"}, "message_id": first.message_id, "text": "một"}
        api.tell({"event_name": "message.text.received", "message": again})
        assert (await ears.next(Said)).key == first.key


async def test_the_webhook_turns_strangers_and_nonsense_away(api: FakeZaloBot, ears: Ears) -> None:
    async with hooked(api, ears) as (_, url), aiohttp.ClientSession() as session:

        async def answers(body: bytes | io.BytesIO, secret: str | None = SECRET, below: str = "") -> int:
            headers = {SECRET_HEADER: secret} if secret is not None else {}
            async with session.post(url + below, data=body, headers=headers) as response:
                return response.status

        assert await answers(b'{"event_name": "x"}', None) == 403
        assert await answers(b'{"event_name": "x"}', SECRET + "x") == 403
        assert await answers(b"not json") == 400
        assert await answers(io.BytesIO(b" " * (256 * 1024 + 1))) == 413
        assert await answers(b"{}", below="/9999") == 404
        assert await answers(b"", None) == 200
        assert await answers(b"[]") == 200
        assert ears.heard == []


async def test_a_stranger_is_turned_away_before_a_word_of_the_body_is_read(api: FakeZaloBot, ears: Ears) -> None:
    async with hooked(api, ears) as (_, url):
        port = int(url.split(":")[2].split("/")[0])
        for length in ("Content-Length: 1000", "Transfer-Encoding: chunked"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"POST /hooks/zalo-bot HTTP/1.1\r\nHost: here\r\n{length}\r\n\r\n".encode())
            async with asyncio.timeout(60):
                assert b" 403 " in await reader.readline()
            writer.close()


async def test_every_bot_has_a_door_of_its_own(ears: Ears) -> None:
    async with FakeZaloBot(bots=2) as api, hooked(api, ears) as (zalo, url):
        await api.until(lambda: all(each.webhook for each in api.bots))
        second = api.bots[1]
        assert [each.webhook["url"] for each in api.bots if each.webhook] == [url, f"{url}/{second.number}"]
        lan = api.person("Lan")
        await api.until(lambda: sum(each.method == "setWebhook" for each in api.calls) >= 2)
        api.says(lan, "một", bot=1)
        heard = await ears.next(Said)
        assert heard.chat.id == to(second, lan).chat
        await zalo.send(to(second, lan), plain("chào"))
        assert api.sent[0].sender is second


async def test_a_webhook_that_was_changed_is_set_again(
    api: FakeZaloBot, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CHECK_SECONDS", 0.01)
    async with hooked(api, ears) as (zalo, url):
        api.bots[0].webhook = None
        await api.until(lambda: api.bots[0].webhook is not None and api.bots[0].webhook["url"] == url)
        assert zalo.standing.ready


async def test_a_webhook_that_zalo_cannot_reach_is_named_in_the_standing(api: FakeZaloBot, ears: Ears) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    zalo = ZaloBot(token=api.token, api_url=api.url, mode="webhook", webhook_secret=SECRET, public_url=url)
    await zalo.start(ears)
    await until_problem(zalo, "Zalo cannot reach the webhook (status 0)")
    assert not zalo.standing.ready
    await zalo.stop()


@pytest.mark.parametrize(("secret", "url"), [("", "https://x.example"), ("short", "https://x.example"), (SECRET, "")])
async def test_a_webhook_without_its_secret_or_address_is_a_mistake_said_at_once(secret: str, url: str) -> None:
    with pytest.raises(ValueError, match="needs the public URL and a secret"):
        ZaloBot(token="1:x", mode="webhook", webhook_secret=secret, public_url=url)
