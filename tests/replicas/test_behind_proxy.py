"""Two replicas behind the reverse proxy that compose.yaml describes: TLS, the way in, and one of them dead."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.botapi_world import Group, Person
from tests.ports import free_port
from tests.replicas.child import Town
from tests.replicas.proxy import Proxy, proxy
from tests.replicas.test_deaths import gives, open_town

pytestmark = [pytest.mark.slow, pytest.mark.programs, pytest.mark.timeout(600)]


@dataclass
class Street:
    town: Town
    front: Proxy
    room: Group
    lan: Person

    async def asks(self, path: str, *, body: bytes | None = None) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.request("POST" if body else "GET", self.front.url + path, data=body, ssl=self.front.trusted) as got,
        ):
            return got.status


@pytest.fixture
async def street(town: Town, tmp_path: Path) -> AsyncIterator[Street]:
    port = free_port()
    for each in town.both:
        each.more |= {
            "TELEGRAM__MODE": "webhook",
            "TELEGRAM__WEBHOOK_SECRET": "told-by-telegram-alone",
            "WEB__PUBLIC_URL": f"https://localhost:{port}",
        }
    async with proxy(tmp_path, port, [each.port for each in town.both]) as front:
        town.api.trusted = front.trusted
        room, lan, _ = await open_town(town)
        town.api.deliveries.clear()  # until both were up it was told to come again
        yield Street(town, front, room, lan)


async def test_what_is_said_comes_in_over_tls_whichever_replica_takes_it(street: Street) -> None:
    titles = [f"Việc qua cổng số {number} trong ngày" for number in range(8)]
    for title in titles:
        gives(street.town, street.lan, street.room, title)
    await street.town.rests()
    for title in titles:
        assert len(street.town.texts(street.room, title)) == 1
    assert set(street.town.api.deliveries) == {200}


async def test_only_the_doors_for_messengers_and_people_lead_in(street: Street) -> None:
    inside = [await street.asks(path) for path in ("/healthz", "/readyz", "/metrics", "/", "/hook")]
    assert inside == [404] * 5
    assert await street.asks("/hooks/telegram", body=b"{}") == 403
    assert await street.asks("/u/khong-co") in (404, 410)


async def test_no_secret_gets_into_the_log_of_the_proxy(tmp_path: Path) -> None:
    """Where no replica answers, it logs what was asked."""
    port, secret = free_port(), {"X-Telegram-Bot-Api-Secret-Token": "told-by-telegram-alone"}
    async with (
        proxy(tmp_path, port, [free_port(), free_port()]) as front,
        aiohttp.ClientSession(front.url, headers=secret) as session,
    ):
        for path in ("/hooks/telegram", "/f/an-address-for-one-person"):
            async with session.post(path, data=b"{}", ssl=front.trusted) as got:
                assert got.status in (502, 503)
    log = (tmp_path / "caddy.log").read_text()
    assert log.count('"logger":"http.log.error"') == 2
    assert "told-by-telegram-alone" not in log
    assert "for-one-person" not in log


async def test_a_dead_replica_is_left_out_and_what_came_meanwhile_comes_again(street: Street) -> None:
    town, told = street.town, street.town.api.deliveries
    await town.other.dies()
    await _gives(street, "Việc lúc một bản vừa chết", 6)
    await town.rests()
    while [await street.asks("/hooks/telegram", body=b"{}") for _ in range(12)] != [403] * 12:
        await asyncio.sleep(0.1)
    told.clear()
    await _gives(street, "Việc khi chỉ còn một bản", 6)
    await town.rests()
    assert set(told) == {200}
    assert len(town.texts(street.room, "Việc")) == 12


async def _gives(street: Street, title: str, times: int) -> None:
    for number in range(times):
        gives(street.town, street.lan, street.room, f"{title}, số {number}")
        await asyncio.sleep(0.1)
