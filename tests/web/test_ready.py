"""Readiness: messengers by which people speak to us count, the mail server is named only."""

from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.chat.messenger import Standing
from bot.web.server import WebSide


async def answered(standings: dict[str, Standing], *, database: bool = True) -> tuple[int, str]:
    async def database_answers() -> bool:
        return database

    async def measures() -> bytes:
        return b""

    messengers: Any = {name: SimpleNamespace(standing=each) for name, each in standings.items()}
    side = WebSide(messengers=messengers, routes=(), database_answers=database_answers, measures=measures)
    async with TestClient(TestServer(side.application)) as client, client.get("/readyz") as reply:
        return reply.status, await reply.text()


UP, DOWN = Standing(ready=True), Standing(ready=False, problem="cut")


@pytest.mark.parametrize(
    ("standings", "database", "status", "said"),
    [
        ({"telegram": UP, "mail": UP}, True, 200, "ready\n"),
        ({"telegram": UP, "mail": DOWN}, True, 200, "ready\nmail: cut\n"),
        ({"telegram": DOWN, "mail": UP}, True, 503, "telegram: cut\n"),
        ({"telegram": DOWN, "zalo_bot": UP}, True, 200, "ready\ntelegram: cut\n"),
        ({"telegram": UP}, False, 503, "database: does not answer\n"),
    ],
)
async def test_ready_is_who_can_hear_people(
    standings: dict[str, Standing], database: bool, status: int, said: str
) -> None:
    assert await answered(standings, database=database) == (status, said)
