"""How an administrator of the account lets the program in: a link to Zalo, and the way back from there."""

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from aiohttp import web

from bot.background import Background
from bot.messengers.zalo_oa.grant import TokenStore
from bot.messengers.zalo_oa.keeper import Keeper
from bot.messengers.zalo_oa.oauth import (
    TIMEOUT_SECONDS,
    AnswerLost,
    Denied,
    NotAsked,
    OAuth,
    consent_link,
    new_verifier,
)

log = logging.getLogger(__name__)
PATH = "/zalo-oa/callback"
LINK_LIFE = timedelta(hours=1)
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


async def begin_login(
    store: TokenStore, *, app_id: str, oauth_url: str, public_url: str, now: datetime, verifier: str = ""
) -> str:
    """The link for the operator's browser; the newest one counts. `verifier`: a fixed one, where Zalo's console holds
    its challenge. Raises OSError."""
    state, secret = secrets.token_urlsafe(24), verifier or new_verifier()
    text = json.dumps({"state": state, "verifier": secret, "until": (now + LINK_LIFE).isoformat()})
    while True:
        kept = await store.read()
        if await store.replace(kept[0] if kept else 0, text):
            redirect = public_url.rstrip("/") + PATH
            return consent_link(oauth_url, app_id, redirect=redirect, state=state, verifier=secret)


class Callback:
    """`done` and `failed` are what the operator reads in the browser."""

    def __init__(
        self,
        store: TokenStore,
        oauth: OAuth,
        keeper: Keeper,
        *,
        now: Callable[[], datetime],
        done: str,
        failed: str,
    ) -> None:
        self._store, self._oauth, self._keeper, self._now = store, oauth, keeper, now
        self._done, self._failed = done, failed
        self._background = Background()
        self._taking: asyncio.Task[bool] | None = None

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.get(PATH, self._come_back)]

    async def close(self) -> None:
        """Waits for a login under way: its answer must not be lost."""
        if self._taking is not None and not self._taking.done():
            await asyncio.wait([self._taking], timeout=TIMEOUT_SECONDS + 5)
        await self._background.stop()

    async def _come_back(self, request: web.Request) -> web.Response:
        code, state = request.query.get("code", ""), request.query.get("state", "")
        well = False
        if code and state:
            # apart from the request: a closed browser must not take the answer with it
            self._taking = self._background.start(self._take(code, state), name="zalo oa login")
            well = await asyncio.shield(self._taking)
        return web.Response(status=200 if well else 400, text=self._done if well else self._failed, headers=HEADERS)

    async def _take(self, code: str, state: str) -> bool:
        try:
            verifier = await self._verifier(state)
            if verifier is None:
                log.warning("zalo oa: a login with a wrong or old state")
                return False
            await self._keeper.adopt(await self._oauth.exchange(code, verifier))
        except (NotAsked, AnswerLost, Denied, OSError) as failure:
            reason = str(failure) if isinstance(failure, Denied) else type(failure).__name__
            log.warning("zalo oa: the login failed", extra={"reason": reason})
            return False
        log.info("zalo oa: logged in")
        return True

    async def _verifier(self, state: str) -> str | None:
        """Each link works once: its secret is gone before the code is used."""
        kept = await self._store.read()
        if kept is None:
            return None
        pending = json.loads(kept[1])
        right = hmac.compare_digest(str(pending.get("state", "")).encode(), state.encode())
        if not right or datetime.fromisoformat(pending["until"]) < self._now():
            return None
        return str(pending["verifier"]) if await self._store.replace(kept[0], "{}") else None
