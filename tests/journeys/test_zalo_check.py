"""`giaoban check` on Zalo: problems in words, and no update is lost by looking."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.checking import check
from bot.clock import Clock
from config.settings import Settings
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalooa import APP_ID, APP_SECRET, FakeZaloOa
from tests.fakes.zalooa_world import STATE_AGENCY
from tests.journeys.zalo import oa_running, settings_of
from tests.stage import FRIDAY


async def test_a_bot_is_looked_at_and_nothing_is_taken_from_it(tmp_path: Path) -> None:
    async with FakeZaloBot() as api:
        api.bots[0].can_join_groups = False
        api.says(api.person("Lan"), "xin chào")
        lines: list[str] = []
        own = settings_of(tmp_path, zalo_bot={"token": api.token, "api_url": api.url})
        assert await check(own, lines.append) == 0
        assert len(api.bots[0].updates) == 1, "the update waits for the program"
        told = "\n".join(lines)
        assert "cannot be added to groups" in told
        assert "0 of 3000 messages" in told


async def test_a_wrong_token_is_said_in_words(tmp_path: Path) -> None:
    async with FakeZaloBot() as api:
        lines: list[str] = []
        own = settings_of(tmp_path, zalo_bot={"token": "4001:wrong", "api_url": api.url})
        assert await check(own, lines.append) == 1
        assert "FAIL zalo_bot: bot 4001: the token is not accepted" in lines[-1]
        assert "wrong" not in lines[-1]


@pytest.mark.parametrize("kind", [2, STATE_AGENCY])
async def test_an_account_tells_what_it_may_do(settings: Settings, tmp_path: Path, kind: int) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now, kind=kind, groups_allowed=False) as api:
        pair = api.oauth.pair()
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=pair["refresh_token"]))
        lines: list[str] = []
        assert await check(own, lines.append) == 0, lines
        told = "\n".join(lines)
        assert ("state agency" in told) == (kind == STATE_AGENCY)
        assert "no groups (the account's package is too low)" in told
        assert "the webhook has brought nothing yet" in told


async def test_places_for_groups_are_told_with_their_sizes(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now) as api:
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=api.oauth.pair()["refresh_token"]))
        lines: list[str] = []
        assert await check(own, lines.append) == 0
        assert "no place is free: buy one (GMF)" in "\n".join(lines)
        api.world.asset("gmf50")
        api.world.asset("gmf10")
        assert await check(own, lines.append) == 0
        assert "free places: one for 10, one for 50" in "\n".join(lines)


async def test_what_is_to_be_put_right_fails_the_check(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now) as api:
        lines: list[str] = []
        assert await check(settings_of(tmp_path / "a", zalo_oa=_own(api)), lines.append) == 1
        assert "giaoban zalo login" in lines[-1]
        api.world.verified = False
        own = settings_of(tmp_path / "b", zalo_oa=_own(api, refresh_token=api.oauth.pair()["refresh_token"]))
        assert await check(own, lines.append) == 1
        assert any("not verified yet" in each for each in lines)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (-212, "the app has no permission for this API"),
        (-223, "the account has not granted this permission"),
        (-224, "the account's package is too low"),
    ],
)
async def test_what_the_account_may_not_do_is_named(settings: Settings, tmp_path: Path, code: int, said: str) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now) as api:
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=api.oauth.pair()["refresh_token"]))
        for path in ("/quota/group", "/quota/message"):
            api.fail_next(path, code, times=5)
        lines: list[str] = []
        assert await check(own, lines.append) == 0, lines
        assert f"no groups ({said})" in "\n".join(lines)
        assert f"what is left of the messages is not known ({said})" in "\n".join(lines)


async def test_an_account_that_answers_nothing_fails_the_check(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now) as api:
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=api.oauth.pair()["refresh_token"]))
        api.fail_next("/v2.0/oa/getoa", -204, times=5)
        lines: list[str] = []
        assert await check(own, lines.append) == 1
        assert "the account is disabled" in lines[-1]


async def test_a_wrong_app_secret_is_said_without_telling_it(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now) as api:
        pair = api.oauth.pair()
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=pair["refresh_token"]) | {"app_secret": "mistyped"})
        lines: list[str] = []
        assert await check(own, lines.append) == 1
        assert "mistyped" not in "\n".join(lines)
        assert "GIAOBAN_ZALO_OA__APP_SECRET" in lines[-1]


async def test_a_webhook_that_went_quiet_or_gets_forged_events_is_told(settings: Settings, tmp_path: Path) -> None:
    """As the running program has kept it: `check` itself hears nothing."""
    machine = Clock(settings.zone)
    clock = Clock(settings.zone, stopped_at=machine.now() - timedelta(days=5, hours=1))
    async with FakeZaloOa(now=clock.now) as api:
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=api.oauth.pair()["refresh_token"]))
        lan = api.person("Lan")
        async with oa_running(own, api, clock) as front:
            for _ in range(3):
                forged = b'{"event_name": "user_send_text", "timestamp": "1"}'
                async with api.session.post(api.webhook, data=forged, headers={"X-ZEvent-Signature": "mac=0"}) as told:
                    assert told.status == 200
            assert "signatures do not match" in front.app.messengers["zalo_oa"].standing.problem
            await front.says(lan, "xin chào")
            assert front.app.messengers["zalo_oa"].standing.ready
        clock.turn(machine.now())
        lines: list[str] = []
        assert await check(own, lines.append) == 0, lines
        assert "nobody was heard for 5 days: is the webhook switched off, or its secret another?" in "\n".join(lines)


async def test_notices_by_phone_are_looked_at_too(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloOa(now=clock.now) as api:
        more = {"zns_template": "501", "zns_by_phone": "true", "zns_url": api.url}
        own = settings_of(tmp_path, zalo_oa=_own(api, refresh_token=api.oauth.pair()["refresh_token"], **more))
        lines: list[str] = []
        assert await check(own, lines.append) == 0, lines
        assert "notices by phone: 500 left today" in lines[-1]
        api.notices.linked = False
        assert await check(own, lines.append) == 1
        assert "out of money or not linked" in lines[-1]


def _own(api: FakeZaloOa, **more: str) -> dict[str, str]:
    return {"app_id": APP_ID, "app_secret": APP_SECRET, "api_url": api.url, "oauth_url": api.url} | more
