"""The sandbox's page: what it is told and made of, who may come in, and how it is let go."""

import aiohttp
import pytest

from bot.chat.messenger import MenuEntry
from bot.messengers.sandbox.page import BEHIND, KINDS, STATIC
from tests.messengers.sandbox.conftest import FRIDAY, ROOM, Stage

# opening it


async def test_a_page_that_opens_is_told_everything(stage: Stage) -> None:
    await stage.sandbox.offer_menu([MenuEntry(name="giao", description="Giao việc", language="vi", private=False)])
    tab = await stage.opens_page()
    assert [each["id"] for each in tab.state["personas"]] == ["lan", "binh", "ba"]
    assert [each["id"] for each in tab.state["chats"]] == ["group", "lan", "binh", "ba"]
    assert tab.state["clock"] == FRIDAY.isoformat()
    assert tab.state["zone"] == "Asia/Ho_Chi_Minh"
    assert tab.state["commands"][0] == {
        "name": "giao",
        "description": "Giao việc",
        "language": "vi",
        "groups": True,
        "private": False,
    }
    assert tab.state["tour"][0]["try"] == {
        "persona": "lan",
        "chat": "group",
        "text": "/thietlap Tổ 1",
        "clock": "",
        "file": "",
    }
    assert tab.state["texts"] == {"subtitle": "Thử"}


async def test_every_part_of_the_page_is_served_with_a_strict_policy(stage: Stage) -> None:
    for path in ("/", *(f"/static/{name}" for name in KINDS)):
        answer = await stage.browser.get(path)
        assert answer.status == 200, path
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {each.name for each in STATIC.iterdir()} == {"index.html", *KINDS}


async def test_nothing_but_the_known_parts_is_served(stage: Stage) -> None:
    for name in ("index.html", "..%2fpage.py", "%2e%2e/page.py", "secret"):
        assert (await stage.browser.get(f"/static/{name}")).status == 404


def test_the_page_holds_no_inline_script_or_style_and_never_sets_markup() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert "<style" not in page
    assert "style=" not in page
    assert "<script>" not in page
    assert "onclick=" not in page
    for script in STATIC.glob("*.js"):
        code = script.read_text(encoding="utf-8")
        assert not [each for each in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(") if each in code], script


# who may come in


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil:{port}"]
)
async def test_another_host_name_is_refused(stage: Stage, host: str) -> None:
    headers = {"Host": host.format(port=stage.browser.port), "Origin": stage.origin}
    for path in ("/", "/static/app.js", "/ws", "/file/x"):
        assert (await stage.browser.get(path, headers=headers)).status == 403
    assert (await stage.browser.post("/upload", headers=headers)).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_the_machines_own_names_are_welcome(stage: Stage, host: str) -> None:
    answer = await stage.browser.get("/", headers={"Host": f"{host}:{stage.browser.port}"})
    assert answer.status == 200


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:1", "http://127.0.0.1"])
async def test_sockets_and_uploads_of_other_sites_are_refused(stage: Stage, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    assert (await stage.browser.post("/upload", headers=headers)).status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await stage.browser.ws_connect("/ws", headers=headers)
    assert refused.value.status == 403


# letting it go


async def test_stopping_lets_open_pages_go_and_takes_no_new_ones(stage: Stage) -> None:
    tab = await stage.opens_page()
    await stage.sandbox.stop()
    assert (await tab.socket.receive(timeout=60)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await stage.browser.ws_connect("/ws", headers=stage.headers)
    assert refused.value.status == 503
    assert not stage.sandbox.standing.ready


async def test_a_page_that_lags_too_far_is_let_go_and_the_bot_does_not_wait(stage: Stage) -> None:
    tab = await stage.opens_page()
    for _ in range(BEHIND + 10):
        await stage.sandbox.typing(ROOM)  # gives the page no time to read
    seen = [frame async for frame in tab.socket]
    assert len(seen) < BEHIND
    assert tab.socket.closed
