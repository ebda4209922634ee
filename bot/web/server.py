"""The web side: alive, ready, metrics, and whatever routes messengers bring along."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web

from bot.chat.messenger import Messenger
from bot.web.patience import Patience
from storage.people import MAIL

BODY_LIMIT = 64 * 1024 * 1024  # a file of 50 MB and its form
FIRST_WORD = 10.0  # seconds from the connection to the end of its first request's headers
BACKLOG = 128
BETWEEN = 150.0  # seconds from an answer to the end of the next headers: longer than proxies keep a connection idle


class WebSide:
    """`database_answers` is asked by /readyz; `measures` gives the text of /metrics."""

    def __init__(
        self,
        *,
        messengers: Mapping[str, Messenger],
        routes: Iterable[web.AbstractRouteDef],
        database_answers: Callable[[], Awaitable[bool]],
        measures: Callable[[], Awaitable[bytes]],
    ) -> None:
        self._messengers, self._database_answers, self._measures = messengers, database_answers, measures
        self._patience = Patience(self._protocols, FIRST_WORD)
        self.application = web.Application(client_max_size=BODY_LIMIT, middlewares=[self._patience.hear])
        self.application.add_routes(
            [
                web.get("/healthz", self._alive),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._metrics),
                *routes,
            ]
        )
        self._runner = web.AppRunner(self.application, access_log=None, handle_signals=False, keepalive_timeout=BETWEEN)
        self._listening: asyncio.Server | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Raises OSError when the address is taken. `self.port` is the one really used (for port 0)."""
        await self._runner.setup()
        self._listening = await asyncio.get_running_loop().create_server(
            self._patience.greet, host, port, backlog=BACKLOG
        )
        self.port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._listening is not None:
            self._listening.close()
        self._patience.stop()
        await self._runner.cleanup()

    def _protocols(self) -> web.Server:
        assert self._runner.server is not None
        return self._runner.server

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        """200 once updates are being taken and the database answers; a messenger that is not there is named. The mail
        server is named too, but nobody speaks to us by mail."""
        standings = {name: each.standing for name, each in self._messengers.items()}
        missing = [f"{name}: {each.problem or 'starting'}" for name, each in standings.items() if not each.ready]
        answers = await self._database_answers()
        if not answers:
            missing.append("database: does not answer")
        ready = answers and any(each.ready for name, each in standings.items() if name != MAIL)
        return web.Response(status=200 if ready else 503, text="\n".join(["ready"] * ready + missing) + "\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=await self._measures(), headers={"Content-Type": "text/plain; version=0.0.4"})
