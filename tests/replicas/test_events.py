"""Events over two replicas: each once, those of a chat in order and one at a time, whoever took them in."""

import asyncio
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.app import App
from bot.chat.events import Said
from storage import audit, inbox
from storage.database import Database
from storage.inbox import InboxRow, InboxState, NotYet
from storage.tasks import Task
from tests.replicas.conftest import Pair
from tests.stage import FRIDAY, Actor, Room

EVENTS = 30


@pytest.fixture
async def room(pair: Pair) -> Room:
    lan, binh = pair.office.person("Lan", "lan"), pair.office.person("Bình", "binh")
    await lan.starts()
    await binh.starts()
    made = pair.office.room("Phòng Văn hóa", [lan])
    made.people = [lan, binh]
    await lan.says("/setup Tổ một", made)
    await binh.presses("Tham gia")
    return made


def said(pair: Pair, who: Actor, room: Room, text: str) -> Said:
    message = pair.paper.put(room.chat.id, who.sender, text, None)
    return Said(
        key=pair.paper.next_key(),
        at=pair.clock.now(),
        chat=room.chat,
        sender=who.sender,
        message_id=message.id,
        text=text,
    )


class Watched:
    """Handlers that take their time, and when each ran."""

    def __init__(self, *apps: App) -> None:
        self.ran: list[tuple[str, int, float, float]] = []
        self.in_group: Counter[int] = Counter()
        self.most_in_a_group = 0
        self._lock = threading.Lock()
        for app in apps:
            self._watch(app)

    def _watch(self, app: App) -> None:
        handle = app.engine.router.handle

        def slowly(event: Any, work: Any, facts: Any = None) -> None:
            began = time.monotonic()
            threading.Event().wait(0.01)
            handle(event, work, facts)
            group = work.group.id if work.group else 0
            with self._lock:
                self.in_group[group] += 1
                self.most_in_a_group = max(self.most_in_a_group, self.in_group[group])
            threading.Event().wait(0.01)
            with self._lock:
                self.in_group[group] -= 1
                self.ran.append((event.chat.lane, int(work.trace.removeprefix("in-")), began, time.monotonic()))

        app.engine.router.handle = slowly  # type: ignore[method-assign]

    def lanes(self) -> Iterator[list[tuple[int, float, float]]]:
        for lane in {each[0] for each in self.ran}:
            yield sorted((each[1:] for each in self.ran if each[0] == lane), key=lambda each: each[1])


async def test_events_of_a_chat_are_handled_in_order_and_one_at_a_time_by_both(pair: Pair, room: Room) -> None:
    lan, binh = room.people
    watched = Watched(pair.a, pair.b)
    for number in range(EVENTS):
        app = (pair.a, pair.b)[number % 2]
        await app.inbox.take([said(pair, lan, room, f"/giao @binh Việc {number}, hạn 16h 27/11")])
    await pair.settle()
    for runs in watched.lanes():
        rows = [row for row, _, _ in runs]
        assert rows == sorted(rows)
        assert len(set(rows)) == len(rows) == EVENTS
        assert all(ended <= began for (_, _, ended), (_, began, _) in itertools.pairwise(runs))
    titles = await pair.a.database.run(lambda session: session.exec(select(Task.title).order_by(col(Task.id))).all())
    assert titles == [f"Việc {number}" for number in range(EVENTS)]
    assert binh.hears(f"Việc {EVENTS - 1}")


async def of_three_chats(pair: Pair, room: Room, text: str) -> list[Said]:
    """The leader in the room and in private, the deputy in private, by turns."""
    lan, _ = room.people
    minh = pair.office.person("Minh", "minh")
    await minh.starts()
    await minh.presses("Tham gia")
    await lan.says("/role @minh phó nhóm", room)
    turns = [(lan, room.chat), (lan, lan.private), (minh, minh.private)]
    said_by = [turns[number % 3] for number in range(EVENTS)]
    return [
        Said(
            key=pair.paper.next_key(),
            at=pair.clock.now(),
            chat=chat,
            sender=who.sender,
            message_id=str(number),
            text=text.format(number=number),
        )
        for number, (who, chat) in enumerate(said_by)
    ]


