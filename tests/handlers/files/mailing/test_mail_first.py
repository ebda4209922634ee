"""A group that wants its files by official mail: the file to the mailboxes, the notice to the chat, the password to
neither mailbox nor room."""

from sqlmodel import select

from handlers.people.official import MailDomains
from storage.files import FileRecipient, Receipt
from storage.outbox import OutboxRow
from tests.handlers.files.mailing.scene import ADDRESSES, MailStage
from tests.handlers.files.scene import PASSWORD, REPORT, audited, docx, opened, the_password
from tests.stage import Actor


async def seals(stage: MailStage, actor: Actor | None = None, content: bytes = REPORT) -> None:
    await (actor or stage.lan).uploads("Báo cáo.docx", content, stage.room, "/niem")


async def test_the_file_goes_by_mail_and_the_password_by_chat(stage: MailStage) -> None:
    await stage.wants_mail()
    upload = await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    notice = stage.room.sees("Tệp #1", "thư công vụ của 2/3 người", "không gửi vào nhóm chat")
    assert notice.content is None
    assert notice.card.file is None
    password = the_password(stage.binh.hears("Mật khẩu Tệp #1"))
    (mail,) = stage.mail_to(stage.binh)
    assert mail.subject == "Tệp #1 của Tổ một, người gửi: Lan"
    ((name, content),) = mail.files.items()
    assert name == "Báo cáo.docx"
    assert opened(content, password) == REPORT
    assert len(stage.mail_to(stage.lan)) == 1
    assert not any(PASSWORD.search(each.raw.decode("latin-1")) or PASSWORD.search(each.text)
                   for each in stage.server.received)  # fmt: skip
    assert not PASSWORD.search(stage.in_room())
    assert not any(each.content for each in (*stage.room.messages, *stage.binh.messages, *stage.chi.messages))
    assert upload.deleted
    stage.office.anything_goes()


async def test_a_member_without_an_address_is_listed_and_gets_the_file_once_there_is_one(stage: MailStage) -> None:
    await stage.wants_mail()
    await seals(stage)
    stage.lan.hears("Tệp #1 chưa gửi được qua thư công vụ cho: Chi", "/thudientu")
    assert not stage.mail_to(stage.chi)
    await stage.registers(stage.chi)
    await stage.office.clock_to("+25h")
    (mail,) = stage.mail_to(stage.chi)
    assert opened(next(iter(mail.files.values())), the_password(stage.chi.hears("Mật khẩu Tệp #1"))) == REPORT
    stage.room.sees("3/3 người")
    stage.office.anything_goes()


async def test_a_mail_server_that_is_down_is_tried_again_and_that_is_said(stage: MailStage) -> None:
    await stage.wants_mail()
    await stage.server.go_down()
    await seals(stage)
    stage.room.sees("Tệp #1", "đang gửi tới thư công vụ")
    the_password(stage.binh.hears("Mật khẩu Tệp #1"))
    await stage.office.clock_to("+16m")
    stage.lan.hears("Thư có Tệp #1 chưa tới được: Bình", "tiếp tục gửi lại")
    await stage.server.come_up()
    await stage.office.clock_to("+3m")
    assert len(stage.mail_to(stage.binh)) == 1
    stage.room.sees("Tệp #1", "2/3 người")
    assert len([each for each in stage.lan.messages if "chưa tới được" in each.text]) == 1
    assert not any(each.content for each in (*stage.room.messages, *stage.binh.messages, *stage.lan.messages))
    stage.office.anything_goes()


async def test_a_server_that_never_comes_back_is_given_up_after_a_day_and_the_file_takes_no_other_way(
    stage: MailStage,
) -> None:
    await stage.wants_mail()
    await stage.server.go_down()
    await seals(stage)
    await stage.office.down_until("+25h")
    stage.lan.hears("Tệp #1 chưa gửi được qua thư công vụ cho:", "Bình", "Chi")
    everywhere = [message for chat in stage.office.paper.chats.values() for message in chat if message.sender is None]
    assert not any(each.content for each in everywhere)
    stage.office.anything_goes()


