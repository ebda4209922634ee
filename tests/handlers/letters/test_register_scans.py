"""A scan on its way into the register: read, compared with the top of its page, corrected with taps."""

import pytest

from handlers.letters.reading import Tesseract
from storage.vault import Vault
from tests.handlers.letters.conftest import LETTER, Team, send
from tests.handlers.letters.files import pdf, scan
from tests.handlers.letters.scanned import MISSING, pdf_of, scanned, sheet

needs_tesseract = pytest.mark.skipif(bool(MISSING), reason=f"missing: {MISSING}")


@needs_tesseract
async def test_a_scan_is_shown_beside_the_top_of_its_page_and_corrected_with_taps(team: Team) -> None:
    vault = team.office.app.kit[Vault]
    content = pdf_of(scanned(sheet(), leaning=0.6))
    await team.van.says("/vanban", file=("quet.pdf", content))
    picture = team.van.hears("Đầu trang bản quét")
    assert (picture.content or b"").startswith(b"\x89PNG")
    card = team.van.hears("507/SCT-QLTM", "đối chiếu số, ngày", "05/12/2026")
    for field, value in (("Số, ký hiệu", "508/SCT-QLTM"), ("Ngày", "23/11/2026")):
        await team.van.presses("Sửa", card)
        await team.van.presses(field)
        await team.van.says(value)
        team.van.hears(f"Đã sửa: {field}")
    await team.van.presses("Vào sổ", card)
    assert "Số đến 1/2026 · Công văn 508/SCT-QLTM" in card.text
    assert "Ngày 23/11/2026" in card.text
    await team.office.clock_to("+2h")
    assert len(vault.records()) == 1
    team.office.anything_goes()


@needs_tesseract
async def test_the_picture_of_a_draft_that_is_dropped_goes_with_it(team: Team) -> None:
    await team.van.says("/vanban", file=("quet.pdf", pdf_of(sheet())))
    team.van.hears("507/SCT-QLTM")
    await team.van.presses("Bỏ")
    await team.office.clock_to("+2h")
    assert team.office.app.kit[Vault].records() == []
    team.office.anything_goes()


async def test_without_a_recogniser_the_clerk_is_told_what_to_install_and_writes_the_fields(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tesseract, "missing", lambda _: ("tesseract-ocr", "tesseract-ocr-vie"))
    await team.van.says("/vanban", team.room, file=("quet.pdf", scan()))
    card = team.room.sees("chưa cài tesseract-ocr", "trả lời thẻ này")
    await team.van.says("Số: 12/UBND-VX ngày 5/11/2026 V/v báo cáo", team.room, reply_to=card)
    team.room.sees("Đã ghi vào thẻ")
    await team.van.presses("Vào sổ")
    team.room.sees("Số đến 1/2026", "12/UBND-VX")


async def test_a_file_whose_number_is_not_among_its_letters_shows_the_top_of_its_page(team: Team) -> None:
    await send(team, "khong-so.pdf", pdf(LETTER.replace("Số: 296/SNV-TCBC", "Số:        /SNV-TCBC")))
    picture = team.van.hears("Đầu trang văn bản")
    assert picture.card.file
    assert picture.card.file.picture
    team.office.anything_goes()


async def test_a_file_that_tells_all_surely_shows_no_picture(team: Team) -> None:
    await send(team, "ro.pdf", pdf(LETTER))
    team.van.hears("296/SNV-TCBC")
    assert not [each for each in team.van.messages if each.card.file]


BADLY_STAMPED = "Thời gian ký: 16/11/2026 16:42:36 +07:00\n" + LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nHÓA TÓC\n", 1)


async def test_a_stamp_that_was_hard_to_read_is_settled_with_one_press(team: Team) -> None:
    await team.letter(BADLY_STAMPED)
    card = team.room.sees("có thể là Hỏa tốc")
    await team.van.presses("Hỏa tốc", card)
    assert "Độ khẩn: Hỏa tốc" in card.text
    assert "Không có dấu khẩn" not in card.labels


async def test_a_stamp_that_is_none_is_asked_about_no_more(team: Team) -> None:
    await team.letter(BADLY_STAMPED)
    card = team.room.sees("có thể là Hỏa tốc")
    await team.mai.presses("Không có dấu khẩn", card)
    assert "có thể là Hỏa tốc" in card.text
    await team.van.presses("Không có dấu khẩn", card)
    assert "Hỏa tốc" not in card.text
    team.office.anything_goes()


async def test_a_stamp_that_nobody_settled_before_registering_still_asks_and_then_urges(team: Team) -> None:
    await team.registered(BADLY_STAMPED)
    card = team.room.sees("có thể là Hỏa tốc")
    await team.van.presses("Hỏa tốc", card)
    team.lan.hears("Hỏa tốc · chưa có bút phê")
