"""The port of messengers on which the program makes group chats itself: places, founding, inviting, who is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.chat.messenger import DeliveryFailed, Outcome


class Hurdle(StrEnum):
    NO_RIGHT = "no-right"  # the bot's account may not make group chats
    NO_PLACE = "no-place"  # the paid place is gone, or another has taken it
    NO_SPONSOR = "no-sponsor"  # one of the first people must be an administrator of the bot's account


class FoundingRefused(DeliveryFailed):
    """A no that words can be found for."""

    def __init__(self, hurdle: Hurdle, reason: str) -> None:
        super().__init__(Outcome.REJECTED, reason)
        self.hurdle = hurdle


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A paid place for one group chat. `seats`: people it holds beside the bot."""

    id: str
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A group chat that stands; `link` leads into it."""

    chat: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who is in a group chat. `usable` False: it was dissolved, or its place has lapsed."""

    usable: bool
    inside: frozenset[str] = field(default=frozenset())
    ends_on: date | None = None
    """The last day of its place, where that is not renewed by itself."""


class RoomMaker(Protocol):
    """All calls raise DeliveryFailed and nothing else."""

    async def places(self) -> Sequence[Place]:
        """Those that are free, smallest first."""

    async def acquaintances(self) -> Mapping[str, str]:
        """Names by account of people who could be invited, as far as the messenger tells; never all of a city."""

    async def found(self, name: str, place: str, people: Sequence[str]) -> Founded:
        """Makes the group chat at this place with these people; asked again (the answer was lost), finds it."""

    async def invite(self, chat: str, people: Sequence[str]) -> frozenset[str]:
        """In batches; those who could not be invited. Asked twice it does no harm."""

    async def attendance(self, chat: str) -> Attendance: ...


@runtime_checkable
class MakesRooms(Protocol):
    """A messenger that has a maker of rooms; whether its account may use it now, Capabilities.founds_rooms says."""

    @property
    def rooms(self) -> RoomMaker: ...
