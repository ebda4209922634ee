"""The whole way of a letter: a scan is forwarded from a phone, two taps correct it, and the morning tells of it."""

import pytest

from tests.handlers.letters.conftest import LETTER, SECRET, Team, send
from tests.handlers.letters.scanned import MISSING, pdf_of, scanned, sheet

needs_tesseract = pytest.mark.skipif(bool(MISSING), reason=f"missing: {MISSING}")


@needs_tesseract
async def test_a_clerk_forwards_a_scan_corrects_two_fields_and_the_deadline_stands_in_the_digest(team: Team) -> None:
    await send(team, "quet.pdf", pdf_of(scanned(sheet(), leaning=0.6)))
    team.van.hears("Đầu trang bản quét")
    card = team.van.hears("507/SCT-QLTM", "05/12/2026")
    for field, value in (("Số, ký hiệu", "508/SCT-QLTM"), ("Hạn", "26/11")):
        await team.van.presses("Sửa", card)
        await team.van.presses(field)
        await team.van.says(value)
    await team.van.presses("Vào sổ", card)
    assert "Số đến 1/2026 · Công văn 508/SCT-QLTM" in card.text
    await team.office.clock_to("2026-11-24 07:31")
    await team.office.clock_to("2026-11-25 07:31")
    team.room.sees("Số đến 1 Công văn 508/SCT-QLTM", "26/11")
    team.lan.hears("Số đến 1 Công văn 508/SCT-QLTM")
    await team.lan.says("/letter 1 @binh chủ trì, hạn 26/11", team.room)
    await team.office.clock_to("2026-11-26 07:31")
    morning = team.room.sees("#1 Công văn 508/SCT-QLTM")
    assert "Số đến 1" not in morning.text
    team.office.anything_goes()


async def test_a_hundred_forwarded_letters_are_one_message_that_counts(team: Team) -> None:
    for number in range(100):
        await send(team, f"{number}.txt", LETTER.replace("296", str(300 + number)).encode())
    progress = team.van.hears("Đã đọc xong 100 tệp")
    assert progress.edits > 1
    assert len([each for each in team.van.messages if "/SNV-TCBC" in each.text]) <= 3
    team.office.anything_goes()


async def test_an_album_under_the_command_takes_its_other_files_with_it(team: Team) -> None:
    await send(team, "0.txt", LETTER.encode(), text="/vanban", album="a1")
    await send(team, "1.txt", b"Phu luc so lieu", album="a1")
    await team.office.clock_to("+1m")
    team.van.hears("296/SNV-TCBC", "Kèm 1 tệp phụ lục")


async def test_a_members_file_is_asked_about_as_before(team: Team) -> None:
    await team.binh.uploads("0.txt", LETTER.encode())
    team.binh.hears("Đã thấy tệp")
    await team.lan.uploads("0.txt", LETTER.encode())
    team.lan.hears("Đã thấy tệp")


async def test_an_album_in_the_room_is_one_letter_wherever_its_caption_and_its_head_stand(team: Team) -> None:
    await team.van.uploads("0.txt", b"PHU LUC so lieu bien che", team.room, album="a1")
    await team.van.uploads("1.txt", LETTER.encode(), team.room, caption="/vanban", album="a1")
    await team.van.uploads("2.txt", b"PHU LUC 2 danh sach", team.room, album="a1")
    await team.office.clock_to("+1m")
    card = team.room.sees("296/SNV-TCBC", "Kèm 2 tệp phụ lục")
    await team.van.presses("Vào sổ", card)
    await team.binh.presses("Tệp", card)
    assert {each.card.file.name for each in team.binh.messages if each.card.file} == {"0.txt", "1.txt", "2.txt"}
    assert len([each for each in team.room.messages if "/SNV-TCBC" in each.text]) == 1
    team.office.anything_goes()


async def test_of_a_secret_album_in_the_room_no_file_stays(team: Team) -> None:
    first = await team.van.uploads("0.txt", LETTER.encode(), team.room, caption="/vanban", album="a1")
    second = await team.van.uploads("1.txt", SECRET.encode(), team.room, album="a1")
    await team.office.clock_to("+1m")
    team.room.sees("dấu mật")
    assert first.deleted
    assert second.deleted
    team.office.anything_goes()


async def test_a_strangers_file_does_not_join_an_album(team: Team) -> None:
    await team.van.uploads("0.txt", LETTER.encode(), team.room, caption="/vanban", album="a1")
    await team.binh.uploads("1.txt", b"PHU LUC", team.room, album="a1")
    await team.office.clock_to("+1m")
    assert "phụ lục" not in team.room.sees("296/SNV-TCBC").text
    team.office.anything_goes()
