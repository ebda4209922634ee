"""The operator's login, what the account may do, and groups from the first place to the last member."""

import asyncio

import aiohttp
import pytest

from bot.messengers.zalo_oa import ZaloOa
from bot.messengers.zalo_oa.groups import fitting
from tests.fakes.zalooa_world import Group, Person
from tests.messengers.zalo_oa.world import PUBLIC, Stage, card, failure, to


async def comes_back(stage: Stage, address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address.replace(PUBLIC, stage.base)) as answer:
        return answer.status, await answer.text()


async def test_an_administrator_lets_the_program_in(stage: Stage, lan: Person) -> None:
    adapter = await stage.running(first_refresh="")
    await failure(adapter.send(to(lan), card("Một")))
    back = stage.api.oauth.consent(await adapter.login_link())
    assert await comes_back(stage, back) == (200, "Đã kết nối.")
    await adapter.send(to(lan), card("Một"))
    assert await comes_back(stage, back) == (400, "Chưa kết nối được."), "the way back works once"


async def test_a_link_made_by_another_process_works_and_only_the_newest(stage: Stage) -> None:
    await stage.running(first_refresh="")
    command_line = stage.adapter(first_refresh="")
    old = stage.api.oauth.consent(await command_line.login_link())
    new = stage.api.oauth.consent(await command_line.login_link())
    assert (await comes_back(stage, old))[0] == 400
    assert (await comes_back(stage, new))[0] == 200
    await command_line.stop()


@pytest.mark.parametrize("change", [("state=", "state=x"), ("code=", "code=x"), ("code=", "no=")])
async def test_a_changed_way_back_leads_nowhere(stage: Stage, change: tuple[str, str]) -> None:
    adapter = await stage.running(first_refresh="")
    back = stage.api.oauth.consent(await adapter.login_link())
    assert (await comes_back(stage, back.replace(*change)))[0] == 400
    assert adapter.keeper.trouble() == "not_connected"


async def test_a_link_is_old_after_an_hour(stage: Stage) -> None:
    adapter = await stage.running(first_refresh="")
    link = await adapter.login_link()
    stage.pass_time(minutes=61)
    assert (await comes_back(stage, stage.api.oauth.consent(link)))[0] == 400


async def test_a_login_mends_what_was_refused(stage: Stage, lan: Person) -> None:
    adapter = await stage.running()
    stage.api.oauth.revoke()
    await failure(adapter.send(to(lan), card("Một")))
    assert "giaoban zalo login" in adapter.standing.problem
    await comes_back(stage, stage.api.oauth.consent(await adapter.login_link()))
    await adapter.send(to(lan), card("Một"))
    assert adapter.keeper.trouble() is None


async def test_no_token_or_key_is_shown_anywhere(stage: Stage, lan: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    adapter = await stage.running()
    stage.api.oauth.revoke()
    shown = [str(await failure(adapter.send(to(lan), card("Một")))), repr(adapter.keeper._known), repr(adapter)]
    stage.api.fail_next("/access_token", "no_json")
    stage.pass_time(hours=30)
    await adapter.keeper.tick()
    await asyncio.sleep(0)
    shown += [f"{each.getMessage()} {each.__dict__}" for each in caplog.records]
    assert not [each for each in shown if "secret-" in each or "secret-of-tests" in each]


async def test_what_the_account_may_do_is_found_out(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    stage.api.world.asset()
    await oa.send(to(lan), card("Một"))
    found = await oa.survey()
    assert (found.account.name, found.account.verified, found.account.is_state_agency) == ("Giao Ban", True, False)
    assert (found.speaks, found.groups, found.free_places, found.quotas) == ("v3", "", [10], {"sub_quota": 500})
    stage.api.world.groups_allowed = False
    assert "package is too low" in (await oa.survey()).groups


async def test_a_group_is_made_where_it_fits(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    for kind in ("gmf100", "gmf10", "gmf50"):
        stage.api.world.asset(kind)
    lan.oa_admin = True
    others = [stage.api.person(f"Người {number}", follows=True) for number in range(11)]
    place = fitting(await oa.groups.assets(), len(others) + 1)
    assert place is not None
    assert place.holds == 50
    made = await oa.groups.create("Phòng Tổng hợp", place.id, [lan.id, *(each.id for each in others)])
    assert made.link.startswith("https://zalo.me/g/")
    assert set(await oa.groups.members(made.id)) == {lan.id}
    assert len(await oa.groups.pending(made.id)) == 11
    facts = await oa.groups.facts(made.id)
    assert (facts.holds, facts.members, facts.is_enabled) == (50, 2, True)
    assert [each.name for each in await oa.groups.all_of_account()] == ["Phòng Tổng hợp"]
    assert fitting(await oa.groups.assets(), 100) is None


async def test_who_comes_by_the_link_has_to_be_approved(stage: Stage, oa: ZaloOa, room: Group) -> None:
    assert await oa.invite_link(room.id, "Giao Ban") == room.link
    assert room.settings == {"join_appr": True, "enable_link_join": True}
    room.pending.append(stage.api.person("Chi").id)
    await oa.admit(room.id, room.pending[0], welcome=False)
    assert room.pending == []
    assert (await oa.facts(room.id)).members == 3


async def test_many_members_are_read_page_by_page(stage: Stage, oa: ZaloOa) -> None:
    people = [stage.api.person(f"Người {number}", follows=True) for number in range(120)]
    group = stage.api.group("Cả sở", people, kind="gmf1000")
    assert len(await oa.groups.members(group.id)) == 120
