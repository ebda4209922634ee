"""A clerk forwards a scan from a phone: read, put right with taps, registered, and told of in the morning."""

from datetime import date

import pytest

from tests.fakes.botapi_world import Message
from tests.handlers.letters.scanned import MISSING, dated, pdf_of, photographed, scanned
from tests.journeys.front import Front, Office

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"missing: {MISSING}")
SCAN = dated(date(2026, 11, 19), date(2026, 12, 5))


@pytest.fixture
async def desk(team: Office) -> Office:
    """Bình is the clerk."""
    await team.front.says(team.lan, "/vaitro @binh văn thư", team.room)
    return team


async def forwards(desk: Office, name: str, content: bytes, kind: str = "document") -> Message:
    """The card that answers."""
    await desk.front.uploads(desk.binh, name, content, forwarded_from="Sở Công Thương", kind=kind)
    return desk.front.sees(desk.binh, "SCT-QLTM", "Vào sổ")


async def corrects(front: Front, desk: Office, card: Message, field: str, value: str) -> None:
    await front.presses(desk.binh, "Sửa", card)
    await front.presses(desk.binh, field, front.sees(desk.binh, "Sửa mục nào"))
    front.sees(desk.binh, f"{field} mới là gì")
    await front.says(desk.binh, value)
    front.sees(desk.binh, f"Đã sửa: {field}")


async def test_a_forwarded_scan_is_corrected_with_taps_and_its_deadline_stands_in_the_morning_digest(
    desk: Office,
) -> None:
    front, room, lan, binh = desk.front, desk.room, desk.lan, desk.binh
    card = await forwards(desk, "Scan0001.pdf", pdf_of(scanned(SCAN, leaning=0.6)))
    assert "507/SCT-QLTM (?)" in card.text, "what was recognised is never called sure"
    assert "Ngày 19/11/2026 (?)" in card.text
    assert "05/12/2026" in card.text
    picture = front.sees(binh, "Đầu trang bản quét")
    assert picture.file
    assert picture.file.content.startswith(b"\x89PNG")
    await corrects(front, desk, card, "Số, ký hiệu", "508/SCT-QLTM")
    await corrects(front, desk, card, "Hạn", "23/11")
    await front.presses(binh, "Vào sổ", card)
    assert "Số đến 1/2026 · Công văn 508/SCT-QLTM" in card.text
    assert front.count(room, "508/SCT-QLTM") == 0, "what was sent in private is not shown in the room by that"
    await front.turns("2026-11-23 07:30")
    digest = front.sees(room, "Giao ban sáng", "Hạn hôm nay", "Số đến 1 Công văn 508/SCT-QLTM", "23/11")
    assert "507" not in digest.text
    assert front.count(room, "Giao ban sáng") == 1
    front.sees(lan, "Việc của anh/chị", "508/SCT-QLTM")
    front.sees(binh, "Việc của anh/chị", "508/SCT-QLTM")


async def test_a_letter_photographed_with_the_phone_is_read_and_nothing_of_it_is_called_sure(desk: Office) -> None:
    card = await forwards(desk, "", photographed(SCAN), kind="photo")
    assert "507/SCT-QLTM (?)" in card.text
    assert "Hạn: thứ Bảy, 05/12/2026" in card.text
    await desk.front.presses(desk.binh, "Vào sổ", card)
    assert "Số đến 1/2026" in card.text
