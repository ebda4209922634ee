"""The way to one bot: who it is, how its updates come in, and trying again for as long as it takes."""

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from typing import Any

from bot.background import Background
from bot.chat.events import Event
from bot.chat.gate import Gate
from bot.chat.messenger import Intake, Standing
from bot.clock import Clock
from bot.messengers.zalo_bot import contents, incoming
from bot.messengers.zalo_bot.api import READ_SECONDS, Api
from bot.messengers.zalo_bot.contents import Me
from bot.messengers.zalo_bot.errors import SILENCE, Refused, ZaloFailed, classify
from bot.messengers.zalo_bot.taking import Taking
from bot.messengers.zalo_bot.usage import Meter
from bot.messengers.zalo_bot.webhook import Listener, Webhook

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)  # seconds between tries, the last for ever; jittered
LONG_POLL_SECONDS = 30
QUICK_SECONDS = 1.0  # an empty answer sooner than this was no long poll: then it is waited here
CHECK_SECONDS = 300.0  # between looks at whether the webhook still stands
GRACE_SECONDS = 5.0  # for an update in hand when the program stops
NO_GROUPS = "the bot cannot be added to groups: Zalo has not allowed it (can_join_groups)"


class Connection:
    """`webhook` None: polling. Zalo forgets an update once it is answered, so it is held until it has been taken."""

    def __init__(
        self, *, api: Api, number: str, webhook: Webhook | None, secret: str, public_url: str, clock: Clock
    ) -> None:
        self.api, self.number = api, number
        self.meter = Meter(number, clock.today)
        self.takes_styles = True
        """Until Zalo has refused them once."""
        self._webhook, self._secret, self._clock = webhook, secret, clock
        self._address = f"{public_url.rstrip('/')}{webhook.path(number)}" if webhook else ""
        self._background = Background()
        self._taking: Taking | None = None
        self._failures = 0
        self.gate = Gate()
        """For fetching updates: closed while another replica does."""
        self.me: Me | None = None
        self.standing = Standing(ready=False, problem="not started")

    @property
    def address(self) -> str:
        """Of the webhook; empty when polling."""
        return self._address

    def open(self, intake: Intake) -> None:
        self.standing = Standing(ready=False, problem="connecting")
        self._taking = Taking(intake)
        self._background.start(self._live(self._taking), name="zalo bot")

    async def close(self) -> None:
        if self._webhook is not None:
            self._webhook.close(self.number)
        if self._taking is not None:
            await self._taking.settled(GRACE_SECONDS)
        await self._background.stop()
        self.standing = Standing(ready=False, problem="stopped")

    async def _live(self, taking: Taking) -> None:
        """Until cancelled."""
        while True:
            try:
                mine = await self._introduce()
                if self._webhook is not None:
                    await self._listen(self._webhook, mine, taking)
                else:
                    await self._poll(mine, taking)
            except ZaloFailed as error:
                await self._failed(classify(error, repeatable=True).reason)
            except Exception:
                log.exception("a Zalo bot's connection failed")
                await self._failed("updates cannot be fetched")

    async def _introduce(self) -> Me:
        answer = await self.api.call("getMe")
        self.me = contents.me(self.number, answer if isinstance(answer, Mapping) else {})
        return self.me

    # polling

    async def _poll(self, mine: Me, taking: Taking) -> None:
        await self._drop_webhook()
        if not self._failures:
            self._is_well()
        while True:
            await self.gate.opened()  # what is fetched is not broken off: Zalo gives every update once
            began = asyncio.get_running_loop().time()
            found = await self._fetch()
            self._is_well()
            for update in found:
                await taking.surely(self._read([update], mine))
            if not found and asyncio.get_running_loop().time() - began < QUICK_SECONDS:
                await asyncio.sleep(QUICK_SECONDS)

    async def _drop_webhook(self) -> None:
        """Zalo refuses getUpdates while one is set."""
        try:
            await self.api.call("deleteWebhook")
        except Refused as refused:
            if refused.code not in (400, 404):
                raise

    async def _fetch(self) -> Sequence[Mapping[str, Any]]:
        """One update, or none: 408 is silence."""
        try:
            reading = LONG_POLL_SECONDS + READ_SECONDS
            return incoming.updates(await self.api.call("getUpdates", reading=reading, timeout=str(LONG_POLL_SECONDS)))
        except Refused as refused:
            if refused.code != SILENCE:
                raise
            return []

    def _read(self, found: Sequence[Mapping[str, Any]], mine: Me) -> Sequence[Event]:
        events = [incoming.read(each, mine, self._clock.now()) for each in found]
        for event in events:
            if event is not None:
                self.meter.message(event.chat.id if event.chat.private and event.sender else None)
        return [event for event in events if event is not None]

    # the webhook

    async def _listen(self, webhook: Webhook, mine: Me, taking: Taking) -> None:
        """Until somebody else has set another webhook, or Zalo cannot reach ours."""
        webhook.open(self.number, self._listener(mine, taking))
        answer = await self.api.call("setWebhook", url=self._address, secret_token=self._secret)
        verified = answer.get("verification") if isinstance(answer, Mapping) else None
        if isinstance(verified, Mapping) and verified.get("ok") is False:
            await self._failed(f"Zalo cannot reach the webhook (status {_number(verified.get('status_code'))})")
            return
        self._is_well()
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            known = await self.api.call("getWebhookInfo")
            if not isinstance(known, Mapping) or known.get("url") != self._address:
                log.warning("the webhook had been changed", extra={"bot": self.number})
                return

    def _listener(self, mine: Me, taking: Taking) -> Listener:
        def read(update: Mapping[str, Any]) -> Event | None:
            return next(iter(self._read([update], mine)), None)

        def hold(events: Sequence[Event]) -> None:
            self._background.start(taking.surely(events), name="held update")

        return Listener(read, taking.once, hold)

    # how it stands

    def _is_well(self) -> None:
        self._failures = 0
        mine = self.me
        problem = NO_GROUPS if mine is not None and not mine.can_join_groups else ""
        self.standing = Standing(ready=True, problem=problem, name=mine.names[0] if mine and mine.names else "")

    async def _failed(self, reason: str) -> None:
        """Says so, and waits before the next try."""
        pause = PAUSES[min(self._failures, len(PAUSES) - 1)] * random.uniform(0.8, 1.2)
        self._failures += 1
        self.standing = Standing(ready=False, problem=reason)
        log.warning("zalo bot: %s", reason, extra={"failures": self._failures, "bot": self.number})
        await asyncio.sleep(pause)


def _number(value: object) -> int:
    """Zalo's words are not repeated: they may quote the address."""
    return value if isinstance(value, int) else 0
