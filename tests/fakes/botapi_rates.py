"""Telegram's published limits, really enforced: 30 a second in all, 1 to a person, 20 a minute to a group."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Rates:
    """`clock` in seconds. Sliding windows; a refused message does not count. `refused` counts them."""

    clock: Callable[[], float]
    per_second: int = 30
    per_private_second: int = 1
    per_group_minute: int = 20
    refused: int = 0
    _sent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def retry_after(self, chat: int) -> int | None:
        """Seconds to wait, or None when the message may pass; then it counts."""
        now = self.clock()
        windows = [("all", self.per_second, 1.0)]
        windows.append(
            (str(chat), self.per_private_second, 1.0) if chat > 0 else (str(chat), self.per_group_minute, 60.0)
        )
        waits = [wait for name, limit, span in windows if (wait := self._wait(name, limit, span, now)) > 0]
        if waits:
            self.refused += 1
            return math.ceil(max(waits))
        for name, _, _ in windows:
            self._sent[name].append(now)
        return None

    def _wait(self, name: str, limit: int, span: float, now: float) -> float:
        sent = self._sent[name]
        while sent and sent[0] <= now - span:
            sent.popleft()
        return sent[-limit] + span - now if len(sent) >= limit else 0.0
