"""The connection to the mail server: encrypted before anything is said, its certificate checked."""

import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from aiosmtplib import SMTP
from aiosmtplib.errors import SMTPException, SMTPResponseException

from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.mail.errors import Step, classify

SECONDS = 30.0  # for each answer
DATA_SECONDS = 300.0  # for a whole mail on a slow line; RFC 5321 4.5.3.2 asks for ten minutes at the most


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mails are handed over. `implicit`: encrypted from the first byte (465), else by STARTTLS (587)."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    implicit: bool
    context: ssl.SSLContext
    own_name: str
    """How we introduce ourselves: the sender's domain."""


def trusting(ca_file: str) -> ssl.SSLContext:
    """The system's authorities, or those of the file. ValueError when it cannot be read."""
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as unreadable:
        raise ValueError("the mail server's CA file cannot be read") from unreadable
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextlib.asynccontextmanager
async def connected(server: Server) -> AsyncIterator[SMTP]:
    """Encrypted and logged in. DeliveryFailed(TRY_AGAIN) with a reason that is safe to show, and nothing else."""
    client = SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        local_hostname=server.own_name,
        use_tls=server.implicit,
        start_tls=not server.implicit,
        tls_context=server.context,
        timeout=SECONDS,
    )
    await _connect(client)
    try:
        yield client
    finally:
        client.close()


async def _connect(client: SMTP) -> None:
    try:
        await client.connect()
    except SMTPResponseException as refused:
        raise classify(Step.CONNECT, refused.code, refused.message) from None
    except (SMTPException, OSError, ValueError) as failure:
        raise DeliveryFailed(Outcome.TRY_AGAIN, _told(failure)) from None


def _told(failure: BaseException) -> str:
    """In our own words: the library's may quote the server, and the server our address."""
    chain = (failure, failure.__cause__, failure.__context__)
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in chain):
        return "the mail server's certificate is not trusted"
    if any(isinstance(each, ssl.SSLError) for each in chain):
        return "the connection to the mail server cannot be encrypted"
    if "STARTTLS extension not supported" in str(failure):
        return "the mail server offers no STARTTLS"
    if isinstance(failure, TimeoutError):
        return "the mail server does not answer in time"
    if isinstance(failure, OSError):
        return "the mail server cannot be reached"
    return "the mail server takes no login"


async def deliver(client: SMTP, sender: str, to: str, mail: bytes) -> None:
    """Hands over one mail to one recipient; what fails before its content goes out has certainly not arrived."""
    sized = [f"SIZE={len(mail)}"] if client.supports_extension("size") else []
    step = Step.MAIL
    try:
        await client.mail(sender, options=sized)
        step = Step.RCPT
        await client.rcpt(to)
        step = Step.DATA
        await client.data(mail, timeout=DATA_SECONDS)
    except SMTPResponseException as refused:
        raise classify(step, refused.code, refused.message) from None
    except (SMTPException, OSError):
        if step is Step.DATA:
            raise DeliveryFailed(Outcome.UNCLEAR, "connection lost while the mail went out") from None
        raise DeliveryFailed(Outcome.TRY_AGAIN, "connection to the mail server lost") from None
    with contextlib.suppress(SMTPException, OSError):
        await client.quit()
