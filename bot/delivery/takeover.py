"""From a former sender to this one: what it left under way, and what it sent lately, which counts in the limits."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.delivery.pacing import Pacer
from storage import leases, outbox
from storage.leases import Held

MINUTE = timedelta(seconds=61)  # the longest window of any limit


def begin(session: Session, held: Held, now: datetime) -> Sequence[Any] | None:
    """What was sent lately; None when the lease has gone to yet another."""
    if not leases.is_held(session, held):
        return None
    outbox.interrupted(session)
    return outbox.left_since(session, now - MINUTE)


def count(left: Sequence[Any], pacers: Mapping[str, Pacer], now: datetime) -> None:
    """As if we had sent it ourselves."""
    for row in left:
        if row.messenger in pacers:
            ago = max((now - row.left_at).total_seconds(), 0.0)
            pacers[row.messenger].sent(row.chat, time.monotonic() - ago, private=row.private)
