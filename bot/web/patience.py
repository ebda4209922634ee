"""Connections that say what they want in time: who sends a header for ever holds none of ours."""

import asyncio
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware


class Patience:
    """aiohttp waits for a first request as long as the other side likes. `greet` makes the protocol of each new
    connection; `hear`, a middleware, learns that a request's headers have come; who has not got so far within `seconds`
    is cut off. From the second request on aiohttp's own keep-alive does that."""

    def __init__(self, runner: Callable[[], web.Server], seconds: float) -> None:
        self._runner, self._seconds = runner, seconds
        self._silent: dict[object, asyncio.TimerHandle] = {}

    def greet(self) -> asyncio.Protocol:
        protocol = self._runner()()
        loop = asyncio.get_running_loop()
        self._silent[protocol] = loop.call_later(self._seconds, self._let_go, protocol)
        return protocol

    @property
    def hear(self) -> Middleware:
        @web.middleware
        async def hear(request: web.Request, handler: Handler) -> web.StreamResponse:
            waiting = self._silent.pop(request.protocol, None)
            if waiting is not None:
                waiting.cancel()
            return await handler(request)

        return hear

    def stop(self) -> None:
        for waiting in self._silent.values():
            waiting.cancel()
        self._silent.clear()

    def _let_go(self, protocol: web.RequestHandler) -> None:
        self._silent.pop(protocol, None)
        protocol.force_close()
