"""Sealing a file in the chat: in the room, in private, by a reply; and the list of what was sealed."""

from typing import Any

from tests.handlers.files.scene import (
    REPORT,
    Stage,
    the_password,
)


async def test_a_reply_to_a_file_seals_it_too(stage: Stage) -> None:
    upload = await stage.binh.uploads("Báo cáo.docx", REPORT, stage.room)
    await stage.lan.says("/seal", stage.room, reply_to=upload)
    stage.room.sees("Tệp #1", "Lan")
    assert upload.deleted
    assert (await stage.file()).owner_id != (await stage.file()).sender_id
    await stage.lan.says("/seal", stage.room, reply_to=upload)
    stage.room.sees("đã niêm rồi: Tệp #1")
    stage.office.anything_goes()


async def test_an_original_that_the_bot_may_not_delete_is_its_senders_to_delete(stage: Stage) -> None:
    stage.office.paper.bot_rights.clear()
    upload = await stage.binh.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.clock_to("+1m")
    stage.binh.hears("chưa có quyền xóa", "Tệp #1")
    assert not upload.deleted
    stage.office.anything_goes()


async def test_in_private_the_group_is_chosen_with_a_button(stage: Stage) -> None:
    other = stage.office.room("Phòng Tài chính", admins=[stage.lan])
    await stage.lan.says("/thietlap Tổ hai", other)
    await stage.lan.uploads("Báo cáo.docx", REPORT, caption="/niem")
    await stage.lan.presses("Tổ một", on=stage.lan.hears("gửi vào nhóm nào"))
    stage.room.sees("Tệp #1", "Lan")
    assert not [each for each in other.messages if each.content]
    await stage.lan.uploads("Báo cáo 2.docx", REPORT, caption="/niem")
    await stage.lan.says("2")
    assert [each for each in other.messages if each.content]
    await stage.lan.says("/matkhau 1")
    await stage.lan.presses("Tổ hai", on=stage.lan.hears("của nhóm nào"))
    the_password(stage.lan.hears("Mật khẩu Tệp #1", "Tổ hai", "Báo cáo 2"))
    stage.office.anything_goes()


async def test_a_file_with_a_password_of_its_own_is_left_as_it_is(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    protected = stage.room.sees("Tệp #1", "/matkhau").content or b""
    upload = await stage.binh.uploads("Của tôi.docx", protected, stage.room, "/niem")
    stage.room.sees("đã có mật khẩu sẵn")
    assert not upload.deleted
    await stage.binh.uploads("Của tôi.docx", protected, caption="/niem")
    assert stage.room.sees("Tệp #2", "mật khẩu sẵn").content == protected
    await stage.lan.says("/matkhau 2")
    stage.lan.hears("mật khẩu sẵn của người gửi", "Bình")
    stage.office.anything_goes()


async def test_a_name_that_turns_text_round_is_shown_straight(stage: Stage) -> None:
    await stage.lan.uploads("Báo\u202ecáo\n<b>1.docx", REPORT, stage.room, "/niem")
    stage.room.sees("Tệp #1")
    assert stage.lan.hears("Mật khẩu Tệp #1 (").text.startswith("Mật khẩu Tệp #1 (Báocáo<b>1.docx)")
    stage.office.anything_goes()


async def test_an_upload_delivered_twice_is_sealed_once(stage: Stage) -> None:
    taken: list[Any] = []
    assert stage.office.paper.intake is not None
    intake = stage.office.paper.intake

    async def remember(events: Any) -> None:
        taken.extend(events)
        await intake(events)

    stage.office.paper.intake = remember
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.hear(*taken)
    assert len([each for each in stage.room.messages if each.content]) == 1
    assert len(stage.vault) == 1
    stage.office.anything_goes()


async def test_the_groups_files_are_listed_in_pages(stage: Stage) -> None:
    for number in range(9):
        await stage.lan.uploads(f"Báo cáo {number}.docx", REPORT, stage.room, "/niem")
    await stage.binh.says("/tep", stage.room)
    first = stage.room.sees("Tệp đã niêm (9)", "#9 Báo cáo 8.docx · Lan", "#2 ")
    assert "#1 " not in first.text
    assert len(first.text.splitlines()) <= 12
    await stage.binh.presses("Cũ hơn")
    stage.room.sees("#1 Báo cáo 0.docx")
    await stage.binh.presses("Mới hơn")
    stage.room.sees("#9 ")
    stage.office.anything_goes()
