"""Who says too much in a minute is answered once and then not at all for a while; nobody else notices."""

from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.clock import Clock
from config.settings import Flood, Settings
from tests.handlers.people.scenes import forges
from tests.stage import FRIDAY, Actor, Office, PaperMessenger, Room

CALM = "Xin chờ một phút"


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    """Ten sentences a minute from one person, thirty from one group."""
    paper = PaperMessenger()
    limited = settings.model_copy(update={"flood": Flood(person_per_minute=10, group_per_minute=30)})
    app = App(limited, [paper], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    stage = Office(app, paper)
    stage.anything_goes()
    yield stage
    await app.stop()


@pytest.fixture
def lan(office: Office) -> Actor:
    return office.person("Lan", "lan", started=True)


@pytest.fixture
async def room(office: Office, lan: Actor) -> Room:
    made = office.room("Nhóm", admins=[lan])
    await lan.says("/setup Tổ một", made)
    await office.clock_to("+5m")
    return made


def heard(room: Room, fragment: str) -> int:
    return sum(fragment in each.text for each in room.messages)


async def floods(who: Actor, room: Room, times: int) -> None:
    for _ in range(times):
        await who.says("/viec nhóm", room)


async def test_too_much_is_answered_once_and_then_not_at_all(office: Office, room: Room) -> None:
    loud = office.person("Ồn", "on", started=True)
    await floods(loud, room, 10)
    before = len(room.messages)
    await floods(loud, room, 50)
    assert [each.text for each in room.messages[before:] if CALM not in each.text] == []
    assert heard(room, CALM) == 1


async def test_the_others_of_the_group_notice_nothing(office: Office, lan: Actor, room: Room) -> None:
    loud, calm = office.person("Ồn", "on", started=True), office.person("Bình", "binh", started=True)
    await floods(loud, room, 500)
    await lan.says("/giao @lan Báo cáo số liệu, hạn 16h 27/11", room)
    room.sees("Báo cáo số liệu")
    await calm.says("/join", room)
    assert heard(room, "Nhóm đang gửi hơi nhanh") == 0


async def test_after_a_minute_one_is_heard_again(office: Office, room: Room) -> None:
    loud = office.person("Ồn", "on", started=True)
    await floods(loud, room, 20)
    before = len(room.messages)
    await office.clock_to("+1m")
    await loud.says("/trogiup", room)
    assert len(room.messages) > before or loud.messages


async def test_in_private_it_is_the_same(office: Office) -> None:
    loud = office.person("Ồn", "on", started=True)
    for _ in range(40):
        await loud.says("/trogiup")
    assert sum(CALM in each.text for each in loud.messages) == 1


async def test_a_group_that_is_loud_still_hears_who_leads_it(office: Office, lan: Actor, room: Room) -> None:
    for number in range(4):
        await floods(office.person(f"Ồn {number}", f"on{number}", started=True), room, 10)
    assert heard(room, "Nhóm đang gửi hơi nhanh") == 1
    late = office.person("Muộn", "muon", started=True)
    before = len(room.messages)
    await late.says("/viec nhóm", room)
    assert len(room.messages) == before
    await lan.says("/giao @lan Họp khẩn, hạn 16h 27/11", room)
    room.sees("Họp khẩn")


async def test_a_clerk_may_bring_forty_files_at_once(office: Office, lan: Actor, room: Room) -> None:
    for number in range(40):
        await lan.uploads(f"{number}.txt", b"x")
    assert not [each for each in lan.messages if CALM in each.text]


async def test_a_press_too_much_is_answered_beside_the_button(office: Office, lan: Actor, room: Room) -> None:
    before = len(office.paper.toasts)
    for _ in range(60):
        await forges(lan, room.chat, "nothing:1")
    toasts = office.paper.toasts[before:]
    assert sum(CALM in each for each in toasts) == 1
    assert len(toasts) == 60, "every press is acknowledged, or its button would spin"


async def test_how_often_that_happens_is_counted(office: Office, room: Room) -> None:
    loud = office.person("Ồn", "on", started=True)
    await floods(loud, room, 15)
    said = (await office.app._measures()).decode()
    assert 'giaoban_floods_total{of="person"} 5.0' in said
    assert 'ended="flooded",kind="said",messenger="paper"} 5.0' in said
