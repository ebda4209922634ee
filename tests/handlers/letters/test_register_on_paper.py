"""The register is taken away as Excel and Word, by those who keep it."""

import io
from datetime import date

import docx
import openpyxl

from handlers.letters.workbook import workbook
from storage.vault import Vault
from tests.handlers.letters.conftest import Team


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
