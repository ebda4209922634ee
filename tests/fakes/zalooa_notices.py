"""Notices by phone number on the fake account: refused without quota, at night, for a wrong template or number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any

from tests.fakes.zalooa_world import Json, Refused, World

VIETNAM = timezone(timedelta(hours=7))
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Notice:
    phone: str
    template: str
    data: Mapping[str, str]
    tracking: str


class Notices:
    """`phones`: numbers with a Zalo account; templates are the world's."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.phones: set[str] = set()
        self.daily = self.left = 500
        self.linked = True
        """The account has a wallet (ZCA)."""
        self.sent: list[Notice] = []

    def quota(self) -> Json:
        if not self.linked:
            raise Refused(-136, "Need to connect with ZCA")
        return {"dailyQuota": str(self.daily), "remainingQuota": str(self.left)}

    def send(self, body: Mapping[str, Any]) -> Json:
        asked = Notice(
            str(body.get("phone")),
            str(body.get("template_id")),
            body.get("template_data") or {},
            str(body.get("tracking_id") or ""),
        )
        self._check(asked)
        self.left -= 1
        self.sent.append(asked)
        when = str(self._world.milliseconds())
        return {"msg_id": self._world.new_id("z"), "sent_time": when, "sending_mode": "1", "quota": self.quota()}

    def _check(self, asked: Notice) -> None:
        if not self.linked:
            raise Refused(-136, "Need to connect with ZCA")
        if not 6 <= self._world.now().astimezone(VIETNAM).hour < 22:
            raise Refused(-133, "This template is not allowed to send at night")
        if not 0 < len(asked.tracking) <= 48:
            raise Refused(-1122, "tracking_id is missing")
        fields = self._world.templates.get(asked.template)
        if fields is None:
            raise Refused(-131, "Template has not been approved")
        if sorted(fields) != sorted(asked.data) or any(len(each) > LONGEST for each in asked.data.values()):
            raise Refused(-1121, "Template data is invalid")
        if not (asked.phone.startswith("84") and asked.phone.isdecimal() and len(asked.phone) == 11):
            raise Refused(-108, "Phone number is invalid")
        if asked.phone not in self.phones:
            raise Refused(-118, "Zalo account does not exist")
        if self.left <= 0:
            raise Refused(-144, "Out of daily quota")
