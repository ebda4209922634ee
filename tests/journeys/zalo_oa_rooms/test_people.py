"""People of an Official Account's group: invited, reminded, let in, called there, gone."""

from tests.fakes.zalooa import FakeZaloOa
from tests.fakes.zalooa_world import Group, Person
from tests.journeys.zalo_oa_rooms.conftest import Hall


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
