"""Being told updates: a secret in the header, a limit on the body, and 200 only once they have been taken."""

import hmac
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.chat.events import Event
from bot.messengers.body import as_json, read
from bot.messengers.zalo_bot.incoming import updates

log = logging.getLogger(__name__)
PATH = "/hooks/zalo-bot"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BODY_LIMIT = 256 * 1024
LATER = {"Retry-After": "5"}

Read = Callable[[Mapping[str, Any]], Event | None]


class Listener:
    """What a bot's updates are handed to. `hold` keeps what could not be taken: whether Zalo comes again is unknown."""

    def __init__(self, read: Read, take: Callable[[Sequence[Event]], Any], hold: Callable[[Sequence[Event]], None]):
        self.read, self.take, self.hold = read, take, hold


class Webhook:
    """One door for all bots: the first at PATH, the others below it, by number. Closed until `open`."""

    def __init__(self, secret: str, bots: Sequence[str]) -> None:
        self._secret, self._bots = secret, tuple(bots)
        self._listeners: dict[str, Listener] = {}

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, self._receive), web.post(PATH + "/{bot}", self._receive)]

    def path(self, bot: str) -> str:
        return PATH if bot == self._bots[0] else f"{PATH}/{bot}"

    def open(self, bot: str, listener: Listener) -> None:
        self._listeners[bot] = listener

    def close(self, bot: str) -> None:
        self._listeners.pop(bot, None)

    async def _receive(self, request: web.Request) -> web.Response:
        """No body is a probe: it says nothing, and 200 is all it learns. Of a stranger's body no word is read."""
        if not request.body_exists:
            return web.Response()
        if not self._is_zalo(request):
            return web.Response(status=403)
        body = await read(request, BODY_LIMIT)
        if not body.strip():
            return web.Response()
        bot = request.match_info.get("bot", self._bots[0])
        if bot not in self._bots:
            return web.Response(status=404)
        try:
            raw = as_json(body)
        except ValueError:
            return web.Response(status=400)
        listener = self._listeners.get(bot)
        if listener is None:
            return web.Response(status=503, headers=LATER)
        return await _take(listener, raw)

    def _is_zalo(self, request: web.Request) -> bool:
        said = request.headers.get(SECRET_HEADER, "")
        return bool(self._secret) and hmac.compare_digest(said.encode(errors="surrogateescape"), self._secret.encode())


async def _take(listener: Listener, raw: object) -> web.Response:
    events = [event for each in updates(raw) if (event := listener.read(each)) is not None]
    try:
        await listener.take(events)
    except Exception:
        log.exception("an update could not be taken")
        listener.hold(events)
        return web.Response(status=503, headers=LATER)
    return web.Response()
