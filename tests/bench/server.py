"""A Bot API lean enough never to be the bottleneck: canned answers, counting, and one enforced rate."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.botapi_rates import Rates

ME = {"id": 7_000_000_001, "is_bot": True, "first_name": "Giao Ban", "username": "giaoban_bot"}
_CHAT = re.compile(rb'chat_id(?:=|":\s*"?)(-?\d+)')
UNLIMITED = 10**9


@dataclass
class Count:
    """What was sent since the last reset; `first` and `last` on the machine's monotonic clock."""

    sent: int = 0
    groups: int = 0
    refused: int = 0
    other: int = 0
    first: float = 0.0
    last: float = 0.0
    chats: set[int] = field(default_factory=set)

    def note(self, chat: int) -> None:
        self.last = time.monotonic()
        self.first = self.first or self.last
        self.sent += 1
        self.groups += chat < 0
        self.chats.add(chat)

    @property
    def told(self) -> dict[str, Any]:
        return {**vars(self), "chats": len(self.chats)}


class Server:
    """`/bot<token>/<method>` as a messenger, `/bench/…` for the bench."""

    def __init__(self) -> None:
        self.count = Count()
        self.limit = 0
        self._rates = Rates(time.monotonic)
        self._changed = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.Response:
        name = request.path.rpartition("/")[2]
        if request.path.startswith("/bench/"):
            return _json(await getattr(self, f"_bench_{name}")(request))
        body = await request.read()
        if name == "sendMessage":
            return self._send(body)
        self.count.other += 1
        return _json({"ok": True, "result": ME if name == "getMe" else True})

    def _send(self, body: bytes) -> web.Response:
        found = _CHAT.search(body)
        chat = int(found[1]) if found else 0
        wait = self._rates.retry_after(chat) if self.limit else None
        if wait is not None:
            self.count.refused += 1
            refusal = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {wait}"}
            return _json({**refusal, "parameters": {"retry_after": wait}}, status=429)
        self.count.note(chat)
        self._changed.set()
        place = {"id": chat, "type": "private", "first_name": "A"} if chat > 0 else {"id": chat, "type": "supergroup"}
        message = {"message_id": self.count.sent, "date": 1_790_000_000, "chat": place, "from": ME, "text": "x"}
        return _json({"ok": True, "result": message})

    async def _bench_reset(self, request: web.BaseRequest) -> Any:
        """`limit`: messages a second over all chats; 0 for none."""
        self.count, self.limit = Count(), int(request.query.get("limit", 0))
        self._rates = Rates(time.monotonic, per_second=self.limit or UNLIMITED)
        return {}

    async def _bench_wait(self, request: web.BaseRequest) -> Any:
        """What was counted, once `sent` messages have come or after `seconds`."""
        wanted = int(request.query["sent"])
        try:
            async with asyncio.timeout(float(request.query.get("seconds", 60))):
                await self._until(lambda: self.count.sent >= wanted)
        except TimeoutError:
            pass
        return self.count.told

    async def _until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            self._changed.clear()
            await self._changed.wait()


def _json(content: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(content).encode(), status=status, content_type="application/json")


async def _serve() -> None:
    runner = web.ServerRunner(web.Server(Server().answer, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve())
