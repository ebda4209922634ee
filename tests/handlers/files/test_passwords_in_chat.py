"""Who gets the password of a sealed file, and who never does."""

import json
from typing import Any

from sqlmodel import select

from bot.chat.messenger import DeliveryFailed, Outcome
from storage.files import FileState
from storage.outbox import OutboxRow
from tests.handlers.files.scene import (
    PASSWORD,
    REPORT,
    Stage,
    audited,
    leave,
    opened,
    reachable,
    the_password,
)


async def test_a_file_is_sealed_and_the_password_never_meets_it_in_one_chat(stage: Stage) -> None:
    upload = await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.room.sees("Đã niêm: Tệp #1", "2/3 người")
    posted = stage.room.sees("Tệp #1", "Lan", "/matkhau 1")
    for_lan, for_binh = stage.lan.hears("Mật khẩu Tệp #1 ("), stage.binh.hears("Mật khẩu Tệp #1", "Tổ một")
    assert opened(posted.content, the_password(for_binh)) == REPORT
    assert the_password(for_lan) == the_password(for_binh)
    assert the_password(for_binh) not in stage.in_room()
    assert upload.deleted
    stage.lan.hears("Chưa gửi được mật khẩu Tệp #1", "Chi")
    assert "Bình" not in stage.lan.last.text
    for each in (stage.lan, stage.binh, stage.chi):
        each.hears_nothing_more()
    stage.room.sees_nothing_more()


async def test_the_sealed_copy_and_the_password_are_kept_encrypted(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    password = the_password(stage.binh.hears("Mật khẩu"))
    file = await stage.file()
    assert file.state is FileState.SEALED
    assert file.upload is None
    assert stage.vault == [file.record]
    kept = [path.read_bytes() for path in stage.office.app.settings.data_dir.rglob("*") if path.is_file()]
    assert not any("kiểm kê tài sản".encode() in each or REPORT in each for each in kept)
    rows = await stage.reads(lambda session: [row.card for row in session.exec(select(OutboxRow)).all()])
    assert not any(password in (card or "") for card in rows)
    assert password not in (file.password or "")
    stage.office.anything_goes()


async def test_a_member_who_could_not_be_reached_asks_for_the_password_later(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    password = the_password(stage.binh.hears("Mật khẩu"))
    await stage.chi.says("/matkhau 1")
    assert the_password(stage.chi.hears("Mật khẩu Tệp #1")) == password
    shown = await stage.reads(lambda session: audited(session, "password-shown"))
    assert len(shown) == 1
    assert password not in json.dumps(shown)
    stage.office.anything_goes()


async def test_the_button_under_the_file_sends_the_password_to_the_private_chat(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    password = the_password(stage.binh.hears("Mật khẩu"))
    await stage.binh.presses("Xem mật khẩu")
    assert len([each for each in stage.binh.messages if password in each.text]) == 2
    await stage.chi.presses("Xem mật khẩu")
    assert "chat riêng" in stage.office.paper.toasts[-1]
    assert password not in stage.in_room()
    stage.office.anything_goes()


async def test_the_password_is_not_told_in_a_room(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.binh.says("/matkhau 1", stage.room)
    stage.room.sees("chat riêng với bot")
    assert not PASSWORD.search(stage.in_room())
    stage.office.anything_goes()


async def test_another_groups_member_gets_nothing(stage: Stage) -> None:
    dung = stage.office.person("Dũng", "dung")
    await reachable(stage.office, dung)
    other = stage.office.room("Phòng Tài chính", admins=[dung])
    await dung.says("/thietlap Tổ hai", other)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await dung.says("/matkhau 1")
    dung.hears("Chưa thấy Tệp #1")
    await dung.presses("Xem mật khẩu", on=stage.room.sees("Tệp #1", "/matkhau"))
    await dung.says("/tep")
    dung.hears("chưa có tệp nào")
    assert not any(PASSWORD.search(each.text) for each in dung.messages)
    stage.office.anything_goes()


async def test_an_outsider_may_not_seal_nor_ask(stage: Stage) -> None:
    em = stage.office.person("Em", "em")
    await em.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.room.sees("chưa tham gia nhóm công tác")
    await em.uploads("Báo cáo.docx", REPORT, caption="/niem")
    em.hears("chưa ở nhóm công tác nào")
    await em.says("/matkhau 1")
    em.hears("Chưa thấy Tệp #1")
    assert not stage.vault


async def test_who_joined_later_or_has_left_is_not_entitled(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    em = stage.office.person("Em", "em")
    await reachable(stage.office, em)
    await em.presses("Tham gia")
    await em.says("/matkhau 1")
    em.hears("trước khi anh/chị vào nhóm", "Lan")
    await stage.reads(lambda session: leave(session, stage.binh, stage.office))
    await stage.binh.says("/matkhau 1")
    stage.binh.hears("Chưa thấy Tệp #1")
    stage.office.anything_goes()


async def test_a_member_who_blocks_the_bot_is_listed_to_the_sender(stage: Stage) -> None:
    stage.office.paper.started.discard(stage.binh.sender.id)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.app.settle()
    stage.lan.hears("Chưa gửi được mật khẩu", "Bình, Chi")
    assert len([each for each in stage.lan.messages if "Chưa gửi được" in each.text]) == 1
    stage.office.anything_goes()


async def test_a_sender_without_a_private_chat_is_told_in_the_room(stage: Stage) -> None:
    await stage.chi.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.room.sees("Chưa gửi riêng được", "Chi", "tự đến")
    stage.office.anything_goes()


async def test_nobody_is_told_twice_when_one_message_stays_under_way(stage: Stage) -> None:
    """A private message that waits for long: the sender hears after a quarter of an hour, and once."""
    send = stage.office.paper.send

    async def slow(to: Any, card: Any, content: bytes | None = None) -> str:
        if to.chat == stage.binh.sender.id:
            raise DeliveryFailed(Outcome.TRY_AGAIN, "later")
        return await send(to, card, content)

    stage.office.paper.send = slow  # type: ignore[method-assign]
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    assert not [each for each in stage.lan.messages if "Chưa gửi được" in each.text]
    await stage.office.clock_to("+16m")
    stage.lan.hears("Chưa gửi được mật khẩu", "Bình, Chi")
    stage.office.paper.send = send  # type: ignore[method-assign]
    await stage.office.clock_to("+3m")
    the_password(stage.binh.hears("Mật khẩu"))
    assert len([each for each in stage.lan.messages if "Chưa gửi được" in each.text]) == 1
    stage.office.anything_goes()
