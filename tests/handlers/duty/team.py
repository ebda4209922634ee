"""The people of the duty dialogues."""

from sqlmodel import select

from storage import audit
from tests.stage import Actor, Office


class Team:
    """Lan leads; Bình and Chi answer for units; An is a member; everybody has joined."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.lan = office.person("Lan", "lan")
        self.binh = office.person("Bình", "binh")
        self.chi = office.person("Chi", "chi")
        self.an = office.person("Trần Văn An", "an")
        self.room = office.room("Tổ công tác số 1", admins=[self.lan])

    async def gathers(self, *unreachable: Actor) -> None:
        await self.lan.says("/setup Tổ công tác số 1", self.room)
        for each in (self.lan, self.binh, self.chi, self.an):
            if each not in unreachable:
                await each.starts()
            if each is not self.lan:
                await each.presses("Tham gia")
        forget(self.office)


def forget(office: Office) -> None:
    """What was heard until now is not what the test is about."""
    for heard in office.paper.chats.values():
        for message in heard:
            message.expected = True


async def recorded(office: Office) -> list[str]:
    """The actions in the audit, in order."""
    return await office.app.database.run(
        lambda session: [each.action for each in session.exec(select(audit.AuditEntry)).all()]
    )


async def set_units(team: Team) -> None:
    await team.lan.says("/donvitruc Phòng Kinh tế @binh; Văn phòng @chi", team.room)
    team.room.sees("2 đơn vị báo trực", "Phòng Kinh tế: Bình", "Văn phòng: Chi")
