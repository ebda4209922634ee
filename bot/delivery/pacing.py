"""When the next message may go: the messenger's limits as settings say, slower for a while when it objects."""

import random
from collections import deque
from dataclasses import dataclass, field

HEADROOM = 0.975  # of the limit: spacing jitters on the way, the messenger counts in windows
CATCH_UP = 0.01  # seconds: what a late loop may make good; more would use up the headroom of a window
CUT, RECOVER = 0.85, 1.01  # additive-increase style: cut by 15 % at every objection, creep back with every success
MANY = 5000  # chats remembered before idle ones are forgotten
TOGETHER = 5.0  # seconds: objections from two chats within this time mean the whole account is too fast


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Messages a second over all chats, a second to one chat, and a minute to one group (0: no group limit)."""

    per_second: float = 30
    per_chat: float = 1
    per_group_minute: float = 20


@dataclass(slots=True)
class _Chat:
    free_at: float = 0.0
    sent: deque[float] = field(default_factory=deque)  # of the last minute, groups only


class Pacer:
    """Times are seconds of a monotonic clock, given by the caller."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._factor = 1.0
        self._free_at = 0.0
        self._objected: tuple[str, float] = ("", -TOGETHER)
        self._chats: dict[str, _Chat] = {}
        self._many = MANY

    def free_at(self, chat: str, *, private: bool) -> float:
        """The earliest time at which a message to this chat may leave."""
        known = self._chats.get(chat)
        if known is None:
            return self._free_at
        return max(self._free_at, known.free_at, 0.0 if private else self._window(known))

    @property
    def all_free_at(self) -> float:
        return self._free_at

    def sent(self, chat: str, now: float, *, private: bool) -> None:
        """A message leaves now: takes its place in every limit."""
        rate = self._limits.per_second * HEADROOM * self._factor
        self._free_at = max(self._free_at, now - CATCH_UP) + 1 / rate
        known = self._chats.setdefault(chat, _Chat())
        known.free_at = now + 1 / self._limits.per_chat
        if not private and self._limits.per_group_minute:
            known.sent.append(now)
        elif not private:
            known.free_at = now
        if len(self._chats) > self._many:
            self._forget(now)
            self._many = max(MANY, 2 * len(self._chats))  # not at every message while nobody is idle

    def succeeded(self) -> None:
        self._factor = min(1.0, self._factor * RECOVER)

    def slow_down(self, chat: str, now: float, after: float) -> None:
        """The messenger objected: this chat waits, and all do when a second chat is told so within seconds."""
        until = now + after + random.uniform(0.1, 0.5)
        known = self._chats.setdefault(chat, _Chat())
        known.free_at = max(known.free_at, until)
        other, at = self._objected
        if other != chat and now - at < TOGETHER:
            self._free_at = max(self._free_at, until)
            self._factor = max(0.1, self._factor * CUT)
        self._objected = (chat, now)

    def _window(self, chat: _Chat) -> float:
        """When the oldest of a full minute's messages is a minute old."""
        limit = int(self._limits.per_group_minute)
        if not limit or len(chat.sent) < limit:
            return 0.0
        while len(chat.sent) > limit:
            chat.sent.popleft()
        return chat.sent[0] + 60.5

    def _forget(self, now: float) -> None:
        idle = [name for name, chat in self._chats.items() if chat.free_at < now - 61]
        for name in idle:
            del self._chats[name]
