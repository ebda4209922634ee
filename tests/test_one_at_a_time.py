"""Two processes on one SQLite database: the second is refused in words, whatever it wanted to do."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.botapi import FakeBotApi
from tests.journeys.child import Child
from tests.ports import free_port

OTHER_KEY = base64.b64encode(bytes(32)).decode()


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Child]:
    async with FakeBotApi() as api:
        child = Child(tmp_path, api)
        await child.starts()
        await api.until(lambda: any(each.method == "getUpdates" for each in api.calls))
        while not await child.is_up():
            await asyncio.sleep(0.05)
        yield child
        await child.ends()


@pytest.fixture
def second(running: Child) -> Child:
    return Child(running.folder, running.api, port=free_port())


async def test_a_second_program_on_the_same_data_is_refused_before_it_does_anything(
    running: Child, second: Child
) -> None:
    asked = len(running.api.calls)
    code, said = await second.runs("run")
    assert code == 1
    assert "another process" in said.splitlines()[-1]
    assert f"number {running.process.pid if running.process else 0})" in said
    assert "Traceback" not in said
    assert "getMe" not in [each.method for each in running.api.calls[asked:]]


async def test_keys_are_not_changed_while_the_program_runs(running: Child, second: Child) -> None:
    code, said = await second.runs("rekey")
    assert code == 1
    assert "stop it first" in said
    await running.ends()
    code, said = await second.runs("rekey")
    assert code == 0, said


async def test_after_kill_9_the_next_one_may_work_at_once(running: Child) -> None:
    await running.dies()
    await running.starts()
    while not await running.is_up():
        await asyncio.sleep(0.05)


async def test_a_port_that_is_taken_is_said_in_the_last_line_and_nothing_is_left_open(
    running: Child, tmp_path: Path
) -> None:
    other = Child(tmp_path / "elsewhere", running.api, port=running.port)
    other.folder.mkdir()
    code, said = await other.runs("run")
    assert code == 1
    assert said.splitlines()[-1].startswith("cannot listen on")
    assert "Unclosed" not in said
