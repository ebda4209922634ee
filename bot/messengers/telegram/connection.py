"""The way to Telegram: who we are there, how updates come in, and trying again for as long as it takes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import telegram
from aiohttp import web
from telegram.error import TelegramError

from bot.background import Background
from bot.chat.messenger import Intake, Standing
from bot.messengers.telegram.errors import classify
from bot.messengers.telegram.incoming import UPDATES, Me
from bot.messengers.telegram.polling import Polling
from bot.messengers.telegram.request import AiohttpRequest
from bot.messengers.telegram.webhook import PATH, Webhook

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)  # seconds between tries, the last for ever


class Connection:
    """`mode`: polling, or webhook at `public_url`. `met` is called each time Telegram has said who we are."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str,
        mode: str,
        secret: str,
        public_url: str,
        proxy: str,
        now: Callable[[], datetime],
        met: Callable[[], Awaitable[None]],
    ) -> None:
        self._base = f"{api_url.rstrip('/')}/bot"
        self.request = AiohttpRequest(proxy=proxy)
        self.bot = telegram.Bot(
            token,
            base_url=self._base,
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=self.request,
            get_updates_request=self.request,
        )
        self._webhook = Webhook(secret, now) if mode == "webhook" else None
        self._polling = Polling(self.request, f"{self._base}{token}", now)
        self._secret, self._public_url, self._met = secret, public_url.rstrip("/"), met
        self._background = Background()
        self._failures = 0
        self.me: Me | None = None
        self.standing = Standing(ready=False, problem="not started")

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return self._webhook.routes if self._webhook else []

    async def open(self, intake: Intake) -> None:
        self.standing = Standing(ready=False, problem="connecting")
        await self.request.initialize()
        self._background.start(self._live(intake), name="telegram")

    async def close(self) -> None:
        if self._webhook is not None:
            self._webhook.close()
        await self._background.stop()
        await self.request.shutdown()
        self.standing = Standing(ready=False, problem="stopped")

    async def _live(self, intake: Intake) -> None:
        """Until cancelled, or until the webhook is set: then Telegram comes by itself."""
        while True:
            try:
                await self._introduce(intake)
                if self._webhook is not None:
                    return
                assert self.me is not None
                await self._polling.run(self.me, intake, self._went_well)
            except TelegramError as error:
                self._failed(classify(error, repeatable=True).reason)
            except Exception:
                log.exception("updates could not be taken")
                self._failed("updates could not be taken")
            await asyncio.sleep(PAUSES[min(self._failures, len(PAUSES)) - 1])

    async def _introduce(self, intake: Intake) -> None:
        user = await self.bot.get_me()
        self.me = Me(user.id, user.username or "")
        if self._webhook is not None:
            await self._set_webhook(self._webhook, self.me, intake)
        else:
            await self.bot.delete_webhook()
        self._is_ready()
        await self._met()

    async def _set_webhook(self, webhook: Webhook, me: Me, intake: Intake) -> None:
        webhook.open(me, intake)
        await self.bot.set_webhook(
            f"{self._public_url}{PATH}", secret_token=self._secret, allowed_updates=UPDATES, max_connections=40
        )

    def _went_well(self) -> None:
        self._failures = 0

    def _is_ready(self) -> None:
        assert self.me is not None
        self.standing = Standing(ready=True, name=f"@{self.me.username}")

    def _failed(self, reason: str) -> None:
        self._failures += 1
        self.standing = Standing(ready=False, problem=reason)
        log.warning("telegram: %s", reason, extra={"failures": self._failures})
