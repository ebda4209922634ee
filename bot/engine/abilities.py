"""What each messenger can do, for the few words that depend on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.messages import Card
from bot.chat.messenger import Capabilities, Messenger
from storage.people import Account


class Abilities:
    """Looked up when asked: a messenger may learn what it can do after the start."""

    def __init__(self, messengers: Mapping[str, Messenger]) -> None:
        self._messengers = messengers

    def of(self, messenger: str) -> Capabilities:
        known = self._messengers.get(messenger)
        return known.capabilities if known is not None else Capabilities()

    @property
    def notifies_by_phone(self) -> bool:
        return any(each.capabilities.notifies_by_phone for each in self._messengers.values())

    def carries(self, messenger: str, name: str, size: int = 0) -> bool:
        """Whether a file of this name and size in bytes can be sent there."""
        known = self.of(messenger)
        ending = name.lower().rpartition(".")[2]
        return known.files and size <= known.max_upload and (not known.file_endings or ending in known.file_endings)


@dataclass(frozen=True, slots=True)
class FileDoor:
    """Where a file goes that a messenger does not carry.

    `instead` is given the transaction, a card with a file, and the account whose private chat it is for (None: a room);
    it returns the card without the file and with the way to a page on which that person fetches it.
    """

    instead: Callable[[Any, Card, Account | None], Card]
