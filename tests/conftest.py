"""What every test may use: the office on its stage, in a directory of its own, on a standing clock.

With TEST_DATABASE=postgresql the same tests run on a PostgreSQL server of their own.
"""

import base64
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.app import App
from bot.clock import Clock
from config.logging import NOISY
from config.settings import Settings
from tests import postgres
from tests.stage import FRIDAY, Office, PaperMessenger
from tests.stumbling import stumbling
from tests.swift import look_for_garbage_seldom, swift

for limit in ("PERSON", "GROUP"):  # on a standing clock everybody says everything within one minute
    os.environ.setdefault(f"GIAOBAN_FLOOD__{limit}_PER_MINUTE", "0")

hypothesis.settings.register_profile("unhurried", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile(
    "unhurried"
)  # where CI is said, besides as Hypothesis has it: the same examples each time
KEY = base64.b64encode(bytes(range(32))).decode()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL the tests that use a database are run: the others know no difference. Files with slow tests come
    first: at the end no worker has minutes to go while the others have nothing left."""
    slow = {each.path for each in items if each.get_closest_marker("slow")}
    items.sort(key=lambda each: each.path not in slow)
    if os.environ.get("TEST_DATABASE") != "postgresql":
        return
    others = [each for each in items if "database_url" not in getattr(each, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)
    items[:] = [each for each in items if each not in set(others)]


def pytest_collection_finish() -> None:
    look_for_garbage_seldom()


@pytest.fixture(scope="session", autouse=True)
def swiftly() -> Iterator[None]:
    with swift():
        yield


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """A test that sets the program's logging up leaves other tests' as it was."""
    loggers = [logging.getLogger(name) for name in (None, *NOISY)]
    levels, hook = [each.level for each in loggers], sys.excepthook
    yield
    for logger, level in zip(loggers, levels, strict=True):
        if logger.level != level:
            logger.setLevel(level)
    sys.excepthook = hook


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    binaries = postgres.programs()
    if binaries is None:
        missing = "PostgreSQL is missing: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with postgres.running(binaries, postgres.memory()) as server:
        yield server


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Empty: SQLite in the data directory."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        yield ""
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    url = server.ready_url()
    yield url
    server.drop(url)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(
        data_dir=tmp_path / "data", secret_key=KEY, database_url=database_url, web={"listen": "127.0.0.1:0"}
    )


@pytest.fixture
async def office(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    """An office of nobody yet, Friday 2026-11-20 10:00 in Việt Nam, on a database that stumbles."""
    paper = PaperMessenger()
    app = App(settings, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    with stumbling(request.node.name):
        await app.start()
        stage = Office(app, paper)
        yield stage
        await app.stop()
    stage.finish()
