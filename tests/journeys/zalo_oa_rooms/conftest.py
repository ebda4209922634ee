"""An Official Account with people around it, who may make groups."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import limits
from bot.clock import Clock
from bot.messengers.zalo_oa import keeper
from tests.fakes.zalooa import FakeZaloOa
from tests.fakes.zalooa_world import Group, Message, Person
from tests.journeys.zalo import OaFront, oa_running, settings_of


@dataclass
class Hall:
    """An Official Account with people around it, and no group yet."""

    front: OaFront
    api: FakeZaloOa
    lan: Person
    binh: Person
    chi: Person

    async def chooses(self, person: Person, label: str) -> None:
        """The answer with this label on the last message, by its number."""
        last = self.front.all_in(person)[-1]
        assert any(f". {label}" in line for line in last.text.splitlines()), last.text
        await self.front.says(person, next(n for n, text in numbered(last) if text.startswith(label)))

    async def makes_room(self, *people: str, name: str = "Phòng Văn hóa") -> Group:
        front, lan = self.front, self.lan
        await front.says(lan, f"/thietlap {await front.code()} {name}")
        await front.says(lan, ", ".join(people))
        await self.chooses(lan, "Xong")
        await self.chooses(lan, "Lập và mời")
        await self.hears_events()
        return self.groups[-1]

    async def hears_events(self) -> None:
        assert set(await self.api.tells_owed()) <= {200}
        await self.front.app.settle()

    async def comes(self, person: Person, group: Group) -> None:
        assert await self.api.comes(person, group) == 200
        await self.front.app.settle()

    @property
    def groups(self) -> list[Group]:
        return list(self.api.world.groups.values())


def numbered(message: Message) -> list[tuple[str, str]]:
    lines = [line.partition(". ") for line in message.text.splitlines()]
    return [(number, text) for number, dot, text in lines if dot and number.isdecimal()]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keeper, "PAUSES", (0.01,))
    monkeypatch.setattr(limits, "ZALO", limits.UNPACED)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def hall(clock: Clock, tmp_path: Path, database_url: str) -> AsyncIterator[Hall]:
    async with (
        FakeZaloOa(now=clock.now) as api,
        oa_running(settings_of(tmp_path / "data", database_url=database_url), api, clock) as front,
    ):
        lan = api.person("Trần Thị Lan", follows=True, oa_admin=True)
        binh, chi = (api.person(name, follows=True) for name in ("Nguyễn Văn Bình", "Lê Chi"))
        for person in (lan, binh, chi):
            await front.says(person, "xin chào")
        yield Hall(front, api, lan, binh, chi)
