"""kill -9 between the request for new tokens and their commit, on a real database."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.zalooa import FakeZaloOa
from tests.messengers.zalo_oa.world import FRIDAY, clock

pytestmark = pytest.mark.slow
PROCESS = Path(__file__).with_name("renewing.py")


class Office:
    """Processes that come and go before one database."""

    def __init__(self, api: FakeZaloOa, directory: Path) -> None:
        self.api, self.url = api, f"sqlite:///{directory / 'zalo.sqlite'}"
        self.first = str(api.oauth.pair()["refresh_token"])

    async def starts(self, **later: float) -> asyncio.subprocess.Process:
        now = (FRIDAY + timedelta(**later)).isoformat()
        arguments = (sys.executable, str(PROCESS), self.api.url, self.url, now, self.first)
        return await asyncio.create_subprocess_exec(*arguments, stdout=subprocess.PIPE)

    async def runs(self, **later: float) -> str:
        process = await self.starts(**later)
        said, _ = await process.communicate()
        return said.decode()

    async def is_killed_at_the_request(self, number: int, **later: float) -> None:
        process = await self.starts(**later)
        while len(self.api.asked("/access_token")) < number:
            await asyncio.sleep(0.01)
        process.kill()
        await process.wait()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with FakeZaloOa(now=clock().now) as api:
        yield Office(api, tmp_path)


async def test_an_answer_lost_to_kill_9_is_found_out_and_the_operator_told(office: Office) -> None:
    assert await office.runs() == "access"
    office.api.fail_next("/access_token", "hang")
    await office.is_killed_at_the_request(2, hours=21)
    assert office.api.oauth.renewals == 2
    assert await office.runs(hours=21, minutes=2) == "access answer_lost"
    assert len(office.api.oauth.used_twice) == 1
    assert await office.runs(hours=21, minutes=4) == "access", "told once a day, and the dead token is left alone"
    assert len(office.api.oauth.used_twice) == 1


async def test_a_token_that_zalo_had_not_seen_yet_is_not_lost_to_kill_9(office: Office) -> None:
    assert await office.runs() == "access"
    office.api.fail_next("/access_token", "hang_before")
    await office.is_killed_at_the_request(2, hours=21)
    assert await office.runs(hours=21, minutes=2) == "access"
    assert office.api.oauth.renewals == 2
    assert office.api.oauth.used_twice == []
