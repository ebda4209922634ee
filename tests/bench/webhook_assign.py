"""`/assign` over the webhook, durable and with its two messages, beside a bare echo of the same updates."""

import asyncio
import contextlib
import itertools
import json
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench import flame, sampling, seed
from tests.bench.children import Child, Fake, program, running
from tests.bench.sampling import Apart
from tests.bench.seed import Site
from tests.ports import free_port

GOAL = 1.0
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": seed.SECRET, "Content-Type": "application/json"}
MESSAGES = 2  # of one /assign: the card in the group, the notice in private
AFTERWARDS = 0.25  # seconds in which the last outcomes are recorded: at the expense of its own round and no other's


@dataclass(frozen=True)
class Form:
    """How much is measured. `groups` say something at the same time, as many as Telegram keeps connections; `few`
    is the same with little going on at once, where what a bot does per open connection weighs less."""

    updates: int = 300
    rounds: int = 12
    groups: int = 40
    few: int = 5
    sampled: int = 1500
    picture: Path | None = None


@dataclass(frozen=True)
class Subject:
    """A bot that is fed: what it costs is counted per update."""

    child: Child
    hook: str
    messages: int


@dataclass(frozen=True)
class Round:
    per_second: float
    cpu_us: float


Rounds = Sequence[dict[str, Round]]


async def run(fake: Fake, folder: Path, form: Form) -> dict[str, Any]:
    """The goal is counted against the echo that, like the program, confirms no update it could lose."""
    site = Site(folder / "assign", fake.url, free_port())
    await asyncio.to_thread(seed.offices, site, form.groups)
    numbers = itertools.count(1)
    async with _program(fake, site) as ours, _echo(fake, "at-once") as at_once, _echo(fake, "in-turn") as in_turn:
        subjects = {"program": ours, "echo": at_once, "echo_in_turn": in_turn}
        many = await _rounds(fake, subjects, numbers, form, form.groups)
        few = await _rounds(fake, subjects, numbers, form, form.few)
        apart = await _sampled(fake, ours, numbers, form)
        await drained(fake.session, site)
    found = await asyncio.to_thread(seed.kept, site)
    given = 2 * (form.groups + form.rounds * form.updates) + form.sampled
    told = _compared(many)
    return {
        "updates": form.updates * form.rounds,
        "rounds": form.rounds,
        "groups": form.groups,
        **told,
        "few": {"groups": form.few, **_compared(few)},
        "apart": apart.told(told["program"]["cpu_us"]) if isinstance(apart, Apart) else {"not_sampled": apart},
        "goal": GOAL,
        "all_durable": (found.tasks, found.assignments, found.sent, found.unsent) == (given, given, 2 * given, 0),
    }


async def _rounds(
    fake: Fake, subjects: Mapping[str, Subject], numbers: Iterator[int], form: Form, groups: int
) -> Rounds:
    """Short ones in turn, each time another first: what a neighbour takes from the machine, it takes from all. (And
    no pause is so long that a pool closes its connections.)"""
    for subject in subjects.values():
        await round_of(fake, subject, updates_of(numbers, form.groups, groups))
    names, rounds = list(subjects), []
    for place in range(form.rounds):
        made = {}
        for name in names[place % len(names) :] + names[: place % len(names)]:
            made[name] = await round_of(fake, subjects[name], updates_of(numbers, form.updates, groups))
        rounds.append(made)
    return rounds


def _compared(rounds: Rounds) -> dict[str, Any]:
    """Medians, and the lowest and highest of what swings."""
    return {
        **{name: _median([each[name] for each in rounds]) for name in rounds[0]},
        "ratio": _middle(_ratios(rounds, "echo")),
        "ratio_spread": _spread(_ratios(rounds, "echo")),
        "ratio_in_turn": _middle(_ratios(rounds, "echo_in_turn")),
        "ratio_in_turn_spread": _spread(_ratios(rounds, "echo_in_turn")),
        "cpu_ratio": _middle(_cpu_ratios(rounds)),
        "cpu_ratio_spread": _spread(_cpu_ratios(rounds)),
    }


def _ratios(rounds: Rounds, other: str) -> list[float]:
    return [each["program"].per_second / each[other].per_second for each in rounds]


def _cpu_ratios(rounds: Rounds) -> list[float]:
    """How many updates the program takes with the processor time in which the echo takes one."""
    return [each["echo"].cpu_us / each["program"].cpu_us for each in rounds]


