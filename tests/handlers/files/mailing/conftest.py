"""The stage with official mail: a mail server, three members, two of whom have an address."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import Clock
from bot.messengers.mail import Mail
from config.settings import Settings
from handlers.people.official import MailDomains
from tests.fakes.authority import authority
from tests.fakes.smtp import FakeSmtp
from tests.handlers.files.mailing.scene import MailStage
from tests.handlers.files.scene import all_heard, reachable
from tests.stage import FRIDAY, Office, PaperMessenger


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp(authority(tmp_path / "authority")) as running:
        yield running


@pytest.fixture
async def office(settings: Settings, server: FakeSmtp) -> AsyncIterator[Office]:
    """With a mailbox of its own."""
    paper, clock = PaperMessenger(), Clock(settings.zone, stopped_at=FRIDAY)
    mail = Mail(
        host="127.0.0.1",
        port=server.port,
        user=server.user,
        password=server.password,
        sender="Giao Ban <giaoban@tinh.gov.vn>",
        ca_file=str(server.authority.ca),
        now=clock.now,
    )
    app = App(settings, [paper, mail], clock=clock)
    app.kit[MailDomains] = MailDomains(("*.gov.vn",))  # type: ignore[index]
    await app.start()
    made = Office(app, paper)
    yield made
    await app.stop()
    made.finish()


@pytest.fixture
async def stage(office: Office, server: FakeSmtp) -> MailStage:
    """Lan leads; Lan, Bình and Chi have private chats; Lan and Bình have official addresses."""
    lan, binh, chi = office.person("Lan", "lan"), office.person("Bình", "binh"), office.person("Chi", "chi")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan, binh, chi)
    await lan.says("/thietlap Tổ một", room)
    await binh.presses("Tham gia")
    await chi.presses("Tham gia")
    made = MailStage(office, lan, binh, chi, room, server=server)
    await made.registers(lan, binh)
    all_heard(office)
    return made
