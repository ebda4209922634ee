"""Invitations in the register: who goes, who is reminded, and the file for a calendar."""

from datetime import UTC, datetime

from handlers.letters.invitations import calendar_file
from tests.handlers.letters.conftest import Team

INVITATION = """UBND TỈNH QUẢNG TRỊ
SỞ NỘI VỤ
Số: 15/GM-SNV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Quảng Trị, ngày 18 tháng 11 năm 2026

GIẤY MỜI
Họp rà soát biên chế năm 2027

Sở Nội vụ trân trọng kính mời đại diện lãnh đạo các đơn vị tới dự họp.
Thời gian: 08 giờ 00, ngày 25/11/2026 (thứ Tư).
Địa điểm: Phòng họp số 2, tầng 3, Sở Nội vụ.
Đề nghị đại biểu dự họp đúng thành phần.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Nguyễn Văn Hùng
"""


async def test_an_invitation_asks_who_goes_and_reminds_them_with_a_calendar_file(team: Team) -> None:
    await team.registered(INVITATION)
    card = team.room.sees("Họp: 08:00 thứ Tư, 25/11/2026", "Phòng họp số 2", "Chưa ai nhận dự")
    await team.binh.presses("Tôi dự", card)
    assert "Dự họp: Lê Bình" in card.text
    await team.lan.presses("Cử người", card)
    await team.lan.presses("Phạm Vân")
    team.van.hears("Anh/chị được cử dự họp", "25/11/2026")
    invitation = team.van.hears("Tệp lịch họp").content or b""
    assert b"DTSTART:20261125T010000Z" in invitation
    team.quiet()
    await team.office.clock_to("2026-11-24 14:59")
    before = len(team.binh.messages)
    await team.office.clock_to("2026-11-24 15:01")
    assert len(team.binh.messages) == before + 1
    assert (team.binh.hears("Nhắc lịch họp", "Phòng họp số 2").content or b"").startswith(b"BEGIN:VCALENDAR")
    await team.office.clock_to("2026-11-25 07:01")
    assert len([each for each in team.van.messages if "Nhắc lịch họp" in each.text]) == 2
    team.office.anything_goes()


async def test_a_meeting_nobody_goes_to_is_told_to_the_leader_and_strangers_do_not_go(team: Team) -> None:
    await team.registered(INVITATION)
    card = team.room.sees("Họp: 08:00")
    for stranger in (team.dung, team.mai):
        for label in ("Tôi dự", "Cử người", "Lịch"):
            await stranger.presses(label, card)
    await team.binh.presses("Cử người", card)
    assert "Chưa ai nhận dự" in card.text
    await team.office.clock_to("2026-11-24 15:01")
    team.lan.hears("Nhắc lịch họp")
    team.office.anything_goes()


async def test_the_hour_of_a_meeting_is_corrected_and_the_reminders_follow(team: Team) -> None:
    await team.registered(INVITATION)
    entry = team.room.sees("Số đến 1/2026")
    card = team.room.sees("Họp: 08:00")
    await team.binh.presses("Tôi dự", card)
    await team.van.presses("Sửa", entry)
    await team.van.presses("Giờ họp")
    question = team.room.sees("Giờ họp mới là gì")
    await team.van.says("14h 26/11 tại Hội trường", team.room, reply_to=question)
    team.room.sees("Đã sửa: Giờ họp")
    assert "14:00 thứ Năm, 26/11/2026" in card.text
    assert "Hội trường" in card.text
    await team.office.clock_to("2026-11-25 10:00")
    assert not [each for each in team.binh.messages if "Nhắc lịch họp" in each.text]
    await team.office.clock_to("2026-11-25 15:01")
    team.binh.hears("Nhắc lịch họp", "Hội trường")
    team.office.anything_goes()


def test_the_calendar_file_is_folded_and_escaped() -> None:
    made = calendar_file(
        uid="letter-1@giaoban",
        start=datetime(2026, 11, 25, 1, tzinfo=UTC),
        summary="Giấy mời 15/GM-SNV: Họp rà soát; biên chế, năm 2027 " + "ơ" * 60,
        place="Phòng 2, tầng 3",
        link=None,
        made_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
    )
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    unfolded = made.replace(b"\r\n ", b"").decode()
    assert "LOCATION:Phòng 2\\, tầng 3" in unfolded
    assert "rà soát\\; biên chế\\, năm 2027 " + "ơ" * 60 in unfolded
    assert "DTEND:20261125T030000Z" in unfolded
    assert unfolded.count("BEGIN:VALARM") == 2
