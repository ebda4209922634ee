"""Fetching updates: confirmed to Telegram only after they have been taken."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from bot.chat.events import Event
from bot.chat.messenger import Intake
from bot.messengers.telegram.contents import Me
from bot.messengers.telegram.incoming import UPDATES, read_json
from bot.messengers.telegram.request import READ_SECONDS, AiohttpRequest

LONG_POLL_SECONDS = 50  # the most Telegram allows
PAGE = 100


class Polling:
    """`base` is the address of the bot's methods, which holds the token."""

    def __init__(self, request: AiohttpRequest, base: str, now: Callable[[], datetime]) -> None:
        self._request, self._base, self._now = request, base, now
        self._offset = 0

    async def run(self, me: Me, intake: Intake, went_well: Callable[[], None]) -> None:
        """Until something fails: then nothing of the last page has been confirmed, and it will be fetched again.
        Raises TelegramError, or whatever the intake raises."""
        wait = 0  # the first answer says at once whether Telegram lets us
        while True:
            page = await self._fetch(wait)
            events: list[Event] = [event for raw in page for event in read_json(raw, me, self._now())]
            if events:
                await intake(events)
            if page:
                self._offset = page[-1]["update_id"] + 1
            went_well()
            wait = LONG_POLL_SECONDS

    async def _fetch(self, wait: int) -> Sequence[dict[str, Any]]:
        """Raw, so that one odd update cannot spoil the page. Asking with an offset confirms all before it."""
        query = {
            "offset": self._offset,
            "limit": PAGE,
            "timeout": wait,
            "allowed_updates": json.dumps(UPDATES),
        }
        page: Any = await self._request.post(
            f"{self._base}/getUpdates?{urlencode(query)}", read_timeout=wait + READ_SECONDS
        )
        return list(page)
