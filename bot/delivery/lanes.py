"""What waits for one messenger: in order per chat, urgent first, no sooner than the pace allows."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.pacing import Pacer

Entry = tuple[str, int, datetime]
"""Priority, row, and not before when."""
LONGEST_PAUSE = 1.0  # seconds


@dataclass(slots=True)
class Lane:
    """What waits for one chat, most urgent first; `busy` while one is under way."""

    messenger: str
    chat: str
    private: bool
    waiting: list[Entry] = field(default_factory=list)
    busy: bool = False


class Lanes:
    """Looks only at chats whose turn it may be, so that thousands waiting cost nothing."""

    def __init__(self, messenger: str, pacer: Pacer) -> None:
        self._messenger, self._pacer = messenger, pacer
        self._lanes: dict[str, Lane] = {}
        self._ready: list[tuple[str, int, str]] = []  # priority and row of a chat's first, the chat
        self._paced: list[tuple[float, str]] = []
        self._dated: list[tuple[datetime, str]] = []

    def add(self, chat: str, entry: Entry, *, private: bool) -> None:
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = Lane(self._messenger, chat, private)
        heapq.heappush(lane.waiting, entry)
        if lane.waiting[0] is entry:
            self._offer(lane)

    def choose(self, room: int, now: float, clock_now: datetime) -> list[tuple[Lane, Entry]]:
        """At most `room` messages that may leave now, their lanes busy from here."""
        self._bring_back(now, clock_now)
        chosen: list[tuple[Lane, Entry]] = []
        while self._ready and len(chosen) < room and self._pacer.all_free_at <= now:
            priority, row_id, chat = heapq.heappop(self._ready)
            lane = self._lanes.get(chat)
            if lane is None or lane.busy or not lane.waiting or lane.waiting[0][:2] != (priority, row_id):
                continue
            free_at = self._pacer.free_at(chat, private=lane.private)
            if lane.waiting[0][2] > clock_now:
                heapq.heappush(self._dated, (lane.waiting[0][2], chat))
            elif free_at > now:
                heapq.heappush(self._paced, (free_at, chat))
            else:
                self._pacer.sent(chat, now, private=lane.private)
                lane.busy = True
                chosen.append((lane, heapq.heappop(lane.waiting)))
        return chosen

    def pause(self, now: float, clock_now: datetime) -> float:
        """Seconds until the next may leave, as far as time alone decides it."""
        waits = [LONGEST_PAUSE]
        if self._ready and self._pacer.all_free_at > now:
            waits.append(self._pacer.all_free_at - now)
        if self._paced:
            waits.append(self._paced[0][0] - now)
        if self._dated:
            waits.append((self._dated[0][0] - clock_now).total_seconds())
        return max(min(waits), 0.001)

    def release(self, lane: Lane, *again: Entry) -> None:
        """Nothing of this chat is under way any more; `again` is to be tried once more."""
        for entry in again:
            heapq.heappush(lane.waiting, entry)
        lane.busy = False
        if lane.waiting:
            self._offer(lane)
        elif self._lanes.get(lane.chat) is lane:
            del self._lanes[lane.chat]

    def held_back(self, clock_now: datetime) -> int:
        """Messages that could go out now but for an earlier one of their chat, which waits for its next try."""
        lanes = [each for each in self._lanes.values() if each.waiting and each.waiting[0][2] > clock_now]
        return sum(entry[2] <= clock_now for lane in lanes for entry in lane.waiting)

    def forget_waiting(self) -> None:
        """All that waits will be noted anew; what is under way comes back by itself."""
        self._lanes = {chat: lane for chat, lane in self._lanes.items() if lane.busy}
        for lane in self._lanes.values():
            lane.waiting.clear()
        self._ready, self._paced, self._dated = [], [], []

    def move(self, lane: Lane, to: str, *again: Entry) -> None:
        """The chat has a new id: what waits for the old one waits for the new one."""
        for entry in (*again, *lane.waiting):
            self.add(to, entry, private=lane.private)
        lane.waiting.clear()

    def _offer(self, lane: Lane) -> None:
        if not lane.busy:
            priority, row_id, _ = lane.waiting[0]
            heapq.heappush(self._ready, (priority, row_id, lane.chat))

    def _bring_back(self, now: float, clock_now: datetime) -> None:
        chats: list[str] = []
        while self._paced and self._paced[0][0] <= now:
            chats.append(heapq.heappop(self._paced)[1])
        while self._dated and self._dated[0][0] <= clock_now:
            chats.append(heapq.heappop(self._dated)[1])
        for chat in chats:
            lane = self._lanes.get(chat)
            if lane is not None and lane.waiting:
                self._offer(lane)
