"""Several files sent at once: one archive, one number, one line about them; in a room, in private, in any order."""

import io
from typing import Any

import pytest
import pyzipper

from bot.chat.events import Noticed
from storage.files import FileState
from tests.handlers.files.scene import REPORT, SCAN, SECRET, Stage, docx, the_password
from tests.stage import Message

FILES = {"Báo cáo.docx": REPORT, "Phụ lục.docx": docx("Phụ lục số liệu"), "Ảnh.png": SCAN}
DOCUMENTS = dict(list(FILES.items())[:2])


async def sends(stage: Stage, files: dict[str, bytes], *, caption_on: int = 0, room: bool = True) -> list[Message]:
    """Lan sends them together; the caption stands under one of them."""
    place = stage.room if room else None
    captions = ["/niem" if number == caption_on else "" for number in range(len(files))]
    sent = zip(files.items(), captions, strict=True)
    posted = [await stage.lan.uploads(*each, place, caption, album="a1") for each, caption in sent]
    await stage.office.clock_to("+1m")
    return posted


def unpacked(content: bytes | None, password: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(content or b"")) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("caption_on", [0, 1])
async def test_all_files_of_an_album_are_sealed_in_one_archive(stage: Stage, caption_on: int) -> None:
    originals = await sends(stage, DOCUMENTS, caption_on=caption_on)
    first = list(DOCUMENTS)[caption_on].removesuffix(".docx")
    posted = stage.room.sees("Tệp #1", "7-Zip")
    assert posted.card.file is not None
    assert posted.card.file.name == f"{first} và 1 tệp khác.zip"
    assert unpacked(posted.content, the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))) == DOCUMENTS
    assert all(each.deleted for each in originals)
    file = await stage.file()
    assert (file.number, file.state, file.upload) == (1, FileState.SEALED, None)
    assert "file0" not in (file.further or "")
    assert len([each for each in stage.room.messages if each.content]) == 1
    stage.office.anything_goes()


async def test_a_picture_in_an_album_is_asked_about_and_sealed_with_the_rest(stage: Stage) -> None:
    await sends(stage, FILES)
    await stage.lan.presses("Không có dấu mật", on=stage.room.sees("Báo cáo và 2 tệp khác.zip", "không có chữ để đọc"))
    posted = stage.room.sees("Tệp #1", "7-Zip")
    assert unpacked(posted.content, the_password(stage.lan.hears("Mật khẩu Tệp #1 ("))) == FILES
    stage.office.anything_goes()


async def test_a_mark_in_one_file_of_an_album_refuses_and_removes_all(stage: Stage) -> None:
    originals = await sends(stage, DOCUMENTS | {"Kế hoạch.docx": SECRET})
    stage.lan.hears("không gửi qua nhóm chat")
    stage.room.sees("nhắn riêng")
    assert all(each.deleted for each in originals)
    file = await stage.file()
    assert (file.state, file.name, file.upload, file.further) == (FileState.REFUSED, "", None, None)
    assert not stage.vault
    stage.office.anything_goes()


async def test_a_damaged_file_of_an_album_is_named_and_none_is_sealed(stage: Stage) -> None:
    originals = await sends(stage, DOCUMENTS | {"Trống.docx": b""})
    stage.room.sees("Trống.docx", "cả lượt chưa được niêm", "0 byte")
    assert not any(each.deleted for each in originals)
    assert not stage.vault


async def test_an_album_in_private_is_sealed_for_the_group(stage: Stage) -> None:
    await sends(stage, DOCUMENTS, caption_on=1, room=False)
    stage.lan.hears("Đã niêm: Tệp #1")
    posted = stage.room.sees("Tệp #1", "7-Zip")
    assert unpacked(posted.content, the_password(stage.lan.hears("Mật khẩu Tệp #1 ("))) == DOCUMENTS
    stage.office.anything_goes()


async def test_the_choice_of_a_group_comes_when_all_files_have_come(stage: Stage) -> None:
    await stage.lan.says("/thietlap Tổ hai", stage.office.room("Phòng Tài chính", admins=[stage.lan]))
    await sends(stage, DOCUMENTS, room=False)
    await stage.lan.presses("Tổ một", on=stage.lan.hears("Báo cáo và 1 tệp khác.zip", "nhóm nào"))
    posted = stage.room.sees("Tệp #1", "7-Zip")
    assert unpacked(posted.content, the_password(stage.lan.hears("Mật khẩu Tệp #1 ("))) == DOCUMENTS
    stage.office.anything_goes()


async def test_where_the_bot_hears_of_one_file_only_that_one_is_sealed_and_it_says_so(stage: Stage) -> None:
    await sends(stage, {"Báo cáo.docx": REPORT})
    stage.room.sees("chỉ nhận được một", "/niem")
    assert stage.room.sees("Tệp #1").content
    stage.office.anything_goes()


async def test_a_plain_album_is_remarked_on_once_and_sealed_with_one_press(stage: Stage) -> None:
    await sends(stage, DOCUMENTS, caption_on=-1)
    assert len([each for each in stage.room.messages if "chưa có mật khẩu" in each.text]) == 1
    await stage.lan.presses("Niêm giúp")
    posted = stage.room.sees("Tệp #1", "7-Zip")
    assert unpacked(posted.content, the_password(stage.lan.hears("Mật khẩu Tệp #1 ("))) == DOCUMENTS
    stage.office.anything_goes()


async def test_an_album_under_another_command_is_no_business_of_sealing(stage: Stage) -> None:
    await stage.lan.uploads("Phụ lục.docx", REPORT, stage.room, album="a1")
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/khongco", album="a1")
    await stage.office.clock_to("+1m")
    assert "chưa có mật khẩu" not in stage.in_room()
    stage.office.anything_goes()


async def test_an_album_in_private_without_a_word_is_answered_once(stage: Stage) -> None:
    await sends(stage, DOCUMENTS, caption_on=-1, room=False)
    assert len([each for each in stage.lan.messages if "/niem" in each.text]) == 1
    stage.office.anything_goes()


async def test_an_outsiders_album_is_refused_or_left_alone(stage: Stage) -> None:
    outsider = stage.office.person("Em", "em")
    for caption in ("", "/niem"):
        await stage.lan.office.hear(_noticed(stage, outsider)) if not caption else None
        await outsider.uploads("Báo cáo.docx", REPORT, stage.room, caption, album=f"b{caption}")
    await stage.office.clock_to("+1m")
    stage.room.sees("chưa tham gia")
    assert not stage.vault
    stage.office.anything_goes()


def _noticed(stage: Stage, who: Any) -> Noticed:
    facts = {"message_id": "901", "file": stage.office.keep(("Báo cáo.docx", REPORT)), "album": "b"}
    noticed: Noticed = who._event(Noticed, stage.room.chat, **facts)
    return noticed