async def test_a_mail_of_unknown_outcome_is_sent_again_under_the_same_id(stage: MailStage) -> None:
    await stage.wants_mail()
    stage.server.fail_next("content", "keep and drop", "keep and drop")
    await seals(stage)
    await stage.office.clock_to("+1m")
    first, second = stage.mail_to(stage.binh)
    assert first.id == second.id
    stage.room.sees("2/3 người")
    stage.office.anything_goes()


async def test_an_address_that_is_no_more_is_not_written_to_again(stage: MailStage) -> None:
    await stage.wants_mail()
    stage.server.nobody.add(ADDRESSES["Bình"])
    await seals(stage)
    stage.lan.hears("chưa gửi được qua thư công vụ cho: Bình, Chi")
    stage.room.sees("1/3 người")
    stage.server.nobody.clear()
    await stage.lan.uploads("Báo cáo 2.docx", REPORT, stage.room, "/niem")
    assert not stage.mail_to(stage.binh)
    await stage.binh.says("/thudientu")
    stage.binh.hears("Chưa có thư công vụ")
    stage.office.anything_goes()


async def test_each_has_an_own_copy_where_the_group_says_so(stage: MailStage) -> None:
    await stage.wants_mail()
    await stage.lan.says("/niem banrieng co", stage.room)
    await seals(stage)
    for each in (stage.lan, stage.binh):
        (mail,) = stage.mail_to(each)
        assert opened(next(iter(mail.files.values())), the_password(each.hears("Mật khẩu Tệp #1"))) == REPORT
    assert stage.mail_to(stage.lan)[0].files != stage.mail_to(stage.binh)[0].files
    stage.office.anything_goes()


async def test_the_password_of_a_mailed_file_never_goes_by_mail(stage: MailStage) -> None:
    """Bình's private chat is closed: there is his mailbox, but it has the file."""
    await stage.wants_mail()
    await stage.binh.blocks()
    await seals(stage)
    assert len(stage.mail_to(stage.binh)) == 1
    assert not any(PASSWORD.search(each.text) for each in stage.server.received)
    stage.lan.hears("Chưa gửi được mật khẩu Tệp #1", "Bình")
    await stage.lan.says("/motlan 1 Bình")
    stage.lan.hears("chưa có địa chỉ web")
    stage.office.anything_goes()


async def test_the_password_of_a_file_in_the_chat_goes_by_mail_when_there_is_no_private_chat(stage: MailStage) -> None:
    await stage.binh.blocks()
    await seals(stage)
    posted = stage.room.sees("Tệp #1", "/matkhau 1")
    (mail,) = [each for each in stage.server.to(ADDRESSES["Bình"]) if "Tệp #1" in each.subject]
    found = PASSWORD.search(mail.text)
    assert found
    assert not PASSWORD.search(mail.subject)
    assert not mail.files
    assert opened(posted.content, found[0]) == REPORT
    stage.room.sees("3/3 người")
    stage.office.anything_goes()


async def test_a_private_chat_that_turns_out_to_be_closed_is_followed_by_mail(stage: MailStage) -> None:
    stage.office.paper.started.discard(stage.binh.sender.id)
    await seals(stage)
    assert any(PASSWORD.search(each.text) for each in stage.server.to(ADDRESSES["Bình"]))
    stage.room.sees("3/3 người")
    stage.office.anything_goes()


async def test_tasks_and_other_messages_never_go_by_mail(stage: MailStage) -> None:
    before = len(stage.server.received)
    await stage.binh.blocks()
    await stage.lan.says("/giao @binh Báo cáo số liệu, hạn thứ 6 16h", stage.room)
    await stage.office.clock_to("+3d")
    assert len(stage.server.received) == before
    stage.office.anything_goes()


