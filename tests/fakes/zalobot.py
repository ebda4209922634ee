"""A Zalo Bot API server on loopback: one update at a time and only once, no edits, no files, and its refusals."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from aiohttp import web

from bot.background import Background
from tests.fakes.zalobot_people import People
from tests.fakes.zalobot_world import Bot, Json, Message, Refused, World, bad

SECRET_HEADER = "X-Bot-Api-Secret-Token"
Fault = int | Literal["hang", "drop_after_accept", "nonsense", "drop"]


@dataclass(frozen=True, slots=True)
class Call:
    bot: str
    method: str
    asked: Mapping[str, Any]


class FakeZaloBot(People):
    """`async with FakeZaloBot() as api:`. Refusals come with status 200 unless `honest_status`.

    `wrapped`: updates are documented as wrapped in `result`, seen bare on the webhook.
    """

    def __init__(
        self,
        *,
        bots: int = 1,
        port: int = 0,
        now: Callable[[], float] = time.time,
        quota: int = 3000,
        max_people: int = 50,
        longest_poll: float = 30.0,
    ) -> None:
        names = ("Bot Giao Ban", "Bot Giao Ban 2", "Bot Giao Ban 3")
        self.bots = [Bot(f"{4001 + n}{'0' * 9}:FakeZaloSecret{n}aAbBcC", names[n]) for n in range(bots)]
        self.world = World(now, quota, max_people)
        self.calls: list[Call] = []
        self.wrapped = False
        self.honest_status = False
        self.tries = 1
        """How often the webhook is told an update that it does not take: Zalo's policy is not documented."""
        self.answers: list[int] = []
        """What the webhooks answered, in order; 0 where they did not."""
        self._longest_poll = longest_poll
        self._faults: dict[str, deque[tuple[Fault, str, int] | None]] = {}
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._background = Background()
        self._port = port
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/media/{name}", self._download)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0, handler_cancellation=True)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        for each in self.bots:
            self._background.start(self._deliver(each), name="fake webhook")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._changed.set()
        await self._background.stop()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def token(self) -> str:
        return self.bots[0].token

    @property
    def sent(self) -> list[Message]:
        return [each for each in self.world.messages if isinstance(each.sender, Bot)]

    def fail_next(
        self, method: str, fault: Fault, description: str = "", times: int = 1, after: int = 0, retry_after: int = 0
    ) -> None:
        """A code refuses; `hang` never answers; `drop` cuts the line, `drop_after_accept` once it has been done;
        `nonsense` is a page of HTML. The first `after` calls go well."""
        faults: list[tuple[Fault, str, int] | None] = [None] * after
        self._faults.setdefault(method, deque()).extend([*faults, *[(fault, description, retry_after)] * times])

    def works_again(self) -> None:
        self._faults.clear()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Until something in the fake has made it true; checked at each call, delivery and update."""
        async with asyncio.timeout(90):
            while not condition():
                self._changed.clear()
                if not condition():
                    await self._changed.wait()

    def changed(self) -> None:
        self._changed.set()

    # requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        bot = next((each for each in self.bots if each.token == request.match_info["token"]), None)
        fault: Fault | None = None
        try:
            if bot is None:
                raise Refused(401, "Unauthorized")
            asked = await _parameters(request)
            self.calls.append(Call(bot.number, method, asked))
            self._changed.set()
            fault = await self._fault(method, request)
            if fault == "nonsense":
                return web.Response(text="<html>một lỗi</html>", content_type="text/html")
            result = await self._perform(bot, method, asked)
        except Refused as refused:
            return self._refusal(refused)
        if fault == "drop_after_accept":
            self._cut(request)
        return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})

    async def _fault(self, method: str, request: web.Request) -> Fault | None:
        waiting = self._faults.get(method)
        broken = waiting.popleft() if waiting else None
        if broken is None:
            return None
        fault, description, after = broken
        if isinstance(fault, int):
            raise Refused(fault, description or "Error", after)
        if fault == "hang":
            await self._closing.wait()
            raise Refused(500, "closing")
        if fault == "drop":
            self._cut(request)
            raise Refused(500, "dropped")
        return fault

    @staticmethod
    def _cut(request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()

    def _refusal(self, refused: Refused) -> web.Response:
        if refused.code >= 500:
            return web.Response(status=refused.code, text="<html>Bad Gateway</html>", content_type="text/html")
        answer = {"ok": False, "error_code": refused.code, "description": refused.description}
        headers = {"Retry-After": str(refused.after)} if refused.after else {}
        return web.json_response(answer, status=refused.code if self.honest_status else 200, headers=headers)

    async def _perform(self, bot: Bot, method: str, asked: Mapping[str, Any]) -> Any:
        if method == "getMe":
            return bot.json
        if method == "getUpdates":
            return await self._get_update(bot, asked)
        if method in ("setWebhook", "deleteWebhook"):
            return await self._set_webhook(bot, asked if method == "setWebhook" else {})
        if method == "getWebhookInfo":
            return {"url": (bot.webhook or {}).get("url", ""), "updated_at": self.world.milliseconds}
        if method == "sendChatAction":
            return None
        if method not in ("sendMessage", "sendPhoto"):
            raise Refused(404, "Not Found")
        result = self.world.send(bot, method, asked)
        self._changed.set()
        return result

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.media.get(request.match_info["name"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    # updates

    async def _get_update(self, bot: Bot, asked: Mapping[str, Any]) -> Json:
        """One update, forgotten with the answer."""
        if bot.webhook is not None:
            raise bad("can't use getUpdates while webhook is active")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(float(asked.get("timeout", "30")), self._longest_poll)):
                await self.until(lambda: bool(bot.updates) or self._closing.is_set())
        if not bot.updates:
            raise Refused(408, "Request timeout")
        return bot.updates.popleft()

    async def _set_webhook(self, bot: Bot, asked: Mapping[str, Any]) -> Json:
        """The address is kept even when it does not answer; http only towards this machine."""
        url, secret = str(asked.get("url", "")), str(asked.get("secret_token", ""))
        if url and not url.startswith(("https://", "http://127.0.0.1:")):
            raise bad("url must be public HTTPS")
        if url and not 8 <= len(secret) <= 256:
            raise bad("secret_token")
        bot.webhook = {"url": url, "secret_token": secret} if url else None
        answer: Json = {"url": url, "updated_at": self.world.milliseconds}
        if url:
            status = await _probe(url)
            answer["verification"] = {"ok": status == 200, "outcome": "", "status_code": status, "hint": ""}
        self._changed.set()
        return answer

    async def _deliver(self, bot: Bot) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                await self._until_due(bot)
                update, hook = bot.updates.popleft(), bot.webhook or {}
                for _ in range(self.tries):
                    self.answers.append(await self._post(session, hook, update))
                    self._changed.set()
                    if self.answers[-1] == 200:
                        break

    async def _until_due(self, bot: Bot) -> None:
        while bot.webhook is None or not bot.updates:
            self._changed.clear()
            if bot.webhook is None or not bot.updates:
                await self._changed.wait()

    async def _post(self, session: aiohttp.ClientSession, hook: Json, update: Json) -> int:
        body = {"ok": True, "result": update} if self.wrapped else update
        try:
            async with session.post(hook["url"], json=body, headers={SECRET_HEADER: hook["secret_token"]}) as response:
                return response.status
        except aiohttp.ClientError:
            return 0


async def _probe(url: str) -> int:
    """An empty body, as Zalo's verification sends."""
    try:
        async with aiohttp.ClientSession() as session, session.post(url) as response:
            return response.status
    except aiohttp.ClientError:
        return 0


async def _parameters(request: web.Request) -> Json:
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    return dict(request.query)
