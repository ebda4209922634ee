"""A mail server on loopback: STARTTLS or TLS with an authority of its own, login, and the refusals of real ones."""

import asyncio
import base64
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Literal, Self, cast

from tests.fakes.authority import Authority

Step = Literal["connect", "starttls", "auth", "mail", "rcpt", "data", "content"]
DROP, KEEP_AND_DROP = "drop", "keep and drop"
"""The connection is cut; or the mail is taken first, and the connection cut before the answer."""
UNKNOWN = "550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table"


@dataclass(frozen=True, slots=True)
class Received:
    """A mail that was taken."""

    sender: str
    to: str
    raw: bytes
    encrypted: bool

    @property
    def mail(self) -> EmailMessage:
        return cast("EmailMessage", message_from_bytes(self.raw, policy=policy.default))

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def text(self) -> str:
        body = self.mail.get_body(("plain",))
        return body.get_content().replace("\r\n", "\n").removesuffix("\n") if body is not None else ""

    @property
    def files(self) -> dict[str, bytes]:
        return {
            str(each.get_filename()): cast("bytes", each.get_payload(decode=True))
            for each in self.mail.iter_attachments()
        }


@dataclass
class FakeSmtp:
    """`async with FakeSmtp(authority) as server:`. `nobody`: addresses that are not known here."""

    authority: Authority
    user: str = "giaoban@tinh.gov.vn"
    password: str = "FakeSmtpSecret-77aA"
    implicit: bool = False
    offers_starttls: bool = True
    largest: int = 40 * 1024 * 1024
    port: int = 0
    nobody: set[str] = field(default_factory=set)
    received: list[Received] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Every command, logins without their secret."""
    connections: int = 0
    _faults: dict[str, deque[str]] = field(default_factory=dict)
    _open: set["_Session"] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.come_up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.go_down()

    async def come_up(self) -> None:
        """On the port it had before."""
        context = self.tls if self.implicit else None
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Session(self), "127.0.0.1", self.port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def go_down(self) -> None:
        """Nothing is listening any more, and nobody is left inside."""
        if self._server is not None:
            self._server.close()
            for each in list(self._open):
                each.cut()
            await self._server.wait_closed()
            self._server = None

    @property
    def tls(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.authority.chain, self.authority.key)
        return context

    def fail_next(self, step: Step, *answers: str) -> None:
        """The next times this step is reached it is answered so; DROP and KEEP_AND_DROP cut the connection."""
        self._faults.setdefault(step, deque()).extend(answers)

    def fault(self, step: Step) -> str | None:
        waiting = self._faults.get(step)
        return waiting.popleft() if waiting else None

    def to(self, address: str) -> list[Received]:
        return [each for each in self.received if each.to == address]


class _Session(asyncio.Protocol):
    """One client, a line at a time."""

    def __init__(self, server: FakeSmtp) -> None:
        self._server, self._encrypted = server, server.implicit
        self._transport: asyncio.Transport | None = None
        self._kept = bytearray()
        self._content: bytearray | None = None
        self._lines: Callable[[str], None] | None = None
        self._let_in = False
        self._sender = self._to = ""
        self._upgrade: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._transport is not None:
            return
        self._transport = cast("asyncio.Transport", transport)
        self._server.connections += 1
        self._server._open.add(self)
        self._answer("connect", "220 mail.tinh.gov.vn ESMTP")

    def connection_lost(self, exc: Exception | None) -> None:
        self._server._open.discard(self)

    def cut(self) -> None:
        self._server._open.discard(self)
        if self._upgrade is not None:
            self._upgrade.cancel()
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._kept += data
        if self._upgrade is None or self._upgrade.done():
            self._work()

    def _work(self) -> None:
        """Not while the line is being encrypted: an answer would go out in clear."""
        while self._transport is not None and not self._transport.is_closing():
            if self._content is not None:
                if not self._take_content():
                    return
                continue
            line, found, rest = bytes(self._kept).partition(b"\r\n")
            if not found:
                return
            self._kept = bytearray(rest)
            self._hear(line.decode("utf-8", "replace"))
            if self._upgrade is not None and not self._upgrade.done():
                return

    def _take_content(self) -> bool:
        end = self._kept.find(b"\r\n.\r\n")
        if end < 0:
            return False
        raw = bytes(self._kept[: end + 2]).replace(b"\r\n..", b"\r\n.")
        del self._kept[: end + 5]
        self._content = None
        fault = self._server.fault("content")
        if fault is None or fault == KEEP_AND_DROP:
            self._server.received.append(Received(self._sender, self._to, raw, self._encrypted))
        self._say(fault or "250 2.0.0 Ok: queued as 4F1A2")
        return True

    def _hear(self, line: str) -> None:
        if self._lines is not None:
            waiting, self._lines = self._lines, None
            waiting(line)
            return
        verb, _, rest = line.partition(" ")
        self._server.said.append(verb if verb.upper() == "AUTH" else line)
        answer = getattr(self, f"_{verb.lower()}", None)
        if answer is None:
            self._say("502 5.5.2 Error: command not recognized")
        else:
            answer(rest)

    def _ehlo(self, rest: str) -> None:
        offers = ["mail.tinh.gov.vn", f"SIZE {self._server.largest}", "8BITMIME", "ENHANCEDSTATUSCODES"]
        if self._encrypted:
            offers.append("AUTH PLAIN LOGIN")
        elif self._server.offers_starttls:
            offers.append("STARTTLS")
        self._say("\r\n".join([*(f"250-{each}" for each in offers[:-1]), f"250 {offers[-1]}"]))

    def _starttls(self, rest: str) -> None:
        if not self._answer("starttls", "220 2.0.0 Ready to start TLS"):
            return
        assert self._transport is not None
        self._transport.pause_reading()
        self._kept.clear()
        self._upgrade = asyncio.get_running_loop().create_task(self._encrypt())
        self._upgrade.add_done_callback(lambda _: self._work())

    async def _encrypt(self) -> None:
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        try:
            upgraded = await loop.start_tls(self._transport, self, self._server.tls, server_side=True)
        except (OSError, ssl.SSLError):
            self._server._open.discard(self)
            self._transport.abort()
            return
        self._transport, self._encrypted = upgraded, True

    def _auth(self, rest: str) -> None:
        way, _, first = rest.partition(" ")
        if way.upper() == "PLAIN":
            self._ask("334 ", self._plain) if not first else self._plain(first)
        else:
            self._ask("334 VXNlcm5hbWU6", self._login_user) if not first else self._login_user(first)

    def _ask(self, words: str, then: Callable[[str], None]) -> None:
        self._lines = then
        self._say(words)

    def _plain(self, line: str) -> None:
        _, user, password = base64.b64decode(line).decode().split("\0")
        self._login(user, password)

    def _login_user(self, line: str) -> None:
        user = base64.b64decode(line).decode()
        self._ask("334 UGFzc3dvcmQ6", lambda said: self._login(user, base64.b64decode(said).decode()))

    def _login(self, user: str, password: str) -> None:
        right = (user, password) == (self._server.user, self._server.password)
        self._let_in = self._answer("auth", "235 2.7.0 Authentication successful") if right else False
        if not right:
            self._say("535 5.7.8 Error: authentication failed")

    def _mail(self, rest: str) -> None:
        address, _, options = rest.removeprefix("FROM:").partition(" ")
        size = int(options.upper().partition("SIZE=")[2].split(" ")[0] or 0)
        self._sender = address.strip("<>")
        if not self._encrypted:
            self._say("530 5.7.0 Must issue a STARTTLS command first")
        elif not self._let_in:
            self._say("530 5.7.0 Authentication required")
        elif size > self._server.largest:
            self._say("552 5.3.4 Message size exceeds fixed limit")
        else:
            self._answer("mail", "250 2.1.0 Ok")

    def _rcpt(self, rest: str) -> None:
        self._to = rest.removeprefix("TO:").partition(" ")[0].strip("<>")
        if self._to in self._server.nobody:
            self._say(UNKNOWN.format(self._to))
        else:
            self._answer("rcpt", "250 2.1.5 Ok")

    def _data(self, rest: str) -> None:
        if self._answer("data", "354 End data with <CR><LF>.<CR><LF>"):
            self._content = bytearray()

    def _rset(self, rest: str) -> None:
        self._say("250 2.0.0 Ok")

    def _quit(self, rest: str) -> None:
        self._say("221 2.0.0 Bye")
        if self._transport is not None:
            self._transport.close()

    def _answer(self, step: Step, fine: str) -> bool:
        """Whether it went well."""
        fault = self._server.fault(step)
        self._say(fault or fine)
        return fault is None

    def _say(self, words: str) -> None:
        if self._transport is None:
            return
        if words in (DROP, KEEP_AND_DROP):
            self._transport.abort()
            return
        self._transport.write(f"{words}\r\n".encode())
        if words.startswith("421"):
            self._transport.close()
