"""A work group of three: Lan leads, Vân is the clerk, Bình a member; Dũng leads another group; Mai is in none."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from bot.chat.events import Said
from storage.letters import Letter, LetterState
from tests.stage import Actor, Office, Room

LETTER = """UBND TỈNH QUẢNG TRỊ
SỞ NỘI VỤ
Số: 296/SNV-TCBC
V/v báo cáo số liệu biên chế

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Quảng Trị, ngày 16 tháng 11 năm 2026

Kính gửi: Các sở, ban, ngành cấp tỉnh

Căn cứ Công văn số 112/BNV-TCBC ngày 05/11/2026 của Bộ Nội vụ, Sở Nội vụ đề nghị các đơn vị
báo cáo số liệu biên chế (tính đến hết ngày 31/10/2026), gửi về Sở Nội vụ trước ngày 27/11/2026.

Nơi nhận:
- Như trên;
- Lưu: VT, TCBC.

GIÁM ĐỐC
Nguyễn Văn Hùng
"""
SECRET = LETTER.replace("Số: 296", "TỐI MẬT\nSố: 296")


@dataclass
class Team:
    office: Office
    room: Room
    lan: Actor
    van: Actor
    binh: Actor
    dung: Actor
    mai: Actor

    def quiet(self) -> None:
        """From here only what comes is counted."""
        for messages in self.office.paper.chats.values():
            for each in messages:
                each.expected = True

    async def letter(self, text: str = LETTER, name: str = "cong-van.txt") -> None:
        """Vân sends a letter into the room."""
        await self.van.says("/vanban", self.room, file=(name, text.encode()))

    async def registered(self, text: str = LETTER) -> None:
        await self.letter(text)
        await self.van.presses("Vào sổ")


@pytest.fixture
async def team(office: Office) -> Team:
    lan = office.person("Trần Thị Lan", "lan")
    van = office.person("Phạm Vân", "van")
    binh = office.person("Lê Bình", "binh")
    dung = office.person("Hồ Dũng", "dung")
    mai = office.person("Mai Mai", "maimai")
    room, other = office.room("Phòng Nội vụ", admins=[lan]), office.room("Phòng khác", admins=[dung])
    await lan.says("/setup Tổ một", room)
    await dung.says("/setup Tổ hai", other)
    for person in (van, binh):
        await person.presses("Tham gia", next(each for each in room.messages if "Tham gia" in each.labels))
    await lan.says("/role @van văn thư", room)
    for person in (lan, van, binh):
        await person.starts()
    made = Team(office, room, lan, van, binh, dung, mai)
    made.quiet()
    return made


def kept(team: Team) -> list[Letter]:
    """Rows that say anything: of a draft that was dropped only the number stays."""
    with Session(team.office.app.database.engine) as session:
        return [each for each in session.exec(select(Letter)) if not _is_empty(each)]


def _is_empty(letter: Letter) -> bool:
    told = (letter.number_symbol, letter.subject, letter.issuer, letter.signer, letter.file, letter.head, letter.words)
    return letter.state is LetterState.DROPPED and not any(told)


async def send(team: Team, name: str, content: bytes, *, text: str = "", album: str | None = None) -> None:
    """Vân sends a file in private, as a messenger tells of an album's files: one by one."""
    office = team.office
    office.paper.started.add(team.van.sender.id)
    said = office.paper.put(team.van.sender.id, team.van.sender, text, content)
    file = office.keep((name, content))
    await office.hear(team.van._event(Said, team.van.private, message_id=said.id, text=text, file=file, album=album))
