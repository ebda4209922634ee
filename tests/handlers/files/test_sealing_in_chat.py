"""Sealing a file in the chat: who gets the password, who never does, and what is refused."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import msoffcrypto
import pytest
import pyzipper
from sqlmodel import Session, select

from bot.chat.events import Reached, Said
from bot.chat.messenger import DeliveryFailed, Outcome
from storage import audit, files, people
from storage.files import FileState, SealedFile
from storage.outbox import OutboxRow
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
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", _BODY.format(body))
    return made.getvalue()


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
            people.set_reachable(session, "paper", actor.sender.id, reachable=True)

    await office.app.database.run(note)


@pytest.fixture
async def stage(office: Office) -> Stage:
    """Lan leads, Bình and Chi are members; the bot can write to Lan and Bình."""
    lan, binh, chi = office.person("Lan", "lan"), office.person("Bình", "binh"), office.person("Chi", "chi")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan, binh)
    await lan.says("/thietlap Tổ một", room)
    await binh.presses("Tham gia")
    await chi.presses("Tham gia")
    _all_heard(office)
    return Stage(office, lan, binh, chi, room)


def _all_heard(office: Office) -> None:
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


async def test_a_member_who_could_not_be_reached_asks_for_the_password_later(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    password = the_password(stage.binh.hears("Mật khẩu"))
    await stage.chi.says("/matkhau 1")
    assert the_password(stage.chi.hears("Mật khẩu Tệp #1")) == password
    shown = await stage.reads(lambda session: _audited(session, "password-shown"))
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
    await stage.reads(lambda session: _leave(session, stage.binh, stage.office))
    await stage.binh.says("/matkhau 1")
    stage.binh.hears("Chưa thấy Tệp #1")
    stage.office.anything_goes()


@pytest.mark.parametrize(("name", "content"), [("Kế hoạch.docx", SECRET), ("TỐI MẬT.docx", REPORT)])
async def test_a_secret_document_is_refused_and_removed_and_nothing_of_it_is_kept(
    stage: Stage, name: str, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    upload = await stage.binh.uploads(name, content, stage.room, "/niem")
    stage.room.sees("không gửi qua nhóm chat", "văn thư mật")
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
    stage.room.sees("không gửi qua nhóm chat")
    stage.room.sees("Chi: bot chưa có quyền xóa", "ngay")
    assert not upload.deleted


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
    assert len(await stage.reads(lambda session: _audited(session, "seal-no-mark-confirmed"))) == 1
    stage.office.anything_goes()


async def test_the_word_about_a_scan_can_be_given_as_a_number(stage: Stage) -> None:
    await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    question = stage.room.sees("không có chữ để đọc")
    await stage.lan.says("1", stage.room, reply_to=question)
    stage.room.sees("Tệp #1", "7-Zip")
    stage.office.anything_goes()


async def test_of_several_files_sent_together_the_others_are_named_as_not_sealed(stage: Stage) -> None:
    reference = stage.office.keep(("Báo cáo.docx", REPORT))
    said = {"message_id": "900", "text": "/niem", "file": reference, "album": "a1"}
    await stage.office.hear(stage.lan._event(Said, stage.room.chat, **said))
    stage.room.sees("các tệp khác gửi cùng lượt chưa được niêm")
    stage.room.sees("Tệp #1")
    stage.office.anything_goes()


async def test_a_scan_with_a_mark_is_treated_as_secret(stage: Stage) -> None:
    upload = await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    await stage.lan.presses("Có, hoặc chưa chắc")
    stage.room.sees("không gửi qua nhóm chat")
    assert upload.deleted
    assert not stage.vault


async def test_a_scan_nobody_vouches_for_is_let_go_of(stage: Stage) -> None:
    await stage.lan.uploads("Bản chụp.png", SCAN, stage.room, "/niem")
    stage.room.sees("không có chữ để đọc")
    await stage.office.clock_to("+3d")
    stage.room.sees("Chưa có xác nhận")
    assert (await stage.file()).upload is None
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


async def test_a_member_who_blocks_the_bot_is_listed_to_the_sender(stage: Stage) -> None:
    stage.office.paper.started.discard(stage.binh.sender.id)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.app.settle()
    stage.lan.hears("Chưa gửi được mật khẩu", "Bình, Chi")
    assert len([each for each in stage.lan.messages if "Chưa gửi được" in each.text]) == 1
    stage.office.anything_goes()


async def test_a_sender_without_a_private_chat_is_told_in_the_room(stage: Stage) -> None:
    await stage.chi.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.room.sees("Chưa gửi riêng được", "Chi", "/matkhau 1")
    stage.office.anything_goes()


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
    assert "ValueError in test_sealing_in_chat.py" in caplog.text
    assert "kiểm kê" not in caplog.text
    assert "Báo cáo" not in caplog.text


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


def _audited(session: Session, action: str) -> list[dict[str, Any]]:
    found = session.exec(select(audit.AuditEntry).where(audit.AuditEntry.action == action)).all()
    return [each.values for each in found]


def _leave(session: Session, actor: Actor, office: Office) -> None:
    account = people.account(session, "paper", actor.sender.id)
    assert account is not None
    member = people.member_of(session, 1, account.person_id)
    assert member is not None
    member.left_at = office.now
    session.add(member)
    assert files.count(session, 1) == 1
