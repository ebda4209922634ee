"""Digests leaving at an enforced limit in turned time: where nothing may leave yet, the clock jumps to when it may."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from bot.app import App
from bot.chat.messages import Card
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.clock import Clock
from storage import outbox
from tests.bench.outgoing import LIMIT
from tests.bench.province_seed import MONDAY
from tests.fakes.botapi_rates import Rates
from tests.stage import PaperMessenger


@dataclass
class Turned:
    """Seconds that pass as they do, and those that were skipped because nothing could happen in them."""

    skipped: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.skipped


class PacedPaper(PaperMessenger):
    """Refuses what Telegram would."""

    def __init__(self, now: Turned) -> None:
        super().__init__(name="telegram")
        self.now, self.rates = now, Rates(now, per_second=LIMIT)
        self.at: list[float] = []

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        wait = self.rates.retry_after(int(to.chat))
        if wait is not None:
            raise DeliveryFailed(Outcome.SLOW_DOWN, "Too Many Requests", after=wait)
        self.at.append(self.now())
        return str(len(self.at))


@dataclass
class _Run:
    app: App
    clock: Clock
    now: Turned
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.now()

    async def step(self) -> None:
        """What may leave leaves and is recorded; then it is the time at which the next may."""
        sender = self.app.sender
        pause = await sender._step()
        while sender._in_flight:
            sender._something.clear()
            await sender._something.wait()
        self.now.skipped += pause
        self.clock.turn(MONDAY + timedelta(seconds=self.now() - self.began))


async def delivered(app: App, clock: Clock, paper: PacedPaper, now: Turned) -> dict[str, Any]:
    """Until nothing waits."""
    waiting = await app.database.run(outbox.depth)
    await app.leases.start()
    run = _Run(app, clock, now)
    with patch("bot.delivery.sender.time", SimpleNamespace(monotonic=now)):
        while len(paper.at) < waiting:
            await run.step()
    took = paper.at[-1] - paper.at[0]
    rate = (len(paper.at) - 1) / took
    return {
        "messages": len(paper.at),
        "limit": LIMIT,
        "per_second": round(rate, 2),
        "ratio": round(rate / LIMIT, 3),
        "minutes": round(took / 60, 1),
        "refused": paper.rates.refused,
    }
