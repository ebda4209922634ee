"""kill -9 at any point of an event's way: nothing is lost, and at most the message in flight is doubled."""

from pathlib import Path

import pytest

from tests.chaos import kills

SEED = 20261121
KILLS = 12
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


async def test_killed_at_random_moments_nothing_is_lost_and_nothing_happens_twice(tmp_path: Path) -> None:
    found = await kills.on_sqlite(tmp_path / "office", times=KILLS, seed=SEED)
    assert found.figures["commands given"] >= KILLS
    assert found.figures["messages that came again, marked so"] <= KILLS
