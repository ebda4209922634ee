"""What becomes of a message after an attempt: the one place that decides from a messenger's classification."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.messenger import DeliveryFailed, Outcome
from storage.outbox import Act, OutboxState

log = logging.getLogger(__name__)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_PAUSE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    state: OutboxState
    again_at: datetime | None = None
    anew: bool = False
    """Not an edit any more: the message it would change is gone, send it as a new one."""
    address_gone: bool = False


def judge(failure: DeliveryFailed, *, act: Act, attempts: int, created_at: datetime, now: datetime) -> Verdict:
    """`attempts` counts the one that just failed."""
    if failure.outcome is Outcome.GONE:
        return Verdict(state=OutboxState.DEAD, address_gone=True)
    if failure.outcome is Outcome.REJECTED:
        if act is Act.SHOW:
            return Verdict(state=OutboxState.PENDING, again_at=now, anew=True)
        return Verdict(state=OutboxState.DEAD)
    if failure.outcome is Outcome.SLOW_DOWN:
        return Verdict(state=OutboxState.PENDING, again_at=now)  # the pacer holds the chat back
    if failure.outcome is Outcome.MOVED:
        return Verdict(state=OutboxState.PENDING, again_at=now)
    if now - created_at > GIVE_UP_AFTER:
        return Verdict(state=OutboxState.DEAD)
    unclear = failure.outcome is Outcome.UNCLEAR and act in (Act.SEND, Act.SHOW)
    return Verdict(state=OutboxState.UNCLEAR if unclear else OutboxState.PENDING, again_at=now + pause(attempts))


def pause(attempts: int) -> timedelta:
    """1, 2, 4 … seconds, two minutes at most."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 10)), LONGEST_PAUSE)


async def quietly(step: Awaitable[None]) -> None:
    """What is not tried again: a message that is not pinned has arrived all the same."""
    try:
        await step
    except DeliveryFailed as failure:
        log.info("a message could not be pinned", extra={"reason": failure.reason})
