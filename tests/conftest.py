"""What every test may use: the office on its stage, in a directory of its own, on a standing clock."""

import base64
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.app import App
from bot.clock import Clock
from config.settings import Settings
from tests.stage import FRIDAY, Office, PaperMessenger

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(data_dir=tmp_path / "data", secret_key=KEY, web={"listen": "127.0.0.1:0"})


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    """An office of nobody yet, Friday 2026-11-20 10:00 in Việt Nam."""
    paper = PaperMessenger()
    app = App(settings, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    stage = Office(app, paper)
    yield stage
    await app.stop()
    stage.finish()
