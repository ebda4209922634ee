"""The sandbox's clock is turned from the page."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from tests.messengers.sandbox.conftest import ZONE, Stage


@pytest.mark.parametrize(
    ("to", "local"),
    [
        ("+1h", "2026-11-20 11:00"),
        ("+30m", "2026-11-20 10:30"),
        ("15:00", "2026-11-20 15:00"),
        ("07:30", "2026-11-21 07:30"),
        ("10:00", "2026-11-21 10:00"),
        ("2026-11-23T08:00", "2026-11-23 08:00"),
        ("2026-11-23T01:00:00+00:00", "2026-11-23 08:00"),
    ],
)
async def test_the_clock_is_turned_in_the_offices_zone(stage: Stage, to: str, local: str) -> None:
    tab = await stage.opens_page()
    await tab.sends(type="clock", to=to)
    news = await tab.gets("clock")
    assert only_time(stage.turned) == datetime.fromisoformat(local).replace(tzinfo=ZONE)
    assert datetime.fromisoformat(news["now"]) == only_time(stage.turned)


@pytest.mark.parametrize("to", ["2026-11-19", "25:00", "soon", "+1y", "", "2099-01-01T00:00", "+999d"])
async def test_the_clock_goes_neither_back_nor_too_far(stage: Stage, to: str) -> None:
    tab = await stage.opens_page()
    await tab.sends(type="clock", to=to)
    assert (await tab.gets("error"))["reason"] == "clock"
    assert not stage.turned


def only_time(times: Sequence[datetime]) -> datetime:
    assert len(times) == 1
    return times[0]
