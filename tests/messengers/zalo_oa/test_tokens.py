"""Tokens are renewed ahead of time by exactly one, and none is lost without a word."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.messenger import Outcome
from bot.messengers.zalo_oa import Trouble
from bot.messengers.zalo_oa.grant import from_text, to_text
from tests.fakes.zalooa_world import Person
from tests.messengers.zalo_oa.world import Killed, Stage, card, failure, to


async def test_the_first_token_comes_from_the_setting_and_is_used_once(stage: Stage) -> None:
    adapter = await stage.running()
    await adapter.keeper.tick()
    assert stage.api.oauth.renewals == 1
    assert stage.api.oauth.used_twice == []
    assert (await adapter.survey()).account.name == "Giao Ban"


async def test_tokens_are_renewed_at_four_fifths_of_their_life(stage: Stage) -> None:
    adapter = await stage.running()
    stage.pass_time(hours=19, minutes=59)
    await adapter.keeper.tick()
    assert stage.api.oauth.renewals == 1
    stage.pass_time(minutes=2)
    await adapter.keeper.tick()
    assert stage.api.oauth.renewals == 2


async def test_of_many_replicas_exactly_one_renews(stage: Stage) -> None:
    await stage.running()
    twins = [stage.adapter() for _ in range(8)]
    stage.pass_time(hours=21)
    await asyncio.gather(*(each.keeper.tick() for each in twins for _ in range(3)))
    assert stage.api.oauth.renewals == 2
    assert stage.api.oauth.used_twice == []
    stage.pass_time(hours=21)
    await asyncio.gather(*(each.keeper.tick() for each in twins))
    assert stage.api.oauth.renewals == 3
    assert stage.api.oauth.used_twice == []
    for each in twins:
        await each.stop()


async def test_a_replica_with_an_old_token_takes_the_stored_one(stage: Stage, lan: Person) -> None:
    stage.api.oauth.kills_old_access = True
    first = await stage.running()
    second = stage.adapter()
    await second.keeper.tick()
    stage.pass_time(hours=21)
    await first.keeper.tick()
    await second.send(to(lan), card("Chào"))
    assert stage.api.oauth.renewals == 2
    assert len(stage.api.sent) == 1
    await second.stop()


async def test_a_token_zalo_does_not_take_any_more_is_renewed_once(stage: Stage, lan: Person) -> None:
    adapter = await stage.running()
    stage.api.oauth.access.clear()
    await asyncio.gather(*(adapter.send(to(lan), card(f"Số {number}")) for number in range(5)))
    assert stage.api.oauth.renewals == 2
    assert len(stage.api.sent) == 5


async def test_killed_before_the_request_the_old_token_still_works(stage: Stage) -> None:
    adapter = await stage.running()
    await adapter.stop()
    stage.pass_time(hours=21)
    stage.tokens.dies_before = 1
    with pytest.raises(Killed):
        await adapter.keeper._renew_once(from_text((stage.tokens.kept or (0, ""))[1]).access)
    reborn = stage.adapter()
    await reborn.keeper.tick()
    assert stage.api.oauth.renewals == 2
    assert stage.notices == []
    await reborn.stop()


async def test_killed_between_request_and_commit_the_old_token_is_tried_and_the_operator_told(stage: Stage) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.pass_time(hours=21)
    stage.tokens.dies_before = 2  # the intent is written, the answer is not
    with pytest.raises(Killed):
        await adapter.keeper._renew_once(from_text((stage.tokens.kept or (0, ""))[1]).access)
    assert stage.api.oauth.renewals == 2
    reborn = stage.adapter()
    await reborn.keeper.tick()
    assert stage.api.oauth.used_twice == [], "the dead one's lease still stands"
    stage.pass_time(minutes=2)
    await reborn.keeper.tick()
    assert len(stage.api.oauth.used_twice) == 1
    assert [each.trouble for each in stage.notices] == [Trouble.ANSWER_LOST]
    stage.pass_time(minutes=2)
    await reborn.keeper.tick()
    assert len(stage.api.oauth.used_twice) == 1, "a refused token is not sent again"
    assert await reborn.keeper.access(), "the access token it still has goes on working"
    assert reborn.keeper.trouble() is Trouble.ANSWER_LOST
    for each in (adapter, reborn):
        await each.stop()


async def test_killed_before_zalo_had_changed_anything_nothing_is_lost(stage: Stage) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.pass_time(hours=21)
    stage.api.fail_next("/access_token", 502)
    await adapter.keeper.tick()
    reborn = stage.adapter()
    stage.pass_time(minutes=2)
    await reborn.keeper.tick()
    assert stage.api.oauth.renewals == 2
    assert stage.notices == []
    for each in (adapter, reborn):
        await each.stop()


async def test_a_lost_answer_is_doubted_and_the_old_token_tried_again(stage: Stage) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.pass_time(hours=21)
    stage.api.fail_next("/access_token", "drop_after_accept")
    await adapter.keeper.tick()
    assert stage.notices == []
    stage.pass_time(minutes=2)
    await adapter.keeper.tick()
    assert [each.trouble for each in stage.notices] == [Trouble.ANSWER_LOST]
    await adapter.stop()


async def test_new_tokens_wait_for_a_store_that_is_down(stage: Stage) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.pass_time(hours=21)
    renewing = adapter.keeper._ask

    async def store_dies(intent: object) -> None:
        stage.tokens.down = 3
        await renewing(intent)  # type: ignore[arg-type]

    adapter.keeper._ask = store_dies  # type: ignore[method-assign]
    await adapter.keeper.tick()
    assert from_text((stage.tokens.kept or (0, ""))[1]).access in stage.api.oauth.access
    await adapter.stop()


async def test_a_cancelled_request_does_not_take_the_renewal_with_it(stage: Stage, lan: Person) -> None:
    adapter = await stage.running()
    stage.api.oauth.access.clear()
    sending = asyncio.ensure_future(adapter.send(to(lan), card("Chào")))  # noqa: TID251 - to be cancelled
    while not adapter.keeper._renewing or adapter.keeper._renewing.done():
        await asyncio.sleep(0)
    sending.cancel()
    await asyncio.wait([sending])
    await adapter.stop()
    assert stage.api.oauth.renewals == 2
    assert from_text((stage.tokens.kept or (0, ""))[1]).access in stage.api.oauth.access


async def test_the_operator_is_warned_daily_from_14_days_before_the_end(stage: Stage) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.api.fail_next("/access_token", 503, times=1000)
    stage.pass_time(days=75)
    await adapter.keeper.tick()
    assert stage.notices == []
    stage.pass_time(days=1, minutes=1)
    await adapter.keeper.tick()
    twin = stage.adapter()
    stage.pass_time(minutes=1)
    await twin.keeper.tick()
    assert [(each.trouble, each.days) for each in stage.notices] == [(Trouble.ENDS_SOON, 13)]
    stage.pass_time(days=1)
    await twin.keeper.tick()
    assert [each.days for each in stage.notices] == [13, 12]
    for each in (adapter, twin):
        await each.stop()


async def test_a_refused_grant_is_taken_up_again_with_a_newly_pasted_token(stage: Stage, lan: Person) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.api.oauth.revoke()
    stage.pass_time(hours=21)
    await adapter.keeper.tick()
    assert [each.trouble for each in stage.notices] == [Trouble.RECONNECT]
    stage.pass_time(hours=6)
    refused = await failure(adapter.send(to(lan), card("Chào")))
    assert refused.outcome is Outcome.TRY_AGAIN
    pasted = stage.api.oauth.pair()["refresh_token"]
    again = stage.adapter(first_refresh=pasted)
    await again.keeper.tick()
    await again.send(to(lan), card("Chào"))
    for each in (adapter, again):
        await each.stop()


async def test_without_any_grant_sending_waits_and_says_why(stage: Stage, lan: Person) -> None:
    adapter = stage.adapter(first_refresh="")
    assert (await failure(adapter.send(to(lan), card("Chào")))).outcome is Outcome.TRY_AGAIN
    assert adapter.keeper.trouble() is Trouble.NOT_CONNECTED
    await adapter.stop()


async def test_an_expired_access_token_is_not_used_while_another_renews(stage: Stage, lan: Person) -> None:
    adapter = stage.adapter()
    await adapter.keeper.tick()
    stage.pass_time(hours=26)
    kept = stage.tokens.kept
    assert kept is not None
    leased = from_text(kept[1]).leased("another", stage.clock.now() + timedelta(seconds=50))
    assert await stage.tokens.replace(kept[0], to_text(leased))
    assert (await failure(adapter.send(to(lan), card("Chào")))).outcome is Outcome.TRY_AGAIN
    assert stage.api.oauth.renewals == 1
    await adapter.stop()


async def test_a_refusal_for_a_wrong_app_secret_ends_when_the_secret_is_corrected(stage: Stage) -> None:
    wrong = stage.adapter(app_secret="mistyped-secret")
    await wrong.keeper.tick()
    await wrong.keeper.tick()
    assert [each.trouble for each in stage.notices] == [Trouble.RECONNECT]
    assert len(stage.api.asked("/access_token")) == 1, "a refused token is not sent again"
    right = stage.adapter()
    await right.keeper.tick()
    assert await right.keeper.access()
    for each in (wrong, right):
        await each.stop()
