"""Bad weather over the fake Bot API, by chance with a seed: refusals, silence, cut lines, updates told again and out of
order between chats."""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.botapi_world import Json, Refused

Post = Callable[[Json], Awaitable[int]]
ECHOES = 4  # beside the first time: five in all
SERVER_TROUBLE = (500, 502, 504)


@dataclass
class Weather:
    """`fury` is the share of calls that meet something. `seen` counts what they met."""

    seed: int
    fury: float = 0.3
    longest_hang: float = 2.0
    seen: Counter[str] = field(default_factory=Counter)
    closed: dict[str, float] = field(default_factory=dict)
    """Chats that take nothing until then (monotonic), whatever they were told."""

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._echoes: deque[Json] = deque()

    # calls

    async def meets(self, method: str, asked: Mapping[str, Any]) -> str | None:
        """Raises what the server answers instead; `drop_after_accept` and `drop_before` are for the caller."""
        if method in ("getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"):
            return None
        chat = str(asked.get("chat_id", ""))
        self._refuses_closed(chat)
        if self._chance.random() >= self.fury:
            return None
        kind = self._chance.choice(("429", "429 too short", "5xx", "hang", "late", "drop_after_accept", "drop_before"))
        self.seen[kind] += 1
        if kind.startswith("429"):
            self._closes(chat, honest=kind == "429")
        if kind == "5xx":
            raise Refused(self._chance.choice(SERVER_TROUBLE), "trouble")
        if kind in ("hang", "late"):
            await asyncio.sleep(self._chance.uniform(0.1, self.longest_hang))
        return "drop_before" if kind == "hang" else kind

    def _closes(self, chat: str, *, honest: bool) -> None:
        wait = 1 if honest else self._chance.uniform(1.5, 3)
        self.closed[chat] = time.monotonic() + wait
        raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)

    def _refuses_closed(self, chat: str) -> None:
        if self.closed.get(chat, 0.0) > time.monotonic():
            self.seen["429 again"] += 1
            raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)

    # updates

    async def tells(self, updates: deque[Json], post: Post) -> int:
        """One delivery: the next of some chat, or one that was told already; what the program answered."""
        if self._echoes and (not updates or self._chance.random() < 0.5):
            return await post(self._echoes.popleft())
        update = self._chance.choice(first_of_each_chat(updates))
        status = await post(update)
        if 200 <= status < 300:
            updates.remove(update)
            again = self._chance.randint(0, ECHOES)
            self.seen["told again"] += again
            self._echoes.extend([update] * again)
        return status

    @property
    def has_echoes(self) -> bool:
        return bool(self._echoes)


def first_of_each_chat(updates: Sequence[Json]) -> list[Json]:
    """Telegram promises an order within a chat only."""
    first: dict[Any, Json] = {}
    for update in updates:
        first.setdefault(_chat(update), update)
    return list(first.values())


def _chat(update: Json) -> Any:
    said = update.get("message") or (update.get("callback_query") or {}).get("message") or {}
    return said.get("chat", {}).get("id", update["update_id"])
