"""Groups of an Official Account: a leader makes one from the private chat, people come, are let in, leave; it ends."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import limits
from bot.clock import Clock
from bot.messengers.zalo_oa import keeper
from config.settings import Settings
from tests.fakes.zalooa import FakeZaloOa
from tests.fakes.zalooa_world import Group, Message, Person
from tests.journeys.zalo import OaFront, oa_running, settings_of
from tests.stage import FRIDAY


@dataclass
class Hall:
    """An Official Account with people around it, and no group yet."""

    front: OaFront
    api: FakeZaloOa
    lan: Person
    binh: Person
    chi: Person

    async def chooses(self, person: Person, label: str) -> None:
        """The answer with this label on the last message, by its number."""
        last = self.front.all_in(person)[-1]
        assert any(f". {label}" in line for line in last.text.splitlines()), last.text
        await self.front.says(person, next(n for n, text in numbered(last) if text.startswith(label)))

    async def makes_room(self, *people: str, name: str = "Phòng Văn hóa") -> Group:
        front, lan = self.front, self.lan
        await front.says(lan, f"/thietlap {await front.code()} {name}")
        await front.says(lan, ", ".join(people))
        await self.chooses(lan, "Xong")
        await self.chooses(lan, "Lập và mời")
        await self.hears_events()
        return self.groups[-1]

    async def hears_events(self) -> None:
        assert set(await self.api.tells_owed()) <= {200}
        await self.front.app.settle()

    async def comes(self, person: Person, group: Group) -> None:
        assert await self.api.comes(person, group) == 200
        await self.front.app.settle()

    @property
    def groups(self) -> list[Group]:
        return list(self.api.world.groups.values())


def numbered(message: Message) -> list[tuple[str, str]]:
    lines = [line.partition(". ") for line in message.text.splitlines()]
    return [(number, text) for number, dot, text in lines if dot and number.isdecimal()]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(keeper, "PAUSES", (0.01,))
    monkeypatch.setattr(limits, "ZALO", limits.UNPACED)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock(settings: Settings) -> Clock:
    return Clock(settings.zone, stopped_at=FRIDAY)


@pytest.fixture
async def hall(clock: Clock, tmp_path: Path) -> AsyncIterator[Hall]:
    async with (
        FakeZaloOa(now=clock.now) as api,
        oa_running(settings_of(tmp_path / "data"), api, clock) as front,
    ):
        lan = api.person("Trần Thị Lan", follows=True, oa_admin=True)
        binh, chi = (api.person(name, follows=True) for name in ("Nguyễn Văn Bình", "Lê Chi"))
        for person in (lan, binh, chi):
            await front.says(person, "xin chào")
        yield Hall(front, api, lan, binh, chi)


async def test_a_leader_makes_a_group_on_the_phone(hall: Hall) -> None:
    front, api, lan = hall.front, hall.api, hall.lan
    api.world.asset("gmf10")
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    asked = front.sees(lan, "mời ai", "0 trong 2 người")
    assert [each["title"] for each in asked.buttons] == [
        "Chọn tất cả 2 người",
        "Xong, mời 0 người",
        "Lê Chi",
        "Nguyễn Văn Bình",
    ]
    await front.taps(lan, asked, "Chọn tất cả 2 người")
    await front.taps(lan, front.sees(lan, "2 trong 2"), "Xong, mời 2 người")
    await front.taps(lan, front.sees(lan, 'Lập nhóm chat "Phòng Văn hóa" và mời 2 người?', "9 người"), "Lập và mời")
    await hall.hears_events()
    (room,) = hall.groups
    assert (room.name, room.members, sorted(room.pending)) == (
        "Phòng Văn hóa",
        [lan.id],
        sorted([hall.binh.id, hall.chi.id]),
    )
    front.sees(lan, "Đã mời 2, đã vào 0, chờ 2", "Lê Chi, Nguyễn Văn Bình", room.link)
    assert "thietlap" not in front.sees(room, "Phòng Văn hóa").text, "the group is nobody's to set up any more"
    # who comes belongs to the work group, and the leader is told of all who came in ten minutes at once
    before = len(front.all_in(lan))
    await hall.comes(hall.binh, room)
    assert len(front.all_in(lan)) == before
    await front.later(660)
    front.sees(lan, "Đã mời 2, đã vào 1, chờ 1")
    await hall.comes(hall.chi, room)
    await front.later(10)
    front.sees(lan, "Đã mời 2, đã vào 2, chờ 0")
    await front.says(lan, "/giao @Lê Chi Báo cáo số liệu, hạn 16h 27/11", room)
    assert front.sees(room, "#1", "Lê Chi").text.count(f"[@{hall.chi.id}]") == 1, "she is called by a mention"
    front.sees(hall.chi, "#1")


async def test_who_cannot_be_written_to_is_called_in_the_room(hall: Hall) -> None:
    front, lan, chi = hall.front, hall.lan, hall.chi
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Chi")
    await hall.comes(chi, room)
    await front.says(lan, "/giao @Lê Chi Báo cáo số liệu, hạn 16h 4/12", room)
    await front.turns("2026-11-27 11:00")
    await front.says(lan, "/viec")
    await front.turns("2026-12-02 11:00")
    await front.says(lan, "/viec")
    before = len(front.all_in(room))
    await front.turns("2026-12-04 16:05")
    assert any(each.text.startswith(f"[@{chi.id}]: ") for each in front.all_in(room)[before:])


async def test_people_are_chosen_by_numbers_by_names_and_page_by_page(hall: Hall) -> None:
    front, api, lan = hall.front, hall.api, hall.lan
    api.world.asset("gmf50")
    for number in range(20):
        await api.follows(api.person(f"Người {number:02}"))
    await front.says(lan, f"/thietlap {await front.code()} Sở")
    await front.says(lan, "4 6-8")
    front.sees(lan, "4 trong 22", "✓ Lê Chi", "✓ Người 00", "Trang sau (1/3)")
    await front.says(lan, "99")
    front.sees(lan, "Không có số 99", "4 trong 22")
    await front.says(lan, "tiếp")
    front.sees(lan, "Người 10", "(2/3)")
    await front.says(lan, "4")
    front.sees(lan, "5 trong 22")
    await front.says(lan, "4")
    front.sees(lan, "4 trong 22")
    await front.says(lan, "nguyễn văn bình, Người 19, Người lạ mặt")
    front.sees(lan, "6 trong 22", "Chưa thấy Người lạ mặt")
    await front.says(lan, "Người")
    front.sees(lan, '20 người tên "Người"', "6 trong 22")
    await front.says(lan, "xong")
    front.sees(lan, "mời 6 người", "và")
    await hall.chooses(lan, "Chọn lại")
    await front.says(lan, "thôi")
    front.sees(lan, "Chưa lập nhóm chat")
    assert not hall.groups
    # the code has been used up, and still serves its day
    await front.says(lan, "/thietlap Sở Nội vụ")
    front.sees(lan, "Sở Nội vụ", "mời ai")


async def test_without_a_code_nobody_makes_a_group(hall: Hall) -> None:
    front = hall.front
    hall.api.world.asset("gmf10")
    await front.says(hall.lan, "/thietlap Phòng Văn hóa")
    front.sees(hall.lan, "mã", "/thietlap")
    for _ in range(4):
        await front.says(hall.binh, "/thietlap ABCD-3456 Phòng Văn hóa")
    front.sees(hall.binh, "Mã sai nhiều lần")
    assert not hall.api.asked("creategroupwithoa")
    room = await hall.makes_room("Bình")
    await hall.comes(hall.binh, room)
    await front.says(hall.binh, "/thietlap")
    front.sees(hall.binh, "Nhờ quản trị hệ thống cấp mã")


async def test_who_is_new_is_told_how_to_begin(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    await front.says(lan, "/batdau")
    front.sees(lan, "/thietlap MÃ Tên nhóm")
    await front.says(lan, "/trogiup")
    front.sees(lan, "/thietlap:")
    hall.api.world.groups_allowed = False
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    before = len(front.all_in(lan))
    await front.says(lan, "/trogiup")
    assert "/thietlap:" not in "".join(each.text for each in front.all_in(lan)[before:])


async def test_an_account_without_groups_says_so(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    hall.api.world.groups_allowed = False
    code = await front.code()
    await front.says(lan, f"/thietlap {code} Phòng Văn hóa")
    front.sees(lan, "chưa được phép lập nhóm chat", "giaoban check")
    await front.says(lan, "/thietlap Phòng Văn hóa")
    front.sees(lan, "ở đây bot không tự lập nhóm được")


async def test_without_a_free_place_nothing_is_begun(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    front.sees(lan, "không còn chỗ nhóm trống", "GMF")
    hall.api.world.asset("gmf10")
    for number in range(12):
        await front.says(hall.api.person(f"Người {number:02}", follows=True), "xin chào")
    await front.says(lan, "/thietlap Phòng Văn hóa")
    await front.says(lan, "tất cả")
    await front.says(lan, "xong")
    front.sees(lan, "Đã chọn 14 người", "chứa được 8")
    assert not hall.groups


async def test_the_administrator_of_the_account_is_asked_for(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    lan.oa_admin, hall.chi.oa_admin = False, True
    hall.api.world.asset("gmf10")
    await front.says(lan, f"/thietlap {await front.code()} Phòng Văn hóa")
    await front.says(lan, "tất cả")
    await front.says(lan, "xong")
    await hall.chooses(lan, "Lập và mời")
    front.sees(lan, "Ai là quản trị viên OA")
    await hall.chooses(lan, "Nguyễn Văn Bình")
    front.sees(lan, "Ai là quản trị viên OA")
    await front.says(lan, "Lê Chi")
    (room,) = hall.groups
    assert room.members == [hall.chi.id]
    assert sorted(room.pending) == sorted([lan.id, hall.binh.id])
    front.sees(lan, "Đã mời 2, đã vào 1, chờ 1")


async def test_a_lost_answer_makes_no_second_group(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    hall.api.world.asset("gmf10")
    hall.api.world.asset("gmf10")
    hall.api.fail_next("/creategroupwithoa", "accept_then_502")
    hall.api.fail_next("/group/invite", 502)
    room = await hall.makes_room("Bình")
    await front.later(60)
    assert hall.groups == [room]
    assert room.pending == [hall.binh.id]
    front.sees(lan, "Đã mời 1, đã vào 0, chờ 1")
    assert "/thietlap Tên nhóm" not in "".join(each.text for each in front.all_in(room))


async def test_who_cannot_be_invited_is_named_and_spoils_nothing(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    hall.api.world.asset("gmf10")
    hall.chi.blocked = True
    room = await hall.makes_room("Bình", "Lê Chi")
    assert room.pending == [hall.binh.id]
    front.sees(lan, "Đã mời 1", "không cho mời: Lê Chi")
    # she follows again and comes by the link: the leader has wanted her, nobody is asked again
    hall.chi.blocked = False
    before = len(front.all_in(lan))
    await hall.api.group_life("user_request_join_group", room, hall.chi)
    await front.app.settle()
    assert hall.chi.id in room.members
    assert not [each for each in front.all_in(lan)[before:] if "xin vào" in each.text]
    await front.says(lan, "/moi")
    assert front.sees(lan, "Đường link mời").text.count(room.link) == 1


async def test_large_offices_are_invited_in_batches_and_get_a_second_room(hall: Hall) -> None:
    front, api, lan = hall.front, hall.api, hall.lan
    api.world.asset("gmf100")
    api.world.asset("gmf50")
    people = [api.person(f"Cán bộ {number:03}") for number in range(118)]
    for person in people:
        await api.follows(person)
    await front.says(lan, f"/thietlap {await front.code()} Sở Nội vụ")
    await front.says(lan, "tất cả")
    await front.says(lan, "xong")
    front.sees(lan, "tổng 2 nhóm chat", "Sở Nội vụ (1)", "Sở Nội vụ (2)")
    await hall.chooses(lan, "Lập và mời")
    await hall.hears_events()
    first, second = hall.groups
    assert {first.name, second.name} == {"Sở Nội vụ (1)", "Sở Nội vụ (2)"}
    assert not set(first.pending) & set(second.pending)
    assert len(first.pending) + len(second.pending) == 120
    assert all(lan.id in each.members and len(each.pending) + 2 <= each.asset.holds for each in hall.groups)
    assert max(len(each["member_user_ids"]) for each in api.asked("/group/invite")) == 50
    front.sees(lan, "Đã mời 120, đã vào 0, chờ 120")
    # what is said in one room is shown in both, once
    one, other = (_first_waiting(api, each) for each in (first, second))
    await hall.comes(one, first)
    await hall.comes(other, second)
    await front.says(lan, f"/giao @{other.name} Nộp báo cáo, hạn 16h 27/11", first)
    for room in (first, second):
        shown = [each for each in front.all_in(room) if "Nộp báo cáo" in each.text]
        assert len(shown) == 1
        assert (f"[@{other.id}]" in shown[0].text) == (room is second), "only who is there is called"
    await front.says(other, "1 #1", second)
    await front.later()
    for room in (first, second):
        assert len([each for each in front.all_in(room) if "đã nhận" in each.text]) == 1


def _first_waiting(api: FakeZaloOa, group: Group) -> Person:
    return api.world.people[group.pending[0]]


async def test_more_people_are_invited_later(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    dung = hall.api.person("Phạm Dũng", follows=True)
    await front.says(dung, "xin chào")
    await front.says(lan, "/thietlap")
    await hall.chooses(lan, "Mời thêm người")
    asked = front.sees(lan, "mời ai", "0 trong 2")
    assert "Bình" not in asked.text
    await front.says(lan, "Dũng")
    await front.says(lan, "xong")
    front.sees(lan, 'Mời 1 người vào nhóm chat "Phòng Văn hóa"?')
    await hall.chooses(lan, "Mời")
    assert room.pending == [hall.binh.id, dung.id]
    await front.later(10)
    front.sees(lan, "Đã mời 2")
    assert hall.groups == [room]


async def test_who_does_not_come_is_reminded_once_and_then_by_the_leader_once_a_day(hall: Hall) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    await hall.makes_room("Bình")

    def reminders() -> int:
        return len([each for each in front.all_in(binh) if "Anh/chị được mời" in each.text])

    await front.turns("2026-11-21 12:00")
    assert reminders() == 0, "no reminder on a Saturday"
    await front.turns("2026-11-24 09:00")
    assert reminders() == 1
    await front.says(lan, "/thietlap")
    await hall.chooses(lan, "Nhắc người chưa vào")
    front.sees(lan, "Đã nhắc 1 người")
    await front.says(lan, "/thietlap")
    await hall.chooses(lan, "Nhắc người chưa vào")
    front.sees(lan, "Hôm nay ai cũng đã được nhắc")
    assert reminders() == 2


async def test_a_lost_event_is_made_up_for_the_next_morning(hall: Hall) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    room.pending.remove(binh.id)
    room.members.append(binh.id)  # while the webhook was down
    await front.turns("2026-11-23 07:31")
    front.sees(lan, "Đã mời 1, đã vào 1, chờ 0")
    await front.says(lan, "/thanhvien", room)
    front.sees(room, "Nguyễn Văn Bình")


async def a_stranger_asks(hall: Hall) -> tuple[Group, Person]:
    """Dũng, who is nobody's member, asks to be let into the group's room."""
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    dung = hall.api.person("Phạm Dũng", follows=True)
    await hall.front.says(dung, "xin chào")
    await hall.api.group_life("user_request_join_group", room, dung)
    await hall.front.app.settle()
    return room, dung


async def test_a_stranger_who_asks_is_let_in_after_approval(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    room, dung = await a_stranger_asks(hall)
    front.sees(dung, "Đã chuyển lời xin")
    await front.taps(lan, front.sees(lan, "Phạm Dũng xin vào"), "Đồng ý")
    await hall.hears_events()
    assert dung.id in room.members
    front.sees(dung, "đã được nhận")


async def test_a_full_group_is_told_to_who_has_approved(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    room, _ = await a_stranger_asks(hall)
    room.members += [hall.api.person(f"Khách {number}").id for number in range(8)]
    await front.taps(lan, front.sees(lan, "Phạm Dũng xin vào"), "Đồng ý")
    front.sees(lan, "Phạm Dũng chưa vào được nhóm chat")
    await front.says(lan, "/thanhvien", room)
    assert front.sees(room, "đã tham gia"), "one who was refused closes no room"


async def test_who_leaves_leaves_the_work_group_unless_in_another_room(hall: Hall) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    await hall.comes(binh, room)
    await hall.api.group_life("user_out_group", room, binh)
    await front.app.settle()
    front.sees(lan, "Nguyễn Văn Bình đã rời nhóm chat")
    await front.says(lan, "/thietlap")
    front.sees(lan, "Đã mời 0, đã vào 0")


@pytest.mark.parametrize("how", ["dissolved", "lapsed", "found-in-the-morning", "found-by-looking"])
async def test_a_room_that_ends_is_told_and_what_is_due_arrives_in_private(hall: Hall, how: str) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    await hall.comes(binh, room)
    await front.says(lan, "/giao @Bình Nộp bảng chấm công, hạn 16h 23/11", room)
    await front.taps(binh, front.sees(binh, "#1"), "Nhận việc")
    await front.later()
    if how == "dissolved":
        await hall.api.group_life("delete_group", room)
        await front.later(10)
    else:
        hall.api.world.lapse(room)
    if how == "lapsed":
        await front.says(binh, "3 #1")
        await front.later(10)
        await front.later(10)
    if how == "found-by-looking":
        await front.says(lan, "/thietlap")
        await front.later(10)
    told = len(front.all_in(room))
    if how != "lapsed":
        await front.turns("2026-11-23 07:31")
        front.sees(binh, "Nộp bảng chấm công")
    assert len([each for each in front.all_in(lan) if "không dùng được nữa" in each.text]) == 1
    assert len(front.all_in(room)) == told
    # the place of a dissolved group serves the next one
    hall.api.world.asset("gmf10")
    await front.says(lan, "/thietlap")
    front.sees(lan, "mời ai")


async def test_a_room_whose_place_is_paid_for_again_counts_again(hall: Hall) -> None:
    front, lan, binh = hall.front, hall.lan, hall.binh
    hall.api.world.asset("gmf10")
    room = await hall.makes_room("Bình")
    await hall.comes(binh, room)
    hall.api.world.lapse(room)
    await front.says(lan, "/thietlap")
    await front.later(10)
    front.sees(lan, "không dùng được nữa")
    await front.says(lan, "/thietlap")
    await front.later(10)
    assert not [each for each in front.all_in(lan) if "dùng lại được" in each.text], "it is still lapsed"
    hall.api.world.renew(room)
    await front.says(lan, "/thietlap")
    await front.later(10)
    front.sees(lan, "dùng lại được")
    await front.says(lan, "/thietlap")
    await front.later(10)
    assert "Đã mời 1, đã vào 1" in front.all_in(lan)[-1].text
    told = len(front.all_in(room))
    await front.says(lan, "/giao @Bình Nộp bảng chấm công, hạn 16h 23/11", room)
    assert len(front.all_in(room)) > told


async def test_a_place_that_ends_is_told_a_week_before(hall: Hall) -> None:
    front, lan = hall.front, hall.lan
    place = hall.api.world.asset("gmf10")
    place.renews = False
    await hall.makes_room("Bình")

    def warnings() -> Sequence[Message]:
        return [each for each in front.all_in(lan) if "không tự gia hạn" in each.text]

    await front.turns("2026-12-11 07:31")
    await front.says(lan, "/viec")
    assert not warnings()
    await front.turns("2026-12-16 12:00")
    assert len(warnings()) == 1
    assert "20/12/2026" in warnings()[0].text
