"""The way to Telegram: who we are there, how updates come in, and trying again for as long as it takes."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

import telegram
from aiohttp import web
from telegram.error import Conflict, TelegramError

from bot.background import Background
from bot.chat.gate import Gate
from bot.chat.messenger import Intake, Standing
from bot.messengers.telegram.contents import Me
from bot.messengers.telegram.errors import classify
from bot.messengers.telegram.incoming import UPDATES
from bot.messengers.telegram.polling import Polling
from bot.messengers.telegram.request import AiohttpRequest
from bot.messengers.telegram.webhook import PATH, Webhook

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)  # seconds between tries, the last for ever
ALONE = 90.0  # seconds without another program's asking: longer than a poll that it would have broken off
CHECK_SECONDS = 300.0  # between looks at whether the webhook still stands
CONNECTIONS = 40  # Telegram's own default


class Connection:
    """`mode`: polling, or webhook at `public_url`. `met` is called each time Telegram has said who we are.

    Raises ValueError when the webhook lacks its secret or address, telegram.error.InvalidToken without a token.
    """

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
        if mode == "webhook" and not (secret and public_url):
            raise ValueError("Telegram's webhook needs the public URL and the secret")
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
        self._secret, self._address, self._met = secret, f"{public_url.rstrip('/')}{PATH}", met
        self._now = now
        self._background = Background()
        self._failures, self._conflicts, self._conflict_at = 0, 0, -ALONE
        self.gate = Gate()
        """For fetching updates: closed while another replica does."""
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
        """Until cancelled."""
        while True:
            try:
                me = await self._introduce(intake)
                if self._webhook is not None:
                    await self._watch_webhook()
                else:
                    if not self.gate.is_open:
                        self._is_well()
                    await self.gate.while_open(partial(self._polling.run, me, intake, self._is_well))
            except Conflict as error:
                self._met_another()
                await self._failed(classify(error, repeatable=True).reason)
            except TelegramError as error:
                await self._failed(classify(error, repeatable=True).reason)
            except Exception:
                log.exception("updates could not be taken")
                await self._failed("updates could not be taken")

    async def _introduce(self, intake: Intake) -> Me:
        user = await self.bot.get_me()
        self.me = Me(user.id, user.username or "")
        if self._webhook is not None:
            self._webhook.open(self.me, intake)
            await self.bot.set_webhook(
                self._address, secret_token=self._secret, allowed_updates=UPDATES, max_connections=CONNECTIONS
            )
        else:
            await self.bot.delete_webhook()
        await self._met()
        return self.me

    async def _watch_webhook(self) -> None:
        """Until somebody else has set another one."""
        self._is_well()
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            known = await self.bot.get_webhook_info()
            if known.url != self._address:
                log.warning("the webhook had been changed")
                return
            failed_at = known.last_error_date
            if known.pending_update_count and failed_at and (self._now() - failed_at).total_seconds() < CHECK_SECONDS:
                self.standing = Standing(ready=False, problem=f"the webhook fails: {known.last_error_message}")
            else:
                self._is_well()

    def _met_another(self) -> None:
        """Between two of another program's polls ours go well, for a moment: that is no end of it."""
        now = time.monotonic()
        self._conflicts = self._conflicts + 1 if now - self._conflict_at < ALONE else 0
        self._failures, self._conflict_at = max(self._failures, self._conflicts), now

    def _is_well(self) -> None:
        self._failures = 0
        self.standing = Standing(ready=True, name=f"@{self.me.username}" if self.me else "")

    async def _failed(self, reason: str) -> None:
        """Says so, and waits before the next try."""
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        self.standing = Standing(ready=False, problem=reason)
        log.warning("telegram: %s", reason, extra={"failures": self._failures})
        await asyncio.sleep(pause)
