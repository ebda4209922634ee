"""How much of Zalo's free tier a bot has used: people who may write to it, and messages of the month."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

MAX_PEOPLE = 50
MAX_MESSAGES = 3000  # a month; both directions are counted, as a field report says Zalo does
WARN_AT = 0.8


class Nearly(StrEnum):
    PEOPLE = "people"  # the bot will soon take nobody new: another bot is needed
    MESSAGES = "messages"  # the month's messages are running out: batch harder


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Of one bot, named by the digits of its token. `month` is its first day."""

    bot: str
    month: date
    messages: int
    people: frozenset[str]
    max_messages: int = MAX_MESSAGES
    max_people: int = MAX_PEOPLE

    @property
    def nearly(self) -> frozenset[Nearly]:
        """What has reached 80 %."""
        parts = {
            Nearly.PEOPLE: len(self.people) / self.max_people,
            Nearly.MESSAGES: self.messages / self.max_messages,
        }
        return frozenset(what for what, part in parts.items() if part >= WARN_AT)


Counted = tuple[str, date, int, Sequence[str], Sequence[str]]
"""A bot, its month, messages of the month, its people, and what is nearly used up."""


class UsageStore(Protocol):
    """Keeps the counts over restarts and of all replicas together, and sees to it that somebody is warned. `save` adds
    messages and answers with the sums. Raises OSError when out of reach."""

    async def load(self) -> Sequence[Counted]: ...
    async def save(self, counted: Sequence[Counted]) -> Sequence[Counted]: ...


class Meter:
    """Counts since the start, or since what `restore` put back; of that, what no store has been told of yet. `today`
    is the office's calendar day."""

    def __init__(self, bot: str, today: Callable[[], date]) -> None:
        self._bot, self._today = bot, today
        self._month, self._messages, self._fresh = today().replace(day=1), 0, 0
        self._people: set[str] = set()

    def message(self, person: str | None = None) -> None:
        """One message in or out; `person` where it was private."""
        self._turn()
        self._messages += 1
        self._fresh += 1
        if person is not None:
            self._people.add(person)

    def restore(self, month: date, messages: int, people: Iterable[str]) -> None:
        """Adds what an earlier run had counted; another month's messages are forgotten, its people are not."""
        self._turn()
        self._people.update(people)
        if month == self._month:
            self._messages += messages

    @property
    def unsaved(self) -> Counted:
        """Only the messages are those that are new."""
        usage = self.usage
        return usage.bot, usage.month, self._fresh, sorted(usage.people), sorted(usage.nearly)

    def note_kept(self, told: Counted, sums: Counted) -> None:
        """`told` has been kept; what others counted is known from here on."""
        self._turn()
        self._people.update(sums[3])
        if told[1] == self._month:
            self._fresh -= told[2]
        if sums[1] == self._month:
            self._messages = sums[2] + self._fresh

    @property
    def usage(self) -> Usage:
        self._turn()
        return Usage(bot=self._bot, month=self._month, messages=self._messages, people=frozenset(self._people))

    def _turn(self) -> None:
        month = self._today().replace(day=1)
        if month != self._month:
            self._month, self._messages, self._fresh = month, 0, 0
