"""Replicas that die, freeze and end, as real processes: what they held is another's within ten seconds."""

import asyncio
import time

import pytest

from bot.leases import RENEW
from storage.leases import LASTING
from tests.chaos.load import DEADLINE
from tests.fakes.botapi_world import Group, Person
from tests.replicas.child import Town, unhurried, until

REPEAT = "(có thể lặp)"
TAKEOVER = 10.0
DOZED = 0.2  # seconds
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def watches_itself(loop: asyncio.AbstractEventLoop, late: list[float]) -> None:
    """How late this process is, of which the messenger is a part: what it finds when it wakes seems to come at once."""
    due = loop.time() + DOZED / 10

    def look() -> None:
        late.append(loop.time() - due)
        watches_itself(loop, late)

    loop.call_at(due, look)


async def open_town(town: Town) -> tuple[Group, Person, Person]:
    """Both start at the same moment on an empty database."""
    api = town.api
    lan, binh = api.person("Lan", "lan"), api.person("Bình", "binh")
    room = api.group("Phòng Văn hóa", [lan], [binh])
    api.starts(lan)
    api.starts(binh)
    api.says(lan, "/thietlap Tổ một", room)
    await asyncio.gather(*(each.starts() for each in town.both))
    await api.until(lambda: any(each.buttons for each in api.sent if each.place is room))
    join = next(each for each in api.sent if each.place is room and each.buttons)
    api.presses(binh, join, "Tham gia")
    while not all([await each.is_up() for each in town.both]):
        await asyncio.sleep(0.05)
    await town.rests()
    return room, lan, binh


def gives(town: Town, lan: Person, room: Group, title: str) -> None:
    town.api.says(lan, f"/giao @binh {title}, hạn 16h {DEADLINE:%d/%m/%Y}", room)


async def test_two_that_start_at_once_on_an_empty_database_both_come_up_and_one_sends(town: Town) -> None:
    room, lan, _ = await open_town(town)
    assert [each.holds("send") for each in town.both].count(True) == 1
    assert [each.holds("poll") for each in town.both].count(True) == 1
    gives(town, lan, room, "Báo cáo tuần")
    await town.rests()
    assert len(town.texts(room, "Báo cáo tuần")) == 1


async def test_when_the_sender_is_killed_the_other_sends_within_ten_seconds(town: Town) -> None:
    room, lan, _ = await open_town(town)
    titles = [f"Việc thứ {number} trong ngày" for number in range(20)]
    for title in titles:
        gives(town, lan, room, title)
    await town.api.until(lambda: bool(town.texts(room, titles[3])))
    dead, alive = town.sender, town.other
    await dead.dies()
    took = await until(lambda: alive.holds("send") and alive.holds("poll"))
    assert took < unhurried(TAKEOVER)
    await town.rests()
    for title in titles:
        texts = town.texts(room, title + "\n")
        assert sum(REPEAT not in each for each in texts) <= 1, "doubled without saying so"
        assert texts, f"{title} was lost"
    assert sum(len(town.texts(room, title + "\n")) - 1 for title in titles) <= 2, "more than was in flight"
    given = [row[0] for row in alive.asks("SELECT title FROM task ORDER BY id")]
    assert given == titles


async def test_a_sender_that_froze_and_wakes_doubles_nothing(town: Town) -> None:
    room, lan, _ = await open_town(town)
    for number in range(6):
        gives(town, lan, room, f"Hồ sơ số {number}")
    await town.api.until(lambda: bool(town.texts(room, "Hồ sơ số 1")))
    frozen, other = town.sender, town.other
    frozen.freezes()
    began = time.monotonic()
    await until(lambda: other.holds("send") and other.holds("poll"))
    assert time.monotonic() - began < unhurried(TAKEOVER)
    for number in range(6):
        gives(town, lan, room, f"Công trình {number}")
    await town.rests()
    frozen.wakes()
    gives(town, lan, room, "Biên bản")
    await until(lambda: bool(town.texts(room, "Biên bản")))
    await asyncio.sleep(3)
    await town.rests()
    titles = (
        [f"Hồ sơ số {number}" for number in range(6)] + [f"Công trình {number}" for number in range(6)] + ["Biên bản"]
    )
    assert [row[0] for row in other.asks("SELECT title FROM task ORDER BY id")] == titles
    for title in titles:
        texts = town.texts(room, title + "\n")
        assert sum(REPEAT not in each for each in texts) == 1, title
    assert not other.asks("SELECT 1 FROM inbox WHERE state = 'parked'")
    assert not frozen.holds("send")


async def test_sigterm_gives_everything_back_and_the_other_has_it_at_once(town: Town) -> None:
    room, lan, _ = await open_town(town)
    gives(town, lan, room, "Hồ sơ cũ")
    ending, other = town.sender, town.other
    began = time.monotonic()
    assert await ending.ends() == 0
    assert time.monotonic() - began < unhurried(10)
    took = await until(lambda: other.holds("send") and other.holds("poll"))
    assert took < unhurried(LASTING.total_seconds() - RENEW), "what is not given back lasts at least so long"
    gives(town, lan, room, "Hồ sơ mới")
    await town.rests()
    assert len(town.texts(room, "Hồ sơ cũ\n")) == len(town.texts(room, "Hồ sơ mới\n")) == 1


async def test_telegrams_limits_hold_over_both_while_the_sender_dies(town: Town) -> None:
    for each in town.both:
        each.more |= {"TELEGRAM__PER_SECOND": "30", "TELEGRAM__PER_CHAT": "1", "TELEGRAM__PER_GROUP_MINUTE": "20"}
    room, lan, _ = await open_town(town)
    api, late = town.api, list[float]()
    api.limits = True
    watches_itself(asyncio.get_running_loop(), late)
    rooms = [api.group(f"Phòng {number}", [lan]) for number in range(8)]
    for number, other in enumerate(rooms):
        api.says(lan, f"/thietlap Tổ {number + 2}", other)
        for _ in range(3):
            api.says(lan, "/help", other)
    for _ in range(12):
        api.says(lan, "/help", room)
    await api.until(lambda: len([each for each in api.sent if each.place.id == room.id]) > 8)
    await town.sender.dies()
    await town.rests()
    assert len([each for each in api.sent if each.place.id == room.id]) >= 13
    assert api.rates.refused == 0 or max(late) > DOZED, "sent too close together, and not only read so"
