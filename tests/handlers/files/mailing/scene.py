"""The office of the dialogues about official mail: the stage's people, and a mail server that is there or not."""

import re
from dataclasses import dataclass, field

from tests.fakes.smtp import FakeSmtp, Received
from tests.handlers.files.scene import Stage
from tests.stage import Actor

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")
ADDRESSES = {"Lan": "lan@quangtri.gov.vn", "Bình": "binh@quangtri.gov.vn", "Chi": "chi@quangtri.gov.vn"}


@dataclass
class MailStage(Stage):
    server: FakeSmtp = field(kw_only=True)

    def mail_to(self, actor: Actor) -> list[Received]:
        """Without the code that confirmed the address."""
        return [each for each in self.server.to(ADDRESSES[actor.name]) if each.files]

    async def registers(self, *actors: Actor) -> None:
        """Their address is known and confirmed."""
        for actor in actors:
            await actor.says(f"/thudientu {ADDRESSES[actor.name]}")
            actor.hears("Đã gửi mã xác nhận")
            await actor.says(the_code(self.server.to(ADDRESSES[actor.name])[-1]))
            actor.hears("Đã ghi thư công vụ")

    async def wants_mail(self, way: str = "thu") -> None:
        await self.lan.says(f"/niem chinhsach {way}", self.room)
        self.room.sees("thư công vụ")


def the_code(mail: Received) -> str:
    found = CODE.search(mail.text)
    assert found, mail.text
    assert not CODE.search(mail.subject)
    return found[0]
