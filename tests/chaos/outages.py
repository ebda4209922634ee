"""PostgreSQL restarts, is not reached, falls silent; a replica freezes for longer than its lease: and how long until
everything goes on once that has ended."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from tests import postgres
from tests.chaos.kills import a_day_in, a_town, is_done
from tests.chaos.load import Day, judge
from tests.chaos.relay import Relay
from tests.chaos.report import Found
from tests.replicas.child import Town, unhurried

RECOVERY = 15.0
FROZEN_AT_LEAST = 9.0  # a lease lasts six
FIRST = "seconds until the first message"
ALL_TOLD = "seconds until all is told"
ALL = ("restarts", "unreachable", "silent", "frozen")
CONTROL = ("-m", "immediate", "-w", "-t", "60", "restart")


@dataclass
class Scene:
    """`line` is the replicas' only way to the database."""

    town: Town
    day: Day
    line: Relay
    server: postgres.Server
    seconds: float


async def run(
    folder: Path, server: postgres.Server, *, seconds: float, seed: int, causes: Sequence[str] = ALL
) -> Found:
    """Each cause once, under load; AssertionError where something was lost, doubled or took too long."""
    folder.mkdir(parents=True, exist_ok=True)
    url = _honest(server.url())
    figures: dict[str, float | int] = {}
    way = url.replace(str(server.directory), str(folder))
    async with _line(folder, server) as line, a_town(folder, way, direct=url) as town:
        day = await a_day_in(town, seed)
        scene = Scene(town, day, line, server, seconds)
        for cause in causes:
            first, caught_up = await _after(cause, scene)
            figures |= {f"{cause}, {FIRST}": first, f"{cause}, {ALL_TOLD}": caught_up}
            await is_done(town)
        figures |= judge(day).figures()
        code, said = await town.a.runs("verify")
        assert code == 0, said
    slowest = max(value for name, value in figures.items() if name.endswith(FIRST))
    wrong = f"the first message came after {slowest} s" if slowest > unhurried(RECOVERY) else ""
    return Found(f"PostgreSQL and replicas: {', '.join(causes)}", f"{seconds:g} s each", wrong, figures)


def _honest(url: str) -> str:
    """The tests' server is told to be swift: a commit that was confirmed has to outlive its restart here."""
    address = url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {url.split('@/')[1].split('?')[0]} SET synchronous_commit = on")
    return url


def _line(folder: Path, server: postgres.Server) -> Relay:
    name = ".s.PGSQL.5432"
    return Relay([partial(asyncio.open_unix_connection, server.directory / name)], socket=folder / name)


async def _after(cause: str, scene: Scene) -> tuple[float, float]:
    """Seconds from the cause's end until the first message arrives, and until a command given then is answered in the
    room, after all that people had said there meanwhile."""
    scene.day.goes_on()
    scene.day.is_tormented()
    await _CAUSES[cause](scene)
    began = time.monotonic()
    scene.day.gives_tasks(1)
    title, api = scene.day.titles[-1], scene.town.api
    arrived = len(api.arrived)
    await api.until(lambda: len(api.arrived) > arrived)
    first = time.monotonic() - began
    await api.until(lambda: bool(scene.town.texts(scene.day.room, f"{title}\n")))
    return round(first, 1), round(time.monotonic() - began, 1)


async def _restarts(scene: Scene) -> None:
    binaries = postgres.programs()
    assert binaries is not None
    control = [*postgres._as_user(scene.server.directory), str(binaries / "pg_ctl")]
    log = ["-l", str(scene.server.directory / "log")]
    command = [*control, "-D", str(scene.server.directory / "data"), *log, *CONTROL]
    await asyncio.to_thread(postgres._run, command)


async def _unreachable(scene: Scene) -> None:
    scene.line.cuts()
    await _people_go_on(scene, scene.seconds)
    scene.line.mends()


async def _silent(scene: Scene) -> None:
    scene.line.holds()
    await _people_go_on(scene, scene.seconds)
    scene.line.mends()


async def _frozen(scene: Scene) -> None:
    sender = await asyncio.to_thread(lambda: scene.town.sender)
    sender.freezes()
    await _people_go_on(scene, max(FROZEN_AT_LEAST, min(scene.seconds, 30.0)))
    sender.wakes()


async def _people_go_on(scene: Scene, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await asyncio.sleep(min(2.0, max(0.0, until - time.monotonic())))
        scene.day.goes_on()


_CAUSES = {"restarts": _restarts, "unreachable": _unreachable, "silent": _silent, "frozen": _frozen}
