"""What is not sealed: secrets, scans nobody vouches for, damaged files, and days on which nothing works."""

import io
from typing import Any

import pytest
import pyzipper

from bot.chat.messenger import DeliveryFailed, Outcome
from storage.files import FileState
from tests.handlers.files.scene import (
    REPORT,
    SCAN,
    SECRET,
    Stage,
    audited,
    the_password,
)


@pytest.mark.parametrize(("name", "content"), [("Kế hoạch.docx", SECRET), ("TỐI MẬT.docx", REPORT)])
async def test_a_secret_document_is_refused_and_removed_and_nothing_of_it_is_kept(
    stage: Stage, name: str, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    upload = await stage.binh.uploads(name, content, stage.room, "/niem")
    stage.room.sees("chưa được niêm", "nhắn riêng")
    assert "mật" not in stage.in_room().lower().replace("mật khẩu", "").replace(name.lower(), "")
    stage.binh.hears("không gửi qua nhóm chat", "văn thư mật")
    assert upload.deleted
    assert not stage.vault
    file = await stage.file()
    assert (file.state, file.name, file.upload, file.number) == (FileState.REFUSED, "", None, None)
    assert not [each for each in stage.room.messages if each.content]
    assert name not in caplog.text
    assert "mục tiêu" not in caplog.text


async def test_a_secret_document_that_cannot_be_removed_is_its_senders_to_remove(stage: Stage) -> None:
    stage.office.paper.bot_rights.clear()
    upload = await stage.chi.uploads("Kế hoạch.docx", SECRET, stage.room, "/niem")
    await stage.office.clock_to("+1m")
    stage.room.sees("Chi: bot chưa xóa được tin nhắn", "ngay")
    stage.room.sees("Chi: tệp này chưa được niêm", "chat riêng")
    assert not upload.deleted


async def test_of_a_secret_whose_sender_cannot_be_told_in_private_the_room_learns_nothing(stage: Stage) -> None:
    """And the reason waits for the sender, who hears it once."""
    await stage.chi.uploads("Kế hoạch.docx", SECRET, stage.room, "/niem")
    line = stage.room.sees("Chi: tệp này chưa được niêm", "chat riêng")
    for word in ("dấu", "kế hoạch", "tối mật", "tuyệt mật", "văn thư"):
        assert word not in stage.in_room().lower()
    assert line.labels
    await stage.chi.presses("chat riêng", on=line)
    stage.chi.hears("không gửi qua nhóm chat", "văn thư mật")
    await stage.chi.blocks()
    await stage.chi.starts()
    assert len([each for each in stage.chi.messages if "văn thư mật" in each.text]) == 1
    stage.office.anything_goes()


async def test_a_plain_secret_whose_sender_cannot_be_told_is_not_passed_over_in_silence(stage: Stage) -> None:
    upload = await stage.chi.uploads("Kế hoạch.docx", SECRET, stage.room)
    stage.room.sees("Chi: tệp này chưa được niêm", "chat riêng")
    assert upload.deleted


async def test_when_the_private_reason_does_not_arrive_the_room_asks_its_sender_to_open_the_chat(stage: Stage) -> None:
    stage.office.paper.started.discard(stage.binh.sender.id)  # blocked, and nobody has told us yet
    await stage.binh.uploads("Kế hoạch.docx", SECRET, stage.room, "/niem")
    stage.room.sees("Bình: tệp này chưa được niêm", "chat riêng")
    await stage.binh.starts()
    stage.binh.hears("văn thư mật")
    stage.office.anything_goes()


async def test_a_scan_waits_for_its_senders_word(stage: Stage) -> None:
    await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    question = stage.room.sees("không có chữ để đọc", "dấu Mật")
    assert not stage.vault
    await stage.binh.presses("Không có dấu mật", on=question)
    assert not stage.vault
    await stage.lan.presses("Không có dấu mật", on=question)
    posted = stage.room.sees("Tệp #1", "7-Zip")
    with pyzipper.AESZipFile(io.BytesIO(posted.content or b"")) as archive:
        archive.setpassword(the_password(stage.binh.hears("Mật khẩu")).encode())
        assert archive.read(archive.namelist()[0]) == SCAN
    assert len(await stage.reads(lambda session: audited(session, "seal-no-mark-confirmed"))) == 1
    stage.office.anything_goes()


async def test_the_word_about_a_scan_can_be_given_as_a_number(stage: Stage) -> None:
    await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    question = stage.room.sees("không có chữ để đọc")
    await stage.lan.says("1", stage.room, reply_to=question)
    stage.room.sees("Tệp #1", "7-Zip")
    stage.office.anything_goes()


async def test_a_scan_with_a_mark_is_treated_as_secret(stage: Stage) -> None:
    upload = await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    await stage.lan.presses("Có, hoặc chưa chắc")
    stage.lan.hears("không gửi qua nhóm chat")
    stage.room.sees("nhắn riêng")
    assert upload.deleted
    assert not stage.vault


async def test_a_scan_nobody_vouches_for_is_let_go_of(stage: Stage) -> None:
    await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    stage.room.sees("không có chữ để đọc")
    await stage.office.clock_to("+3d")
    stage.room.sees("Chưa có xác nhận")
    assert (await stage.file()).upload is None
    stage.office.anything_goes()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("Trống.docx", b"", "trống (0 byte)"),
        ("Báo cáo.pdf", REPORT, "Đuôi tên tệp"),
        ("Báo cáo.docx", REPORT[: len(REPORT) // 2], "hỏng"),
    ],
)
async def test_a_file_that_cannot_be_sealed_is_refused_in_a_plain_sentence(
    stage: Stage, name: str, content: bytes, said: str
) -> None:
    upload = await stage.lan.uploads(name, content, stage.room, "/niem")
    stage.room.sees(said, "/niem")
    assert not upload.deleted
    assert not stage.vault


async def test_a_file_over_twenty_megabytes_is_refused_at_once(stage: Stage) -> None:
    await stage.lan.uploads("Phim.mp4", bytes(20 * 1024 * 1024 + 1), stage.room, "/niem")
    stage.room.sees("lớn hơn 20 MB")


async def test_a_command_without_a_file_says_how_to_send_one(stage: Stage) -> None:
    await stage.lan.says("/niem", stage.room)
    stage.room.sees("trả lời tin nhắn có tệp")
    await stage.lan.says("/matkhau abc")
    stage.lan.hears("/matkhau 7")


async def test_a_room_that_takes_no_files_leaves_the_original_and_says_so(stage: Stage) -> None:
    progress = stage.office.paper.send

    async def send(to: Any, card: Any, content: bytes | None = None) -> str:
        if card.file is not None:
            raise DeliveryFailed(Outcome.REJECTED, "not enough rights to send documents")
        return await progress(to, card, content)

    stage.office.paper.send = send  # type: ignore[method-assign]
    upload = await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.app.settle()
    stage.lan.hears("Chưa gửi được Tệp #1 vào nhóm chat")
    assert not upload.deleted
    stage.office.anything_goes()


async def test_a_download_that_fails_is_tried_again_and_then_given_up(stage: Stage) -> None:
    broken = True
    fetch = stage.office.paper.fetch

    async def flaky(file: Any) -> bytes:
        if broken:
            raise DeliveryFailed(Outcome.TRY_AGAIN, "the line is down")
        return await fetch(file)

    stage.office.paper.fetch = flaky  # type: ignore[method-assign]
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.room.sees("Đang niêm")
    broken = False
    await stage.office.clock_to("+1m")
    stage.room.sees("Đã niêm: Tệp #1")
    broken = True
    await stage.lan.uploads("Báo cáo 2.docx", REPORT, stage.room, "/niem")
    await stage.office.clock_to("+20m")
    stage.room.sees("Chưa tải được tệp")
    stage.office.anything_goes()


async def test_a_fault_of_ours_is_said_calmly_and_logs_no_words_of_the_file(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(content: bytes, name: str) -> None:
        raise ValueError(f"kiểm kê tài sản in {name}")

    monkeypatch.setattr("handlers.files.jobs.inspect", stumble)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.room.sees("Đang niêm")
    await stage.office.clock_to("+20m")
    stage.room.sees("có lỗi phía hệ thống", "/niem")
    assert "ValueError in test_refusals_in_chat.py" in caplog.text
    assert "kiểm kê" not in caplog.text
    assert "Báo cáo" not in caplog.text
