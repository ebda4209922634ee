"""The doors to the outside, knocked at wrongly: forged, replayed, oversized, slow. What a refusal costs is measured."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.messengers.zalo_oa.webhook import signature
from tests.bench.children import Child as Measured
from tests.chaos.report import Found
from tests.fakes.botapi import FakeBotApi
from tests.fakes.zalobot import FakeZaloBot
from tests.journeys.child import Child

SECRET = "the-right-secret"
SECRET_HEADERS = ("X-Telegram-Bot-Api-Secret-Token", "X-Bot-Api-Secret-Token")
TELEGRAM, ZALO_BOT, ZALO_OA, PAGE = "/hooks/telegram", "/hooks/zalo-bot", "/hooks/zalo-oa", "/u/AAAABBBBCCCCDDDD"
OVERSIZED = bytes(3 * 1024 * 1024)
MOST_MILLISECONDS = 5.0  # of processor time for one refusal
GROWTH_MB = 4.0  # in the second round
SLOW = 100  # connections at each door
SLOW_FROM = 20  # times: in the short form nobody waits until they are let go
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1_795_140_000,
        "chat": {"id": 5_000_000_001, "type": "private", "first_name": "Lan"},
        "from": {"id": 5_000_000_001, "is_bot": False, "first_name": "Lan"},
        "text": "/start",
    },
}


@dataclass(frozen=True, slots=True)
class Knock:
    """One way of coming wrongly; `answers` are the statuses that are right."""

    name: str
    path: str
    answers: Sequence[int]
    body: bytes = b'{"update_id": 1}'
    headers: Mapping[str, str] = field(default_factory=dict)
    costly: bool = False
    """The body is let pass so that the sender can read the answer."""


def knocks() -> Sequence[Knock]:
    wrong, right = (dict.fromkeys(SECRET_HEADERS, each) for each in ("wrong", SECRET))
    event = json.dumps({"event_name": "user_send_text", "timestamp": "1", "app_id": "app"}).encode()
    forged = {"X-ZEvent-Signature": "mac=" + "0" * 64}
    anothers = {"X-ZEvent-Signature": "mac=" + signature("app", SECRET, event + b" ", "1")}
    return (
        Knock("telegram, wrong secret", TELEGRAM, [403], headers=wrong),
        Knock("telegram, no secret", TELEGRAM, [403]),
        Knock("telegram, replayed", TELEGRAM, [200], json.dumps(UPDATE).encode(), right),
        Knock("telegram, no JSON", TELEGRAM, [400], b"\xff{", right),
        Knock("telegram, oversized", TELEGRAM, [413], OVERSIZED, right, costly=True),
        Knock("telegram, oversized and forged", TELEGRAM, [403], OVERSIZED, wrong, costly=True),
        Knock("zalo bot, wrong secret", ZALO_BOT, [403], headers=wrong),
        Knock("zalo bot, no secret", ZALO_BOT, [403]),
        Knock("zalo bot, oversized", ZALO_BOT, [413], OVERSIZED, right, costly=True),
        Knock("zalo bot, oversized and forged", ZALO_BOT, [403], OVERSIZED, wrong, costly=True),
        Knock("zalo oa, wrong signature", ZALO_OA, [200], event, forged),
        Knock("zalo oa, no signature", ZALO_OA, [200], event),
        Knock("zalo oa, another body's signature", ZALO_OA, [200], event, anothers),
        Knock("zalo oa, oversized", ZALO_OA, [413], OVERSIZED, forged, costly=True),
        Knock("page, unknown link", PAGE, [404, 410]),
        Knock("page, unknown link, oversized", PAGE, [404, 410], OVERSIZED, costly=True),
    )


async def run(folder: Path, *, times: int, seed: int) -> Found:
    """Two rounds: the first warms the program and is measured; what grows in the second would grow for ever."""
    async with _house(folder) as (child, measured):
        figures = await _round(child, measured, times)
        warm = measured.memory_mb
        await _round(child, measured, times)
        grown = measured.memory_mb - warm
        taken = sorted(row[0] for row in child.asks("SELECT key FROM inbox"))
    figures["memory after one round and after two"] = f"{warm:.1f} and {warm + grown:.1f} MB"
    assert taken == ["telegram:5", "telegram:5.1"], "the replayed update counts once, the others not at all"
    return Found(
        "webhooks and pages, forged, replayed, oversized, slow", f"{times} of each", _too_much(figures, grown), figures
    )


async def _round(child: Child, measured: Measured, times: int) -> dict[str, Any]:
    """Each knock so often, large ones a twentieth as often; then slow ones at all doors at once."""
    figures: dict[str, Any] = {}
    async with aiohttp.ClientSession() as session:
        for knock in knocks():
            often = max(3, times // 20) if knock.costly else times
            spent = measured.cpu_seconds
            await _knock(session, child, knock, often)
            figures[knock.name] = f"{(measured.cpu_seconds - spent) * 1000 / often:.2f} ms"
    return figures | (await _slow(child, measured) if times >= SLOW_FROM else {})


def _too_much(figures: Mapping[str, Any], grown: float) -> str:
    cheap = [each.name for each in knocks() if not each.costly]
    costs = {name: float(str(figures[name]).split()[0]) for name in cheap}
    dear = [name for name, cost in costs.items() if cost > MOST_MILLISECONDS]
    if dear:
        return f"dear: {', '.join(dear)}"
    return f"memory grew by {grown:.1f} MB" if grown > GROWTH_MB else ""


async def _knock(session: aiohttp.ClientSession, child: Child, knock: Knock, times: int) -> None:
    for _ in range(times):
        with suppress(aiohttp.ClientOSError):  # the answer came before the body was sent, and the line was closed
            url = f"http://127.0.0.1:{child.port}{knock.path}"
            async with session.post(url, data=io.BytesIO(knock.body), headers=dict(knock.headers)) as answer:
                assert answer.status in knock.answers, f"{knock.name}: {answer.status}"


async def _slow(child: Child, measured: Measured) -> dict[str, Any]:
    """Bodies that do not come to an end: others are served meanwhile, and the program lets go by itself."""
    handles, before = _handles(measured), measured.memory_mb
    lines = [await _half_said(child, path) for path in (TELEGRAM, ZALO_BOT, ZALO_OA) for _ in range(SLOW)]
    began = time.monotonic()
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{child.port}/healthz") as answer:
            assert answer.status == 200
        served = time.monotonic() - began
    held = measured.memory_mb - before
    async with asyncio.timeout(60):
        await asyncio.gather(*(reader.read() for reader, _ in lines))
    ended = time.monotonic() - began
    for _, writer in lines:
        writer.close()
    while _handles(measured) > handles + 2:
        await asyncio.sleep(0.1)
    return {
        f"{len(lines)} slow bodies": f"let go after {ended:.0f} s, {held * 1024 / len(lines):.0f} KB each",
        "an answer meanwhile": f"{served * 1000:.0f} ms",
    }


async def _half_said(child: Child, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", child.port)
    secrets = "".join(f"{name}: {SECRET}\r\n" for name in SECRET_HEADERS)
    head = f"POST {path} HTTP/1.1\r\nHost: bot\r\n{secrets}"
    writer.write(f'{head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{"update'.encode())
    return reader, writer


def _handles(measured: Measured) -> int:
    return len(list(Path(f"/proc/{measured.process.pid}/fd").iterdir()))


@asynccontextmanager
async def _house(folder: Path) -> AsyncIterator[tuple[Child, Measured]]:
    """The program with every door open."""
    async with FakeBotApi() as api, FakeZaloBot() as zalo:
        child = Child(folder, api)
        here = f"http://127.0.0.1:{child.port}"
        child.more |= {
            "WEB__PUBLIC_URL": here,
            "TELEGRAM__MODE": "webhook",
            "TELEGRAM__WEBHOOK_SECRET": SECRET,
            "ZALO_BOT__TOKEN": zalo.token,
            "ZALO_BOT__API_URL": zalo.url,
            "ZALO_BOT__MODE": "webhook",
            "ZALO_BOT__WEBHOOK_SECRET": SECRET,
            "ZALO_OA__APP_ID": "app",
            "ZALO_OA__APP_SECRET": SECRET,
            "ZALO_OA__API_URL": zalo.url,
            "ZALO_OA__OAUTH_URL": zalo.url,
        }
        await child.starts()
        try:
            await api.until(lambda: api.webhook is not None)
            while not await child.is_up():
                await asyncio.sleep(0.05)
            assert child.process is not None
            yield child, Measured(child.process)  # type: ignore[arg-type]
        finally:
            await child.ends()
