"""GMF behind the port of room makers: a place is paid for, a group is made once, people are invited in batches."""

import asyncio
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.chat.founding import Attendance, Founded, FoundingRefused, Hurdle, Place
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.zalo_oa.account import Names
from bot.messengers.zalo_oa.client import Client
from bot.messengers.zalo_oa.errors import BAD_PARAMETER, OaRefusal, is_setup
from bot.messengers.zalo_oa.groups import BATCH, Groups

LOOK_AGAIN = timedelta(hours=1)  # whether the account may make groups: packages change seldom
MOST_KNOWN = 300  # followers that are asked about; an agency's account may have a city of them
AT_ONCE = 8
_ASKED = {"count": 50, "is_follower": "true", "last_interaction_period": "L30D"}
_PLACE_TAKEN = (-238, -241)


class Rooms:
    """Implements bot.chat.founding.RoomMaker. `allowed` until Zalo has said no."""

    def __init__(self, client: Client, groups: Groups, names: Names, now: Callable[[], datetime]) -> None:
        self._client, self._groups, self._names, self._now = client, groups, names, now
        self._looked: datetime | None = None
        self.allowed = True

    async def look(self) -> None:
        """Now and then: whether the account may make groups. Never fails."""
        if self._looked is not None and self._now() - self._looked < LOOK_AGAIN:
            return
        self._looked = self._now()
        try:
            await self.places()
        except DeliveryFailed:
            return

    async def places(self) -> Sequence[Place]:
        try:
            assets = await self._groups.assets()
        except OaRefusal as refused:
            raise self._explained(refused) from None
        self.allowed = True
        return [Place(id=each.id, seats=each.holds - 1) for each in assets if each.free and each.holds > 1]

    async def acquaintances(self) -> Mapping[str, str]:
        """Followers who were heard of within a month; an account that may not ask for them has none."""
        people: list[str] = []
        try:
            while len(people) < MOST_KNOWN:
                wanted = _ASKED | {"offset": len(people)}
                page = await self._client.get("/v3.0/oa/user/getlist", {"data": json.dumps(wanted)})
                found = [str(each["user_id"]) for each in (page or {}).get("users") or [] if each.get("user_id")]
                people += found
                if not found or len(people) >= int(str(page.get("total") or 0)):
                    break
        except OaRefusal:
            return {}
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._learn(each, gate) for each in people))
        return {each: self._names.of(each) for each in people}

    async def _learn(self, person: str, gate: asyncio.Semaphore) -> None:
        async with gate:
            await self._names.learn(person, "")

    async def found(self, name: str, place: str, people: Sequence[str]) -> Founded:
        """One of `people` must be an administrator of the account."""
        try:
            asset = next((each for each in await self._groups.assets() if each.id == place), None)
            if asset is not None and asset.used_by:
                return await self._made_before(asset.used_by, name)
            if asset is None or not asset.free:
                raise FoundingRefused(Hurdle.NO_PLACE, "the place cannot be used")
            made = await self._groups.create(name, place, people)
        except OaRefusal as refused:
            raise self._explained(refused) from None
        return Founded(chat=made.id, link=made.link)

    async def _made_before(self, group: str, name: str) -> Founded:
        """By an attempt whose answer was lost; a group of another name is somebody else's."""
        known = await self._groups.facts(group)
        if _plain(known.name) != _plain(name):
            raise FoundingRefused(Hurdle.NO_PLACE, "the place is taken")
        return Founded(chat=known.id, link=known.link)

    def _explained(self, refused: OaRefusal) -> DeliveryFailed:
        if refused.code in _PLACE_TAKEN:
            return FoundingRefused(Hurdle.NO_PLACE, refused.reason)
        if refused.code == BAD_PARAMETER:  # of what is sent, only the people can be wrong
            return FoundingRefused(Hurdle.NO_SPONSOR, refused.reason)
        if is_setup(refused):
            self.allowed = False
            return FoundingRefused(Hurdle.NO_RIGHT, refused.reason)
        return refused

    async def invite(self, chat: str, people: Sequence[str]) -> frozenset[str]:
        """One who cannot be invited spoils the whole batch: it is halved until it is known who."""
        failed: set[str] = set()
        for start in range(0, len(people), BATCH):
            failed |= await self._invite(chat, people[start : start + BATCH])
        return frozenset(failed)

    async def _invite(self, chat: str, people: Sequence[str]) -> set[str]:
        try:
            await self._groups.invite(chat, people)
        except OaRefusal as refused:
            if not _is_about_people(refused):
                raise
            if len(people) == 1:
                return set(people)
            half = len(people) // 2
            return await self._invite(chat, people[:half]) | await self._invite(chat, people[half:])
        return set()

    async def answer(self, chat: str, person: str, *, welcome: bool) -> None:
        """To who asks to be let in. What is wrong with the person is not wrong with the group."""
        try:
            await (self._groups.welcome if welcome else self._groups.decline)(chat, person)
        except OaRefusal as refused:
            if _is_about_people(refused):
                raise DeliveryFailed(Outcome.REJECTED, refused.reason) from None
            raise

    async def attendance(self, chat: str) -> Attendance:
        try:
            facts = await self._groups.facts(chat)
            if not facts.is_enabled:
                return Attendance(usable=False)
            inside = frozenset(await self._groups.members(chat))
        except OaRefusal as refused:
            if refused.code not in _GROUP_OVER:
                raise
            return Attendance(usable=False)
        return Attendance(usable=True, inside=inside, ends_on=None if facts.renews else facts.valid_until)


_GROUP_OVER = (-237, -403)


def _is_about_people(refused: OaRefusal) -> bool:
    """Not following, blocked, banned, unknown, one too many: another may be invited."""
    return refused.code not in _GROUP_OVER and refused.outcome in (Outcome.GONE, Outcome.REJECTED)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
