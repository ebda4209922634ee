"""Who opens a connection and takes for ever to say what is wanted is let go; everybody else notices nothing."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.web import server
from bot.web.server import WebSide

PATIENCE = 0.3
LONGER = 2.0  # for those who are not to be let go: a busy machine may keep them waiting too


@pytest.fixture
def patience() -> float:
    return PATIENCE


@pytest.fixture
async def side(monkeypatch: pytest.MonkeyPatch, patience: float) -> AsyncIterator[WebSide]:
    async def answers() -> bool:
        return True

    async def measures() -> bytes:
        return b""

    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(1.5 * patience)
        return web.Response(text="done")

    monkeypatch.setattr(server, "FIRST_WORD", patience)
    monkeypatch.setattr(server, "BETWEEN", patience)
    routes = [web.get("/slow", slow)]
    made = WebSide(messengers={}, routes=routes, database_answers=answers, measures=measures)
    await made.start("127.0.0.1", 0)
    yield made
    await made.stop()


async def let_go_after(reader: asyncio.StreamReader) -> bytes:
    """What it was told until the connection ended; TimeoutError when it did not."""
    async with asyncio.timeout(100 * PATIENCE):
        return await reader.read()


def drips(port: int) -> float:
    """A header without end, a letter at a time; after how many seconds the other side had enough."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as line, contextlib.suppress(OSError):
        line.settimeout(PATIENCE / 5)
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-Long: ")
        while time.monotonic() - began < 100 * PATIENCE:
            line.sendall(b"a")
            with contextlib.suppress(TimeoutError):
                if not line.recv(1):
                    break
    return time.monotonic() - began


async def test_a_header_without_end_is_not_waited_for(side: WebSide) -> None:
    assert await asyncio.to_thread(drips, side.port) < 99 * PATIENCE


async def test_silence_is_not_waited_for(side: WebSide) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
    assert await let_go_after(reader) == b""
    writer.close()


async def test_a_second_request_without_end_is_not_waited_for_either(side: WebSide) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\nGET /healthz HTTP/1.1\r\nX-Long: ")
    assert b"alive" in await let_go_after(reader)
    writer.close()


@pytest.mark.parametrize("patience", [LONGER])
async def test_who_has_said_what_is_wanted_may_wait_for_the_answer(side: WebSide) -> None:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{side.port}/slow") as reply:
        assert await reply.text() == "done"


@pytest.mark.parametrize("patience", [LONGER])
async def test_a_connection_serves_one_request_after_the_other(side: WebSide) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
    for _ in range(8):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert b"200 OK" in await reader.readuntil(b"alive\n")
        await asyncio.sleep(LONGER / 6)
    writer.close()
