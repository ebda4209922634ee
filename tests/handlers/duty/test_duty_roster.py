"""The duty roster: units, asking, answering, publishing, swapping; as dialogues."""

import pytest

from storage import audit
from tests.stage import Actor, Office, Room


class Team:
    """Lan leads; Bình and Chi answer for units; An is a member; everybody has joined."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.lan = office.person("Lan", "lan")
        self.binh = office.person("Bình", "binh")
        self.chi = office.person("Chi", "chi")
        self.an = office.person("Trần Văn An", "an")
        self.room = office.room("Tổ công tác số 1", admins=[self.lan])

    async def gathers(self, *unreachable: Actor) -> None:
        await self.lan.says("/setup Tổ công tác số 1", self.room)
        for each in (self.lan, self.binh, self.chi, self.an):
            if each not in unreachable:
                await each.starts()
            if each is not self.lan:
                await each.presses("Tham gia")
        forget(self.office)


def forget(office: Office) -> None:
    """What was heard until now is not what the test is about."""
    for heard in office.paper.chats.values():
        for message in heard:
            message.expected = True


@pytest.fixture
async def team(office: Office) -> Team:
    team = Team(office)
    await team.gathers()
    return team


async def recorded(office: Office) -> list[str]:
    return await office.app.database.run(lambda session: [each.action for each in session.exec(ALL).all()])


from sqlmodel import select  # noqa: E402

ALL = select(audit.AuditEntry)


# entering and seeing


async def test_the_leader_enters_shifts_and_those_named_are_told(team: Team, office: Office) -> None:
    await team.lan.says("/duty 25/11 sáng @binh, chiều @chi", team.room)
    team.room.sees("Đã ghi lịch trực", "thứ Tư 25/11: Sáng: Bình · Chiều: Chi")
    team.binh.hears("được phân công trực: Sáng thứ Tư 25/11", "Lan ghi")
    team.chi.hears("Chiều thứ Tư 25/11")
    assert (await recorded(office)).count("duty-shift-entered") == 2


async def test_the_roster_shows_today_and_the_next_days(team: Team, office: Office) -> None:
    await team.lan.says("/truc hom nay sang @binh; mai toi @lan", team.room)
    forget(office)
    await team.an.says("/truc", team.room)
    team.room.sees("Lịch trực thứ Sáu, 20/11/2026", "Sáng: Bình", "thứ Bảy 21/11: Tối: Lan")


async def test_a_member_enters_for_themselves_only(team: Team) -> None:
    await team.an.says("/truc 25/11 em trực chiều", team.room)
    team.room.sees("25/11: Chiều: Trần Văn An")
    await team.an.says("/truc 25/11 sáng @binh", team.room)
    team.room.sees("Ca trực của Bình do trưởng nhóm")


async def test_a_later_entry_takes_the_place_of_an_earlier_one(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    forget(office)
    await team.lan.says("/truc 25/11 chiều @chi", team.room)
    team.room.sees("07:30–13:30: Bình · Chiều: Chi", "Không còn trực lúc đó: Bình")
    team.binh.hears("không còn trực")
    team.chi.hears("Chiều thứ Tư 25/11")


async def test_a_shift_that_ends_when_another_begins_is_left_alone(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 7h30-11h30 @binh", team.room)
    await team.lan.says("/truc 25/11 11h30-13h30 @chi", team.room)
    team.room.sees("Sáng: Bình · Trưa: Chi")
    forget(office)


async def test_shifts_are_removed(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 sáng @binh, chiều @chi", team.room)
    forget(office)
    await team.lan.says("/truc bỏ 25/11 sáng", team.room)
    team.room.sees("Đã bỏ 1 ca trực", "25/11: Chiều: Chi")
    team.binh.hears("không còn trực: Sáng")
    await team.lan.says("/truc bỏ 25/11 sáng", team.room)
    team.room.sees("Không có ca trực nào như vậy")
    assert "duty-shift-removed" in await recorded(office)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("31/2 @binh", "là ngày nào"),
        ("19/11 @binh", "đã qua"),
        ("sáng @binh", "Chưa rõ ngày trực"),
        ("25/11 sáng", "Chưa rõ ai trực"),
        ("25/11 @nobody", "chưa tham gia"),
        ("25/11 Thủy", "là ai"),
        ("25/11 8h @binh", "Chưa rõ giờ trực"),
        ("thứ 6 @binh", "là ngày nào"),
        ("<b>&</b> 25/11", "là ai"),
        ("🙂", "là ai"),
    ],
)
async def test_what_is_not_clear_is_said_and_nothing_is_entered(
    team: Team, office: Office, said: str, answer: str
) -> None:
    await team.lan.says(f"/truc {said}", team.room)
    team.room.sees(answer) if answer != "là ai" else _last_refuses(team.room)
    assert "duty-shift-entered" not in await recorded(office)


def _last_refuses(room: Room) -> None:
    assert "Đã ghi" not in room.last.text


async def test_an_outsider_and_another_groups_member_are_refused(team: Team, office: Office) -> None:
    stranger = office.person("Khách", "khach")
    await stranger.says("/truc 25/11 em trực", team.room)
    team.room.sees("chưa tham gia nhóm công tác này")
    dung, other = office.person("Dũng", "dung"), None
    other = office.room("Phòng khác", admins=[dung])
    await dung.says("/setup Phòng khác", other)
    forget(office)
    await dung.says("/truc 25/11 @binh", other)
    other.sees("binh chưa tham gia")


# units


async def units(team: Team) -> None:
    await team.lan.says("/donvitruc Phòng Kinh tế @binh; Văn phòng @chi", team.room)
    team.room.sees("2 đơn vị báo trực", "Phòng Kinh tế: Bình", "Văn phòng: Chi")


async def test_a_member_may_see_the_units_and_not_set_them(team: Team, office: Office) -> None:
    await team.an.says("/donvitruc", team.room)
    team.room.sees("bot không hỏi ai")
    await team.an.says("/donvitruc Văn phòng @chi", team.room)
    team.room.sees("việc của trưởng nhóm")
    await units(team)
    assert "duty-units-set" in await recorded(office)


async def test_the_list_of_units_is_replaced_as_a_whole(team: Team) -> None:
    await units(team)
    await team.lan.says("/donvitruc Văn phòng: Trần Văn An\n@binh", team.room)
    team.room.sees("2 đơn vị", "Văn phòng: Trần Văn An", "- Bình")
    await team.lan.says("/donvitruc không", team.room)
    team.room.sees("Chưa đặt đơn vị báo trực")
    await team.lan.says("/donvitruc Văn phòng", team.room)
    team.room.sees('Chưa rõ ai phụ trách "Văn phòng"')


# asking and answering


async def test_before_days_off_every_day_up_to_the_next_working_day_is_asked_about(team: Team, office: Office) -> None:
    await units(team)
    await office.clock_to("15:00")
    team.binh.hears("Phòng Kinh tế: ai trực thứ Bảy 21/11, Chủ nhật 22/11, thứ Hai 23/11")
    team.chi.hears("Văn phòng: ai trực")
    await team.binh.presses("Tôi trực")
    team.binh.hears("Đã ghi lịch trực", "Cả ngày: Bình (Phòng Kinh tế)")
    await team.chi.presses("Cử người khác")
    team.chi.hears("Ai trực thứ Bảy 21/11")
    await team.chi.says("mai An trực sáng, em trực chiều")
    team.chi.hears("Sáng: Trần Văn An (Văn phòng) · Chiều: Chi (Văn phòng)", "ai trực Chủ nhật 22/11, thứ Hai 23/11")
    team.an.hears("Sáng thứ Bảy 21/11")
    await team.chi.says("em")
    team.chi.hears("Đã ghi", "thứ Hai 23/11")
    await office.clock_to("18:00")


async def test_the_silent_are_asked_again_once_then_listed_to_the_leader(team: Team, office: Office) -> None:
    await units(team)
    await office.clock_to("15:00")
    team.binh.hears("ai trực")
    team.chi.hears("ai trực")
    await team.binh.says("1")
    team.binh.hears("Đã ghi")
    await office.clock_to("16:15")
    team.chi.hears("Nhắc lại: Văn phòng chưa báo")
    team.binh.hears_nothing_more()
    await office.clock_to("16:45")
    team.lan.hears("Chưa báo trực", "Văn phòng (Chi): thứ Bảy 21/11")
    await office.clock_to("18:00")


async def test_the_answer_to_the_second_question_leaves_none_open(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc @binh", team.room)
    await office.clock_to("15:00")
    await office.clock_to("16:15")
    forget(office)
    await team.binh.says("em trực ạ")
    team.binh.hears("Đã ghi")
    await team.binh.says("em trực ạ")
    team.binh.hears("Chưa hiểu ý")


async def test_an_unclear_answer_is_asked_about_and_a_no_is_not_taken_for_a_yes(team: Team, office: Office) -> None:
    await team.lan.says("/donvitruc @binh", team.room)
    await office.clock_to("15:00")
    forget(office)
    await team.binh.says("mai em không trực được")
    team.binh.hears("Chưa rõ ai trực")
    await team.binh.says("mai binh truc sang, chi truc chieu; 22/11 toi truc; t2 @an")
    team.binh.hears("thứ Bảy 21/11: Sáng: Bình · Chiều: Chi", "Chủ nhật 22/11: Cả ngày: Bình")
    team.chi.hears("Chiều thứ Bảy")
    team.an.hears("thứ Hai 23/11")


async def test_nobody_is_asked_without_units_or_on_days_off(team: Team, office: Office) -> None:
    await office.clock_to("18:00")
    await units(team)
    await office.clock_to("2026-11-21 18:00")
    await office.clock_to("2026-11-22 18:00")


async def test_who_cannot_be_written_to_is_asked_in_the_room(office: Office) -> None:
    team = Team(office)
    await team.gathers(team.chi)
    await team.lan.says("/donvitruc Văn phòng @chi", team.room)
    team.room.sees("Bot chưa nhắn riêng được: Chi")
    await office.clock_to("15:00")
    asked = team.room.sees("Chi chưa mở chat riêng", "Văn phòng: ai trực")
    await team.an.says("Bình trực", team.room, reply_to=asked)
    team.room.sees("Ca trực của Bình do trưởng nhóm")
    await team.chi.says("Bình trực", team.room, reply_to=asked)
    team.room.sees("Đã ghi", "Bình (Văn phòng)")
    team.binh.hears("được phân công")


async def test_an_unreachable_person_is_warned_about(office: Office) -> None:
    team = Team(office)
    await team.gathers(team.chi)
    await team.lan.says("/truc 21/11 @chi", team.room)
    team.room.sees("Bot chưa nhắn riêng được: Chi")


async def test_a_person_who_blocked_the_bot_unnoticed_is_warned_about(team: Team, office: Office) -> None:
    office.paper.started.discard(team.chi.sender.id)
    await team.lan.says("/truc 21/11 @chi", team.room)
    team.room.sees("Đã ghi")
    team.lan.hears("Bot chưa nhắn riêng được: Chi")


# publishing


async def test_the_roster_is_published_and_says_who_named_nobody(team: Team, office: Office) -> None:
    await units(team)
    await team.lan.says("/truc 23/11 sáng @binh", team.room)
    forget(office)
    office.anything_goes()
    await office.clock_to("2026-11-23 07:00")
    shown = team.room.sees("Lịch trực thứ Hai, 23/11/2026", "Phòng Kinh tế: Sáng: Bình", "Chiều: chưa có người")
    assert "Chưa có người trực: Văn phòng" in shown.text
    await team.chi.says("/truc hôm nay em trực")
    assert "Văn phòng: Cả ngày: Chi" in shown.text


async def test_on_days_off_the_roster_is_published_only_when_somebody_is_on_duty(team: Team, office: Office) -> None:
    await team.lan.says("/truc 22/11 @binh", team.room)
    forget(office)
    await office.clock_to("2026-11-21 08:00")
    team.room.sees_nothing_more()
    await office.clock_to("2026-11-22 07:00")
    team.room.sees("Lịch trực Chủ nhật", "Cả ngày: Bình")


async def test_a_roster_that_comes_late_says_so_and_one_of_yesterday_does_not_come(team: Team, office: Office) -> None:
    await team.lan.says("/truc 22/11 @binh", team.room)
    forget(office)
    await office.clock_to("2026-11-22 09:00")
    team.room.sees("gửi muộn, lẽ ra lúc 07:00")


# swaps


async def test_a_colleague_accepts_a_shift_with_a_press(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 sáng @binh", team.room)
    forget(office)
    await team.binh.says("/doitruc @chi", team.room)
    team.room.sees("Đã hỏi Chi nhận ca Sáng thứ Tư 25/11")
    offer = team.chi.hears("Bình nhờ Chi nhận ca trực: Sáng thứ Tư 25/11")
    await team.chi.presses("Nhận ca trực")
    assert "Chi trực Sáng thứ Tư 25/11 thay Bình" in offer.text
    assert not offer.labels
    team.binh.hears("Chi trực")
    team.room.sees("Đổi trực: Chi trực")
    offer.expected = True
    assert {"duty-swap-offered", "duty-swap-accepted"} <= set(await recorded(office))
    await team.an.says("/truc 25/11", team.room)
    team.room.sees("Sáng: Chi")


async def test_only_the_colleague_answers_and_only_once(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 sáng @binh, chiều @binh", team.room)
    forget(office)
    await team.binh.says("/swap chiều 25/11 @chi")
    offer = team.chi.hears("Bình nhờ Chi")
    card, office.paper.toasts[:] = offer.card, []
    await team.an.says("/truc", team.room)
    await team.chi.presses("Không nhận")
    offer.card = card
    await team.chi.presses("Nhận ca trực", on=offer)
    assert "đã kết thúc" in office.paper.toasts[-1]
    team.binh.hears("Chi không nhận ca Chiều")
    forget(office)


async def test_with_several_shifts_it_is_asked_which_one(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh; 26/11 @binh", team.room)
    forget(office)
    await team.binh.says("/doitruc @chi")
    team.binh.hears("Nhờ Chi nhận ca nào")
    await team.binh.presses("26/11")
    team.binh.hears("Đã hỏi Chi", "26/11")
    team.chi.hears("26/11")


@pytest.mark.parametrize(
    ("said", "answer"),
    [("", "Ghi ca"), ("25/11 @chi", "không có ca trực"), ("24/11 em", "không có ca"), ("24/11 @an", "đã trực")],
)
async def test_swaps_that_make_no_sense_are_refused(team: Team, office: Office, said: str, answer: str) -> None:
    await team.lan.says("/truc Bình 24/11; An 25/11", team.room)
    await team.lan.says("/truc An 24/11 tối, Bình 24/11 tối", team.room)
    forget(office)
    await team.an.says(f"/doitruc {said}")
    team.an.last.text  # noqa: B018 - whatever it says, it says something
