"""Official e-mail as a Messenger: an address is a chat, a card is a mail, and nothing is heard."""

import asyncio
import logging
import random
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parseaddr

from bot.background import Background
from bot.chat.events import FileRef
from bot.chat.messages import Card
from bot.chat.messenger import (
    Address,
    Capabilities,
    ChatFacts,
    DeliveryFailed,
    Intake,
    MenuEntry,
    Outcome,
    Standing,
)
from bot.messengers.mail import writing
from bot.messengers.mail.line import Server, connected, deliver, trusting
from bot.messengers.mail.writing import Sender

log = logging.getLogger(__name__)
MESSENGER = "mail"
PAUSES = (1.0, 5.0, 30.0, 120.0)  # seconds between tries to reach the server, the last for ever; jittered
CHECK_SECONDS = 600.0  # between looks at a server that is well
AT_ONCE = 4  # connections: what small servers allow one client
MAX_TEXT = 100_000
MAX_UPLOAD = 25 * 1024 * 1024  # bytes, a third more on the way; a server that takes less refuses and is told of


class Mail:
    """`tls`: `starttls` or `tls` (from the first byte); there is no third. `sender`: `bot@tinh.gov.vn`, or with a name
    before it in angle brackets. `now` is asked for the Date of mails. `stamp`: a key for their ids, the same after a
    restart. Raises ValueError for a sender that is no address and a CA file that cannot be read.
    """

    def __init__(
        self,
        *,
        host: str,
        sender: str,
        now: Callable[[], datetime],
        port: int = 587,
        user: str = "",
        password: str = "",
        tls: str = "starttls",
        ca_file: str = "",
        stamp: bytes = b"",
    ) -> None:
        name, address = parseaddr(sender)
        if not writing.is_address(address):
            raise ValueError("official mail needs the address it is sent from, e.g. giaoban@tinh.gov.vn")
        if tls not in ("starttls", "tls"):
            raise ValueError("official mail is sent over starttls or tls")
        self._sender = Sender(name=name, address=address, stamp=stamp or secrets.token_bytes(32))
        self._server = Server(
            host=host,
            port=port,
            user=user,
            password=password,
            implicit=tls == "tls",
            context=trusting(ca_file),
            own_name=self._sender.domain,
        )
        self._now = now
        self._background = Background()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._standing = Standing(ready=False, problem="not started")

    @property
    def name(self) -> str:
        return MESSENGER

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            buttons=False,
            edits=False,
            deletes=False,
            files=True,
            max_text=MAX_TEXT,
            max_upload=MAX_UPLOAD,
            max_download=0,
        )

    @property
    def standing(self) -> Standing:
        return self._standing

    async def start(self, intake: Intake) -> None:
        """There is nothing to take; only whether the server lets us in is looked at, now and then."""
        self._standing = Standing(ready=False, problem="connecting")
        self._background.start(self._look(), name="mail server")

    async def stop(self) -> None:
        await self._background.stop()
        self._standing = Standing(ready=False, problem="stopped")

    async def _look(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            try:
                async with connected(self._server):
                    self._is_well()
            except DeliveryFailed as failed:
                self._is_not_well(failed)
            failures = 0 if self._standing.ready else failures + 1
            pause = PAUSES[min(failures, len(PAUSES)) - 1] if failures else CHECK_SECONDS
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))

    def _is_well(self) -> None:
        self._standing = Standing(ready=True, name=self._server.host)

    def _is_not_well(self, failed: DeliveryFailed) -> None:
        if failed.reason != self._standing.problem:
            log.warning("official mail cannot be sent", extra={"reason": failed.reason})
        self._standing = Standing(ready=False, problem=failed.reason, name=self._server.host)

    # mails

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        """One mail, however long its text. Its id is the Message-ID."""
        if not writing.is_address(to.chat):
            raise DeliveryFailed(Outcome.REJECTED, "not an e-mail address")
        if not card.text.strip() and card.file is None:
            raise DeliveryFailed(Outcome.REJECTED, "the mail is empty")
        made = await asyncio.to_thread(writing.mail, self._sender, to.chat, card, content, self._now())
        async with self._places:
            await self._hand_over(to.chat, made)
        return writing.message_id(self._sender, to.chat, card)

    async def _hand_over(self, to: str, made: bytes) -> None:
        reached = False
        try:
            async with connected(self._server) as client:
                reached = True
                self._is_well()
                await deliver(client, self._sender.address, to, made)
        except DeliveryFailed as failed:
            if not reached:
                self._is_not_well(failed)
            raise

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "mails cannot be edited")

    async def delete(self, to: Address, message_id: str) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "mails cannot be taken back")

    async def pin(self, to: Address, message_id: str) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "mails cannot be pinned")

    # what mail does not have

    async def fetch(self, file: FileRef) -> bytes:
        raise DeliveryFailed(Outcome.REJECTED, "no files come in by mail")

    async def acknowledge(self, token: str, text: str = "") -> None:
        """There are no buttons, so nothing was pressed."""

    async def typing(self, to: Address) -> None:
        """Nobody sees it."""

    async def facts(self, chat: str) -> ChatFacts:
        raise DeliveryFailed(Outcome.REJECTED, "mail has no groups")

    async def invite_link(self, chat: str, name: str) -> str:
        raise DeliveryFailed(Outcome.REJECTED, "mail has no groups")

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "mail has no groups")

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None:
        """There is no menu."""
