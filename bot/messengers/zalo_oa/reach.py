"""Whether a person can be written to, known before anything is sent."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.chat.messenger import DeliveryFailed
from bot.messengers.zalo_oa.account import last_interaction
from bot.messengers.zalo_oa.client import Client
from bot.messengers.zalo_oa.windows import Windows

ASK_AGAIN = timedelta(hours=1)
REMEMBERED = 1000


class Reach:
    """Another replica and Zalo's own books are asked before anybody is given up."""

    def __init__(self, client: Client, windows: Windows, now: Callable[[], datetime]) -> None:
        self._client, self._windows, self._now = client, windows, now
        self._asked: OrderedDict[str, datetime] = OrderedDict()

    async def is_shut(self, person: str) -> bool:
        """Never fails; who was never heard of is tried."""
        now = self._now()
        if not self._windows.is_shut(person, now):
            return False
        await self._windows.load(frozenset({person}))
        if not self._windows.is_shut(person, now):
            return False
        asked = self._asked.get(person)
        if asked is None or now - asked >= ASK_AGAIN:
            await self._ask(person, now)
        return self._windows.is_shut(person, now)

    async def _ask(self, person: str, now: datetime) -> None:
        self._asked[person] = now
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        try:
            last = await last_interaction(self._client, person)
        except DeliveryFailed:
            return
        known = self._windows.last(person)
        if last is not None and (known is None or last > known):
            self._windows.heard(person, last)
