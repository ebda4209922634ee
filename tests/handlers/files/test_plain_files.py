"""A file posted in the room without a password: one quiet line, or sealed at once, or nothing, as the group wants."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from bot.chat.events import FileRef, Noticed
from bot.engine import context
from handlers.files import plain
from storage.files import SealedFile
from tests.handlers.files.scene import REPORT, SCAN, SECRET, Stage, opened, the_password
from tests.stage import Actor, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedFile(Noticed):
    """What a messenger that tells of posted files says."""

    file: FileRef
    message_id: str


async def posts(stage: Stage, who: Actor, name: str, content: bytes, mime: str = "") -> Message:
    """Without a caption for the bot."""
    office = stage.office
    kept = office.keep((name, content))
    reference = FileRef(messenger=kept.messenger, id=kept.id, name=name, size=kept.size, mime=mime)
    message = office.paper.put(stage.room.chat.id, who.sender, "", content)
    event = NoticedFile(
        key=office.paper.next_key(), at=office.now, chat=stage.room.chat, sender=who.sender, file=reference,
        message_id=message.id,
    )  # fmt: skip

    def hear(session: Session) -> None:
        work = office.app.engine.work(session, event=event)
        context.meet(work, event)
        plain.posted(event, work)

    await office.app.database.run(hear)
    office.app.sender.wake()
    await office.app.settle()
    return message


async def rows(stage: Stage) -> int:
    """Those that say anything of a file: of what is not offered any more only the number stays."""
    found = await stage.reads(lambda session: session.exec(select(SealedFile)).all())
    return sum(bool(each.name or each.upload or each.further or each.origin_message) for each in found)


async def test_the_sender_is_offered_help_in_one_quiet_line(stage: Stage) -> None:
    posted = await posts(stage, stage.binh, "Báo cáo.docx", REPORT)
    line = stage.room.sees("chưa có mật khẩu")
    assert line.card.silent
    assert line.card.reply_to == posted.id
    await stage.lan.presses("Niêm giúp", on=line)
    assert not posted.deleted
    await stage.binh.presses("Niêm giúp", on=line)
    sealed = stage.room.sees("Tệp #1", "Bình", "/matkhau")
    assert opened(sealed.content, the_password(stage.lan.hears("Mật khẩu"))) == REPORT
    assert posted.deleted
    stage.office.anything_goes()


async def test_the_offer_goes_after_a_day_and_nothing_of_it_is_kept(stage: Stage) -> None:
    await posts(stage, stage.binh, "Báo cáo.docx", REPORT)
    line = stage.room.sees("chưa có mật khẩu")
    await stage.office.clock_to("+25h")
    assert line.deleted
    assert await rows(stage) == 0
    stage.office.anything_goes()


async def test_a_group_may_have_every_file_sealed_at_once(stage: Stage) -> None:
    await stage.lan.says("/niem tepthuong thay", stage.room)
    stage.room.sees("niêm ngay")
    posted = await posts(stage, stage.binh, "Báo cáo.docx", REPORT)
    sealed = stage.room.sees("Tệp #1", "Bình", "/matkhau")
    assert opened(sealed.content, the_password(stage.lan.hears("Mật khẩu"))) == REPORT
    assert posted.deleted
    stage.office.anything_goes()


@pytest.mark.parametrize("mime", ["image/jpeg", "image/webp", "video/mp4", "audio/ogg"])
async def test_pictures_and_stickers_are_left_alone(stage: Stage, mime: str) -> None:
    await posts(stage, stage.binh, "anh.jpg", b"\xff\xd8\xff\xd9", mime)
    stage.room.sees_nothing_more()
    assert await rows(stage) == 0


@pytest.mark.parametrize("said", ["/niem anh co", "/seal plain pictures", "/niem tepthuong ảnh"])
async def test_a_group_may_have_pictures_looked_after_too_but_never_films_or_voices(stage: Stage, said: str) -> None:
    await stage.lan.says(said, stage.room)
    stage.room.sees("Ảnh trong nhóm: như tệp thường")
    for mime in ("video/mp4", "audio/ogg"):
        await posts(stage, stage.binh, "phim", SCAN, mime)
    assert await rows(stage) == 0
    await posts(stage, stage.binh, "anh.png", SCAN, "image/png")
    await stage.binh.presses("Niêm giúp", on=stage.room.sees("chưa có mật khẩu"))
    await stage.binh.presses("Không có dấu mật", on=stage.room.sees("không có chữ để đọc"))
    assert stage.room.sees("Tệp #1", "7-Zip").content
    await stage.lan.says("/niem tepthuong khong anh", stage.room)
    stage.room.sees("Ảnh trong nhóm: để yên")
    stage.office.anything_goes()


async def test_a_group_may_want_to_hear_nothing(stage: Stage) -> None:
    await stage.lan.says("/niem tepthuong tat", stage.room)
    stage.room.sees("để yên")
    await posts(stage, stage.binh, "Báo cáo.docx", REPORT)
    stage.room.sees_nothing_more()


async def test_who_is_no_member_and_what_is_protected_or_broken_is_not_remarked_on(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    protected = stage.room.sees("Tệp #1", "/matkhau").content or b""
    seen = len(stage.room.messages)
    await posts(stage, stage.binh, "Của tôi.docx", protected)
    await posts(stage, stage.binh, "Hỏng.docx", REPORT[:200])
    await posts(stage, stage.office.person("Em", "em"), "Báo cáo.docx", REPORT)
    assert len(stage.room.messages) == seen
    assert await rows(stage) == 1
    stage.office.anything_goes()


async def test_a_secret_posted_in_the_room_is_removed_and_its_sender_told(stage: Stage) -> None:
    posted = await posts(stage, stage.binh, "Kế hoạch.docx", SECRET)
    assert posted.deleted
    stage.binh.hears("không gửi qua nhóm chat", "văn thư mật")
    stage.room.sees_nothing_more()
