"""A shift is offered to a colleague, who accepts or declines."""

import pytest

from storage import duty
from storage.duty import SwapState
from tests.handlers.duty.team import Team, forget, recorded
from tests.stage import Office


async def test_a_colleague_accepts_a_shift_with_a_press(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 sáng @binh", team.room)
    forget(office)
    await team.binh.says("/doitruc @chi", team.room)
    team.room.sees("Đã hỏi Chi nhận ca Sáng thứ Tư 25/11")
    offer = team.chi.hears("Bình nhờ Chi nhận ca trực: Sáng thứ Tư 25/11")
    await team.chi.presses("Nhận ca trực")
    assert "Chi trực sáng thứ Tư 25/11 thay Bình" in offer.text
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
    [
        ("", "Ghi ca và một đồng nghiệp"),
        ("25/11", "Ghi ca và một đồng nghiệp"),
        ("26/11 @chi", "không có ca trực sắp tới"),
        ("25/11 em", "đang là của anh/chị"),
        ("25/11 @binh", "Bình đã trực vào giờ đó"),
    ],
)
async def test_swaps_that_make_no_sense_are_refused(team: Team, office: Office, said: str, answer: str) -> None:
    await team.lan.says("/truc 25/11 tối Bình và An", team.room)
    forget(office)
    await team.an.says(f"/doitruc {said}")
    team.an.hears(answer)


async def test_an_offer_to_somebody_without_private_chat_stands_in_the_room(office: Office) -> None:
    team = Team(office)
    await team.gathers(team.chi)
    await team.lan.says("/truc 25/11 @binh", team.room)
    forget(office)
    await team.binh.says("/doitruc @chi")
    team.binh.hears("đã hỏi trong nhóm")
    offer = team.room.sees("Bình nhờ Chi nhận ca trực")
    await team.an.presses("Nhận ca trực", on=offer)
    assert "gửi cho Chi" in office.paper.toasts[-1]
    await team.chi.says("dạ em nhận ạ", team.room, reply_to=offer)
    assert "Đổi trực: Chi trực" in offer.text
    team.room.sees("Đổi trực: Chi trực")
    team.binh.hears("Đổi trực")
    offer.expected = True


async def test_an_offer_ends_when_the_shift_is_somebody_elses(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    await team.binh.says("/doitruc @chi")
    offer = team.chi.hears("Bình nhờ Chi")
    await team.lan.says("/truc 25/11 @an", team.room)
    forget(office)
    await team.chi.presses("Nhận ca trực", on=offer)
    assert "đã kết thúc" in office.paper.toasts[-1]


async def test_offered_again_to_somebody_else_the_first_offer_is_withdrawn(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    await team.binh.says("/doitruc @chi")
    offer = team.chi.hears("Bình nhờ Chi")
    await team.binh.says("/doitruc @an")
    assert "đã rút đề nghị" in offer.text
    forget(office)
    await team.an.says("2")
    team.binh.hears("An không nhận")
    forget(office)


async def test_another_groups_member_cannot_press_an_offer(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    await team.binh.says("/doitruc @chi")
    offer = team.chi.hears("Bình nhờ Chi")
    dung = office.person("Dũng", "dung")
    other = office.room("Phòng khác", admins=[dung])
    await dung.says("/setup Phòng khác", other)
    team.room.last.card = offer.card
    forget(office)
    await dung.presses("Nhận ca trực", on=team.room.last)
    assert "chưa tham gia" in office.paper.toasts[-1]


async def test_an_offer_ends_only_once_whoever_comes_first(team: Team, office: Office) -> None:
    await team.lan.says("/truc 25/11 @binh", team.room)
    await team.binh.says("/doitruc @chi")
    forget(office)
    claims = [
        await office.app.database.run(lambda session: duty.close_swap(session, 1, SwapState.ACCEPTED)) for _ in range(2)
    ]
    assert claims == [True, False]
