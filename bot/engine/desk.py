"""What slow jobs may use from their worker thread: messengers and the composition root's things, as blocking calls."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from bot.chat.events import FileRef
from bot.chat.founding import FoundingRefused, Hurdle, MakesRooms, RoomMaker
from bot.chat.messenger import ChatFacts, Messenger
from storage.vault import Vault

T = TypeVar("T")
FROM_VAULT = "vault"  # in place of a messenger's name: the file was handed in on the web side
PATIENCE = 120.0  # seconds for a download on a slow line


class MessengerDesk:
    """Implements bot.engine.features.Desk. Calls raise DeliveryFailed as the port says."""

    def __init__(self, messengers: Mapping[str, Messenger], kit: Mapping[type[Any], Any]) -> None:
        self._messengers, self._kit = messengers, kit
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self) -> None:
        """Called on the event loop once it runs."""
        self._loop = asyncio.get_running_loop()

    def fetch(self, file: FileRef) -> bytes:
        if file.messenger == FROM_VAULT:
            return self.need(Vault).get(file.id)
        return self._wait(self._messengers[file.messenger].fetch(file))

    def invite_link(self, messenger: str, chat: str, name: str) -> str:
        return self._wait(self._messengers[messenger].invite_link(chat, name))

    def facts(self, messenger: str, chat: str) -> ChatFacts:
        return self._wait(self._messengers[messenger].facts(chat))

    def founder(self, messenger: str, call: Callable[[RoomMaker], Coroutine[Any, Any, T]]) -> T:
        """What the messenger's maker of rooms answers to `call`."""
        known = self._messengers.get(messenger)
        if not isinstance(known, MakesRooms):
            raise FoundingRefused(Hurdle.NO_RIGHT, "no group chats are made here")
        return self._wait(call(known.rooms))

    def need(self, kind: type[T]) -> T:
        found: T = self._kit[kind]
        return found

    def _wait(self, call: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            raise RuntimeError("the desk is not open yet")
        return asyncio.run_coroutine_threadsafe(call, self._loop).result(PATIENCE)
