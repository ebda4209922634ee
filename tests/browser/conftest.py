"""A real browser on the sandbox: Debian's chromium, headless, and a demo office of its own for every test."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from bot.demo import build, office
from config.settings import Settings

PATIENCE = 60_000  # milliseconds, on a machine on which other tests run beside
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(autouse=True)
def _needs_chromium() -> None:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing: apt-get install chromium")
        pytest.skip("chromium is missing: apt-get install chromium")


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        await started.close()


@pytest.fixture
async def address(settings: Settings) -> AsyncIterator[str]:
    """Where a fresh demo office answers."""
    app, sandbox = build(settings)
    await app.start()
    await office.seed(sandbox, app.settle)
    yield f"http://127.0.0.1:{app.web.port}/"
    await app.stop()
