"""The fake's GMF calls: places, members, invitations."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.zalooa_world import WINDOW, Group, Json, Refused, World


class GroupCalls:
    """`call` takes the last part of the address, and the query or the body."""

    def __init__(self, world: World) -> None:
        self.world = world

    def call(self, name: str, asked: Mapping[str, Any]) -> Any:
        if not self.world.groups_allowed:
            raise Refused(-224, "The OA needs to upgrade its package")
        if name == "creategroupwithoa":
            return self._create(asked)
        if name == "getgroupsofoa":
            return self._all(asked)
        group = self.world.group_named(asked.get("group_id"), lapsed=name in ("getgroup", "updateasset", "delete"))
        if name in ("listmember", "listpendinginvite"):
            return self._people(group.members if name == "listmember" else group.pending, asked, name)
        if name in ("getgroup", "updateinfo", "updateasset"):
            return self._changed(name, group, asked)
        if name in _SETTLE:
            _SETTLE[name](self, group, [str(each) for each in asked["member_user_ids"]])
            return None
        if name == "delete":
            self.world.dissolve(group)
            return None
        raise Refused(-201, "Unknown")

    def places(self) -> list[Json]:
        if not self.world.groups_allowed:
            raise Refused(-224, "The OA needs to upgrade its package")
        return [
            {
                "product_type": each.kind,
                "quota_type": "sub_quota",
                "asset_id": each.id,
                "valid_through": each.valid_until.strftime("%d/%m/%Y"),
                "auto_renew": "true",
                "status": "used" if each.used_by else "available",
                "used_id": each.used_by or "",
            }
            for each in self.world.assets.values()
        ]

    def _create(self, asked: Mapping[str, Any]) -> Json:
        asset = self.world.assets.get(str(asked.get("asset_id")))
        people = [self.world.known(each) for each in asked["member_user_ids"]]
        if asset is None or asset.used_by is not None:
            raise Refused(-238, "The asset is in use")
        if asset.valid_until < self.world.now().date():
            raise Refused(-241, "The asset is disabled")
        if not 1 <= len(people) <= 99 or not any(each.oa_admin for each in people):
            raise Refused(-201, "An administrator of the OA must be among the members")
        if len(people) + 1 > asset.holds:
            raise Refused(-210, "More people than the group holds")
        group = Group(self.world.new_id("g"), str(asked["group_name"]), asset)
        asset.used_by = group.id
        self.world.groups[group.id] = group
        group.members = [each.id for each in people if each.oa_admin]
        others = [each.id for each in people if not each.oa_admin]
        for start in range(0, len(others), self.world.invite_limit):
            self._invite(group, others[start : start + self.world.invite_limit])
        self.world.owed.append({"event_name": "create_group", "group_id": group.id})
        return self._short(group)

    @staticmethod
    def _short(group: Group) -> Json:
        return {
            "name": group.name,
            "avatar": "",
            "group_id": group.id,
            "group_link": group.link,
            "group_description": "",
            "total_member": len(group.members) + 1,
            "status": group.status,
        }

    def _all(self, asked: Mapping[str, Any]) -> Json:
        offset, count = int(asked.get("offset", 0)), int(asked.get("count", 5))
        groups = list(self.world.groups.values())
        page = groups[offset : offset + count]
        listed = [self._short(each) for each in page]
        return {"offset": offset, "count": count, "total": len(groups), "group_count": len(page), "groups": listed}

    def _people(self, ids: list[str], asked: Mapping[str, Any], name: str) -> Json:
        offset, count = int(asked.get("offset", 0)), int(asked.get("count", 5))
        listed: list[Json] = [{"user_id": each, "name": self.world.people[each].name} for each in ids]
        if name == "listmember":
            listed.insert(0, {"oa_id": self.world.oa_id, "name": self.world.oa_name})
        page = listed[offset : offset + count]
        return {"offset": offset, "count": count, "total": len(listed), "member_count": len(page), "members": page}

    def _changed(self, name: str, group: Group, asked: Mapping[str, Any]) -> Json:
        if name == "updateinfo":
            group.settings |= {key: value for key, value in asked.items() if key != "group_id"}
        if name == "updateasset":
            asset = self.world.assets[str(asked["asset_id"])]
            group.asset.used_by, asset.used_by, group.asset, group.status = None, group.id, asset, "enabled"
        return {
            "group_info": self._short(group)
            | {
                "max_member": str(group.asset.holds),
                "auto_delete_date": group.auto_delete.strftime("%d/%m/%Y") if group.auto_delete else "",
            },
            "asset_info": {
                "asset_type": group.asset.kind,
                "asset_id": group.asset.id,
                "valid_through": group.asset.valid_until.strftime("%d/%m/%Y"),
                "auto_renew": "true" if group.asset.renews else "false",
            },
            "group_setting": {"join_appr": False, "enable_link_join": False} | group.settings,
        }

    def _invite(self, group: Group, people: list[str]) -> None:
        """Who neither follows nor has been heard of for a week cannot be invited."""
        if len(people) > self.world.invite_limit:
            raise Refused(-210, "Too many people at once")
        if group.is_full:
            raise Refused(-210, "The group is full")
        for each in people:
            person = self.world.known(each)
            if person.blocked:
                raise Refused(-217, "User has blocked invitations")
            if not person.follows and (person.last is None or self.world.now() - person.last > WINDOW):
                raise Refused(-213, "User is not following the OA")
        group.pending += [each for each in people if each not in group.members + group.pending]

    def _accept(self, group: Group, people: list[str]) -> None:
        """Only who asked is let in; who was invited has to come by themselves."""
        if len(group.members) + len(people) + 1 > group.asset.holds:
            raise Refused(-210, "The group is full")
        for each in people:
            if each not in group.pending or each not in group.asking:
                raise Refused(-201, "Nobody asked")
            group.pending.remove(each)
            group.asking.discard(each)
            group.members.append(each)
        users = [{"id": each} for each in people]
        self.world.owed.append({"event_name": "accept_request_join_group", "group_id": group.id, "users": users})

    def _reject(self, group: Group, people: list[str]) -> None:
        group.pending = [each for each in group.pending if each not in people]
        group.asking -= set(people)

    def _remove(self, group: Group, people: list[str]) -> None:
        group.members = [each for each in group.members if each not in people]

    def _promote(self, group: Group, people: list[str]) -> None:
        if not set(people) <= set(group.members):
            raise Refused(-201, "Not a member")
        group.admins += [each for each in people if each not in group.admins]

    def _demote(self, group: Group, people: list[str]) -> None:
        group.admins = [each for each in group.admins if each not in people]


_SETTLE = {
    "invite": GroupCalls._invite,
    "acceptpendinginvite": GroupCalls._accept,
    "rejectpendinginvite": GroupCalls._reject,
    "removemembers": GroupCalls._remove,
    "addadmins": GroupCalls._promote,
    "removeadmins": GroupCalls._demote,
}
