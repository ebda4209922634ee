"""A messenger in bad weather, by webhook: it refuses, hangs, cuts lines, tells again and out of order between chats."""

import asyncio
import random
from collections import Counter
from pathlib import Path

from tests.chaos.load import MOST_AT_ONCE, Day, a_team, joins, judge
from tests.chaos.report import Found
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_weather import Weather
from tests.journeys.child import Child

TEAMS = 6
PRESSES = 5  # a team, once commands have been told
LONG_FORM = 500
BEYOND_PATIENCE = 22.0  # seconds: the program gives a call up after 20

WEATHERS = {
    "told again": "updates told again",
    "429": "refused with 429",
    "429 too short": "refused with 429 and too short a pause",
    "429 again": "refused again after the pause",
    "5xx": "refused with 5xx",
    "hang": "never answered",
    "late": "answered late",
    "drop_before": "line cut before it was accepted",
    "drop_after_accept": "line cut after it was accepted",
}
"""What the report calls them."""


async def run(folder: Path, *, times: int, seed: int) -> Found:
    """`times` commands; sooner or later everything has its one effect and is told."""
    teams = TEAMS if times >= LONG_FORM else 2
    async with FakeBotApi() as api:
        child = Child(folder, api)
        child.more |= {
            "TELEGRAM__MODE": "webhook",
            "TELEGRAM__WEBHOOK_SECRET": "secret",
            "WEB__PUBLIC_URL": f"http://127.0.0.1:{child.port}",
        }
        try:
            days = await _days(child, teams, seed)
            api.weather = Weather(seed, longest_hang=BEYOND_PATIENCE if times >= LONG_FORM else 1.0)
            await _load(days, times, random.Random(seed))
            await _cleared(child, api.weather)
            judged = [judge(day).figures() for day in days]
            code, said = await child.runs("verify")
        finally:
            await child.ends()
    assert code == 0, said
    assert api.weather.seen["told again"] > 0
    sums = Counter[str]()
    for each in judged:
        sums.update({name: value for name, value in each.items() if name != MOST_AT_ONCE})
    weather = {WEATHERS.get(name, name): count for name, count in api.weather.seen.items()}
    return Found("the messenger in bad weather", f"{times} commands", figures={**sums, **weather})


async def _days(child: Child, teams: int, seed: int) -> list[Day]:
    made = [a_team(child.api, f"Tổ {number + 1}", after=str(number)) for number in range(teams)]
    await child.starts()
    for team in made:
        await joins(child.api, team)
    await child.rests()
    return [Day(child.api, child.asks, team, seed + number) for number, team in enumerate(made)]


async def _load(days: list[Day], times: int, chance: random.Random) -> None:
    while sum(len(day.titles) for day in days) < times:
        day = chance.choice(days)
        day.goes_on()
        if chance.random() < 0.2:
            day.a_reminder_falls_due()
        await asyncio.sleep(chance.uniform(0, 0.1))
    for _ in range(len(days) * PRESSES):
        chance.choice(days).accepts_one()
        await asyncio.sleep(chance.uniform(0, 0.2))


async def _cleared(child: Child, weather: Weather) -> None:
    while weather.has_echoes or child.api.updates or not child.is_at_rest():
        await asyncio.sleep(0.2)
        assert child.process is not None
        assert child.process.returncode is None, "it ended by itself"
