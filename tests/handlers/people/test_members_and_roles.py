"""The list of members, registered names, roles, and leadership that changes hands."""

import pytest

from handlers.people.rules import clean_name, leading_role, read_role
from storage.people import Role
from tests.handlers.people.scenes import a_group, joined
from tests.stage import Office


async def test_two_people_of_one_name_are_told_apart(office: Office) -> None:
    lan, room = await a_group(office)
    await joined(office, room, "Nguyễn Văn An", "an1")
    await joined(office, room, "Nguyễn Văn An", "an2")
    await lan.says("/thanhvien", room)
    room.sees("An (@an1)", "An (@an2)", "• Lan · trưởng nhóm")
    await lan.says("/vaitro Nguyễn Văn An phó", room)
    room.sees("hơn một người tên", "@an1", "@an2")
    await lan.says("/vaitro @an2 phó", room)
    room.sees("nay là phó nhóm")
    office.people["Nguyễn Văn An"].hears("Anh/chị nay là phó nhóm")


async def test_a_long_list_comes_in_pages_of_a_phones_height(office: Office) -> None:
    lan, room = await a_group(office)
    for number in range(10):
        await joined(office, room, f"Người {chr(65 + number)}")
    await lan.says("/thanhvien", room)
    page = room.sees("11 người")
    assert page.text.count("\n") < 12
    await lan.presses("Trang sau", page)
    assert "Người J" in page.text
    room.sees("Người J")
    assert page.labels == ["Trang trước"]


async def test_one_registers_ones_own_name(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "🌸 Bi 🌸")
    await binh.says("/ten trần văn bình")
    binh.hears("Đã ghi tên: Trần Văn Bình")
    await binh.says("/name")
    binh.hears("Tên đang ghi: Trần Văn Bình")
    await binh.says("/name 0912345678")
    binh.hears("Chưa ghi được tên này")
    await binh.says("/name Lan")
    binh.hears("Trưởng nhóm hoặc phó nhóm đang mang tên này")
    chi = await joined(office, room, "Chi", "chi")
    await binh.says("/name Chi")
    binh.hears("cùng tên")
    await lan.says("/thanhvien", room)
    room.sees("• Lan · trưởng nhóm", "• Chi (@chi) · thành viên", "• Chi · thành viên")
    chi.hears_nothing_more()


async def test_only_the_leader_gives_roles(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    chi = await joined(office, room, "Chi", "chi")
    await binh.says("/vaitro @chi phó", room)
    room.sees("dành cho: trưởng nhóm")
    await lan.says("/vaitro @chi văn thư", room)
    room.sees("Chi nay là văn thư")
    chi.hears("văn thư")
    await lan.says("/role pho nhom @binh", room)
    room.sees("Bình nay là phó nhóm")
    binh.hears("phó nhóm")
    await lan.says("/vaitro @binh phó", room)
    room.sees("đang là phó nhóm rồi")
    await lan.says("/vaitro @lan phó", room)
    room.sees("bằng cách bàn giao")
    for unclear in ("/vaitro", "/vaitro @binh", "/vaitro @binh giám đốc"):
        await lan.says(unclear, room)
        room.sees("Ghi người rồi đến vai trò")
    await lan.says("/vaitro @nguoila phó", room)
    room.sees("Chưa thấy nguoila")
    await lan.says("/vaitro Ông Lạ phó", room)
    room.sees("Chưa rõ")


async def test_leadership_is_handed_over_after_a_question(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/vaitro @binh trưởng", room)
    room.sees("Bàn giao vai trò trưởng nhóm")
    await binh.presses("Đồng ý")
    assert "dành cho người khác" in office.paper.toasts[-1]
    await lan.presses("Không")
    room.sees("vẫn là trưởng nhóm")
    await lan.says("/vaitro @binh trưởng")
    lan.hears("Bàn giao")
    await lan.says("đồng ý")
    lan.hears("Đã bàn giao cho Bình")
    binh.hears("Anh/chị nay là trưởng nhóm")
    room.sees("Bình nay là trưởng nhóm công tác")
    await binh.says("/thanhvien", room)
    room.sees("Bình · trưởng nhóm", "Lan · phó nhóm")


async def test_when_the_leader_leaves_the_oldest_deputy_is_asked(office: Office) -> None:
    lan, room = await a_group(office)
    binh, chi = await joined(office, room, "Bình", "binh"), await joined(office, room, "Chi", "chi")
    await lan.says("/vaitro @chi phó", room)
    await lan.says("/vaitro @binh phó", room)
    room.sees("Chi nay là")
    room.sees("Bình nay là")
    binh.hears("phó nhóm")
    chi.hears("phó nhóm")
    await lan.leaves(room)
    binh.hears("cần trưởng nhóm mới", "Lan")
    chi.hears("Đã hỏi Bình")
    await binh.presses("Không")
    binh.hears("Đã ghi nhận")
    await chi.presses("Nhận")
    chi.hears("Anh/chị nay là trưởng nhóm")
    room.sees("Chi nay là trưởng nhóm công tác")
    room.sees("2 người")


async def test_without_any_deputy_an_administrator_takes_the_lead(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.leaves(room)
    room.sees("chưa có trưởng nhóm", "/thietlap")
    await binh.says("/thietlap", room)
    room.sees("cần quản trị viên")
    office.paper.admins[room.chat.id].add(binh.sender.id)
    await binh.says("/thietlap", room)
    room.sees("Bình nay là trưởng nhóm")
    room.sees("Nhóm công tác, 1 người")


async def test_a_member_leaves_by_word_and_the_leader_hears_of_it(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/roinhom", room)
    room.sees("cần bàn giao trước khi rời")
    await binh.says("/roinhom")
    binh.hears("Rời nhóm công tác")
    await binh.presses("Không")
    binh.hears("vẫn ở trong nhóm")
    await binh.says("/leave")
    await binh.presses("Rời nhóm")
    binh.hears("Đã rời nhóm công tác")
    lan.hears("Bình đã rời nhóm công tác", "/viec")
    room.sees("1 người")
    await binh.says("/thanhvien")
    binh.hears("chưa ở nhóm công tác nào")


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("phó", Role.DEPUTY),
        ("Phó nhóm.", Role.DEPUTY),
        ("van thu", Role.CLERK),
        ("Thành  viên", Role.MEMBER),
        ("trưởng nhóm", Role.LEADER),
        ("deputy", Role.DEPUTY),
        ("giám đốc", None),
        ("", None),
    ],
)
def test_roles_are_read_as_people_write_them(said: str, role: Role | None) -> None:
    assert read_role(said) is role


def test_a_role_may_come_before_the_name() -> None:
    assert leading_role("văn thư Trần Bình") == (Role.CLERK, "Trần Bình")
    assert leading_role("phó @binh") == (Role.DEPUTY, "@binh")
    assert leading_role("@binh phó") == (None, "@binh phó")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("  Trần \n Bình ", "Trần Bình"),
        ("An\u202eác", "Anác"),
        ("A", None),
        ("@an", None),
        ("An/Bình", None),
        ("123", None),
        ("🌸🌸", None),
        ("x" * 61, None),
        ("محمد", "محمد"),
    ],
)
def test_names_are_cleaned_or_refused(said: str, name: str | None) -> None:
    assert clean_name(said) == name
