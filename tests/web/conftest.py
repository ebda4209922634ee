"""An office whose web side has a public address."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from config.settings import Settings
from tests.conftest import KEY
from tests.handlers.files.scene import Stage, all_heard, reachable
from tests.stage import Office
from tests.web.scene import PUBLIC, Browser


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    web = {"listen": "127.0.0.1:0", "public_url": PUBLIC}
    return Settings(data_dir=tmp_path / "data", secret_key=KEY, web=web)


@pytest.fixture
async def stage(office: Office) -> Stage:
    """Lan leads, Bình and Chi are members; the bot cannot write to Chi."""
    lan, binh, chi = office.person("Lan", "lan"), office.person("Bình", "binh"), office.person("Chi", "chi")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan, binh)
    await lan.says("/thietlap Tổ một", room)
    await binh.presses("Tham gia")
    await chi.presses("Tham gia")
    all_heard(office)
    office.anything_goes()
    return Stage(office, lan, binh, chi, room)


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[Browser]:
    async with ClientSession() as session:
        yield Browser(session, stage.office)