def _middle(values: Sequence[float]) -> float:
    return round(statistics.median(values), 2)


def _spread(values: Sequence[float]) -> list[float]:
    return [round(min(values), 2), round(max(values), 2)]


def _median(rounds: Sequence[Round]) -> dict[str, Any]:
    return {
        "per_second": round(statistics.median(each.per_second for each in rounds), 1),
        "per_second_spread": [round(act(each.per_second for each in rounds), 1) for act in (min, max)],
        "cpu_us": round(statistics.median(each.cpu_us for each in rounds)),
    }


async def _sampled(fake: Fake, ours: Subject, numbers: Iterator[int], form: Form) -> Apart | str:
    """A round by itself, watched from outside; why not, where that cannot be."""
    async with sampling.watched(ours.child) as samples:
        await round_of(fake, ours, updates_of(numbers, form.sampled, form.groups))
    if isinstance(samples.found, Apart) and form.picture is not None:
        form.picture.write_text(flame.picture(samples.stacks, sampling.part_of))
    return samples.found


@contextlib.asynccontextmanager
async def _program(fake: Fake, site: Site) -> AsyncIterator[Subject]:
    with running(program(), cwd=site.folder, **site.environment) as child:
        await ready(fake.session, site)
        yield Subject(child, f"{site.url}/hooks/telegram", MESSAGES)


@contextlib.asynccontextmanager
async def _echo(fake: Fake, way: str) -> AsyncIterator[Subject]:
    with running(["-m", "tests.bench.echo", fake.url, way]) as child:
        port = await asyncio.to_thread(child.line)
        yield Subject(child, f"http://127.0.0.1:{port}/hooks/telegram", 1)


async def ready(session: aiohttp.ClientSession, site: Site, seconds: float = 30) -> None:
    """Until /readyz answers 200. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"{site.url}/readyz") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.005)


async def drained(session: aiohttp.ClientSession, site: Site, seconds: float = 10) -> None:
    """Until every message that left is recorded as sent. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            async with session.get(f"{site.url}/metrics") as answer:
                if "outbox_waiting 0.0" in await answer.text():
                    return
            await asyncio.sleep(0.05)


async def round_of(fake: Fake, subject: Subject, lanes: Sequence[Sequence[bytes]]) -> Round:
    """From the first update to the last message that it caused."""
    updates = sum(map(len, lanes))
    await fake.reset()
    cpu, began = subject.child.cpu_seconds, time.monotonic()
    await asyncio.gather(*(feed(fake.session, subject.hook, lane) for lane in lanes))
    told = await fake.counted(updates * subject.messages, subject.child)
    await asyncio.sleep(AFTERWARDS)
    return Round(
        per_second=updates / (told["last"] - began), cpu_us=(subject.child.cpu_seconds - cpu) * 1_000_000 / updates
    )


async def feed(session: aiohttp.ClientSession, hook: str, lane: Sequence[bytes]) -> None:
    """One group's updates, the next after a 2xx, as Telegram does."""
    for body in lane:
        async with session.post(hook, data=body, headers=HEADERS) as answer:
            if answer.status != 200:
                raise RuntimeError(f"the webhook answered {answer.status}")


def updates_of(numbers: Iterator[int], count: int, groups: int) -> list[list[bytes]]:
    """By group."""
    lanes: list[list[bytes]] = [[] for _ in range(groups)]
    for place in range(count):
        lanes[place % groups].append(_assign(next(numbers), place % groups))
    return lanes


def _assign(number: int, group: int) -> bytes:
    person = 1 + number % seed.STAFF
    named = f"@nv_{group}_{person}"
    leader = {"id": seed.leader_id(group), "is_bot": False, "first_name": "Nguyễn Văn", "last_name": f"{group}.0"}
    message = {
        "message_id": number,
        "date": int(seed.NOW.timestamp()) + number // 100,
        "chat": {"id": seed.chat_id(group), "type": "supergroup", "title": f"Tổ {group}"},
        "from": leader | {"username": f"nv_{group}_0"},
        "text": f"/assign {named} Báo cáo số liệu số {number}, hạn ngày mai 16h",
        "entities": [
            {"type": "bot_command", "offset": 0, "length": 7},
            {"type": "mention", "offset": 8, "length": len(named)},
        ],
    }
    return json.dumps({"update_id": number, "message": message}, ensure_ascii=False).encode()
