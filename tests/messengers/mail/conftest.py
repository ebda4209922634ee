"""A mail server with an authority of its own, and the adapter that trusts it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.messengers.mail import Mail
from tests.fakes.authority import Authority, authority
from tests.fakes.smtp import FakeSmtp

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SENDER = "Giao Ban <giaoban@tinh.gov.vn>"
Make = Callable[..., Mail]


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def server(trusted: Authority) -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp(trusted) as running:
        yield running


def mail_to(server: FakeSmtp, **changes: Any) -> Mail:
    """The adapter as it is set up for this server."""
    usual: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": server.user,
        "password": server.password,
        "sender": SENDER,
        "ca_file": str(server.authority.ca),
        "now": lambda: NOW,
        "stamp": b"a key",
        "tls": "tls" if server.implicit else "starttls",
    }
    return Mail(**(usual | changes))


@pytest.fixture
def mail(server: FakeSmtp) -> Mail:
    return mail_to(server)


@pytest.fixture
def other_authority(tmp_path: Path) -> Authority:
    return authority(tmp_path / "other")
