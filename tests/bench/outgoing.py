"""Messages that leave: many through the outbox beside raw aiohttp, and some at an enforced limit."""

import asyncio
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench import seed
from tests.bench.children import Fake, program, running
from tests.bench.echo import TOKEN
from tests.bench.seed import OUTGOING, Site
from tests.bench.webhook_assign import drained
from tests.ports import free_port

GOAL, LIMIT_GOAL = 0.5, 0.97
IN_FLIGHT = 64
LIMIT = 30


async def fan_out(fake: Fake, folder: Path, *, count: int = 5000, rounds: int = 3) -> dict[str, Any]:
    """Rates from the first to the last message at the fake."""
    ours, raw, complete = [], [], True
    for place in range(rounds):
        site = Site(folder / f"outgoing{place}", fake.url, free_port())
        ours.append(await _through_outbox(fake, site, count))
        complete &= (await asyncio.to_thread(seed.kept, site)).sent == count
        raw.append(await _raw(fake, count))
    return {
        "messages": count,
        "program": {"per_second": round(statistics.median(ours), 1)},
        "raw_aiohttp": {"per_second": round(statistics.median(raw), 1)},
        "ratio": round(statistics.median(a / b for a, b in zip(ours, raw, strict=True)), 2),
        "goal": GOAL,
        "all_recorded_as_sent": complete,
    }


async def at_the_limit(fake: Fake, folder: Path, *, count: int = 60 * LIMIT, limit: int = LIMIT) -> dict[str, Any]:
    """The program with its ordinary limits against a fake that refuses the 31st message of any second: a minute."""
    site = Site(folder / "limit", fake.url, free_port(), unlimited=False)
    await asyncio.to_thread(seed.waiting_messages, site, count)
    await fake.reset(limit=limit)
    with running(program(), cwd=site.folder, **site.environment) as child:
        told = await fake.counted(count, child)
    rate = (told["sent"] - 1) / (told["last"] - told["first"])
    return {
        "messages": told["sent"],
        "limit": limit,
        "per_second": round(rate, 2),
        "ratio": round(rate / limit, 3),
        "goal": LIMIT_GOAL,
        "refused": told["refused"],
        "refused_goal": 0,
    }


async def _through_outbox(fake: Fake, site: Site, count: int) -> float:
    await asyncio.to_thread(seed.waiting_messages, site, count)
    await fake.reset()
    with running(program(), cwd=site.folder, **site.environment) as child:
        told = await fake.counted(count, child)
        await drained(fake.session, site)
        return _rate(told)


async def _raw(fake: Fake, count: int) -> float:
    await fake.reset()
    with running(["-m", "tests.bench.outgoing", fake.url, str(count)]) as child:
        return _rate(await fake.counted(count, child))


def _rate(told: dict[str, Any]) -> float:
    rate: float = told["sent"] / (told["last"] - told["first"])
    return rate


async def _post_all(url: str, count: int) -> None:
    """The yardstick: nothing but aiohttp, the same text to as many chats, as many at a time."""
    chats = iter(range(100_000, 100_000 + count))
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(_post(session, f"{url}/bot{TOKEN}/sendMessage", chats) for _ in range(IN_FLIGHT)))


async def _post(session: aiohttp.ClientSession, url: str, chats: Iterator[int]) -> None:
    for chat in chats:
        form = {"chat_id": str(chat), "text": f"Nhắc việc\n{OUTGOING}"}
        async with session.post(url, data=form) as answer:
            await answer.json()


if __name__ == "__main__":
    asyncio.run(_post_all(sys.argv[1], int(sys.argv[2])))
