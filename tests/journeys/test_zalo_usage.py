"""The free tier of a Zalo bot: counted over restarts, leaders warned once at four fifths, and gathered harder then."""

from datetime import date
from pathlib import Path

from bot.clock import Clock
from bot.messengers.zalo_bot import ZaloBot
from bot.messengers.zalo_oa import ZaloOa
from config.settings import Settings
from storage import zalo
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalooa import APP_ID, APP_SECRET, FakeZaloOa
from tests.journeys.zalo import bot_running, opened, settings_of
from tests.stage import FRIDAY


async def test_what_was_used_is_kept_and_leaders_are_warned_once(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloBot(now=lambda: clock.now().timestamp()) as api:
        own = settings_of(
            tmp_path / "data", database_url=settings.database_url, zalo_bot={"token": api.token, "api_url": api.url}
        )
        lan = api.person("Trần Thị Lan")
        room = api.group("Phòng Văn hóa", [lan])
        async with bot_running(own, api, clock) as front:
            await front.says(lan, "xin chào")
            await front.says(lan, f"/thietlap {await front.code()} Tổ một", room)
            counted = _bot(front.app.messengers["zalo_bot"]).usage[0]
            assert (counted.messages, len(counted.people)) == (4, 1)
        database = opened(own)
        await database.run(
            lambda session: zalo.note_used(
                session, [(counted.bot, date(2026, 11, 1), 2394, list(counted.people), ())], clock.now()
            )
        )
        async with bot_running(own, api, clock, database=database) as front:
            bot = _bot(front.app.messengers["zalo_bot"])
            assert bot.usage[0].messages == 2398
            usual = bot.capabilities.gathers
            await front.says(lan, "/viec")
            assert bot.usage[0].messages == 2400
            assert bot.capabilities.gathers > usual
            for _ in range(2):
                await bot.keep_usage()  # as it does by itself within seconds
                await front.later()
            front.sees(lan, "2400 trong 3000 tin")
            assert sum("3000 tin" in each.text for each in front.all_in(lan)) == 1


async def test_of_two_bots_newcomers_are_sent_to_the_one_with_room(settings: Settings, tmp_path: Path) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloBot(now=lambda: clock.now().timestamp(), bots=2) as api:
        both = ",".join(each.token for each in api.bots)
        own = settings_of(
            tmp_path / "data", database_url=settings.database_url, zalo_bot={"token": both, "api_url": api.url}
        )
        lan, binh = api.person("Trần Thị Lan"), api.person("Lê Bình")
        room = api.group("Phòng Văn hóa", [lan, binh])
        async with bot_running(own, api, clock) as front:
            await front.says(lan, "xin chào")
            await front.says(lan, f"/thietlap {await front.code()} Tổ một", room)
            await front.says(binh, "/thamgia", room)
            front.sees(room, "Lê Bình: mở chat riêng", "nhắn cho: Bot Giao Ban 2")
            api.says(binh, "xin chào", bot=1)
            await api.until(lambda: any(each.sender is api.bots[1] for each in front.all_in(binh)))
            await front.app.settle()
            used = {each.bot: len(each.people) for each in _bot(front.app.messengers["zalo_bot"]).usage}
            assert used == {"4001" + "0" * 9: 1, "4002" + "0" * 9: 1}


async def test_leaders_hear_once_a_day_that_the_official_account_needs_its_administrator(
    settings: Settings, tmp_path: Path
) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloBot(now=lambda: clock.now().timestamp()) as api:
        own = settings_of(
            tmp_path / "data", database_url=settings.database_url, zalo_bot={"token": api.token, "api_url": api.url}
        )
        lan = api.person("Trần Thị Lan")
        room = api.group("Phòng Văn hóa", [lan])
        async with bot_running(own, api, clock) as front:
            await front.says(lan, "xin chào")
            await front.says(lan, f"/thietlap {await front.code()} Tổ một", room)
            for _ in range(2):
                await zalo.tell_leaders(front.app.database, clock.now(), "ends_soon", 9)
                await front.later()
            front.sees(lan, "hết hạn sau 9 ngày", "giaoban zalo login")
            assert sum("hết hạn sau" in each.text for each in front.all_in(lan)) == 1
            await front.turns("2026-11-21 10:00")
            await zalo.tell_leaders(front.app.database, clock.now(), "reconnect", 0)
            await front.later()
            front.sees(lan, "đăng nhập lại ngay")


async def test_a_grant_that_zalo_takes_back_reaches_the_leaders_through_the_account_s_own_keeper(
    settings: Settings, tmp_path: Path
) -> None:
    clock = Clock(settings.zone, stopped_at=FRIDAY)
    async with FakeZaloBot(now=lambda: clock.now().timestamp()) as api, FakeZaloOa(now=clock.now) as account:
        keys = {"app_id": APP_ID, "app_secret": APP_SECRET, "api_url": account.url, "oauth_url": account.url}
        pasted = account.oauth.pair()["refresh_token"]
        own = settings_of(
            tmp_path / "data",
            database_url=settings.database_url,
            zalo_bot={"token": api.token, "api_url": api.url},
            zalo_oa=keys | {"refresh_token": pasted},
        )
        lan = api.person("Trần Thị Lan")
        room = api.group("Phòng Văn hóa", [lan])
        async with bot_running(own, api, clock) as front:
            await front.says(lan, "xin chào")
            await front.says(lan, f"/thietlap {await front.code()} Tổ một", room)
            oa = front.app.messengers["zalo_oa"]
            assert isinstance(oa, ZaloOa)
            await oa.keeper.tick()
            account.oauth.refresh.clear()
            await front.turns("2026-11-21 14:00")
            for _ in range(2):
                await oa.keeper.tick()
                await front.later()
            front.sees(lan, "đăng nhập lại ngay", "giaoban zalo login")
            assert sum("đăng nhập lại ngay" in each.text for each in front.all_in(lan)) == 1


def _bot(messenger: object) -> ZaloBot:
    assert isinstance(messenger, ZaloBot)
    return messenger
