"""The web side: alive, ready, metrics, and whatever routes messengers bring along."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web

from bot.chat.messenger import Messenger
from storage.people import MAIL

BODY_LIMIT = 64 * 1024 * 1024  # a file of 50 MB and its form


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
        self.application = web.Application(client_max_size=BODY_LIMIT)
        self.application.add_routes(
            [
                web.get("/healthz", self._alive),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._metrics),
                *routes,
            ]
        )
        self._runner = web.AppRunner(self.application, access_log=None, handle_signals=False)
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Raises OSError when the address is taken. `self.port` is the one really used (for port 0)."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.port = self._runner.addresses[0][1] if self._runner.addresses else port

    async def stop(self) -> None:
        await self._runner.cleanup()

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