async def test_the_sender_is_asked_each_time_where_the_group_says_so(stage: MailStage) -> None:
    await stage.wants_mail("hoi")
    await seals(stage, stage.binh)
    asked = stage.room.sees("qua thư công vụ hay vào nhóm chat")
    await stage.chi.presses("Thư công vụ", on=asked)
    assert not await stage.reads(lambda session: session.exec(select(FileRecipient)).all())
    await stage.binh.presses("Thư công vụ", on=asked)
    assert len(stage.mail_to(stage.lan)) == 1
    await stage.binh.uploads("Báo cáo 2.docx", REPORT, stage.room, "/niem")
    await stage.binh.presses("Nhóm chat")
    assert stage.room.sees("Tệp #2", "/matkhau 2").content is not None
    assert len(stage.mail_to(stage.lan)) == 1
    stage.office.anything_goes()


async def test_nobody_has_an_address_so_that_nothing_is_sealed(stage: MailStage) -> None:
    await stage.lan.says("/thudientu xoa")
    await stage.binh.says("/thudientu xoa")
    await stage.wants_mail()
    await seals(stage)
    stage.room.sees("chưa ai ghi địa chỉ", "/thudientu")
    assert not stage.vault
    stage.office.anything_goes()


async def test_a_group_that_wants_mail_does_not_get_the_chat_when_the_mailbox_is_taken_away(stage: MailStage) -> None:
    await stage.wants_mail()
    stage.office.app.kit[MailDomains] = MailDomains(())  # type: ignore[index]
    await seals(stage)
    stage.room.sees("hệ thống chưa có hộp thư", "chưa niêm")
    assert not stage.vault
    stage.office.anything_goes()


async def test_only_leaders_choose_and_only_what_can_be_done(stage: MailStage) -> None:
    await stage.binh.says("/niem chinhsach thu", stage.room)
    stage.room.sees("Chỉ trưởng nhóm")
    await stage.lan.says("/niem chinhsach bay", stage.room)
    stage.room.sees('"nhom", "thu" hoặc "hoi"')
    stage.office.app.kit[MailDomains] = MailDomains(())  # type: ignore[index]
    await stage.lan.says("/seal policy mail", stage.room)
    stage.room.sees("hệ thống chưa có hộp thư")
    stage.office.anything_goes()


async def test_a_secret_is_not_mailed(stage: MailStage) -> None:
    await stage.wants_mail()
    await seals(stage, content=docx("TỐI MẬT", "Phương án."))
    assert not stage.mail_to(stage.binh)
    stage.lan.hears("không gửi qua nhóm chat")
    stage.office.anything_goes()


async def test_a_revoked_file_is_said_to_stay_in_mailboxes(stage: MailStage) -> None:
    await stage.wants_mail()
    await seals(stage)
    notice = stage.room.sees("Tệp #1", "thư công vụ")
    await stage.lan.says("/thuhoi 1", stage.room)
    stage.room.sees("Thư đã tới hộp thư không gỡ được")
    assert notice.deleted
    await stage.binh.says("/matkhau 1")
    stage.binh.hears("đã được thu hồi")
    stage.office.anything_goes()


async def test_an_outsider_and_another_group_get_nothing(stage: MailStage) -> None:
    em = stage.office.person("Em", "em")
    await em.says("/thudientu em@quangtri.gov.vn")
    em.hears("chưa ở nhóm công tác nào")
    await stage.wants_mail()
    await seals(stage)
    assert {each.to for each in stage.server.received if each.files} == {ADDRESSES["Lan"], ADDRESSES["Bình"]}
    stage.office.anything_goes()


async def test_no_audit_entry_and_no_secret_row_has_an_address_or_a_password(stage: MailStage) -> None:
    await stage.wants_mail()
    await seals(stage)
    facts = await stage.reads(lambda session: audited(session, "file-mailed"))
    assert facts == [{"mails": 2, "members": 3}]
    rows = await stage.reads(lambda session: [row.card or "" for row in session.exec(select(OutboxRow)).all()])
    assert not any(PASSWORD.search(each) for each in rows)
    receipts = await stage.reads(lambda session: [row.mailed for row in session.exec(select(FileRecipient)).all()])
    assert sorted(receipts) == [Receipt.TOLD, Receipt.TOLD, Receipt.UNREACHED]
    stage.office.anything_goes()
