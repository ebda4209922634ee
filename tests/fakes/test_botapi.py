"""The fake Bot API refuses, limits, redelivers and breaks as the real one does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.botapi import FakeBotApi


class Client:
    """A bot that speaks plain HTTP."""

    def __init__(self, api: FakeBotApi, session: aiohttp.ClientSession) -> None:
        self.api, self.session = api, session

    async def __call__(self, method: str, token: str | None = None, **asked: Any) -> tuple[int, dict[str, Any]]:
        url = f"{self.api.url}/bot{token or self.api.token}/{method}"
        async with self.session.post(url, json=asked) as response:
            return response.status, await response.json()

    async def refused(self, method: str, **asked: Any) -> str:
        status, answer = await self(method, **asked)
        assert (answer["ok"], answer["error_code"]) == (False, status)
        return f"{status} {answer['description']}"

    async def does(self, method: str, **asked: Any) -> Any:
        _, answer = await self(method, **asked)
        assert answer["ok"], answer
        return answer["result"]


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


async def test_a_wrong_token_is_unauthorized(bot: Client) -> None:
    assert (await bot("getMe", token="1:wrong"))[0] == 401
    assert (await bot.does("getMe"))["username"] == "giaoban_bot"


async def test_an_unknown_method_is_not_found(bot: Client) -> None:
    assert await bot.refused("makeCoffee") == "404 Not Found"


async def test_nobody_can_be_written_to_before_start_or_after_blocking(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan")
    assert await bot.refused("sendMessage", chat_id=lan.id, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    api.starts(lan)
    await bot.does("sendMessage", chat_id=lan.id, text="x")
    api.blocks(lan)
    assert await bot.refused("sendMessage", chat_id=lan.id, text="x") == "403 Forbidden: bot was blocked by the user"
    lan.deactivated = True
    assert await bot.refused("sendMessage", chat_id=lan.id, text="x") == "403 Forbidden: user is deactivated"
    assert await bot.refused("sendMessage", chat_id=1, text="x") == "400 Bad Request: chat not found"


async def test_a_group_that_removed_the_bot_refuses(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan")
    room = api.group("Phòng", [lan])
    api.removes_bot(lan, room)
    assert await bot.refused("sendMessage", chat_id=room.id, text="x") == (
        "403 Forbidden: bot was kicked from the supergroup chat"
    )


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"text": " \n"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "message_thread_id": 77}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b"}]]}}, "BUTTON_TYPE_INVALID"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "ữ" * 22}]]}},
            "BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_messages_are_refused_in_telegrams_words(
    api: FakeBotApi, bot: Client, asked: dict[str, Any], answer: str
) -> None:
    lan = api.person("Lan", started=True)
    assert await bot.refused("sendMessage", chat_id=lan.id, **asked) == f"400 Bad Request: {answer}"


async def test_editing_is_refused_without_a_change_a_message_or_ownership(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan")
    own = api.says(lan, "của tôi")
    sent = await bot.does("sendMessage", chat_id=lan.id, text="một")
    here = {"chat_id": lan.id, "message_id": sent["message_id"]}
    assert "message is not modified: specified new" in await bot.refused("editMessageText", **here, text="một")
    await bot.does("editMessageText", **here, text="hai")
    assert [each.text for each in api.sent] == ["hai"]
    assert "message can't be edited" in await bot.refused(
        "editMessageText", chat_id=lan.id, message_id=own.id, text="hai"
    )
    await bot.does("deleteMessage", **here)
    assert "message to edit not found" in await bot.refused("editMessageText", **here, text="ba")
    assert "message to delete not found" in await bot.refused("deleteMessage", **here)
    assert api.sent == []


async def test_rights_are_needed_to_delete_pin_and_invite(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan")
    room = api.group("Phòng", [lan], bot_rights=["can_change_info"])
    said = api.says(lan, "xin chào", room)
    here = {"chat_id": room.id, "message_id": said.id}
    assert "can't be deleted" in await bot.refused("deleteMessage", **here)
    assert "not enough rights to manage pinned" in await bot.refused("pinChatMessage", **here)
    assert "not enough rights" in await bot.refused("createChatInviteLink", chat_id=room.id)


async def test_a_press_can_be_answered_once(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan", started=True)
    keyboard = {"inline_keyboard": [[{"text": "Nhận", "callback_data": "a"}]]}
    await bot.does("sendMessage", chat_id=lan.id, text="x", reply_markup=keyboard)
    query = api.presses(lan, api.sent[0], "Nhận")
    await bot.does("answerCallbackQuery", callback_query_id=query, text="Đã nhận")
    assert api.methods.queries[query] == "Đã nhận"
    assert "query is too old" in await bot.refused("answerCallbackQuery", callback_query_id=query)


async def test_a_migrated_group_tells_its_new_id(api: FakeBotApi, bot: Client) -> None:
    room = api.group("Phòng", [api.person("Lan")], basic=True)
    new = api.migrates(room)
    status, answer = await bot("sendMessage", chat_id=room.id, text="x")
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": new.id})


async def test_updates_stay_until_an_offset_confirms_them(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan")
    api.says(lan, "một")
    api.says(lan, "hai")
    first = await bot.does("getUpdates")
    assert [each["message"]["text"] for each in first] == ["một", "hai"]
    assert await bot.does("getUpdates") == first
    assert await bot.does("getUpdates", offset=first[0]["update_id"] + 1) == first[1:]
    assert len(api.updates) == 1


async def test_membership_is_told_only_to_who_asked_for_it(api: FakeBotApi, bot: Client) -> None:
    lan, binh = api.person("Lan"), api.person("Bình")
    room = api.group("Phòng", [lan], [binh])
    api.becomes(binh, room, "administrator", by=lan)
    assert await bot.does("getUpdates", allowed_updates=["message", "chat_member"]) == []
    api.becomes(binh, room, "left")
    kinds = [next(name for name in each if name != "update_id") for each in await bot.does("getUpdates")]
    assert kinds == ["message", "chat_member"]


async def test_privacy_mode_hides_talk_from_a_bot_that_is_no_administrator(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan")
    room = api.group("Phòng", [lan], bot_rights=None)
    api.says(lan, "chuyện riêng", room)
    api.says(lan, "/viec", room)
    assert [each["message"]["text"] for each in await bot.does("getUpdates")] == ["/viec"]


async def test_polling_conflicts_with_a_webhook(api: FakeBotApi, bot: Client) -> None:
    assert "HTTPS URL must be provided" in await bot.refused("setWebhook", url="http://office.example/hook")
    await bot.does("setWebhook", url="https://office.example/hook")
    assert "can't use getUpdates method while webhook is active" in await bot.refused("getUpdates")
    await bot.does("deleteWebhook")
    assert await bot.does("getUpdates") == []


async def test_the_webhook_is_asked_again_until_it_takes_the_update(api: FakeBotApi, bot: Client) -> None:
    heard: list[tuple[str, int]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        heard.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], update["update_id"]))
        return web.Response(status=200 if len(heard) > 2 else 503)

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.does("setWebhook", url=url, secret_token="s3cret")
    api.says(api.person("Lan"), "một")
    await api.until(lambda: not api.updates)
    await runner.cleanup()
    assert api.deliveries == [503, 503, 200]
    assert [secret for secret, _ in heard] == ["s3cret"] * 3
    assert len({update for _, update in heard}) == 1


async def test_the_limits_are_enforced_and_say_how_long_to_wait() -> None:
    now = [0.0]
    async with FakeBotApi(limits=True, clock=lambda: now[0]) as api, aiohttp.ClientSession() as session:
        bot, people = Client(api, session), [api.person(f"N{n}", started=True) for n in range(32)]
        room = api.group("Phòng", [people[0]])
        await bot.does("sendMessage", chat_id=people[0].id, text="x")
        status, answer = await bot("sendMessage", chat_id=people[0].id, text="x")
        assert (status, answer["description"], answer["parameters"]) == (
            429,
            "Too Many Requests: retry after 1",
            {"retry_after": 1},
        )
        for person in people[1:30]:
            await bot.does("sendMessage", chat_id=person.id, text="x")
        assert (await bot("sendMessage", chat_id=people[30].id, text="x"))[0] == 429
        now[0] = 1.0
        for _ in range(20):
            await bot.does("sendMessage", chat_id=room.id, text="x")
        now[0] = 11.0
        assert (await bot("sendMessage", chat_id=room.id, text="x"))[1]["parameters"] == {"retry_after": 50}
        now[0] = 61.0
        await bot.does("sendMessage", chat_id=room.id, text="x")
        assert api.rates.refused == 3


async def test_faults_happen_once_and_dropping_comes_after_the_deed(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan", started=True)
    api.fail_next("sendMessage", 502)
    assert await bot.refused("sendMessage", chat_id=lan.id, text="x") == "502 Bad Gateway"
    api.fail_next("sendMessage", "drop_after_accept")
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=lan.id, text="một")
    api.fail_next("sendMessage", "hang")
    asked = len(api.calls)
    hanging = asyncio.ensure_future(bot("sendMessage", chat_id=lan.id, text="x"))  # noqa: TID251 - to be cancelled
    await api.until(lambda: len(api.calls) > asked)
    assert not (await asyncio.wait([hanging], timeout=0.05))[0]
    hanging.cancel()
    await asyncio.wait([hanging])
    await bot.does("sendMessage", chat_id=lan.id, text="hai")
    assert [each.text for each in api.sent] == ["một", "hai"]


async def test_files_are_kept_and_come_back(api: FakeBotApi, bot: Client) -> None:
    lan = api.person("Lan", started=True)
    said = api.uploads(lan, "cv.pdf", b"%PDF")
    assert said.file is not None
    path = (await bot.does("getFile", file_id=said.file.id))["file_path"]
    async with bot.session.get(f"{api.url}/file/bot{api.token}/{path}") as response:
        assert await response.read() == b"%PDF"
    assert "can't use file of type Document as Photo" in await bot.refused(
        "sendPhoto", chat_id=lan.id, photo=said.file.id
    )
    said.file.content = bytes((20 << 20) + 1)
    assert "file is too big" in await bot.refused("getFile", file_id=said.file.id)


async def test_the_menu_takes_only_plain_names(bot: Client) -> None:
    assert "BOT_COMMAND_INVALID" in await bot.refused(
        "setMyCommands", commands=[{"command": "việc", "description": "x"}]
    )
