"""The fake Zalo Bot API is as strict and as forgetful as the reference says."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.zalobot import SECRET_HEADER, FakeZaloBot


class Client:
    """Asks without any adapter."""

    def __init__(self, api: FakeZaloBot, session: aiohttp.ClientSession) -> None:
        self._api, self._session = api, session

    async def asks(self, method: str, *, token: str = "", **asked: Any) -> dict[str, Any]:
        url = f"{self._api.url}/bot{token or self._api.token}/{method}"
        async with self._session.post(url, json=asked) as response:
            answer: dict[str, Any] = await response.json()
            return answer | {"status": response.status}


@pytest.fixture
async def api() -> AsyncIterator[FakeZaloBot]:
    async with FakeZaloBot(longest_poll=0.01) as running:
        yield running


@pytest.fixture
async def client(api: FakeZaloBot) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


async def test_refusals_come_in_a_200(api: FakeZaloBot, client: Client) -> None:
    answer = await client.asks("getMe", token="1:wrong")
    assert (answer["status"], answer["ok"], answer["error_code"]) == (200, False, 401)
    api.honest_status = True
    assert (await client.asks("getMe", token="1:wrong"))["status"] == 401


async def test_an_update_is_given_once_and_alone_then_there_is_silence(api: FakeZaloBot, client: Client) -> None:
    lan = api.person("Lan")
    api.says(lan, "một")
    api.says(lan, "hai")
    first = await client.asks("getUpdates", timeout="30")
    second = await client.asks("getUpdates", timeout="30")
    silence = await client.asks("getUpdates", timeout="30")
    assert [each["result"]["message"]["text"] for each in (first, second)] == ["một", "hai"]
    assert first["result"]["message"]["chat"]["chat_type"] == "PRIVATE"
    assert first["result"]["message"]["chat"]["id"] == first["result"]["message"]["from"]["id"]
    assert first["result"]["message"]["date"] > 1_700_000_000_000
    assert (silence["ok"], silence["error_code"]) == (False, 408)


async def test_only_who_has_written_can_be_written_to(api: FakeZaloBot, client: Client) -> None:
    lan = api.person("Lan")
    chat = api.bots[0].id_of(lan)
    assert (await client.asks("sendMessage", chat_id=chat, text="x"))["error_code"] == 400
    api.says(lan, "chào")
    answer = await client.asks("sendMessage", chat_id=chat, text="x")
    assert answer["result"]["message_id"] == api.sent[0].id
    lan.blocked = True
    assert (await client.asks("sendMessage", chat_id=chat, text="x"))["error_code"] == 403


@pytest.mark.parametrize(
    "asked",
    [
        {"text": ""},
        {"text": "a" * 2001},
        {"text": "😀" * 1001},
        {"text": "abc", "text_styles": [{"start": 1, "len": 3, "st": ["b"]}]},
        {"text": "abc", "text_styles": [{"start": 0, "len": 3, "st": ["bold"]}]},
        {"text": "abc", "parse_mode": "Markdown"},
    ],
)
async def test_a_text_must_fit_and_its_styles_lie_within(
    api: FakeZaloBot, client: Client, asked: dict[str, Any]
) -> None:
    chat = api.bots[0].id_of(api.person("Lan", wrote=True))
    assert (await client.asks("sendMessage", chat_id=chat, **asked))["error_code"] == 400
    assert api.sent == []


async def test_a_photo_is_an_address_and_there_are_no_files_and_edits(api: FakeZaloBot, client: Client) -> None:
    chat = api.bots[0].id_of(api.person("Lan", wrote=True))
    assert (await client.asks("sendPhoto", chat_id=chat, photo="a.jpg"))["error_code"] == 400
    assert (await client.asks("sendPhoto", chat_id=chat, photo="https://tinh.gov.vn/a.jpg"))["ok"]
    for method in ("sendDocument", "editMessageText", "deleteMessage"):
        assert (await client.asks(method, chat_id=chat))["error_code"] == 404


async def test_a_group_is_heard_only_when_the_bot_is_named_or_answered(api: FakeZaloBot, client: Client) -> None:
    lan = api.person("Lan", wrote=True)
    room = api.group("Phòng", [lan])
    await client.asks("sendMessage", chat_id=api.bots[0].id_of(room), text="việc")
    api.says(lan, "trò chuyện", room)
    api.says(lan, "@Bot Giao Ban việc", room)
    api.says(lan, "1", room, reply_to=api.sent[0])
    assert [each["message"]["text"] for each in api.bots[0].updates] == ["@Bot Giao Ban việc", "1"]


async def test_the_free_tier_ends(client: Client) -> None:
    async with FakeZaloBot(quota=2, max_people=1) as small, aiohttp.ClientSession() as session:
        chat = small.bots[0].id_of(lan := small.person("Lan"))
        small.says(lan, "chào")
        small.says(small.person("Bình"), "chào")
        assert len(small.bots[0].updates) == 1
        asking = Client(small, session)
        assert (await asking.asks("sendMessage", chat_id=chat, text="1"))["ok"]
        assert (await asking.asks("sendMessage", chat_id=chat, text="2"))["error_code"] == 429


async def test_bots_see_other_ids_for_the_same_person() -> None:
    async with FakeZaloBot(bots=2) as api:
        lan = api.person("Lan")
        assert api.bots[0].id_of(lan) == api.bots[0].id_of(lan) != api.bots[1].id_of(lan)


async def test_the_words_of_protected_people_stay_with_zalo(api: FakeZaloBot) -> None:
    lan = api.person("Lan")
    lan.protected = True
    api.says(lan, "bí mật")
    assert api.bots[0].updates[0]["event_name"] == "message.unsupported.received"
    assert "bí mật" not in str(api.bots[0].updates)


async def test_faults_can_be_ordered(api: FakeZaloBot, client: Client) -> None:
    chat = api.bots[0].id_of(api.person("Lan", wrote=True))
    api.fail_next("sendMessage", 429, after=1)
    api.fail_next("sendMessage", "drop_after_accept")
    api.fail_next("sendMessage", "drop")
    assert (await client.asks("sendMessage", chat_id=chat, text="1"))["ok"]
    assert (await client.asks("sendMessage", chat_id=chat, text="2"))["error_code"] == 429
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await client.asks("sendMessage", chat_id=chat, text="3")
    assert [each.text for each in api.sent] == ["1", "3"]


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_webhook_gets_updates_with_its_secret_and_ends_polling(
    api: FakeZaloBot, client: Client, wrapped: bool
) -> None:
    got: list[tuple[str, Any]] = []
    more = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        if not await request.read():
            return web.Response()
        got.append((request.headers[SECRET_HEADER], await request.json()))
        more.set()
        return web.Response(status=500 if len(got) == 1 else 200)

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    api.wrapped, api.tries = wrapped, 2
    assert (await client.asks("setWebhook", url="http://tinh.gov.vn/hook", secret_token="s" * 8))["error_code"] == 400
    assert (await client.asks("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s"))["error_code"] == 400
    answer = await client.asks("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s" * 8)
    assert answer["result"]["verification"]["ok"]
    assert (await client.asks("getUpdates", timeout="1"))["error_code"] == 400
    api.says(api.person("Lan"), "một")
    await api.until(lambda: api.answers == [500, 200])
    assert [each[0] for each in got] == ["s" * 8] * 2
    assert ("result" in got[0][1]) is wrapped
    await runner.cleanup()
