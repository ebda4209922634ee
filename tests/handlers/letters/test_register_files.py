"""Files around letters: albums, many at once, files under a password, the register as Excel and Word, invitations."""

import io
from datetime import UTC, date, datetime

import docx
import openpyxl

from bot.chat.events import Said
from handlers.letters.invitations import calendar_file
from handlers.letters.workbook import workbook
from storage.vault import Vault
from tests.handlers.letters.conftest import LETTER, Team
from tests.handlers.letters.files import locked_pdf
from tests.handlers.letters.test_register import SECRET, kept

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


async def send(team: Team, name: str, content: bytes, *, text: str = "", album: str | None = None) -> None:
    """Vân sends a file in private, as a messenger tells of an album's files: one by one."""
    office = team.office
    office.paper.started.add(team.van.sender.id)
    said = office.paper.put(team.van.sender.id, team.van.sender, text, content)
    file = office.keep((name, content))
    await office.hear(team.van._event(Said, team.van.private, message_id=said.id, text=text, file=file, album=album))


async def test_many_files_are_counted_in_one_message_and_registered_one_after_the_other(team: Team) -> None:
    await team.van.says("/vanban")
    team.van.hears("chuyển tiếp các văn bản")
    for number in range(12):
        await send(team, f"{number}.txt", LETTER.replace("296", str(300 + number)).encode())
    await send(team, "hong.docx", b"PK\x03\x04 cut short")
    team.van.hears("Tệp hỏng")
    progress = team.van.hears("Đã đọc xong 13 tệp, không đọc được 1")
    assert len([each for each in team.van.messages if "/SNV-TCBC" in each.text]) <= 3
    team.quiet()
    await team.van.presses("Xem lần lượt", progress)
    for number in range(1, 13):
        await team.van.presses("Vào sổ", team.van.last)
        assert f"Số đến {number}/2026" in "".join(each.text for each in team.van.messages)
    assert [each.is_registered for each in kept(team)] == [True] * 12
    await team.van.says("xong")
    team.van.hears("Đã nhận đủ tệp")
    team.office.anything_goes()


async def test_other_words_end_the_taking_of_files(team: Team) -> None:
    await team.van.says("/vanban")
    team.van.hears("chuyển tiếp")
    await team.van.says("cảm ơn")
    team.van.hears("Đã thôi nhận tệp")
    await team.binh.says("/vanban")
    team.binh.hears("Việc này dành cho")


async def test_an_album_is_one_letter_with_appendices(team: Team) -> None:
    await team.van.says("/vanban")
    team.van.hears("chuyển tiếp")
    for place, content in enumerate((LETTER, "Phụ lục 1: biểu số liệu", "Phụ lục 2: biểu tổng hợp")):
        await send(team, f"{place}.txt", content.encode(), album="a1")
    team.van.hears_nothing_more()
    await team.office.clock_to("+1m")
    team.van.hears("296/SNV-TCBC", "Kèm 2 tệp phụ lục")
    assert len(kept(team)) == 1
    await team.van.presses("Vào sổ")
    assert len(team.office.app.kit[Vault].records()) == 3
    team.quiet()
    await team.van.presses("Tệp")
    assert [each.content for each in team.van.messages if each.content] == [
        LETTER.encode(),
        "Phụ lục 1: biểu số liệu".encode(),
        "Phụ lục 2: biểu tổng hợp".encode(),
    ]
    team.office.anything_goes()


async def test_a_mark_in_one_file_of_an_album_refuses_all(team: Team) -> None:
    await team.van.says("/vanban")
    for place, content in enumerate((LETTER, SECRET)):
        await send(team, f"{place}.txt", content.encode(), album="a1")
    await team.office.clock_to("+1m")
    team.van.hears("dấu mật")
    assert kept(team) == []
    team.office.anything_goes()


async def test_a_file_under_a_password_is_opened_with_the_one_told_in_private(team: Team) -> None:
    await team.van.says("/vanban", team.room, file=("khoa.pdf", locked_pdf(LETTER)))
    card = team.room.sees("Tệp có mật khẩu")
    team.van.hears("khoa.pdf có mật khẩu")
    wrong = await team.van.says("sai")
    assert wrong.deleted
    team.van.hears("Mật khẩu chưa đúng")
    right = await team.van.says("mot-hai-ba")
    assert right.deleted
    assert "296/SNV-TCBC" in card.text
    assert "chưa đọc được" not in card.text
    assert "Đối chiếu số, ký hiệu" in card.text
    assert team.office.app.kit[Vault].records() == []


