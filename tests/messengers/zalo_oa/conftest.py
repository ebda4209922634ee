"""A running adapter beside a fake Official Account, one person who has written, and one group."""

from collections.abc import AsyncIterator

import pytest

from bot.messengers.zalo_oa import ZaloOa, keeper
from tests.fakes.zalooa import FakeZaloOa
from tests.fakes.zalooa_world import Group, Person
from tests.messengers.zalo_oa.world import Stage, clock


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "PAUSES", (0.01,))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    time = clock()
    async with FakeZaloOa(now=time.now) as api, Stage(api, time) as made:
        yield made


@pytest.fixture
async def oa(stage: Stage) -> ZaloOa:
    return await stage.running()


@pytest.fixture
def lan(stage: Stage) -> Person:
    return stage.api.person("Nguyễn Thị Lan", alive=True, follows=True)


@pytest.fixture
def room(stage: Stage, lan: Person) -> Group:
    binh = stage.api.person("Trần Văn Bình", alive=True)
    return stage.api.group("Phòng Tổng hợp", [lan, binh])