async def taken_by_both(pair: Pair, events: list[Said]) -> None:
    await asyncio.gather(*(app.inbox.take(events[n::2]) for n, app in enumerate((pair.a, pair.b))))
    await pair.settle()


async def test_what_is_done_in_one_group_is_done_one_after_another_whichever_chat_it_comes_from(
    pair: Pair, room: Room
) -> None:
    events = await of_three_chats(pair, room, "/tasks")
    watched = Watched(pair.a, pair.b)
    await taken_by_both(pair, events)
    assert watched.most_in_a_group == 1
    assert len(watched.ran) == EVENTS


async def test_work_from_many_chats_is_numbered_without_gaps(pair: Pair, room: Room) -> None:
    await taken_by_both(pair, await of_three_chats(pair, room, "/giao @binh Việc {number}, hạn 16h 27/11"))
    given = await pair.a.database.run(
        lambda session: session.exec(select(Task.number).order_by(col(Task.number))).all()
    )
    assert given == list(range(1, EVENTS + 1))
    parked = await pair.a.database.run(
        lambda session: session.exec(select(InboxRow).where(col(InboxRow.state) == InboxState.PARKED)).all()
    )
    assert not parked


async def test_the_audit_chain_holds_while_two_groups_are_at_work(pair: Pair, room: Room) -> None:
    lan, binh = room.people
    other = pair.office.room("Phòng Nội vụ", [binh])
    await binh.says("/setup Tổ hai", other)
    await lan.presses("Tham gia")
    Watched(pair.a, pair.b)
    orders = [(lan, room, "/giao @binh"), (binh, other, "/giao @lan")]
    events = [
        said(pair, who, place, f"{order} Việc {number}, hạn 16h 27/11")
        for number in range(EVENTS)
        for who, place, order in [orders[number % 2]]
    ]
    await taken_by_both(pair, events)
    assert await pair.a.database.run(audit.count) > EVENTS
    assert not await pair.a.database.run(lambda session: list(audit.breaks(session)))


async def test_what_a_dead_replica_had_taken_in_is_handled_by_another_after_two_seconds(pair: Pair, room: Room) -> None:
    lan, binh = room.people
    event = said(pair, lan, room, "/giao @binh Việc bỏ lại, hạn 16h 27/11")
    await pair.b.inbox.finish(0.1)  # takes in and handles nothing any more
    await pair.b.inbox.take([event])
    await pair.a.inbox.sweep()
    await pair.settle()
    with pytest.raises(AssertionError):
        binh.hears("Việc bỏ lại")
    await pair.office.clock_to("+1m")
    await pair.a.inbox.sweep()
    await pair.settle()
    assert binh.hears("Việc bỏ lại")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    from storage import schema

    opened = Database(database_url)
    schema.bring_up_to_date(opened.engine)
    yield opened
    opened.close()


def test_of_two_claimants_one_has_the_lane_and_the_oldest_comes_first(database: Database) -> None:
    rows = [{"key": f"k{n}", "lane": "a lane", "event": "{}", "received_at": FRIDAY} for n in range(2)]
    first, second = database.run_now(lambda session: inbox.take(session, rows))
    assert first is not None
    assert second is not None
    with Session(database.engine) as one, Session(database.engine) as two:
        with pytest.raises(NotYet) as older:
            inbox.claim(two, second, "a lane")
        assert older.value.first == first
        two.rollback()
        assert inbox.claim(one, first, "a lane")
        with pytest.raises(NotYet) as busy:
            inbox.claim(two, second, "a lane")
        assert busy.value.first is None
        two.rollback()
        one.commit()
        assert not inbox.claim(two, first, "a lane")
        two.rollback()
        assert inbox.claim(two, second, "a lane")
        two.commit()


def test_the_next_entry_of_the_audit_chain_waits_until_the_one_before_is_kept(database: Database) -> None:
    entry: dict[str, Any] = {"at": FRIDAY, "group_id": None, "actor": None, "action": "a", "subject": "s", "facts": {}}
    with Session(database.engine) as one, Session(database.engine) as two:
        audit.append(one, **entry)
        two.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            audit.append(two, **entry)
        two.rollback()
        one.commit()
        audit.append(two, **entry)
        two.commit()
        assert not list(audit.breaks(two))
