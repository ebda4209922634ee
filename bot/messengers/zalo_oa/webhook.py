"""Being told events: a signature over the raw bytes, a limit on the body, and 200 only once they have been taken."""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.messengers.body import as_json, read

log = logging.getLogger(__name__)
PATH = "/hooks/zalo-oa"
SIGNATURE = "X-ZEvent-Signature"
BODY_LIMIT = 1024 * 1024
LATER = {"Retry-After": "5"}
OLDEST = timedelta(days=2)
"""Zalo tells an event again for about an hour; the inbox knows for three days which it has had. What is older has been
caught somewhere and is told by somebody else."""

Take = Callable[[dict[str, Any], bytes], Awaitable[None]]
"""Takes one event durably; raises when it cannot."""


class Webhook:
    """Closed until `open`. What is not signed by Zalo is dropped but answered 200: Zalo's console sends such probes,
    and gives the subscription up after failures."""

    def __init__(self, *, app_id: str, secret: str, now: Callable[[], datetime]) -> None:
        self._app_id, self._secret, self._now = app_id, secret, now
        self._take: Take | None = None
        self.heard_at: datetime | None = None
        """When the last signed event came."""
        self.forged = 0
        """Unsigned or wrongly signed events since the last good one."""

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, self._receive), web.get(PATH, self._probed)]

    def open(self, take: Take) -> None:
        self._take = take

    def close(self) -> None:
        self._take = None

    async def _probed(self, _request: web.Request) -> web.Response:
        return web.Response()

    async def _receive(self, request: web.Request) -> web.Response:
        body = await read(request, BODY_LIMIT)
        event = _event(body)
        if event is None:
            return web.Response()
        if not is_signed(self._app_id, self._secret, body, event, request.headers.get(SIGNATURE, "")):
            self.forged += 1
            log.warning("zalo oa: an event with a wrong signature was dropped")
            return web.Response()
        if _is_old(event, self._now()):
            log.warning("zalo oa: an event of days ago was dropped")
            return web.Response()
        if self._take is None:
            return web.Response(status=503, headers=LATER)
        try:
            await self._take(event, body)
        except Exception:
            log.exception("zalo oa: an event could not be taken")
            return web.Response(status=503, headers=LATER)
        self.heard_at, self.forged = self._now(), 0
        return web.Response()


def signature(app_id: str, secret: str, body: bytes, timestamp: str) -> str:
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def is_signed(app_id: str, secret: str, body: bytes, event: dict[str, Any], header: str) -> bool:
    """With or without `mac=`, in any case of letters; never without a secret."""
    given = header.strip().lower().removeprefix("mac=").strip()
    wanted = signature(app_id, secret, body, str(event.get("timestamp", "")))
    return bool(secret) and hmac.compare_digest(given.encode(errors="surrogateescape"), wanted.encode())


def _is_old(event: dict[str, Any], now: datetime) -> bool:
    """`timestamp` is in milliseconds, and signed."""
    try:
        return now - datetime.fromtimestamp(int(event.get("timestamp", "")) / 1000, UTC) > OLDEST
    except (ValueError, TypeError, OverflowError, OSError):
        return False


def _event(body: bytes) -> dict[str, Any] | None:
    try:
        event = as_json(body)
    except ValueError:
        return None
    return event if isinstance(event, dict) and event else None
