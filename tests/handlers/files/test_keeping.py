"""What happens to sealed files afterwards: late passwords, own copies, taking back, and how long they stay."""

import io

import msoffcrypto
import pytest
import pyzipper
from sqlmodel import Session, select

from storage.files import FileRecipient, FileState
from storage.vault import Vault
from tests.handlers.files.scene import PASSWORD, REPORT, Stage, audited, docx, opened, reachable, the_password
from tests.handlers.files.test_refusals import letter


async def test_a_missed_password_comes_by_itself_when_the_private_chat_opens(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    password = the_password(stage.binh.hears("Mật khẩu"))
    await stage.chi.starts()
    assert the_password(stage.chi.hears("Mật khẩu Tệp #1")) == password
    stage.room.sees("Đã niêm: Tệp #1", "3/3 người")
    await stage.chi.starts()
    assert len([each for each in stage.chi.messages if password in each.text]) == 1
    stage.office.anything_goes()


async def test_who_has_left_meanwhile_is_sent_nothing(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.chi.leaves(stage.room)
    await stage.lan.says("/roi @chi", stage.room)
    em = stage.office.person("Em", "em")
    await em.starts()
    assert not any(PASSWORD.search(each.text) for each in em.messages)
    stage.office.anything_goes()


async def test_after_a_day_who_has_no_password_is_named_in_the_room(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.clock_to("+1d")
    stage.room.sees("Chưa gửi riêng được mật khẩu Tệp #1", "Chi")
    assert "Bình" not in stage.room.sees("Chưa gửi riêng").text
    stage.office.anything_goes()


async def test_the_list_says_who_has_the_password(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.binh.says("/daniem", stage.room)
    stage.room.sees("#1 Báo cáo.docx", "2/3 người", "Chi")
    await stage.chi.says("/matkhau 1")
    await stage.binh.says("/seals", stage.room)
    stage.room.sees("#1 Báo cáo.docx", "cả 3 người")
    stage.office.anything_goes()


# taking back


async def test_a_revoked_file_is_gone_from_the_room_and_its_password_from_everywhere(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    posted = stage.room.sees("Tệp #1", "/matkhau")
    await stage.lan.says("/thuhoi 1", stage.room)
    stage.room.sees("Đã thu hồi Tệp #1", "1 người khác")
    assert posted.deleted
    assert not stage.vault
    file = await stage.file()
    assert (file.state, file.password, file.record) == (FileState.REVOKED, None, None)
    await stage.binh.says("/matkhau 1")
    stage.binh.hears("đã được thu hồi")
    await stage.chi.starts()
    assert not any(PASSWORD.search(each.text) for each in stage.chi.messages)
    await stage.lan.says("/thuhoi 1", stage.room)
    stage.room.sees("không còn được chia sẻ")
    assert await stage.reads(lambda session: audited(session, "file-revoked"))
    assert await stage.reads(lambda session: audited(session, "file-unlinked")) == [{"records": 1}]
    stage.office.anything_goes()


async def test_only_the_sender_the_leader_and_deputies_take_back(stage: Stage) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.binh.says("/thuhoi 1", stage.room)
    stage.room.sees("Chỉ người gửi")
    await stage.binh.uploads("Của tôi.docx", REPORT, stage.room, "/niem")
    await stage.binh.says("/thuhoi 2", stage.room)
    stage.room.sees("Đã thu hồi Tệp #2")
    outsider = stage.office.person("Em", "em")
    await outsider.says("/thuhoi 1", stage.room)
    stage.room.sees("chưa tham gia")
    assert (await stage.file()).state is FileState.REVOKED
    assert len(stage.vault) == 1
    stage.office.anything_goes()


async def test_another_groups_leader_takes_nothing_back(stage: Stage) -> None:
    dung = stage.office.person("Dũng", "dung")
    await reachable(stage.office, dung)
    other = stage.office.room("Phòng Tài chính", admins=[dung])
    await dung.says("/thietlap Tổ hai", other)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await dung.says("/thuhoi 1", other)
    other.sees("Chưa thấy Tệp #1")
    assert len(stage.vault) == 1
    stage.office.anything_goes()


# how a group wants it


async def test_the_leader_says_how_long_files_are_kept(stage: Stage) -> None:
    await stage.lan.says("/niem giu 7 ngày", stage.room)
    stage.room.sees("Lưu tệp đã niêm 7 ngày")
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.clock_to("+6d")
    assert len(stage.vault) == 1
    await stage.office.clock_to("+2d")
    assert not stage.vault
    await stage.binh.says("/matkhau 1")
    stage.binh.hears("hết thời hạn lưu")
    assert await stage.reads(lambda session: audited(session, "file-expired"))
    stage.office.anything_goes()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/seal keep 30d", "30 ngày"),
        ("/niem macro không", "Không nhận tệp có macro"),
        ("/niem banrieng co", "Mỗi người một bản"),
        ("/niem chinhsach", "Cách giữ tệp của Tổ một"),
        ("/seal policy mail", "chưa có hộp thư"),
        ("/niem giu lâu", "số từ 1 đến 3650"),
        ("/niem macro nhiều", "co"),
    ],
)
async def test_the_policy_is_said_and_changed(stage: Stage, said: str, answer: str) -> None:
    await stage.lan.says(said, stage.room)
    stage.room.sees(answer)


async def test_a_member_sees_the_policy_and_changes_nothing(stage: Stage) -> None:
    await stage.binh.says("/niem giu 1", stage.room)
    stage.room.sees("Chỉ trưởng nhóm và phó nhóm")
    await stage.binh.says("/niem chinhsach", stage.room)
    stage.room.sees("90 ngày")


async def test_a_group_may_take_no_macros(stage: Stage) -> None:
    await stage.lan.says("/niem macro khong", stage.room)
    stage.room.sees("Không nhận tệp có macro")
    content = letter(b"<d/>", ("word/vbaProject.bin", b"x"))
    await stage.lan.uploads("Bảng.docm", content, stage.room, "/niem")
    stage.room.sees("không nhận tệp có macro nên chưa niêm")
    assert not stage.vault


async def test_own_copies_have_own_passwords(stage: Stage) -> None:
    await stage.lan.says("/niem banrieng co", stage.room)
    upload = await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    of_binh, of_chi = stage.room.sees("Bản của Bình", "Tệp #1"), stage.room.sees("Bản của Chi")
    for_binh, for_lan = the_password(stage.binh.hears("Mật khẩu")), the_password(stage.lan.hears("Mật khẩu Tệp #1 ("))
    assert for_binh != for_lan
    assert opened(of_binh.content, for_binh) == REPORT
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        msoffcrypto.OfficeFile(io.BytesIO(of_binh.content or b"")).load_key(password=for_lan, verify_password=True)
    await stage.chi.says("/matkhau 1")
    assert opened(of_chi.content, the_password(stage.chi.hears("Mật khẩu"))) == REPORT
    assert upload.deleted
    assert len(stage.vault) == 3
    await stage.lan.says("/thuhoi 1", stage.room)
    assert of_binh.deleted
    assert of_chi.deleted
    assert not stage.vault
    assert not any(await stage.reads(lambda session: [each.password for each in _recipients(session)]))
    stage.office.anything_goes()


async def test_five_members_have_five_copies_that_no_other_password_opens(stage: Stage) -> None:
    """Four get theirs in private; Chi, who cannot be written to, gets hers when she opens the chat. An album too."""
    dung, em = stage.office.person("Dung", "dung"), stage.office.person("Em", "em")
    await reachable(stage.office, dung, em)
    for actor in (dung, em):
        await actor.says("/thamgia", stage.room)
    await stage.lan.says("/niem banrieng co", stage.room)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    stage.lan.hears("Chưa gửi được mật khẩu Tệp #1 cho: Chi")
    await stage.chi.starts()
    everybody = (stage.lan, stage.binh, stage.chi, dung, em)
    copies = {actor.name: stage.room.sees(f"Bản của {actor.name}").content or b"" for actor in everybody}
    passwords = {actor.name: the_password(actor.hears("Mật khẩu Tệp #1 (")) for actor in everybody}
    assert len(set(copies.values())) == len(set(passwords.values())) == len(stage.vault) == 5
    for owner, content in copies.items():
        fitting = [name for name, password in passwords.items() if _opens(content, password)]
        assert fitting == [owner]
        assert opened(content, passwords[owner]) == REPORT
    for name, content in (("a.docx", REPORT), ("b.docx", docx("Phụ lục"))):
        await stage.lan.uploads(name, content, stage.room, "/niem" if name == "a.docx" else "", album="a1")
    await stage.office.clock_to("+1m")
    of_em = stage.room.sees("Bản của Em", "Tệp #2").content
    with pyzipper.AESZipFile(io.BytesIO(of_em or b"")) as archive:
        archive.setpassword(the_password(em.hears("Mật khẩu Tệp #2 (")).encode())
        assert archive.read("a.docx") == REPORT
    stage.office.anything_goes()


def _opens(content: bytes, password: str) -> bool:
    try:
        msoffcrypto.OfficeFile(io.BytesIO(content)).load_key(password=password, verify_password=True)
    except msoffcrypto.exceptions.InvalidKeyError:
        return False
    return True


def _recipients(session: Session) -> list[FileRecipient]:
    return list(session.exec(select(FileRecipient)).all())


# what a crash left


async def test_what_a_crash_left_in_the_vault_is_swept_up(stage: Stage) -> None:
    vault: Vault = stage.office.app.kit[Vault]
    orphan = vault.put(docx("nobody knows of this one"))
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.office.clock_to("+90m")
    assert orphan in stage.vault
    await stage.office.clock_to("+60m")
    assert stage.vault == [(await stage.file()).record]
    assert await stage.reads(lambda session: audited(session, "vault-swept")) == [{"records": 1}]
    stage.office.anything_goes()
