"""From a signed event to the inbox: names found, windows kept, and nothing noted before it has been taken."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.chat.messenger import Intake
from bot.messengers.zalo_oa import incoming
from bot.messengers.zalo_oa.account import Names
from bot.messengers.zalo_oa.incoming import Known
from bot.messengers.zalo_oa.turns import Turns
from bot.messengers.zalo_oa.windows import Windows

REMEMBERED = 5000
ANSWERABLE = timedelta(days=1)  # how long a bare number in a group is taken for an answer
_ALIVE = ("user_send_", "user_click_chatnow", "user_call_oa", "oa_call_user_accept", "user_submit_info")


class Hearing:
    """`oa_name` is asked at each event: it is known only once Zalo has been reached."""

    def __init__(
        self, names: Names, windows: Windows, *, now: Callable[[], datetime], oa_name: Callable[[], str]
    ) -> None:
        self._names, self._windows, self._now, self._oa_name = names, windows, now, oa_name
        self._mine: OrderedDict[str, None] = OrderedDict()
        self._asked: dict[str, datetime] = {}
        self._turns = Turns()
        self.intake: Intake | None = None

    def said(self, chat: str, message_id: str, *, asks: bool) -> None:
        """The account has posted this message; `asks`: with answers to be typed."""
        self._mine[message_id] = None
        if len(self._mine) > REMEMBERED:
            self._mine.popitem(last=False)
        if asks:
            self._asked[chat] = self._now()

    async def take(self, raw: dict[str, Any], body: bytes) -> None:
        """Returns once the events are committed; raises when they cannot be."""
        if self.intake is None:
            raise ConnectionError("not started")
        person, group = incoming.person_of(raw), incoming.group_of(raw)
        async with self._turns.turn(group or person, incoming.moment(raw, self._now())):
            await self._names.learn(person, group)
            events = incoming.read(raw, body, self._known(), self._now())
            if events:
                await self.intake(events)
            self._note(raw, person, group)

    def _known(self) -> Known:
        return Known(
            oa_name=self._oa_name(),
            name_of=self._names.of,
            is_mine=self._mine.__contains__,
            has_asked=self._has_asked,
            members=self._names.members,
            newly_open=lambda person, _: not self._windows.is_known_open(person, self._now()),
        )

    def _has_asked(self, chat: str) -> bool:
        asked = self._asked.get(chat)
        return asked is not None and self._now() - asked < ANSWERABLE

    def _note(self, raw: dict[str, Any], person: str, group: str) -> None:
        """What is said in a group is no sign of life for the private chat."""
        name, at = str(raw.get("event_name", "")), incoming.moment(raw, self._now())
        if group:
            if not name.startswith(("user_send_", "oa_send_")):
                self._names.forget_members(group)
        elif not person:
            return
        elif name in ("follow", "unfollow"):
            self._windows.followed(person, at, follows=name == "follow")
        elif name == "user_withdraw":
            self._windows.forget(person)
            self._names.forget(person)
        elif name.startswith(_ALIVE):
            self._windows.heard(person, at)
