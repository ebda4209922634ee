"""The people and files of the dialogues about sealing."""

import io
import re
from dataclasses import dataclass
from typing import Any

import msoffcrypto
from sqlmodel import Session, select

from bot.chat.events import Reached
from bot.demo.samples import zipped
from storage import audit, files, people, reaching
from storage.files import SealedFile
from storage.vault import Vault
from tests.stage import Actor, Message, Office, Room

PASSWORD = re.compile(r"[a-z]+(?:-[a-z]+){6}-[2-9]{4}")
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_BODY = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main"><w:body>{}</w:body></w:document>'
)


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": _BODY.format(body)})


REPORT = docx("BÁO CÁO", "Kết quả kiểm kê tài sản công năm 2026 của phòng.")
SECRET = docx("TỐI MẬT", "Phương án bảo vệ mục tiêu.")
SCAN = b"\x89PNG\r\n\x1a\n" + bytes(200) + b"IEND\xaeB`\x82"


@dataclass
class Stage:
    office: Office
    lan: Actor
    binh: Actor
    chi: Actor
    """A member whose private chat the bot cannot write to."""
    room: Room

    async def reads(self, ask: Any) -> Any:
        return await self.office.app.database.run(ask)

    async def file(self) -> SealedFile:
        def latest(session: Session) -> SealedFile:
            found = session.exec(select(SealedFile).order_by(SealedFile.id.desc())).first()  # type: ignore[union-attr]
            assert found is not None
            session.expunge(found)
            return found

        found: SealedFile = await self.reads(latest)
        return found

    @property
    def vault(self) -> list[str]:
        vault: Vault = self.office.app.kit[Vault]
        return vault.records()

    def in_room(self) -> str:
        return "\n".join(each.text for each in self.room.messages)


async def reachable(office: Office, *actors: Actor) -> None:
    """Their private chat with the bot is open."""
    for actor in actors:
        office.paper.started.add(actor.sender.id)
        await office.hear(Reached(key=office.paper.next_key(), at=office.now, chat=actor.private, sender=actor.sender,
                                  open=True))  # fmt: skip

    def note(session: Session) -> None:
        for actor in actors:
            people.meet(session, "paper", actor.sender.id, actor.name, actor.sender.username)
            reaching.set_reachable(session, "paper", actor.sender.id, reachable=True)

    await office.app.database.run(note)


def all_heard(office: Office) -> None:
    for heard in office.paper.chats.values():
        for message in heard:
            message.expected = True


def the_password(message: Message) -> str:
    found = PASSWORD.search(message.text)
    assert found, message.text
    assert message.card.secret
    return found[0]


def opened(content: bytes | None, password: str) -> bytes:
    plain = io.BytesIO()
    office_file = msoffcrypto.OfficeFile(io.BytesIO(content or b""))  # type: ignore[no-untyped-call]
    office_file.load_key(password=password)
    office_file.decrypt(plain)
    return plain.getvalue()


def audited(session: Session, action: str) -> list[dict[str, Any]]:
    found = session.exec(select(audit.AuditEntry).where(audit.AuditEntry.action == action)).all()
    return [each.values for each in found]


def leave(session: Session, actor: Actor, office: Office) -> None:
    account = people.account(session, "paper", actor.sender.id)
    assert account is not None
    member = people.member_of(session, 1, account.person_id)
    assert member is not None
    member.left_at = office.now
    session.add(member)
    assert files.count(session, 1) == 1
