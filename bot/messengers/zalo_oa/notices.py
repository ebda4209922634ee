"""Notices by phone number (ZNS): the approved template to those whom Zalo lets nothing else reach, and paid singly."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from bot.chat.messages import Card
from bot.chat.messenger import DeliveryFailed, Finding, Outcome
from bot.messengers.zalo_oa.account import number
from bot.messengers.zalo_oa.client import Client, Json
from bot.messengers.zalo_oa.errors import BAD_TOKEN, VIETNAM, OaRefusal, until_morning
from bot.messengers.zalo_oa.keeper import Keeper

log = logging.getLogger(__name__)
PATH = "/message/template"
QUOTA_PATH = "/message/quota"
URL = "https://business.openapi.zalo.me"
MONEY = "the Zalo Cloud Account is out of money or not linked"
TEMPLATE = "this template cannot be used by phone"
NO_QUOTA = "no notices by phone are left today"
_TOKEN, _NIGHT = -124, -133
_NOBODY = frozenset({-108, -114, -118, -119, -139, -140, -141, -249, -1471, -1472})
_SPENT = frozenset({-144, -147})
_PAID = frozenset({-115, -136, -137})
_NOT_ALLOWED = frozenset({-117, -120, -125, -126, -127, -135, -1202, -1351, -138, -1381, -1241})
_TEMPLATE = frozenset({-107, -109, -111, -112, -1121, -1122, -1124, -121, -122, -130, -131, -132, -145})

PhoneOf = Callable[[str], Awaitable[str | None]]
"""The number (84…) that the person with this account has given, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPhone:
    """`matters`: which cards are worth a paid notice."""

    phone_of: PhoneOf
    matters: Callable[[Card], bool]
    url: str = URL


class Notices:
    """Raises DeliveryFailed; a refusal that is about this notice alone leaves the address as good as it was."""

    def __init__(self, client: Client, by_phone: ByPhone, now: Callable[[], datetime]) -> None:
        self._client, self._by_phone, self._now = client, by_phone, now
        self.sent = 0
        self.refused: dict[str, int] = {}
        """By reason, since the start."""
        self.left: int | None = None
        """Of today's quota, as the last answer said."""

    async def post(self, person: str, data: Json, template: str, card: Card) -> str:
        if not self._by_phone.matters(card):
            raise DeliveryFailed(Outcome.GONE, "not worth a notice by phone", stays=True)
        phone = await self._by_phone.phone_of(person)
        if phone is None:
            raise DeliveryFailed(Outcome.GONE, "window, and no phone number")
        body = {"phone": phone, "template_id": template, "template_data": data, "tracking_id": self._tracking(person)}
        try:
            answer = await self._client.send(PATH, body)
        except DeliveryFailed as failure:
            self.refused[failure.reason] = self.refused.get(failure.reason, 0) + 1
            log.warning("zalo oa: a notice by phone was refused", extra={"reason": failure.reason})
            raise
        self.sent += 1
        answer = answer if isinstance(answer, dict) else {}
        quota = answer.get("quota")
        if isinstance(quota, dict):
            self.left = number(quota.get("remainingQuota"))
        return str(answer.get("msg_id") or "")

    async def inspect(self) -> Finding:
        """For `giaoban check`."""
        try:
            found = await self._client.get(QUOTA_PATH)
        except DeliveryFailed as failure:
            return Finding(said=f"notices by phone do not work: {failure.reason}", well=False)
        left = number(found.get("remainingQuota")) if isinstance(found, dict) else 0
        return Finding(said=f"notices by phone: {left} left today")

    def _tracking(self, person: str) -> str:
        return hashlib.sha256(f"{person} {self._now().isoformat()} {self.sent}".encode()).hexdigest()[:32]


def made(
    by_phone: ByPhone | None, http: httpx.AsyncClient, keeper: Keeper, proof_key: str, now: Callable[[], datetime]
) -> Notices | None:
    if by_phone is None:
        return None
    return Notices(Client(http, keeper, url=by_phone.url, proof_key=proof_key, now=now, refusal=refusal), by_phone, now)


def refusal(code: int, now: datetime) -> OaRefusal:
    """These numbers mean other things than the same ones of the account's own API."""
    if code == _TOKEN:
        return OaRefusal(min(BAD_TOKEN), Outcome.TRY_AGAIN, "the access token is not accepted")
    if code == _NIGHT:
        return OaRefusal(code, Outcome.SLOW_DOWN, "not at night", after=until_morning(now))
    if code in _NOBODY:
        return OaRefusal(code, Outcome.GONE, "this number takes no notices")
    if code in _SPENT:
        return OaRefusal(code, Outcome.SLOW_DOWN, NO_QUOTA, after=_until_tomorrow(now))
    if code in _PAID:
        return OaRefusal(code, Outcome.GONE, MONEY, stays=True)
    if code in _NOT_ALLOWED:
        return OaRefusal(code, Outcome.GONE, "the account may not send notices by phone", stays=True)
    if code in _TEMPLATE:
        return OaRefusal(code, Outcome.GONE, TEMPLATE, stays=True)
    return OaRefusal(code, Outcome.GONE, f"a notice was refused with {code}", stays=True)


def _until_tomorrow(now: datetime) -> float:
    """Quotas begin anew at midnight, notices are taken from six."""
    here = now.astimezone(VIETNAM)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (midnight - here).total_seconds() + until_morning(midnight)
