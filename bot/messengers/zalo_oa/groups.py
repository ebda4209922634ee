"""GMF, Zalo's groups of an Official Account: creating, inviting, who is in, who asks to be let in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.messengers.zalo_oa.client import Client, Json

BASE = "/v3.0/oa/group"
PAGE = 50
BATCH = 50  # people in one invitation
FIRST_BATCH = 99  # people a group can be created with


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One paid place for a group. `holds`: its most members."""

    id: str
    holds: int
    valid_until: date | None
    free: bool
    used_by: str = ""
    """The group that has this place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    id: str
    name: str
    link: str
    status: str
    members: int
    holds: int
    valid_until: date | None = None
    asset: str = ""
    asks_to_join: bool = False
    renews: bool = False
    """Its place is paid for again by itself."""

    @property
    def is_enabled(self) -> bool:
        return self.status in ("", "enabled", "active")


class Groups:
    """All calls raise DeliveryFailed."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def assets(self) -> Sequence[Asset]:
        """Smallest first."""
        found = await self._client.ask("/v3.0/oa/quota/group", {"quota_owner": "OA"})
        assets = [_asset(each) for each in found or [] if str(each.get("product_type", "")).startswith("gmf")]
        return sorted(assets, key=lambda each: each.holds)

    async def create(self, name: str, asset: str, people: Sequence[str], description: str = "") -> GroupFacts:
        """Not to be done twice. One of the first 99 `people` must be an administrator of the account; the others are
        invited in batches."""
        body = {"group_name": name, "asset_id": asset, "member_user_ids": list(people[:FIRST_BATCH])}
        if description:
            body["group_description"] = description
        made = _facts({"group_info": await self._client.send(f"{BASE}/creategroupwithoa", body)})
        await self.invite(made.id, people[FIRST_BATCH:])
        return made

    async def invite(self, group: str, people: Sequence[str]) -> None:
        for start in range(0, len(people), BATCH):
            await self._settle("invite", group, people[start : start + BATCH])

    async def facts(self, group: str) -> GroupFacts:
        return _facts(await self._client.get(f"{BASE}/getgroup", {"group_id": group}))

    async def members(self, group: str) -> Mapping[str, str]:
        """Names by id; the account itself is not among them."""
        return await self._people("listmember", group)

    async def pending(self, group: str) -> Mapping[str, str]:
        """Who has been invited or has asked, and is not in yet."""
        return await self._people("listpendinginvite", group)

    async def all_of_account(self) -> Sequence[GroupFacts]:
        found: list[GroupFacts] = []
        while True:
            page = await self._client.get(f"{BASE}/getgroupsofoa", {"offset": str(len(found)), "count": str(PAGE)})
            groups = (page or {}).get("groups") or []
            found.extend(_facts({"group_info": each}) for each in groups)
            if not groups or len(found) >= int(str(page.get("total") or 0)):
                return found

    async def welcome(self, group: str, person: str) -> None:
        await self._settle("acceptpendinginvite", group, [person])

    async def decline(self, group: str, person: str) -> None:
        await self._settle("rejectpendinginvite", group, [person])

    async def remove(self, group: str, people: Sequence[str]) -> None:
        await self._settle("removemembers", group, people)

    async def approve_joining(self, group: str) -> GroupFacts:
        """From now on people ask before they are in, and can come by link."""
        body = {"group_id": group, "join_appr": True, "enable_link_join": True}
        return _facts(await self._client.ask(f"{BASE}/updateinfo", body))

    async def move_to_asset(self, group: str, asset: str) -> GroupFacts:
        """A lapsed group lives on, a full one gets more room."""
        return _facts(await self._client.ask(f"{BASE}/updateasset", {"group_id": group, "asset_id": asset}))

    async def _settle(self, what: str, group: str, people: Sequence[str]) -> None:
        if people:
            await self._client.ask(f"{BASE}/{what}", {"group_id": group, "member_user_ids": list(people)})

    async def _people(self, what: str, group: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        offset = 0
        while True:
            asked = {"group_id": group, "offset": str(offset), "count": str(PAGE)}
            page = await self._client.get(f"{BASE}/{what}", asked)
            people = (page or {}).get("members") or []
            offset += len(people)
            found |= {str(each["user_id"]): str(each.get("name") or "") for each in people if each.get("user_id")}
            if not people or offset >= int(str(page.get("total") or 0)):
                return found


def fitting(assets: Sequence[Asset], people: int) -> Asset | None:
    """The smallest free place that holds so many and the account itself; None when none does."""
    return next((each for each in assets if each.free and each.holds > people), None)


def _asset(raw: Json) -> Asset:
    size = str(raw.get("product_type", "")).removeprefix("gmf")
    return Asset(
        id=str(raw.get("asset_id", "")),
        holds=int(size) if size.isdigit() else 0,
        valid_until=day(raw.get("valid_through")),
        free=raw.get("status") == "available",
        used_by=str(raw.get("used_id") or ""),
    )


def _facts(raw: Any) -> GroupFacts:
    info = raw.get("group_info") or raw
    asset, setting = raw.get("asset_info") or {}, raw.get("group_setting") or {}
    return GroupFacts(
        id=str(info.get("group_id", "")),
        name=str(info.get("name", "")),
        link=str(info.get("group_link") or ""),
        status=str(info.get("status") or ""),
        members=int(str(info.get("total_member") or 0)),
        holds=int(str(info.get("max_member") or 0)),
        valid_until=day(asset.get("valid_through")),
        asset=str(asset.get("asset_id") or ""),
        asks_to_join=str(setting.get("join_appr")).lower() == "true",
        renews=str(asset.get("auto_renew")).lower() == "true",
    )


def day(value: Any) -> date | None:
    """Zalo writes days as dd/MM/yyyy."""
    try:
        return datetime.strptime(str(value), "%d/%m/%Y").date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return None
