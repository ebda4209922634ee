"""The fake Official Account refuses, counts, retries and loses answers as the real one does."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web

from bot.clock import Clock
from tests.fakes.zalooa import APP_ID, APP_SECRET, FakeZaloOa
from tests.fakes.zalooa_world import STATE_AGENCY, Person

VERIFIER = "a" * 43
CHALLENGE = "ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA"


class Client:
    """A program that speaks plain HTTP."""

    def __init__(self, api: FakeZaloOa, clock: Clock, session: aiohttp.ClientSession) -> None:
        self.api, self.clock, self.session = api, clock, session
        self.token = str(api.oauth.pair()["access_token"])

    async def __call__(self, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        """(error, data)"""
        headers = {"access_token": self.token}
        method = "GET" if body is None else "POST"
        address = f"{self.api.url}{path}"
        async with self.session.request(method, address, json=body, params=query, headers=headers) as answer:
            assert answer.status == 200
            said = await answer.json()
            return said["error"], said.get("data")

    async def says(self, person: Person, text: str = "x", path: str = "/v3.0/oa/message/cs", **more: Any) -> int:
        message = {"text": text} | more
        return (await self(path, {"recipient": {"user_id": person.id}, "message": message}))[0]

    async def grants(self, **form: str) -> dict[str, Any]:
        address, headers = f"{self.api.url}/v4/oa/access_token", {"secret_key": APP_SECRET}
        async with self.session.post(address, data={"app_id": APP_ID} | form, headers=headers) as answer:
            assert answer.status == 200
            found: dict[str, Any] = await answer.json()
            return found

    async def uploads(self, kind: str, name: str, content: bytes) -> tuple[int, Any]:
        form = aiohttp.FormData()
        form.add_field("file", io.BytesIO(content), filename=name)
        address, headers = f"{self.api.url}/v2.0/oa/upload/{kind}", {"access_token": self.token}
        async with self.session.post(address, data=form, headers=headers) as answer:
            said = await answer.json()
            return said["error"], said.get("data")


@pytest.fixture
async def oa() -> AsyncIterator[Client]:
    clock = Clock(ZoneInfo("UTC"), stopped_at=datetime(2026, 11, 20, 3, tzinfo=UTC))
    async with FakeZaloOa(now=clock.now) as api, aiohttp.ClientSession() as session:
        yield Client(api, clock, session)


def turn(oa: Client, **much: float) -> None:
    oa.clock.turn(oa.clock.now() + timedelta(**much))


def button(**more: Any) -> dict[str, Any]:
    return {"title": "Nhận", "type": "oa.query.hide", "payload": "#nhan 12"} | more


async def test_codes_and_refresh_tokens_work_once(oa: Client) -> None:
    asked = {"app_id": APP_ID, "redirect_uri": "https://a.vn/cb", "code_challenge": CHALLENGE, "state": "s"}
    back = oa.api.oauth.consent(f"https://oauth.zaloapp.com/v4/oa/permission?{urlencode(asked)}")
    code = parse_qs(urlsplit(back).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
    first = await oa.grants(**form)
    assert first["expires_in"] == "90000"
    assert "access_token" not in await oa.grants(**form)
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert "access_token" in await oa.grants(**renewal)
    assert (await oa.grants(**renewal))["error"] == -118
    assert oa.api.oauth.used_twice == [first["refresh_token"]]


async def test_a_wrong_verifier_and_a_late_code_are_refused(oa: Client) -> None:
    asked = {"app_id": APP_ID, "redirect_uri": "https://a.vn/cb", "code_challenge": CHALLENGE, "state": "s"}
    for verifier, minutes in (("b" * 43, 0), (VERIFIER, 11)):
        back = oa.api.oauth.consent(f"https://oauth.zaloapp.com/v4/oa/permission?{urlencode(asked)}")
        code = parse_qs(urlsplit(back).query)["code"][0]
        turn(oa, minutes=minutes)
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        assert "access_token" not in await oa.grants(**form)


async def test_an_access_token_lives_for_25_hours(oa: Client) -> None:
    assert (await oa("/v2.0/oa/getoa"))[0] == 0
    turn(oa, hours=25)
    assert (await oa("/v2.0/oa/getoa"))[0] == -216


async def test_the_window_is_seven_days_and_48_hours_of_it_are_free(oa: Client) -> None:
    lan = oa.api.person("Lan")
    assert await oa.says(lan) == -232
    lan.last = oa.clock.now()
    assert await oa.says(lan) == 0
    assert oa.api.world.quota_left == 500
    turn(oa, hours=48)
    oa.token = oa.api.oauth.pair()["access_token"]
    assert await oa.says(lan) == 0
    assert oa.api.world.quota_left == 499
    oa.api.world.quota_left = 0
    assert await oa.says(lan) == -211
    turn(oa, days=5)
    oa.token = oa.api.oauth.pair()["access_token"]
    assert await oa.says(lan) == -230


async def test_a_state_agency_speaks_only_v2_and_others_only_v3(oa: Client) -> None:
    lan = oa.api.person("Lan", alive=True)
    assert await oa.says(lan, path="/v2.0/oa/message") == -240
    oa.api.world.kind = STATE_AGENCY
    assert await oa.says(lan) == -235
    assert await oa.says(lan, path="/v2.0/oa/message") == 0


@pytest.mark.parametrize(
    "buttons",
    [
        [],
        [button()] * 6,
        [button(title="")],
        [button(payload={"url": "https://a.vn"})],
        [button(type="oa.open.url", payload="https://a.vn")],
        [button(type="oa.press")],
        [button(payload="x" * 1001)],
    ],
)
async def test_bad_buttons_are_refused(oa: Client, buttons: list[dict[str, Any]]) -> None:
    lan = oa.api.person("Lan", alive=True)
    attachment = {"type": "template", "payload": {"buttons": buttons}}
    assert await oa.says(lan, attachment=attachment) == -201
    assert await oa.says(lan, attachment={"type": "template", "payload": {"buttons": [button()]}}) == 0


async def test_texts_and_uploads_have_limits(oa: Client) -> None:
    lan = oa.api.person("Lan", alive=True)
    assert await oa.says(lan, "😀" * 1001) == -210
    assert await oa.says(lan, "") == -201
    assert (await oa.uploads("file", "a.xlsx", b"x"))[0] == -201
    assert (await oa.uploads("file", "noending", b"x"))[0] == -201
    assert (await oa.uploads("file", "a.pdf", b"x" * (5 * 1024 * 1024 + 1)))[0] == -210
    error, data = await oa.uploads("file", "a.pdf", b"x")
    assert error == 0
    turn(oa, days=7)
    lan.last = oa.clock.now()
    oa.token = oa.api.oauth.pair()["access_token"]
    assert await oa.says(lan, attachment={"type": "file", "payload": data}) == -100
    assert await oa.says(lan, attachment={"type": "image", "payload": {"url": "x"}}) == -201


async def test_more_than_the_rate_is_refused_until_the_next_minute(oa: Client) -> None:
    oa.api.per_minute = 2
    assert [(await oa("/v2.0/oa/getoa"))[0] for _ in range(3)] == [0, 0, -32]
    turn(oa, minutes=1)
    assert (await oa("/v2.0/oa/getoa"))[0] == 0


async def test_groups_need_a_place_an_administrator_and_room(oa: Client) -> None:
    boss, lan = oa.api.person("Sếp", oa_admin=True), oa.api.person("Lan", follows=True)
    place = oa.api.world.asset("gmf10")
    create = "/v3.0/oa/group/creategroupwithoa"
    body = {"group_name": "P", "asset_id": place.id, "member_user_ids": [lan.id]}
    assert (await oa(create, body))[0] == -201
    error, group = await oa(create, body | {"member_user_ids": [lan.id, boss.id]})
    assert error == 0
    assert (await oa(create, body | {"member_user_ids": [boss.id]}))[0] == -238
    _, pending = await oa("/v3.0/oa/group/listpendinginvite", group_id=group["group_id"])
    assert [each["user_id"] for each in pending["members"]] == [lan.id]
    stranger = {"group_id": group["group_id"], "member_user_ids": [oa.api.person("Ai").id]}
    assert (await oa("/v3.0/oa/group/invite", stranger))[0] == -213
    words = {"recipient": {"group_id": group["group_id"]}, "message": {"text": "x"}}
    assert (await oa("/v3.0/oa/group/message", words))[0] == 0
    oa.api.world.groups[group["group_id"]].oa_in = False
    assert (await oa("/v3.0/oa/group/message", words))[0] == -403


async def test_an_event_is_told_again_after_30_seconds_until_the_webhook_is_given_up(oa: Client) -> None:
    numbers: list[str] = []
    bodies: set[bytes] = set()

    async def refuse(request: web.Request) -> web.Response:
        numbers.append(request.headers.get("num_retry", ""))
        bodies.add(await request.read())
        return web.Response(status=500)

    application = web.Application()
    application.router.add_post("/", refuse)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    oa.api.webhook = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    assert await oa.api.says(oa.api.person("Lan"), "một") == 500
    assert await oa.api.retell() == []
    for seconds in (30, 300, 900, 1800, 3600):
        turn(oa, seconds=seconds)
        await oa.api.retell()
    assert numbers == ["", "1", "2", "3", "4", "5"]
    assert len(bodies) == 1
    assert oa.api.disabled
    await runner.cleanup()


async def test_a_lost_answer_was_delivered(oa: Client) -> None:
    lan = oa.api.person("Lan", alive=True)
    oa.api.fail_next("/message/cs", "drop_after_accept")
    with pytest.raises(aiohttp.ClientError):
        await oa.says(lan, "một")
    oa.api.fail_next("/message/cs", -200)
    assert await oa.says(lan, "hai") == -200
    assert [each.text for each in oa.api.sent] == ["một"]


async def test_groups_have_limits_of_their_own(oa: Client) -> None:
    boss, lan, chi = (oa.api.person(name, follows=True) for name in ("Sếp", "Lan", "Chi"))
    room = oa.api.group("P", [boss], "gmf10")
    base, group = "/v3.0/oa/group/", {"group_id": room.id}
    oa.api.world.invite_limit = 1
    assert (await oa(base + "invite", group | {"member_user_ids": [lan.id, chi.id]}))[0] == -210
    chi.blocked = True
    assert (await oa(base + "invite", group | {"member_user_ids": [chi.id]}))[0] == -217
    assert (await oa(base + "invite", group | {"member_user_ids": [lan.id]}))[0] == 0
    assert (await oa(base + "acceptpendinginvite", group | {"member_user_ids": [lan.id]}))[0] == -201
    room.asking.add(lan.id)
    assert (await oa(base + "acceptpendinginvite", group | {"member_user_ids": [lan.id]}))[0] == 0
    assert [each["event_name"] for each in oa.api.world.owed] == ["accept_request_join_group"]
    room.members += [oa.api.person(f"Người {number}").id for number in range(7)]
    assert (await oa(base + "invite", group | {"member_user_ids": [oa.api.person("Dũng", follows=True).id]}))[0] == -210


async def test_a_lapsed_group_is_disabled_until_it_has_another_place(oa: Client) -> None:
    room = oa.api.group("P", [oa.api.person("Lan", follows=True)], "gmf10")
    oa.api.world.lapse(room)
    words = {"recipient": {"group_id": room.id}, "message": {"text": "x"}}
    assert (await oa("/v3.0/oa/group/message", words))[0] == -237
    _, facts = await oa("/v3.0/oa/group/getgroup", group_id=room.id)
    assert facts["group_info"]["status"] == "disabled"
    assert facts["group_info"]["auto_delete_date"]
    place = oa.api.world.asset("gmf50")
    assert (await oa("/v3.0/oa/group/updateasset", {"group_id": room.id, "asset_id": place.id}))[0] == 0
    assert (await oa("/v3.0/oa/group/message", words))[0] == 0
