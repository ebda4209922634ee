"""A Bot API server on loopback: it refuses, limits, redelivers and breaks as the real one does."""

import asyncio
import contextlib
import itertools
import ssl
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from aiohttp import web

from bot.background import Background
from tests.fakes.botapi_methods import Methods
from tests.fakes.botapi_people import People
from tests.fakes.botapi_rates import Rates
from tests.fakes.botapi_weather import Weather
from tests.fakes.botapi_wire import parameters, refusal
from tests.fakes.botapi_world import Json, Message, Person, Refused, World, bad

TOKEN = "7000000001:AAFakeTokenForTests-0123456789abcdef"
USERNAME = "giaoban_bot"
USUAL = ("message", "callback_query", "my_chat_member", "chat_join_request")
"""What Telegram sends when nothing was asked for: without chat_member."""
PHRASES = {403: "Forbidden", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway"}

Fault = int | Literal["hang", "drop_after_accept"]


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    asked: Mapping[str, Any]


class FakeBotApi(People):
    """`async with FakeBotApi() as api:`. `limits` switches the rates on; `clock` measures them."""

    trusted: ssl.SSLContext | None = None
    """With which certificates the webhook is asked; the system's where there are none."""

    def __init__(
        self,
        *,
        limits: bool = False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        port: int = 0,
        redelivery_pause: float = 0.01,
    ) -> None:
        bot = Person(7_000_000_001, "Giao Ban", USERNAME, is_bot=True)
        self.world = World(bot, now)
        self.methods = Methods(self.world, self.tell)
        self.limits, self.rates = limits, Rates(clock)
        self.calls: list[Call] = []
        self.arrived: list[Call] = []
        """Messages that were taken, whether or not the answer got through."""
        self.weather: Weather | None = None
        self.updates: deque[Json] = deque()
        """Not yet confirmed."""
        self.webhook: Json | None = None
        self.deliveries: list[int] = []
        """What the webhook answered, in order; 0 where it did not."""
        self.webhook_trouble: Json = {}
        """What getWebhookInfo says beside: last_error_message …"""
        self._allowed = USUAL
        self._pause = redelivery_pause
        self._faults: dict[str, deque[tuple[Fault, str, Json] | None]] = {}
        self._update_ids = itertools.count(800_000_001)
        self._changed = asyncio.Event()
        self._pollers = 0
        self._closing = asyncio.Event()
        self._background = Background()
        self.dead = False
        """The line to it is cut: nothing that is asked gets an answer, and nothing of it is done."""
        self._port = port
        application = web.Application(client_max_size=64 << 20)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self._background.start(self._deliver(), name="fake webhook")
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
    def token(self) -> str:
        return TOKEN

    @property
    def sent(self) -> list[Message]:
        """The bot's messages that stand in chats."""
        return [each for each in self.world.messages if each.sender is self.world.bot and not each.deleted]

    def fail_next(
        self, method: str, fault: Fault, description: str = "", times: int = 1, after: int = 0, **parameters: int
    ) -> None:
        """A code refuses; `hang` never answers; `drop_after_accept` does it and cuts the line. The first `after`
        calls go well."""
        faults: list[tuple[Fault, str, Json] | None] = [None] * after
        self._faults.setdefault(method, deque()).extend([*faults, *[(fault, description, parameters)] * times])

    async def until(self, condition: Callable[[], bool]) -> None:
        """Until something in the fake has made it true; checked at each call, delivery and update."""
        while not condition():
            self._changed.clear()
            if not condition():
                await self._changed.wait()

    def cut(self, *, off: bool = True) -> None:
        self.dead = off
        self._changed.set()

    # requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if self.dead:
            self._cut(request)
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            asked = await parameters(request)
            if self.dead:
                raise Refused(502, "dead")
            self.calls.append(Call(method, asked))
            self._changed.set()
            fault = await self._fault(method) or (self.weather and await self.weather.meets(method, asked))
            if fault == "drop_before":
                self._cut(request)
            result = await self._perform(method, asked) if fault != "drop_before" else None
        except Refused as refused:
            return refusal(refused)
        if fault == "drop_after_accept":
            self._cut(request)
        return web.json_response({"ok": True, "result": result})

    async def _fault(self, method: str) -> Fault | None:
        waiting = self._faults.get(method)
        broken = waiting.popleft() if waiting else None
        if broken is None:
            return None
        fault, description, parameters = broken
        if isinstance(fault, int):
            raise Refused(fault, description or PHRASES.get(fault, "Error"), **parameters)
        if fault == "hang":
            await self._closing.wait()
            raise Refused(500, "closing")
        return fault

    @staticmethod
    def _cut(request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()

    async def _perform(self, method: str, asked: Mapping[str, Any]) -> Any:
        if method == "getMe":
            return self.world.bot.json | {"can_join_groups": True, "can_read_all_group_messages": False}
        if method == "getUpdates":
            return await self._get_updates(asked)
        if method == "getWebhookInfo":
            facts = {"has_custom_certificate": False, "pending_update_count": len(self.updates)}
            return {"url": (self.webhook or {}).get("url", "")} | facts | self.webhook_trouble
        if method in ("setWebhook", "deleteWebhook"):
            return self._set_webhook(asked if method == "setWebhook" else {})
        if self.limits and method.startswith("send") and method != "sendChatAction":
            wait = self.rates.retry_after(int(asked["chat_id"]))
            if wait is not None:
                raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        result = self.methods.call(method, asked)
        if method in ("sendMessage", "sendDocument", "sendPhoto"):
            self.arrived.append(Call(method, asked))
        self._changed.set()
        return result

    async def _download(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["path"].rpartition("/")[2])
        if request.match_info["token"] != TOKEN or file is None:
            return refusal(Refused(404, "Not Found"))
        return web.Response(body=file.content)

    # updates

    def tell(self, kind: str, content: Json) -> None:
        if kind in self._allowed:
            self.updates.append({"update_id": next(self._update_ids), kind: content})
            self._changed.set()

    async def _get_updates(self, asked: Mapping[str, Any]) -> list[Json]:
        if self.webhook is not None:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )
        self._allowed = tuple(asked.get("allowed_updates") or self._allowed)
        while self.updates and self.updates[0]["update_id"] < int(asked.get("offset", 0)):
            self.updates.popleft()
        self._pollers += 1
        mine = self._pollers
        self._changed.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(float(asked.get("timeout", 0)), 50.0)):
                await self.until(
                    lambda: bool(self.updates) or self._pollers != mine or self.dead or self._closing.is_set()
                )
        if self.dead:
            raise Refused(502, "dead")
        if self._pollers != mine:
            raise Refused(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return list(self.updates)[: int(asked.get("limit", 100))]

    def _set_webhook(self, asked: Mapping[str, Any]) -> bool:
        """http only towards this machine."""
        url = str(asked.get("url", ""))
        if url and not url.startswith(("https://", "http://127.0.0.1:")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = dict(asked) if url else None
        self._allowed = tuple(asked.get("allowed_updates") or self._allowed)
        self._changed.set()
        return True

    async def _deliver(self) -> None:
        """In order; the next only after a 2xx, the first retry at once, then with pauses."""
        async with aiohttp.ClientSession() as session:
            while True:
                await self.until(lambda: self.webhook is not None and self._has_news)
                failures = 0
                while self.webhook is not None and self._has_news:
                    if self.weather is not None:
                        self.deliveries.append(await self.weather.tells(self.updates, self._poster(session)))
                        self._changed.set()
                        continue
                    status = await self._post(session, self.webhook, self.updates[0])
                    self.deliveries.append(status)
                    if 200 <= status < 300:
                        self.updates.popleft()
                        failures = 0
                    else:
                        failures += 1
                    self._changed.set()
                    await asyncio.sleep(self._pause * (failures - 1) if failures > 1 else 0)

    @property
    def _has_news(self) -> bool:
        return bool(self.updates) or (self.weather is not None and self.weather.has_echoes)

    def _poster(self, session: aiohttp.ClientSession) -> Callable[[Json], Awaitable[int]]:
        return lambda update: self._post(session, self.webhook or {}, update)

    async def _post(self, session: aiohttp.ClientSession, webhook: Json, update: Json) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": str(webhook.get("secret_token", ""))}
        try:
            async with session.post(webhook["url"], json=update, headers=headers, ssl=self.trusted or True) as response:
                return response.status
        except aiohttp.ClientError:
            return 0
