"""A work group of four: Lan leads, Hoa is her deputy, Bình and An are members; Dũng is in no group."""

from dataclasses import dataclass

import pytest

from tests.stage import Actor, Office, Room


@dataclass
class Team:
    office: Office
    room: Room
    lan: Actor
    hoa: Actor
    binh: Actor
    an: Actor
    dung: Actor

    async def quiet(self) -> None:
        """From here only what comes is counted."""
        for messages in self.office.paper.chats.values():
            for each in messages:
                each.expected = True


@pytest.fixture
async def team(office: Office) -> Team:
    lan = office.person("Trần Thị Lan", "lan", started=True)
    hoa = office.person("Lê Hoa", "hoa", started=True)
    binh = office.person("Nguyễn Văn Bình", "binh", started=True)
    an = office.person("Phạm An", "an")
    dung = office.person("Đỗ Dũng", "dung", started=True)
    room = office.room("Phòng Văn hóa", admins=[lan])
    for each in (lan, hoa, binh, dung):
        await each.starts("")
    await lan.says("/thietlap Tổ công tác số 1", room)
    for each in (hoa, binh, an):
        await each.presses("Tham gia")
    await lan.says("/role @hoa phó", room)
    made = Team(office, room, lan, hoa, binh, an, dung)
    await made.quiet()
    return made
