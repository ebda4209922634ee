"""The days for which a leader hands their duties over, as people write them; and what is refused in words."""

import pytest

from tests.handlers.people.scenes import a_group, joined
from tests.stage import Office


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("/uyquyen @binh", "/uyquyen @binh từ 23/11 đến hết 27/11"),
        ("/uyquyen @binh từ 23/11", "/uyquyen @binh từ 23/11 đến hết 27/11"),
        ("/uyquyen @binh đến 19/11", "đã qua"),
        ("/uyquyen @binh từ 1/11 đến 27/11", "đã qua"),
        ("/uyquyen @binh từ 27/11 đến 23/11", "Ngày cuối 23/11/2026 trước ngày đầu 27/11/2026"),
        ("/uyquyen @binh từ 23/11 đến 1/3/2027", "nhiều nhất 92 ngày, đây là 99 ngày"),
        ("/uyquyen @binh đến 31/2", "Chưa rõ"),
        ("/uyquyen @binh đến 17h 27/11", "Chưa rõ"),
        ("/uyquyen @binh đến trước 27/11", "Chưa rõ"),
        ("/uyquyen @binh tháng sau", "Chưa rõ"),
        ("/uyquyen @binh 23, 25/11", "Chưa rõ"),
        ("/uyquyen @binh thứ 2, 4, 6", "Chưa rõ"),
        ("/uyquyen @binh thứ hai, tư, sáu", "Chưa rõ"),
        ("/uyquyen @binh thứ 2-4-6", "Chưa rõ"),
        ("/uyquyen @binh thứ 6 đến chủ nhật", "Chưa rõ"),
        ("/uyquyen @binh thứ 3 đến thứ 5 tuần này", "đã qua"),
        ("/uyquyen @binh đến thứ 6", "Chưa rõ"),
        ("/uyquyen @binh đến 27/11 @chi", "Để ủy quyền, nhắn"),
        ("/uyquyen @binh @chi đến 27/11", "Để ủy quyền, nhắn"),
        ("/uyquyen @nguoila đến 27/11", "Chưa thấy nguoila"),
        ("/uyquyen ong la đến 27/11", "Chưa rõ"),
        ("/vaitro @binh văn thư đến 27/11", "Chỉ phó nhóm đặt được theo ngày"),
        ("/uyquyen @lan đến 27/11", "đang là trưởng nhóm nên đã làm được"),
        ("/uyquyen @chi đến 27/11", "đang là phó nhóm nên đã làm được"),
        ("/vaitro @chi phó đến 27/11", "đang là phó nhóm nên đã làm được"),
        ("/uyquyen bỏ @chi", "không có ủy quyền nào"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(office: Office, order: str, said: str) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/vaitro @chi phó", room)
    room.sees("nay là phó nhóm")
    chi.hears("phó nhóm")
    await lan.says(order, room)
    room.sees(said)
    binh.hears_nothing_more()
    await lan.says("/thanhvien", room)
    room.sees("Bình · thành viên", "Chi · phó nhóm")


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("/uyquyen binh tu 23/11 den het 27/11", "23/11", "27/11"),
        ("/vaitro binh pho tu 23/11 den 27/11", "23/11", "27/11"),
        ("/vaitro phó @binh từ 23 đến 27/11", "23/11", "27/11"),
        ("/uyquyen cho Bình từ thứ 2 đến hết thứ 6 vì đi công tác", "23/11", "27/11"),
        ("/delegate @binh from 23/11 to 27/11", "23/11", "27/11"),
        ("/uyquyen @binh từ 23/11 đến 27/11 thôi", "23/11", "27/11"),
        ("/uyquyen @binh 23-27/11", "23/11", "27/11"),
        ("/uyquyen @binh phó nhóm ngày 27/11", "27/11", "27/11"),
        ("/uyquyen @binh từ 30/12 đến 5/1", "30/12", "05/01"),
        ("/uyquyen @binh thứ 2 đến thứ 6", "23/11", "27/11"),
        ("/uyquyen @binh T2-T6 tuần sau", "23/11", "27/11"),
        ("/uyquyen binh thu 7 den thu 3", "21/11", "24/11"),
        ("/uyquyen @binh tuần sau", "23/11", "29/11"),
        ("/uyquyen @binh mai", "21/11", "21/11"),
        ("/uyquyen @binh 30.11-4.12", "30/11", "04/12"),
        ("/uyquyen @binh ngày 7, 8 và 9/12", "07/12", "09/12"),
        ("/delegate @binh Mon to Fri", "23/11", "27/11"),
        ("/delegate @binh tomorrow", "21/11", "21/11"),
    ],
)
async def test_days_are_read_as_people_write_them(office: Office, order: str, first: str, last: str) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says(order, room)
    room.sees("Đã ghi: Bình", f"{first} đến hết", f"{last}. Đổi ý")
    binh.hears("được ủy quyền")


async def test_a_name_that_is_a_day_as_well_is_a_name(office: Office) -> None:
    lan, room = await a_group(office)
    mai = await joined(office, room, "Nguyễn Thị Mai")
    await lan.says("/uyquyen Mai đến 27/11", room)
    room.sees("Nguyễn Thị Mai là phó nhóm đến hết thứ Sáu 27/11")
    mai.hears("phó nhóm")
    await lan.says("/uyquyen bỏ Mai", room)
    room.sees("Nguyễn Thị Mai trở lại")
    mai.hears("trở lại")
    await lan.says("/vaitro Mai phó", room)
    room.sees("Nguyễn Thị Mai nay là phó nhóm")
    mai.hears("nay là phó nhóm")


async def test_a_group_that_speaks_english_reads_it_in_english(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/language en", room)
    room.sees("uses English")
    await lan.says("/delegate @binh until 27/11", room)
    room.sees("Bình is deputy until the end of Friday 27/11, standing in for Lan")
    binh.hears("you are deputy")
    await lan.says("/role @binh deputy from 23/11 to 30/11", room)
    room.sees("stands in until the end of Friday 27/11")
    await lan.says("/delegate", room)
    room.sees("• Bình: deputy until the end of Friday 27/11")
    await lan.says("/delegate end @binh", room)
    room.sees("Bình no longer stands in and is member again")
    binh.hears("You no longer stand in")
