"""What kind of account this is, what it may do, and what people are called there."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.chat.messenger import DeliveryFailed
from bot.messengers.zalo_oa.client import Client
from bot.messengers.zalo_oa.errors import WRONG_KIND, OaRefusal
from bot.messengers.zalo_oa.groups import Groups, day

STATE_AGENCY = "4"
PATIENCE_SECONDS = 0.8  # Zalo waits two seconds for the webhook's answer
ASK_AGAIN = timedelta(minutes=10)
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    id: str
    name: str
    kind: str
    """2 enterprise, 4 state agency, as Zalo numbers them."""
    verified: bool
    package: str = ""
    valid_until: date | None = None
    followers: int = 0

    @property
    def is_state_agency(self) -> bool:
        return self.kind == STATE_AGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """For `giaoban check`. `groups`, `quota`: empty when they may be used, else why not."""

    account: Account
    speaks: str
    groups: str
    free_places: Sequence[int]
    """The most members of each free place for a group."""
    quota: str
    quotas: Mapping[str, int]


async def introduce(client: Client) -> Account:
    raw: Any = await client.get("/v2.0/oa/getoa")
    raw = raw if isinstance(raw, dict) else {}
    return Account(
        id=str(raw.get("oa_id") or raw.get("oaid") or ""),
        name=str(raw.get("name") or ""),
        kind=str(raw.get("oa_type") or ""),
        verified=str(raw.get("is_verified")).lower() in ("true", "1"),
        package=str(raw.get("package_name") or ""),
        valid_until=day(raw.get("package_valid_through_date")),
        followers=number(raw.get("num_follower")),
    )


async def survey(client: Client, groups: Groups, speaks: str) -> Survey:
    """Raises DeliveryFailed when the account itself cannot be asked."""
    account = await introduce(client)
    free: Sequence[int] = ()
    no_groups, no_quota, quotas = "", "", {}
    try:
        free = [each.holds for each in await groups.assets() if each.free]
    except DeliveryFailed as failure:
        no_groups = failure.reason
    try:
        quotas = await message_quotas(client)
    except DeliveryFailed as failure:
        no_quota = failure.reason
    return Survey(account=account, speaks=speaks, groups=no_groups, free_places=free, quota=no_quota, quotas=quotas)


async def message_quotas(client: Client) -> dict[str, int]:
    """How many consultation messages are left, by kind of quota."""
    found = await client.ask("/v3.0/oa/quota/message", {"quota_owner": "OA", "product_type": "cs"})
    left: dict[str, int] = {}
    for each in found if isinstance(found, list) else []:
        kind = str(each.get("quota_type") or "")
        left[kind] = left.get(kind, 0) + number(each.get("remain"))
    return left


async def last_interaction(client: Client, person: str) -> datetime | None:
    """By Zalo's own books. Raises DeliveryFailed."""
    found = await client.ask("/v3.0/oa/quota/message", {"user_id": person})
    moment = number(found.get("last_interaction")) if isinstance(found, dict) else 0
    return datetime.fromtimestamp(moment / 1000, UTC) if moment else None


def number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


class Names:
    """Events carry no names: they are asked for once and remembered."""

    def __init__(self, client: Client, groups: Groups, now: Callable[[], datetime]) -> None:
        self._client, self._groups, self._now = client, groups, now
        self._names: OrderedDict[str, str] = OrderedDict()
        self._members: dict[str, Mapping[str, str]] = {}
        self._asked: dict[str, datetime] = {}

    def of(self, person: str) -> str:
        return self._names.get(person) or f"Zalo {person[-4:]}"

    def members(self, group: str) -> Mapping[str, str]:
        return self._members.get(group, {})

    def forget(self, person: str) -> None:
        self._names.pop(person, None)
        for group, people in self._members.items():
            self._members[group] = {each: name for each, name in people.items() if each != person}

    def forget_members(self, group: str) -> None:
        """Somebody came or went: asked again at the next message."""
        self._members.pop(group, None)
        self._asked.pop(group, None)

    async def learn(self, person: str, group: str) -> None:
        """Never fails and never waits long; a stand-in will do until the next message."""
        if group and group not in self._members:
            await self._try(group, self._learn_group(group))
        if person and person not in self._names:
            await self._try(person, self._learn_person(person))

    async def _try(self, what: str, step: Any) -> None:
        now = self._now()
        asked = self._asked.get(what)
        if asked is not None and now - asked < ASK_AGAIN:
            step.close()
            return
        if len(self._asked) > REMEMBERED:
            self._asked.clear()
        self._asked[what] = now
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await step
        except (DeliveryFailed, TimeoutError):
            return

    async def _learn_group(self, group: str) -> None:
        self._members[group] = await self._groups.members(group)
        for person, name in self._members[group].items():
            self._remember(person, name)

    async def _learn_person(self, person: str) -> None:
        asked = {"data": json.dumps({"user_id": person})}
        try:
            found = await self._client.get("/v3.0/oa/user/detail", asked)
        except OaRefusal as refused:
            if refused.code != WRONG_KIND:
                raise
            found = await self._client.get("/v2.0/oa/getprofile", asked)
        self._remember(person, str(found.get("display_name") or "") if isinstance(found, dict) else "")

    def _remember(self, person: str, name: str) -> None:
        if name:
            self._names[person] = name
        if len(self._names) > REMEMBERED:
            self._names.popitem(last=False)
