"""Official mail is no detour: what could not go by chat never lands in a mailbox, and mail never in a chat."""

from types import SimpleNamespace

from sqlmodel import Session, select

from bot.chat.messenger import Standing
from bot.delivery import failover
from storage import people
from storage.outbox import Act, OutboxRow
from tests.handlers.files.mailing.scene import ADDRESSES, MailStage
from tests.handlers.files.scene import PASSWORD, REPORT


async def test_a_dead_address_of_a_chat_is_not_followed_by_the_mailbox_nor_the_other_way_round(
    stage: MailStage,
) -> None:
    now = stage.office.now
    chat = SimpleNamespace(id=1, private=True, act=Act.SEND, messenger="paper", chat=stage.binh.sender.id, shows=None)
    mail = SimpleNamespace(id=2, private=True, act=Act.SEND, messenger="mail", chat=ADDRESSES["Bình"], shows=None)
    assert not await stage.reads(lambda session: failover.to_next_address(session, chat, now))
    assert not await stage.reads(lambda session: failover.to_next_address(session, mail, now))


async def test_a_messenger_that_is_down_sends_nothing_to_mailboxes(stage: MailStage) -> None:
    paper, before = stage.office.paper, len(stage.server.received)
    paper.standing = Standing(ready=False, problem="cut")
    await stage.lan.says("/giao @binh Báo cáo số liệu, hạn thứ 6 16h", stage.room)
    await stage.office.clock_to("+3m")
    assert len(stage.server.received) == before
    stage.office.anything_goes()


async def test_a_mail_server_that_is_down_sends_no_mail_to_chats(stage: MailStage) -> None:
    await stage.wants_mail()
    await stage.server.go_down()
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.clock_to("+10m")
    assert set(await stage.reads(_places)) == {("mail", ADDRESSES["Bình"]), ("mail", ADDRESSES["Lan"])}
    assert not any(each.content for each in (*stage.room.messages, *stage.binh.messages, *stage.lan.messages))
    assert not PASSWORD.search(stage.in_room())
    stage.office.anything_goes()


def _places(session: Session) -> list[tuple[str, str]]:
    waiting = session.exec(select(OutboxRow).where(OutboxRow.state != "sent")).all()
    assert people.rooms(session, 1)
    return [(row.messenger, row.chat) for row in waiting if row.messenger == people.MAIL]
