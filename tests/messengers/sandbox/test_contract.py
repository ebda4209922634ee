"""The sandbox promises what every messenger promises, as far as there is no wire."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.chat.messenger import Address
from bot.messengers.sandbox import Persona, Sandbox
from tests.messengers.contract import Arrived, Bench, SendingContract

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class SandboxBench(Bench):
    reachable = Address(chat="lan", private=True)

    def __init__(self) -> None:
        people = (Persona(id="lan", name="Nguyễn Thị Lan", started=True), Persona(id="binh", name="Trần Văn Bình"))

        async def turn(_to: datetime) -> None:
            return

        async def intake(_events: Sequence[object]) -> None:
            return

        self.messenger: Sandbox = Sandbox(
            personas=people, group_title="Phòng", turn=turn, now=lambda: NOW, zone=ZoneInfo("Asia/Ho_Chi_Minh")
        )
        self.intake = intake

    def arrived(self) -> Sequence[Arrived]:
        standing = self.messenger.world.shown["messages"]["lan"]
        return [
            Arrived(each["id"], "".join(part["text"] for part in each["parts"]))
            for each in standing
            if each["from"] is None
        ]

    def measure(self, text: str) -> int:
        return len(text)

    def gone(self) -> Address:
        return Address(chat="binh", private=True)


@pytest.fixture
async def bench() -> AsyncIterator[SandboxBench]:
    made = SandboxBench()
    await made.messenger.start(made.intake)
    yield made
    await made.messenger.stop()


class TestSandboxContract(SendingContract):
    pass
