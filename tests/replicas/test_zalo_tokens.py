"""Zalo's refresh tokens count once: of many replicas as processes of their own exactly one renews."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.zalooa import FakeZaloOa
from tests.messengers.zalo_oa.world import FRIDAY, clock

PROCESS = Path(__file__).parents[1] / "messengers" / "zalo_oa" / "renewing.py"
REPLICAS = 4
pytestmark = pytest.mark.slow


async def test_of_many_replicas_on_one_database_exactly_one_renews(database_url: str) -> None:
    async with FakeZaloOa(now=clock().now) as api:
        first = str(api.oauth.pair()["refresh_token"])
        arguments = (sys.executable, str(PROCESS), api.url, database_url, FRIDAY.isoformat(), first)
        processes = [
            await asyncio.create_subprocess_exec(*arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for _ in range(REPLICAS)
        ]
        said = [(await each.communicate())[0].decode() for each in processes]
        assert "access" in said
        assert api.oauth.renewals == 1
        assert api.oauth.used_twice == []
