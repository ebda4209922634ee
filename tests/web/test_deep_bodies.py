"""A body that is nothing but brackets: no door takes it for a fault of its own."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.messengers.telegram import webhook as telegram
from bot.messengers.zalo_bot import webhook as zalo_bot
from bot.messengers.zalo_oa import webhook as zalo_oa

SECRET = "an-operators-secret"
DEEP = b"[" * 50_000


@pytest.fixture
async def address() -> AsyncIterator[str]:
    doors = (
        telegram.Webhook(SECRET, lambda: datetime.now(UTC)),  # noqa: TID251 - nothing is dated here
        zalo_bot.Webhook(SECRET, ["1"]),
        zalo_oa.Webhook(app_id="1", secret=SECRET, now=lambda: datetime.now(UTC)),  # noqa: TID251 - as above
    )
    application = web.Application()
    for door in doors:
        application.add_routes(door.routes)
    server = TestServer(application)
    await server.start_server()
    yield str(server.make_url("/")).rstrip("/")
    await server.close()


@pytest.mark.parametrize("body", [DEEP, b'{"message":' * 20_000, json.dumps("\ud83d").encode()])
@pytest.mark.parametrize(
    ("path", "header"),
    [
        (telegram.PATH, telegram.SECRET_HEADER),
        (zalo_bot.PATH, zalo_bot.SECRET_HEADER),
        (zalo_oa.PATH, "X-Nothing"),
    ],
)
async def test_a_body_of_brackets_is_refused_and_no_fault_of_ours(
    address: str, path: str, header: str, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        async with ClientSession() as session, session.post(address + path, data=body, headers={header: SECRET}) as got:
            assert got.status in (200, 400, 503)
    assert not caplog.records
