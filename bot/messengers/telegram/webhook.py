"""Being told updates: a secret in the header, a limit on the body, and 200 only once they have been taken."""

import hmac
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web

from bot.chat.messenger import Intake
from bot.messengers.body import as_json, read
from bot.messengers.telegram.contents import Me
from bot.messengers.telegram.incoming import read_json

log = logging.getLogger(__name__)
PATH = "/hooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BODY_LIMIT = 1024 * 1024
LATER = {"Retry-After": "5"}


class Webhook:
    """Closed until `open`: Telegram is told to come again."""

    def __init__(self, secret: str, now: Callable[[], datetime]) -> None:
        self._secret, self._now = secret, now
        self._me: Me | None = None
        self._intake: Intake | None = None

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, self._receive)]

    def open(self, me: Me, intake: Intake) -> None:
        self._me, self._intake = me, intake

    def close(self) -> None:
        self._intake = None

    async def _receive(self, request: web.Request) -> web.Response:
        if not self._is_telegram(request):
            return web.Response(status=403)
        body = await read(request, BODY_LIMIT)
        try:
            raw = as_json(body)
        except ValueError:
            return web.Response(status=400)
        if not isinstance(raw, dict) or "update_id" not in raw:
            return web.Response(status=400)
        if self._me is None or self._intake is None:
            return web.Response(status=503, headers=LATER)
        try:
            events = read_json(raw, self._me, self._now())
            if events:
                await self._intake(events)
        except Exception:
            log.exception("an update could not be taken")
            return web.Response(status=503, headers=LATER)
        return web.Response()

    def _is_telegram(self, request: web.Request) -> bool:
        said = request.headers.get(SECRET_HEADER, "")
        return bool(self._secret) and hmac.compare_digest(said.encode(errors="surrogateescape"), self._secret.encode())
