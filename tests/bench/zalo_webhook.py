"""How soon the Official Account's webhook is answered, by the real program, at given rates and when pressed hard.

Zalo waits two seconds and gives a webhook up after failures. Most of what a GMF group says is chatter; every tenth
event is a command, which is answered in the group.
"""

import asyncio
import hashlib
import itertools
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from sqlmodel import Session

from storage import people
from storage.people import Account, Person, Role, Room, WorkGroup
from tests.bench import seed
from tests.bench.children import OTHERS, program, running
from tests.bench.seed import Site
from tests.bench.webhook_assign import ready
from tests.fakes.zalooa import APP_ID, APP_SECRET, OA_SECRET
from tests.ports import free_port

GOAL_MS = 100.0
LANES = 40
COMMANDS = 10  # one event in so many


@dataclass(frozen=True)
class Form:
    rates: Sequence[int] = (100, 200)
    seconds: float = 15.0
    pressed: int = 4000
    """Events sent over all connections, each the next after an answer."""
    groups: int = 40


@dataclass(frozen=True)
class _Hook:
    url: str
    session: aiohttp.ClientSession
    events: Iterator[bytes]

    async def tell(self, since: float | None = None) -> float:
        """Milliseconds until the answer, counted from `since`: an event that waits for a connection waits as well."""
        body = next(self.events)
        began = time.monotonic() if since is None else since
        async with self.session.post(self.url, data=body, headers=_headers(body)) as answer:
            if answer.status != 200:
                raise RuntimeError(f"the webhook answered {answer.status}")
        return (time.monotonic() - began) * 1000


async def run(folder: Path, form: Form) -> dict[str, Any]:
    with running(["-m", "tests.bench.zalo_server", str(form.groups)], cores=OTHERS) as fake:
        told = json.loads(await asyncio.to_thread(fake.line))
        site = Site(folder / "zalo-webhook", told["url"], free_port())
        await asyncio.to_thread(_offices, site, told["offices"])
        environment = site.environment | {
            "GIAOBAN_TELEGRAM__TOKEN": "",
            "GIAOBAN_ZALO_OA__APP_ID": APP_ID,
            "GIAOBAN_ZALO_OA__APP_SECRET": APP_SECRET,
            "GIAOBAN_ZALO_OA__OA_SECRET": OA_SECRET,
            "GIAOBAN_ZALO_OA__API_URL": told["url"],
            "GIAOBAN_ZALO_OA__OAUTH_URL": told["url"],
            "GIAOBAN_ZALO_OA__REFRESH_TOKEN": told["refresh"],
        }
        with running(program(), cwd=site.folder, **environment) as child:
            connector = aiohttp.TCPConnector(limit=LANES)
            async with aiohttp.ClientSession(connector=connector) as session:
                await ready(session, site)
                hook = _Hook(f"{site.url}/hooks/zalo-oa", session, _events(told["offices"]))
                await _pressed(hook, form.groups * (seed.STAFF + 1))  # everybody is known by name afterwards
                found = {f"at_{rate}": _summary(await _at(hook, rate, form.seconds)) for rate in form.rates}
                cpu, began = child.cpu_seconds, time.monotonic()
                hard = await _pressed(hook, form.pressed)
                taken = time.monotonic() - began
                pressed = _summary(hard) | {
                    "per_second": round(len(hard) / taken, 1),
                    "cpu_us": round((child.cpu_seconds - cpu) * 1_000_000 / len(hard)),
                }
    return {"goal_ms": GOAL_MS, "connections": LANES, **found, "pressed": pressed}


async def _at(hook: _Hook, rate: int, seconds: float) -> list[float]:
    """Evenly, whether or not the last one has been answered."""
    began, under_way = time.monotonic(), []
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            under_way.append(group.create_task(hook.tell(due)))  # noqa: TID251, RUF100 - awaited by the group
    return [each.result() for each in under_way]


async def _pressed(hook: _Hook, count: int) -> list[float]:
    left = iter(range(count))

    async def lane() -> list[float]:
        return [await hook.tell() for _ in left]

    lanes = await asyncio.gather(*(lane() for _ in range(LANES)))
    return [each for found in lanes for each in found]


def _summary(found: Sequence[float]) -> dict[str, float]:
    ranked = sorted(found)

    def at(share: float) -> float:
        return round(ranked[min(len(ranked) - 1, int(len(ranked) * share))], 1)

    return {"events": len(ranked), "p50_ms": at(0.5), "p99_ms": at(0.99), "max_ms": round(ranked[-1], 1)}


def _events(offices: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    """Everybody in turn, group by group."""
    for number in itertools.count():
        office = offices[number % len(offices)]
        person = office["people"][number // len(offices) % len(office["people"])]
        text = "/viec" if number % COMMANDS == 0 and number >= len(offices) else f"Tôi đang xem số liệu {number}."
        event = {
            "app_id": APP_ID,
            "oa_id": "4000000000000000001",
            "event_name": "user_send_group_text",
            "sender": {"id": person},
            "recipient": {"id": office["group"]},
            "message": {"text": text, "msg_id": f"bench{number}"},
            "timestamp": str(int(time.time() * 1000)),
        }
        yield json.dumps(event, ensure_ascii=False).encode()


def _headers(body: bytes) -> dict[str, str]:
    stamp = json.loads(body)["timestamp"]
    signed = hashlib.sha256(APP_ID.encode() + body + stamp.encode() + OA_SECRET.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={signed}", "Content-Type": "application/json"}


def _offices(site: Site, offices: Sequence[Mapping[str, Any]]) -> None:
    database = site.open()
    try:
        database.run_now(lambda session: [_office(session, number, each) for number, each in enumerate(offices)])
    finally:
        database.close()


def _office(session: Session, number: int, told: Mapping[str, Any]) -> None:
    office = WorkGroup(name=f"Tổ {number}", language="vi", created_at=seed.NOW)
    session.add(office)
    session.flush()
    session.add(Room(group_id=office.id or 0, messenger="zalo_oa", chat=told["group"], title=office.name))
    for place, ref in enumerate(told["people"]):
        person = Person(name=f"Nguyễn Văn {number}.{place}")
        session.add(person)
        session.flush()
        session.add(Account(person_id=person.id or 0, messenger="zalo_oa", ref=ref, reachable=True))
        people.enrol(session, office.id or 0, person.id or 0, Role.MEMBER if place else Role.LEADER, seed.NOW)
