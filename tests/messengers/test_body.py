"""Bodies of updates, as doors read them: up to a limit, not for ever, and broken off without noise."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.messengers import body

MOST = 1000
HEAD = b"POST / HTTP/1.1\r\nHost: bot\r\n"


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def taken(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await body.read(request, MOST))))

    application = web.Application()
    application.add_routes([web.post("/", taken)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, lingering_time=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def answer(port: int, said: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + said)
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return line.split()[1]


async def test_a_body_within_the_limit_is_read(port: int) -> None:
    assert await answer(port, b"Content-Length: 5\r\n\r\nabcde") == b"200"


@pytest.mark.parametrize(
    "said",
    [b"Content-Length: 1001\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + bytes(1001) + b"\r\n0\r\n\r\n"],
)
async def test_a_longer_one_is_refused_announced_or_not(port: int, said: bytes) -> None:
    assert await answer(port, said) == b"413"


async def test_who_does_not_come_to_an_end_is_let_go(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "PATIENCE", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"Content-Length: 900\r\n\r\nabc")
    async with asyncio.timeout(60):
        said = await reader.read()
    assert said.startswith(b"HTTP/1.1 408")
    writer.close()


async def test_one_that_breaks_off_is_no_fault_of_ours(port: int, caplog: pytest.LogCaptureFixture) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"Content-Length: 900\r\n\r\nabc")
    await writer.drain()
    writer.transport.abort()
    assert await answer(port, b"Content-Length: 5\r\n\r\nabcde") == b"200"
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
