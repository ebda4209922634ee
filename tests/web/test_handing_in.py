"""The page on which a file is handed in, through a real client: the same rules as in the chat, and nothing is left."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import Clock
from bot.web import files as web_files
from config.settings import Settings
from storage import files
from storage.files import FileState
from tests.handlers.files.scene import (
    REPORT,
    SCAN,
    SECRET,
    Stage,
    audited,
    docx,
    leave,
    opened,
    reachable,
    the_password,
)
from tests.stage import FRIDAY, Office, PaperMessenger
from tests.web.scene import LINK, PUBLIC, Browser, link_for, sealed, upload_path

LETTER = docx(
    "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ",
    "Số: 12/UBND-VX",
    "Quảng Trị, ngày 5 tháng 11 năm 2026",
    "V/v báo cáo số liệu văn hóa",
    "Kính gửi: Sở Văn hóa",
    "Đề nghị báo cáo trước ngày 28/11/2026.",
)


async def test_a_file_handed_in_is_sealed_and_reaches_the_room(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    form = await browser.look(path)
    assert 'type="file"' in form.text
    assert "Tổ một" not in form.text
    taken = await browser.hand_in(path, "Báo cáo.docx", REPORT)
    assert taken.status == 200
    assert "Đã nhận tệp" in taken.text
    shown = stage.room.sees("Tệp #1", "người gửi: Bình")
    assert opened(shown.content, the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))) == REPORT
    stage.binh.hears("Đã niêm")
    stage.lan.hears("Mật khẩu")
    assert await stage.reads(lambda session: audited(session, "file-handed-in"))


async def test_the_upload_itself_is_not_kept(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    await browser.hand_in(upload_path(stage.binh), "Báo cáo.docx", REPORT)
    await stage.office.clock_to("+2m")
    file = await stage.file()
    assert stage.vault == [file.record]


async def test_one_link_takes_one_file_and_leads_to_the_next(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path, taken = upload_path(stage.binh), 0
    while True:
        seen = await browser.hand_in(path, f"Báo cáo {taken}.docx", REPORT)
        assert seen.status == 200
        assert (await browser.look(path)).status == 410
        assert (await browser.hand_in(path, "Báo cáo.docx", REPORT)).status == 410
        taken += 1
        following = re.search(r'href="([^"]+)"', seen.text)
        if following is None:
            break
        path = f"/u/{following[1]}"
    assert taken == 5
    stage.room.sees("Tệp #5")


async def test_the_same_rules_hold_as_in_the_chat(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    await browser.hand_in(upload_path(stage.binh), "Phương án.docx", SECRET)
    stage.binh.hears("không gửi qua nhóm chat")
    assert "Tệp #" not in stage.in_room()
    await stage.office.clock_to("+2m")
    assert stage.vault == []


async def test_a_scan_is_asked_about_and_waits_for_its_answer(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    await browser.hand_in(upload_path(stage.binh), "Ảnh.png", SCAN)
    await stage.office.clock_to("+5h")
    assert (await stage.file()).state is FileState.ASKED
    await stage.binh.presses("Không có dấu mật")
    stage.room.sees("Tệp #1")
    await stage.office.clock_to("+1h")
    assert len(stage.vault) == 1


async def test_in_the_room_the_link_goes_to_the_private_chat(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/upload", stage.room)
    stage.room.sees("Đã gửi vào chat riêng")
    assert not LINK.search(stage.in_room())
    assert (await browser.look(upload_path(stage.binh))).status == 200
    await stage.chi.says("/guitep", stage.room)
    stage.room.sees("Mở chat riêng với bot")


async def test_outsiders_get_no_upload_link(stage: Stage) -> None:
    outsider = stage.office.person("Em", "em")
    await outsider.says("/guitep")
    await outsider.says("/guitep", stage.room)
    stage.room.sees("chưa tham gia")
    said = "".join(each.text for each in [*outsider.messages, *stage.room.messages])
    assert not LINK.search(said)


async def test_an_upload_link_ends_with_its_hour_with_a_newer_one_and_with_membership(
    stage: Stage, browser: Browser
) -> None:
    await stage.binh.says("/guitep")
    first = upload_path(stage.binh)
    await stage.binh.says("/guitep")
    second = upload_path(stage.binh)
    assert (await browser.look(first)).status == 410
    assert (await browser.look(second)).status == 200
    await stage.office.clock_to("+2h")
    assert (await browser.hand_in(second, "Báo cáo.docx", REPORT)).status == 410
    await stage.binh.says("/guitep")
    third = upload_path(stage.binh)
    await sealed(stage)
    await stage.reads(lambda session: leave(session, stage.binh, stage.office))
    assert (await browser.hand_in(third, "Báo cáo.docx", REPORT)).status == 410
    assert stage.vault == [(await stage.file()).record]


async def test_too_much_is_refused_and_leaves_nothing(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    over_the_rule = await browser.hand_in(path, "Báo cáo.docx", REPORT + bytes(21 * 1024 * 1024))
    assert over_the_rule.status == 422
    assert "20 MB" in over_the_rule.text
    monkeypatch.setattr(web_files, "LARGEST", 1024 * 1024)
    assert (await browser.hand_in(path, "Báo cáo.docx", bytes(2 * 1024 * 1024))).status == 413
    assert (await browser.hand_in(path, "Báo cáo.docx", bytes(1024 * 1024 + 5))).status == 413
    assert (await browser.hand_in(path, "Báo cáo.docx", b"")).status == 400
    assert (await browser.press(path, "send")).status == 400
    assert stage.vault == []
    assert not list((stage.office.app.settings.data_dir / "vault").glob("*"))
    assert (await browser.hand_in(path, "Báo cáo.docx", REPORT)).status == 200, "no failure has used the link up"


async def test_a_file_that_breaks_off_leaves_nothing_and_may_be_sent_again(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    for body in (head + bytes(5000), b"--x", b"", b"\r\n--x\r\nnonsense", head):
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        assert (await browser.seen("POST", path, data=body, headers=kind)).status == 400, body[:90]
    _, writer = await asyncio.open_connection("127.0.0.1", stage.office.app.web.port)
    promised = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    writer.write(f"{promised}Content-Length: 999999\r\n\r\n".encode() + head + bytes(300_000))
    await writer.drain()
    folder = stage.office.app.settings.data_dir / "vault"
    while not list(folder.glob("*.part")):
        await asyncio.sleep(0)
    writer.close()
    while list(folder.glob("*")):
        await asyncio.sleep(0)
    assert stage.vault == []
    assert (await browser.hand_in(path, "Báo cáo.docx", REPORT)).status == 200


async def test_of_two_files_at_one_moment_one_is_taken(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    both = await asyncio.gather(*(browser.hand_in(path, "Báo cáo.docx", REPORT) for _ in range(2)))
    assert min(each.status for each in both) == 200
    assert max(each.status for each in both) in (410, 429)
    assert await stage.reads(lambda session: files.count(session, 1)) == 1


async def test_names_of_files_are_text_and_lead_nowhere(stage: Stage, browser: Browser) -> None:
    await stage.binh.says("/guitep")
    seen = await browser.hand_in(upload_path(stage.binh), "../../<b>Báo cáo\u202e.docx", REPORT)
    assert "<b>" not in seen.text
    assert ".." not in (await stage.file()).name
    assert (await stage.file()).name.endswith(".docx")


async def test_without_a_public_address_there_are_no_links(tmp_path: Path, settings: Settings) -> None:
    bare = settings.model_copy(update={"data_dir": tmp_path / "bare", "web": settings.web.model_copy(
        update={"public_url": ""})})  # fmt: skip
    paper = PaperMessenger()
    app = App(bare, [paper], clock=Clock(bare.zone, stopped_at=FRIDAY))
    await app.start()
    office = Office(app, paper)
    lan = office.person("Lan", "lan")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan)
    await lan.says("/thietlap Tổ một", room)
    await lan.says("/guitep")
    lan.hears("chưa có địa chỉ web")
    await lan.uploads("Báo cáo.docx", REPORT, room, "/niem")
    stage = Stage(office, lan, lan, lan, room)
    assert await link_for(stage, lan, await stage.file()) is None
    await app.stop()


async def test_the_page_for_a_password_is_served_as_well(stage: Stage, browser: Browser) -> None:
    await sealed(stage)
    await stage.lan.says("/motlan 1 Chi")
    found = re.search(rf"{PUBLIC}(/mot-lan/\S+)", stage.lan.hears("Liên kết xem mật khẩu").text)
    assert found
    assert 'method="post"' in (await browser.look(found[1])).text
    assert (await browser.press(found[1], "")).status == 200
    assert (await browser.press(found[1], "")).status == 410


async def test_the_clerk_hands_in_a_letter_and_it_is_read_for_the_register(stage: Stage, browser: Browser) -> None:
    await stage.lan.says("/vaitro @binh văn thư", stage.room)
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    form = await browser.look(path)
    assert 'value="letter"' in form.text
    taken = await browser.hand_in(path, "cv.docx", LETTER, kind="letter")
    assert taken.status == 200, taken.text
    card = stage.binh.hears("12/UBND-VX")
    assert "Tệp #" not in stage.in_room()
    await stage.office.clock_to("+2d")
    await stage.binh.presses("Vào sổ", card)
    await stage.binh.says("/vanban 1")
    await stage.binh.presses("Tệp")
    assert stage.binh.last.content == LETTER
    await stage.office.clock_to("+1h")
    assert len(stage.vault) == 1, "the upload itself has gone"


async def test_a_letter_with_a_secrecy_mark_is_refused_as_in_the_chat(stage: Stage, browser: Browser) -> None:
    await stage.lan.says("/guitep")
    await browser.hand_in(upload_path(stage.lan), "Phương án.docx", SECRET, kind="letter")
    stage.lan.hears("dấu mật")
    await stage.office.clock_to("+2h")
    assert stage.vault == []


async def test_who_may_not_register_letters_is_offered_no_choice_and_cannot_make_one(
    stage: Stage, browser: Browser
) -> None:
    await stage.binh.says("/guitep")
    path = upload_path(stage.binh)
    assert 'name="kind"' not in (await browser.look(path)).text
    await browser.hand_in(path, "cv.docx", LETTER, kind="letter")
    stage.room.sees("Tệp #1")
