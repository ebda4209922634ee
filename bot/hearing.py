"""What can be heard from outside of a program that runs, and of the messengers' clocks, without changing anything."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from bot.clock import Clock
from bot.connecting import names
from config.settings import Settings

PATIENCE = 5.0  # seconds
_OURS = re.compile(r"ready|[a-z_]+: .+")
"""Lines of our own /readyz: something else may listen there."""


@dataclass(frozen=True, slots=True)
class Heard:
    running: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    """By messenger (or `database`), what the running program says of it."""
    clocks: dict[str, float] = field(default_factory=dict)
    """By messenger, how many seconds its clock is ahead of ours; none where it does not answer."""


async def ask(settings: Settings) -> Heard:
    now = Clock(settings.zone).now
    async with httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False) as client:
        said = await _readiness(settings)
        clocks = {
            name: off for name, url in _addresses(settings).items() if (off := await _off(client, url, now)) is not None
        }
    if said is None:
        return Heard(clocks=clocks)
    told = [line.partition(": ") for line in said.splitlines() if ": " in line]
    return Heard(True, {name: problem for name, _, problem in told}, clocks)


async def _readiness(settings: Settings) -> str | None:
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]", "::": "[::1]"}.get(settings.web.host, settings.web.host)  # noqa: S104 - what is listened on, not where we listen
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:  # no proxy answers in its place
            answer = await client.get(f"http://{host}:{settings.web.port}/readyz")
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    ours = answer.status_code in (200, 503) and all(_OURS.fullmatch(each) for each in answer.text.splitlines())
    return answer.text if ours else None


def _addresses(settings: Settings) -> dict[str, str]:
    urls = {
        "telegram": settings.telegram.api_url,
        "zalo_bot": settings.zalo_bot.api_url,
        "zalo_oa": settings.zalo_oa.api_url,
    }
    return {name: url for name, url in urls.items() if name in names(settings)}


async def _off(client: httpx.AsyncClient, url: str, now: Callable[[], datetime]) -> float | None:
    """Every HTTP answer bears a date; nothing is asked for, and no token is sent."""
    try:
        said = (await client.head(url)).headers.get("date", "")
        theirs = parsedate_to_datetime(said)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError):
        return None
    return (theirs.astimezone(UTC) - now()).total_seconds()
