"""Sending over two replicas: by one at a time, and a former sender neither sends nor reports any more."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from bot.app import App
from bot.chat.messages import Card, plain
from bot.chat.messenger import Address
from bot.delivery import takeover
from bot.delivery.pacing import Limits, Pacer
from bot.leases import SEND
from storage import outbox
from storage.outbox import OutboxRow, OutboxState
from tests.replicas.conftest import Pair
from tests.stage import FRIDAY


@dataclass
class Held:
    """A messenger whose requests hang until they are let go."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    under_way: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    def takes_hold_of(self, app: App) -> None:
        messenger: Any = app.messengers["paper"]
        send = messenger.send

        async def hanging(to: Address, card: Card, content: bytes | None = None) -> str:
            self.asked.append((to.chat, card.text))
            self.under_way.set()
            await self.free.wait()
            return str(await send(to, card, content))

        messenger.send = hanging


def put(session: Session, words: Sequence[str], chat: str = "1000") -> None:
    from bot.engine import kept
    from storage.columns import Secrets
    from storage.keyring import KeyRing

    secrets = Secrets(KeyRing([bytes(32)]))
    for each in words:
        outbox.put(
            session,
            {
                "messenger": "paper",
                "chat": chat,
                "private": True,
                "act": outbox.Act.SEND,
                "card": kept.to_row(plain(each), secrets),
                "priority": outbox.Priority.REPLY,
                "attempts": 0,
                "created_at": FRIDAY,
                "ready_at": FRIDAY,
            },
        )


async def states(pair: Pair) -> list[OutboxState]:
    return await pair.b.database.run(
        lambda session: list(session.exec(select(OutboxRow.state).order_by(OutboxRow.id)).all())  # type: ignore[arg-type]
    )


def heard(pair: Pair, chat: str = "1000") -> list[str]:
    return [each.text for each in pair.paper.chats.get(chat, [])]


async def test_what_one_replica_decides_the_other_sends(pair: Pair) -> None:
    pair.paper.started.add("1000")
    await pair.b.database.run(lambda session: put(session, ["Chào"]))
    await pair.b.settle()
    assert heard(pair) == ["Chào"]
    assert pair.a.sender.sent == 1
    assert pair.b.sender.sent == 0


async def test_in_flight_at_a_takeover_it_is_sent_again_with_a_mark_and_the_former_sender_reports_nothing(
    pair: Pair,
) -> None:
    pair.paper.started.add("1000")
    held = Held()
    held.takes_hold_of(pair.a)
    await pair.b.database.run(lambda session: put(session, ["Thứ nhất", "Thứ hai"]))
    pair.a.sender.wake()
    await held.under_way.wait()
    await pair.b_takes_over()
    await pair.b.sender.settle()
    assert heard(pair) == ["Thứ nhất\n(có thể lặp)", "Thứ hai"]
    held.free.set()
    await pair.a.leases.beat()
    await pair.settle()
    assert len(held.asked) == 1, "it began nothing more"
    assert await states(pair) == [OutboxState.SENT] * 2
    assert pair.b.sender.sent == 2


async def test_frozen_between_claim_and_request_it_sends_nothing_when_it_wakes(pair: Pair) -> None:
    pair.paper.started.add("1000")
    frozen, woken = asyncio.Event(), asyncio.Event()
    claim = pair.a.sender._claim
    begun: list[int] = []

    def claimed_then_frozen(session: Session, ids: Sequence[int], held: Any) -> Any:
        begun.extend(ids)
        return claim(session, ids, held)

    run = pair.a.database.run

    async def slow(command: Any) -> Any:
        found = await run(command)
        if begun and not frozen.is_set():
            frozen.set()
            await woken.wait()
        return found

    pair.a.sender._claim = claimed_then_frozen  # type: ignore[method-assign]
    pair.a.database.run = slow  # type: ignore[method-assign]
    await pair.b.database.run(lambda session: put(session, ["Một lần"]))
    pair.a.sender.wake()
    await frozen.wait()
    await pair.b_takes_over()
    await pair.b.sender.settle()
    await pair.a.leases.beat()
    woken.set()
    await pair.settle()
    assert heard(pair) == ["Một lần\n(có thể lặp)"]
    assert await states(pair) == [OutboxState.SENT]


async def test_a_claim_under_a_lost_lease_takes_nothing(pair: Pair) -> None:
    former = pair.a.leases.held(SEND)
    assert former is not None
    await pair.b.database.run(lambda session: put(session, ["Chào"], chat="nobody"))
    await pair.b_takes_over()
    taken = await pair.b.database.run(lambda session: pair.a.sender._claim(session, [1], former))
    assert taken is None


async def test_what_the_former_sender_sent_in_the_last_minute_counts_in_a_groups_twenty(pair: Pair) -> None:
    await pair.a.settle()
    now = pair.clock.now()

    def left(session: Session) -> Any:
        for number in range(20):
            outbox.put(
                session,
                {
                    "messenger": "paper",
                    "chat": "-100",
                    "private": False,
                    "act": outbox.Act.SEND,
                    "priority": outbox.Priority.REPLY,
                    "attempts": 1,
                    "state": OutboxState.SENT,
                    "created_at": now,
                    "ready_at": now,
                    "left_at": now - timedelta(seconds=40 - number),
                },
            )
        return outbox.left_since(session, now - takeover.MINUTE)

    import time

    pacer = Pacer(Limits(per_second=30, per_chat=1, per_group_minute=20))
    takeover.count(await pair.b.database.run(left), {"paper": pacer}, now)
    assert 19 < pacer.free_at("-100", private=False) - time.monotonic() < 21
    assert pacer.free_at("-200", private=False) <= time.monotonic()
