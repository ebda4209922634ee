"""What the tests of the Telegram adapter share besides: addresses."""

from bot.chat.messenger import Address
from tests.fakes.botapi_world import Group, Person
from tests.messengers.ears import Ears, failure

__all__ = ["Ears", "failure", "to"]


def to(place: Person | Group, thread: int | None = None) -> Address:
    return Address(
        chat=str(place.id), private=isinstance(place, Person), thread=None if thread is None else str(thread)
    )
