"""What an Official Account has granted us, and how it is kept: as one text that only the store can read."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

REFRESH_LIFE = timedelta(days=90)  # three months, by Zalo's documentation
RENEW_AT = 0.8  # of the access token's life
WARN_BEFORE = timedelta(days=14)


class TokenStore(Protocol):
    """One text with a generation number, encrypted at rest. Raises OSError when it cannot be reached."""

    async def read(self) -> tuple[int, str] | None:
        """(generation, text); None when nothing was ever stored."""

    async def replace(self, generation: int, text: str) -> bool:
        """Stores `text` as generation + 1 if the stored generation still is `generation` (0: nothing stored yet).
        Durable once it returns True; False when another came first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What the token endpoint answers. `seconds`: life of the access token."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`lease` is the intent written before each renewal: whoever holds it asks, all others wait until it runs out."""

    access: str = field(default="", repr=False)
    refresh: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime
    """Of the access token."""
    ends_at: datetime
    """Of the refresh token: after this only a person can renew the grant."""
    lease: str = ""
    lease_until: datetime | None = None
    refused: bool = False
    refused_by: str = ""
    """Fingerprint of the app with which the refresh token was refused."""
    doubtful: bool = False
    """A renewal was begun whose answer never came: if the old token is refused, that answer was lost."""
    speaks: str = ""
    """v2 or v3, once it is known which the account's kind may use."""
    warned_on: str = ""
    seed: str = ""
    """Fingerprint of the setting this grant began with."""

    def renew_at(self) -> datetime:
        return self.issued_at + (self.expires_at - self.issued_at) * RENEW_AT

    def is_leased(self, now: datetime) -> bool:
        return self.lease_until is not None and self.lease_until > now

    def ends_soon(self, now: datetime) -> bool:
        return self.ends_at - now <= WARN_BEFORE

    def leased(self, lease: str, until: datetime) -> "Grant":
        return replace(self, lease=lease, lease_until=until, doubtful=self.doubtful or bool(self.lease))

    def renewed(self, pair: Pair, now: datetime) -> "Grant":
        return replace(
            granted(pair, now, seed=self.seed, speaks=self.speaks),
            warned_on="" if self.refused else self.warned_on,
        )


def granted(pair: Pair, now: datetime, *, seed: str = "", speaks: str = "") -> Grant:
    return Grant(
        access=pair.access,
        refresh=pair.refresh,
        issued_at=now,
        expires_at=now + timedelta(seconds=pair.seconds),
        ends_at=now + REFRESH_LIFE,
        seed=seed,
        speaks=speaks,
    )


_MOMENTS = ("issued_at", "expires_at", "ends_at", "lease_until")


def to_text(grant: Grant) -> str:
    return json.dumps(asdict(grant), default=lambda moment: moment.isoformat())


def from_text(text: str) -> Grant:
    values: dict[str, Any] = json.loads(text)
    moments = {name: datetime.fromisoformat(values[name]) for name in _MOMENTS if values[name]}
    return Grant(**values | moments)
