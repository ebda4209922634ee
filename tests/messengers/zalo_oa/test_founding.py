"""An Official Account as a maker of rooms: places, founding once, invitations in batches, who is in, what is over."""

import pytest

from bot.chat.founding import Founded, FoundingRefused, Hurdle, MakesRooms
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.zalo_oa import ZaloOa
from tests.fakes.zalooa_world import STATE_AGENCY, Group, Person
from tests.messengers.zalo_oa.world import Stage


async def hurdle(step: object) -> Hurdle:
    with pytest.raises(FoundingRefused) as caught:
        await step  # type: ignore[misc]
    assert caught.value.outcome is Outcome.REJECTED
    return caught.value.hurdle


async def test_free_places_are_told_with_the_seats_beside_the_account(stage: Stage, oa: ZaloOa, room: Group) -> None:
    for kind in ("gmf100", "gmf10"):
        stage.api.world.asset(kind)
    assert isinstance(oa, MakesRooms)
    assert [each.seats for each in await oa.rooms.places()] == [9, 99], "the room's own place is not free"


async def test_an_account_that_may_make_no_groups_says_so_from_then_on(stage: Stage, oa: ZaloOa) -> None:
    assert oa.capabilities.founds_rooms
    stage.api.world.groups_allowed = False
    assert await hurdle(oa.rooms.places()) is Hurdle.NO_RIGHT
    assert not oa.capabilities.founds_rooms
    stage.api.world.groups_allowed = True
    await oa.rooms.look()
    assert not oa.capabilities.founds_rooms, "Zalo is not asked every half a minute"
    stage.pass_time(minutes=61)
    await oa.keeper.tick()
    await oa.rooms.look()
    assert oa.capabilities.founds_rooms


async def test_a_group_is_made_once_although_the_answer_is_lost(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    lan.oa_admin = True
    place = stage.api.world.asset()
    stage.api.fail_next("/creategroupwithoa", "accept_then_502")
    with pytest.raises(DeliveryFailed) as caught:
        await oa.rooms.found("Phòng Văn hóa", place.id, [lan.id])
    assert caught.value.outcome is Outcome.UNCLEAR
    (made,) = stage.api.world.groups.values()
    again = await oa.rooms.found("Phòng Văn  hóa", place.id, [lan.id])
    assert again == Founded(chat=made.id, link=made.link)
    assert len(stage.api.world.groups) == 1


async def test_what_hinders_is_told_apart(stage: Stage, oa: ZaloOa, lan: Person, room: Group) -> None:
    free = stage.api.world.asset()
    assert await hurdle(oa.rooms.found("A", free.id, [lan.id])) is Hurdle.NO_SPONSOR
    lan.oa_admin = True
    assert await hurdle(oa.rooms.found("A", room.asset.id, [lan.id])) is Hurdle.NO_PLACE, "another's group stands there"
    assert await hurdle(oa.rooms.found("A", "nowhere", [lan.id])) is Hurdle.NO_PLACE
    free.valid_until = stage.clock.now().date().replace(year=2025)
    assert await hurdle(oa.rooms.found("A", free.id, [lan.id])) is Hurdle.NO_PLACE
    stage.api.world.groups_allowed = False
    assert await hurdle(oa.rooms.found("A", free.id, [lan.id])) is Hurdle.NO_RIGHT


async def test_one_who_cannot_be_invited_spoils_no_batch(stage: Stage, oa: ZaloOa) -> None:
    group = stage.api.group("Sở", [], kind="gmf100")
    people = [stage.api.person(f"Người {number}", follows=True) for number in range(70)]
    people[3].blocked, people[66].follows = True, False
    failed = await oa.rooms.invite(group.id, [each.id for each in people])
    assert failed == {people[3].id, people[66].id}
    assert len(group.pending) == 68
    assert all(len(each["member_user_ids"]) <= 50 for each in stage.api.asked("/group/invite"))


async def test_a_full_group_takes_nobody_and_is_not_over(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    group = stage.api.group("Sở", [stage.api.person(f"Người {number}") for number in range(9)], kind="gmf10")
    assert await oa.rooms.invite(group.id, [lan.id]) == {lan.id}
    assert (await oa.rooms.attendance(group.id)).usable


async def test_who_is_in_is_told_until_the_group_is_over(stage: Stage, oa: ZaloOa, lan: Person, room: Group) -> None:
    found = await oa.rooms.attendance(room.id)
    assert found.usable
    assert found.inside == set(room.members)
    assert found.ends_on is None
    room.asset.renews = False
    assert (await oa.rooms.attendance(room.id)).ends_on == room.asset.valid_until
    stage.api.world.lapse(room)
    assert not (await oa.rooms.attendance(room.id)).usable
    with pytest.raises(DeliveryFailed) as caught:
        await oa.rooms.invite(room.id, [lan.id])
    assert caught.value.outcome is Outcome.GONE
    stage.api.world.dissolve(room)
    assert not (await oa.rooms.attendance(room.id)).usable


async def test_who_asks_no_more_leaves_the_group_as_it_is(stage: Stage, oa: ZaloOa, lan: Person, room: Group) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await oa.admit(room.id, stage.api.person("Chi").id, welcome=True)
    assert caught.value.outcome is Outcome.REJECTED, "GONE would close the room"
    stage.api.fail_next("/acceptpendinginvite", -213)
    with pytest.raises(DeliveryFailed) as caught:
        await oa.admit(room.id, lan.id, welcome=True)
    assert caught.value.outcome is Outcome.REJECTED


async def test_followers_are_named_and_an_agency_has_none_to_name(stage: Stage, oa: ZaloOa) -> None:
    for number in range(60):
        stage.api.person(f"Người {number:02}", follows=True, alive=True)
    stage.api.person("Người lạ", follows=True)
    found = await oa.rooms.acquaintances()
    assert "Người 59" in found.values()
    assert "Người lạ" not in found.values(), "not heard of for a month"
    stage.api.world.kind = STATE_AGENCY
    assert await oa.rooms.acquaintances() == {}