async def test_a_mark_under_a_password_refuses_the_letter_and_takes_it_out_of_the_chat(team: Team) -> None:
    sent = await team.van.says("/vanban", team.room, file=("khoa.pdf", locked_pdf(SECRET)))
    card = team.room.sees("Tệp có mật khẩu")
    team.van.hears("khoa.pdf có mật khẩu")
    await team.van.says("sai")
    team.van.hears("Mật khẩu chưa đúng")
    await team.van.says("mot-hai-ba")
    team.van.hears("Văn bản có dấu mật")
    assert sent.deleted
    assert "dấu mật" in card.text
    assert not card.labels
    assert len([each for each in team.room.messages if "Văn bản có dấu mật" in each.text]) == 1
    assert kept(team) == []


# the register on paper


async def export(team: Team, order: str = "/register export 11/2026") -> tuple[bytes, bytes]:
    await team.van.says(order)
    team.van.hears("Sổ văn bản đến và sổ theo dõi")
    excel, word = [each for each in team.van.messages if each.content][-2:]
    assert (excel.card.file.name, word.card.file.name) == (  # type: ignore[union-attr]
        "so-van-ban-den-2026-11.xlsx",
        "so-van-ban-den-2026-11.docx",
    )
    return excel.content or b"", word.content or b""


async def test_the_register_is_sent_as_excel_and_word_and_forgotten_after_a_day(team: Team) -> None:
    await team.registered()
    await team.lan.says("/letter 1 @binh chủ trì, @van phối hợp, hạn 26/11", team.room)
    await team.binh.presses("Nhận việc")
    await team.van.says("/vanban Số: 12/UBND-VX ngày 5/11/2026 của UBND tỉnh V/v =1+1 báo cáo", team.room)
    await team.van.presses("Vào sổ")
    excel, word = await export(team)
    book = openpyxl.load_workbook(io.BytesIO(excel))
    register, following, fields = book.worksheets
    assert [cell.value for cell in register[5]] == [
        "Ngày đến",
        "Số đến",
        "Tác giả",
        "Số, ký hiệu",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung",
        "Đơn vị hoặc người nhận",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    first = [cell.value for cell in register[7]]
    assert first[1:4] == ["1", "SỞ NỘI VỤ (UBND TỈNH QUẢNG TRỊ)", "296/SNV-TCBC"]
    assert (first[0].date(), first[4].date()) == (date(2026, 11, 20), date(2026, 11, 16))
    assert first[6] == "Lê Bình; Phạm Vân"
    assert first[8] == "Lê Bình"
    assert register[8][5].data_type == "s"
    assert "=1+1" in register[8][5].value
    assert [cell.value for cell in following[7]][3:6] == ["27/11/2026", "đang xử lý", None]
    assert fields[5][1].value == "CodeNumber"
    assert [cell.value for cell in fields[7]][:3] == ["Công văn", "296", "SNV-TCBC"]
    tables = docx.Document(io.BytesIO(word)).tables
    assert [len(each.columns) for each in tables] == [10, 7]
    assert tables[0].rows[2].cells[0].text == "20/11/2026"
    assert tables[0].rows[3].cells[3].text == "12/UBND-VX"
    vault = team.office.app.kit[Vault]
    before = len(vault.records())
    await team.office.clock_to("+2d")
    assert len(vault.records()) == before - 2
    team.office.anything_goes()


async def test_only_those_who_keep_the_register_take_it_away_and_only_their_own(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.binh.says("/soxuat 11/2026")
    team.binh.hears("Việc này dành cho")
    await team.dung.says("/soxuat 11/2026")
    team.dung.hears("không có gì cho")
    await team.van.says("/register export hôm qua", team.room)
    team.room.sees("Chưa rõ tháng nào")
    await team.van.says("/soxuat 11/2026", team.room)
    team.room.sees("sẽ gửi vào chat riêng")
    assert len([each for each in team.van.messages if each.content]) == 2
    team.van.hears("bản Excel và bản Word")
    team.office.anything_goes()


def test_a_year_of_letters_is_written_in_seconds() -> None:
    names = ("register", "following", "fields")
    row = dict.fromkeys(("arrived", "issued", "passed"), "2026-11-20") | dict.fromkeys(
        ("number", "issuer", "symbol", "about", "given", "signed", "note", "letter", "due", "progress", "reply"), "chữ"
    )
    told = {
        "sheets": {each: each for each in names},
        "heads": {each: ["a", "b", "c", "d"] for each in names},
        "columns": {},
        "register": [row] * 300,
        "following": [row] * 300,
        "fields": [],
    }
    assert workbook(told).startswith(b"PK")


# meetings


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
