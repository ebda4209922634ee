"""The sandbox through its web side, as a browser uses it: what people do arrives, what the bot says appears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.chat.events import Event, Noticed, Pressed, Reached, Said
from bot.chat.messages import Attachment, Button, Card, Part, Style, plain
from bot.chat.messenger import Address, DeliveryFailed, MenuEntry, Outcome
from bot.messengers.sandbox import Attempt, Page, Persona, Sandbox, TourStep
from bot.messengers.sandbox.page import BEHIND, KINDS, STATIC
from bot.messengers.sandbox.world import split

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
ROOM = Address(chat="group", private=False)
LAN = Address(chat="lan", private=True)
BINH = Address(chat="binh", private=True)
PEOPLE = (
    Persona(id="lan", name="Nguyễn Thị Lan", username="lan", role="Trưởng phòng", admin=True, started=True),
    Persona(id="binh", name="Trần Văn Bình", username="binh", role="Chuyên viên"),
    Persona(id="ba", name="Lê Thị Ba", role="Văn thư"),
)
TOUR = (TourStep(title="Lập nhóm", text="Lan lập nhóm.", attempt=Attempt(persona="lan", text="/thietlap Tổ 1")),)


@dataclass
class Stage:
    """The sandbox on a loopback port, an intake that only remembers, and a browser."""

    sandbox: Sandbox
    browser: TestClient[web.Request, web.Application]
    taken: list[Event]
    turned: list[datetime]
    clock: list[datetime]
    broken: list[Exception] = field(default_factory=list)
    opened: list[Event] = field(default_factory=list)
    """What was told at the start."""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.browser.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": self.origin}

    async def opens_page(self) -> Tab:
        socket = await self.browser.ws_connect("/ws", headers=self.headers)
        return Tab(socket, await socket.receive_json(timeout=5))

    async def uploads(self, name: str, content: bytes, **fields: str) -> aiohttp.ClientResponse:
        form = aiohttp.FormData(fields, quote_fields=False)  # as browsers write file names
        form.add_field("file", content, filename=name, content_type="application/pdf")
        return await self.browser.post("/upload", data=form, headers=self.headers)


@dataclass
class Tab:
    """An open page."""

    socket: aiohttp.ClientWebSocketResponse
    state: dict[str, Any]

    async def sends(self, **frame: Any) -> None:
        await self.socket.send_json(frame)

    async def gets(self, kind: str) -> dict[str, Any]:
        """The next news of this kind."""
        while True:
            news: dict[str, Any] = await self.socket.receive_json(timeout=5)
            if news["type"] == kind:
                return news

    async def says(self, text: str, persona: str = "lan", chat: str = "group", **more: Any) -> dict[str, Any]:
        """Returns once the sandbox has done with it; the message as it stands."""
        await self.sends(type="say", persona=persona, chat=chat, text=text, **more)
        said = await self.gets("message")
        await self.is_through()
        return dict(said["message"])

    async def is_through(self) -> None:
        """Frames are taken one after the other: the answer to nonsense means that all before it is done."""
        await self.sends(type="nonsense")
        assert (await self.gets("error"))["reason"] == "frame"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    taken: list[Event] = []
    turned: list[datetime] = []
    clock = [FRIDAY]
    broken: list[Exception] = []

    async def turn(to: datetime) -> None:
        turned.append(to)
        clock[0] = to.astimezone(UTC)

    async def intake(events: Sequence[Event]) -> None:
        if broken:
            raise broken.pop()
        taken.extend(events)

    sandbox = Sandbox(
        personas=PEOPLE,
        group_title="Phòng Tổng hợp",
        turn=turn,
        now=lambda: clock[0],
        zone=ZONE,
        tour=TOUR,
        texts={"subtitle": "Thử"},
    )
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.add_routes(Page(sandbox).routes)
    await sandbox.start(intake)
    opened = taken.copy()
    taken.clear()
    async with TestClient(TestServer(application)) as browser:
        yield Stage(sandbox, browser, taken, turned, clock, broken, opened)
        await sandbox.stop()


def only(events: Sequence[Event]) -> Any:
    assert len(events) == 1, events
    return events[0]


# opening the page


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


# what people say


async def test_a_command_in_the_group_becomes_an_event(stage: Stage) -> None:
    tab = await stage.opens_page()
    said = await tab.says("/giao @binh Báo cáo, hỏi @khach, gửi a@b.vn", mentions=["ba", "nobody"])
    event = only(stage.taken)
    assert isinstance(event, Said)
    assert (event.chat.messenger, event.chat.id, event.chat.private) == ("sandbox", "group", False)
    assert (event.sender.id, event.sender.username, event.message_id) == ("lan", "lan", said["id"])
    assert [(each.said, each.id, each.username) for each in event.mentions] == [
        ("@binh", "binh", "binh"),
        ("@khach", None, "khach"),
        ("Lê Thị Ba", "ba", None),
    ]
    assert event.at == FRIDAY


@pytest.mark.parametrize("text", ["@giaoban việc hôm nay", "@GiaoBan ơi", "／giao việc", "  /giao việc"])
async def test_text_for_the_bot_is_heard_in_the_group(stage: Stage, text: str) -> None:
    tab = await stage.opens_page()
    await tab.says(text)
    assert isinstance(only(stage.taken), Said)


@pytest.mark.parametrize("text", ["Trưa nay ăn gì?", "hỏi x@giaoban.vn", "@giaoban2 ơi", "1/2 số liệu"])
async def test_other_text_in_the_group_is_seen_by_all_and_not_told_to_the_bot(stage: Stage, text: str) -> None:
    tab, other = await stage.opens_page(), await stage.opens_page()
    await tab.says(text)
    event = only(stage.taken)
    assert isinstance(event, Noticed)
    assert event.sender is not None
    assert event.sender.id == "lan"
    assert (await other.gets("message"))["message"]["parts"][0]["text"] == text


async def test_a_reply_to_the_bot_is_heard_and_one_to_a_colleague_is_not(stage: Stage) -> None:
    tab = await stage.opens_page()
    asked = await stage.sandbox.send(ROOM, plain("Hạn khi nào?"))
    await tab.gets("message")
    answer = await tab.says("thứ 6", reply_to=asked)
    event = only(stage.taken)
    assert event.reply.mine
    assert event.reply.text == "Hạn khi nào?"
    stage.taken.clear()
    await tab.says("đúng rồi", persona="binh", reply_to=answer["id"])
    assert isinstance(only(stage.taken), Noticed)


async def test_keys_grow_and_do_not_return_after_a_restart(stage: Stage) -> None:
    tab = await stage.opens_page()
    for _ in range(12):
        await tab.says("/viec")
    keys = [each.key for each in stage.taken]
    assert keys == sorted(set(keys))
    again = Sandbox(
        personas=PEOPLE, group_title="", turn=stage.sandbox.turn_clock, now=lambda: FRIDAY, zone=ZONE, tour=(), texts={}
    )
    assert again.world.next_id().split("-")[0] != keys[0].split("-")[0]


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "say", "persona": "lan", "chat": "elsewhere", "text": "x"},
        {"type": "say", "persona": "lan", "chat": "group", "text": "x" * 4097},
        {"type": "press", "persona": "lan"},
        {"type": "clock", "to": 5},
        {},
    ],
)
async def test_nonsense_from_the_page_is_answered_and_changes_nothing(stage: Stage, frame: dict[str, Any]) -> None:
    tab = await stage.opens_page()
    await tab.sends(**frame)
    assert (await tab.gets("error"))["reason"] == "frame"
    assert not stage.taken


async def test_an_unknown_person_can_say_nothing(stage: Stage) -> None:
    tab = await stage.opens_page()
    await tab.sends(type="say", persona="nobody", chat="group", text="/viec")
    assert (await tab.gets("error"))["reason"] == "gone"
    assert not stage.taken


async def test_when_events_cannot_be_taken_the_page_hears_so_and_goes_on(stage: Stage) -> None:
    tab = await stage.opens_page()
    stage.broken.append(RuntimeError("no database"))
    await tab.sends(type="say", persona="lan", chat="group", text="/viec")
    assert (await tab.gets("error"))["reason"] == "failed"
    await tab.says("/viec")
    assert isinstance(only(stage.taken), Said)


# private chats


async def test_the_bot_cannot_write_privately_before_the_person_opened_the_chat(stage: Stage) -> None:
    with pytest.raises(DeliveryFailed) as refused:
        await stage.sandbox.send(BINH, plain("Có việc mới"))
    assert refused.value.outcome is Outcome.GONE
    tab = await stage.opens_page()
    await tab.sends(type="start", persona="binh", payload="g7")
    assert (await tab.gets("started"))["persona"] == "binh"
    await tab.is_through()
    reached, said = stage.taken
    assert isinstance(reached, Reached)
    assert reached.open
    assert (said.chat.id, said.chat.private, said.text) == ("binh", True, "/start g7")
    assert await stage.sandbox.send(BINH, plain("Có việc mới"))


async def test_private_chats_open_from_the_beginning_are_told_at_the_start(stage: Stage) -> None:
    event = only(stage.opened)
    assert isinstance(event, Reached)
    assert (event.open, event.chat.id) == (True, "lan")


async def test_writing_privately_opens_the_chat_once_and_anything_is_heard(stage: Stage) -> None:
    tab = await stage.opens_page()
    await tab.says("chào", persona="ba", chat="private")
    await tab.says("1", persona="ba", chat="private")
    assert [type(each) for each in stage.taken] == [Reached, Said, Said]


async def test_a_chat_there_is_not_takes_nothing(stage: Stage) -> None:
    with pytest.raises(DeliveryFailed) as refused:
        await stage.sandbox.send(Address(chat="nobody", private=True), plain("x"))
    assert refused.value.outcome is Outcome.GONE


# buttons


async def test_a_pressed_button_becomes_an_event_and_its_answer_a_toast(stage: Stage) -> None:
    tab = await stage.opens_page()
    card = Card(parts=(Part("Việc"),), buttons=((Button(label="Nhận việc", action="accept:1"),),))
    message = await stage.sandbox.send(ROOM, card)
    assert (await tab.gets("message"))["message"]["buttons"] == [[{"label": "Nhận việc", "action": "accept:1"}]]
    await tab.sends(type="press", persona="binh", chat="group", message=message, action="accept:1")
    await tab.is_through()
    event = only(stage.taken)
    assert isinstance(event, Pressed)
    assert (event.action, event.message_id, event.chat.id) == ("accept:1", message, "group")
    assert event.sender is not None
    assert event.sender.id == "binh"
    await stage.sandbox.acknowledge(event.token or "", "Đã nhận")
    assert await tab.gets("toast") == {"type": "toast", "persona": "binh", "text": "Đã nhận"}


@pytest.mark.parametrize(("chat", "action"), [("group", "other:1"), ("private", "accept:1")])
async def test_only_a_button_that_stands_there_can_be_pressed(stage: Stage, chat: str, action: str) -> None:
    tab = await stage.opens_page()
    card = Card(parts=(Part("Việc"),), buttons=((Button(label="Nhận", action="accept:1"),),))
    message = await stage.sandbox.send(ROOM, card)
    await tab.sends(type="press", persona="lan", chat=chat, message=message, action=action)
    assert (await tab.gets("error"))["reason"] == "gone"
    assert not stage.taken


async def test_buttons_and_links_the_page_cannot_do_are_left_out(stage: Stage) -> None:
    tab = await stage.opens_page()
    buttons = (
        (Button(label="Chọn nhóm", picks_chat=True), Button(label="Thêm", place="g")),
        (
            Button(label="Mở", start="g1"),
            Button(label="Web", url="https://a.vn"),
            Button(label="Xấu", url="javascript:1"),
        ),
    )
    link = Part("xem", Style.LINK, "javascript:alert(1)")
    await stage.sandbox.send(ROOM, Card(parts=(link,), buttons=buttons))
    shown = (await tab.gets("message"))["message"]
    assert shown["buttons"] == [[{"label": "Mở", "start": "g1"}, {"label": "Web", "url": "https://a.vn"}]]
    assert shown["parts"] == [{"text": "xem", "style": "plain", "target": None}]


# what the bot does


async def test_edits_pins_and_deletes_reach_every_page(stage: Stage) -> None:
    tab, other = await stage.opens_page(), await stage.opens_page()
    message = await stage.sandbox.send(ROOM, plain("Việc #1"))
    await stage.sandbox.edit(ROOM, message, plain("Việc #1: đã nhận"))
    await stage.sandbox.pin(ROOM, message)
    await stage.sandbox.delete(ROOM, message)
    for each in (tab, other):
        edit = await each.gets("edit")
        assert (edit["chat"], edit["message"]["parts"][0]["text"]) == ("group", "Việc #1: đã nhận")
        assert edit["message"]["edited"]
        assert (await each.gets("edit"))["message"]["pinned"]
        assert await each.gets("delete") == {"type": "delete", "chat": "group", "message": message}
    assert (await stage.opens_page()).state["messages"]["group"] == []


async def test_what_is_not_there_or_not_the_bots_own_cannot_be_edited(stage: Stage) -> None:
    tab = await stage.opens_page()
    own = await stage.sandbox.send(LAN, plain("x"))
    await tab.gets("message")
    said = await tab.says("/viec")
    for address, message in ((ROOM, "gone"), (ROOM, said["id"]), (ROOM, own)):
        with pytest.raises(DeliveryFailed) as refused:
            await stage.sandbox.edit(address, message, plain("y"))
        assert refused.value.outcome is Outcome.REJECTED
    with pytest.raises(DeliveryFailed) as refused:
        await stage.sandbox.delete(ROOM, "gone")
    assert refused.value.outcome is Outcome.REJECTED
    await stage.sandbox.delete(ROOM, said["id"])


async def test_a_long_text_is_split_and_its_last_part_has_the_buttons(stage: Stage) -> None:
    tab = await stage.opens_page()
    lines = "\n".join(f"dòng {number}" for number in range(1000))
    card = Card(parts=(Part(lines, Style.BOLD),), buttons=((Button(label="Đóng", action="close"),),))
    last = await stage.sandbox.send(LAN, card)
    shown = [(await tab.gets("message"))["message"] for _ in split(card.parts, 4096)]
    assert "".join(part["text"] for each in shown for part in each["parts"]) == lines
    assert [bool(each["buttons"]) for each in shown] == [False] * (len(shown) - 1) + [True]
    assert shown[-1]["id"] == last
    assert all(len(each["parts"][0]["text"]) <= 4096 for each in shown)


async def test_the_group_is_told_of_with_its_administrators(stage: Stage) -> None:
    facts = await stage.sandbox.facts("group")
    assert facts.admins == {"lan"}
    assert facts.bot_admin
    assert facts.members == 4


# files


async def test_an_uploaded_file_reaches_the_bot_and_can_be_fetched_and_downloaded(stage: Stage) -> None:
    tab = await stage.opens_page()
    answer = await stage.uploads("Công văn 12.pdf", b"%PDF-1.7", persona="lan", chat="group", caption="/vanban")
    assert answer.status == 204
    event = only(stage.taken)
    assert (event.text, event.file.name, event.file.size, event.file.mime) == (
        "/vanban",
        "Công văn 12.pdf",
        8,
        "application/pdf",
    )
    assert await stage.sandbox.fetch(event.file) == b"%PDF-1.7"
    shown = (await tab.gets("message"))["message"]
    assert shown["file"] == {"id": event.file.id, "name": "Công văn 12.pdf", "size": 8}
    download = await stage.browser.get(f"/file/{event.file.id}")
    assert await download.read() == b"%PDF-1.7"
    assert download.headers["Content-Disposition"] == "attachment; filename*=UTF-8''C%C3%B4ng%20v%C4%83n%2012.pdf"
    assert download.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("content", "kind"), [(b"\x89PNG\r\n\x1a\n.", "image/png"), (b"<svg>", "application/octet-stream")]
)
async def test_only_what_begins_as_a_picture_is_given_out_as_one(stage: Stage, content: bytes, kind: str) -> None:
    await stage.uploads("anh.png", content, persona="lan", chat="private", caption="")
    download = await stage.browser.get(f"/file/{only(stage.taken).file.id}")
    assert (download.headers["Content-Type"], download.headers["X-Content-Type-Options"]) == (kind, "nosniff")


async def test_a_file_without_a_command_is_not_told_until_it_is_replied_to(stage: Stage) -> None:
    tab = await stage.opens_page()
    await stage.uploads("a.pdf", b"1", persona="binh", chat="group", caption="gửi mọi người")
    assert isinstance(only(stage.taken), Noticed)
    posted = (await tab.gets("message"))["message"]
    stage.taken.clear()
    await tab.says("/niem", reply_to=posted["id"])
    event = only(stage.taken)
    assert event.reply.file.name == "a.pdf"
    assert not event.reply.mine
    assert await stage.sandbox.fetch(event.reply.file) == b"1"


async def test_a_path_and_invisible_characters_in_a_files_name_are_dropped(stage: Stage) -> None:
    await stage.uploads("..\\mật/a\u202e.pdf", b"1", persona="lan", chat="private", caption="")
    assert only(stage.taken).file.name == "a.pdf"


@pytest.mark.parametrize(
    "fields", [{"persona": "lan"}, {"persona": "lan", "chat": "x"}, {"persona": "x", "chat": "group"}]
)
async def test_an_incomplete_upload_is_refused(stage: Stage, fields: dict[str, str]) -> None:
    assert (await stage.uploads("a.pdf", b"1", **fields)).status in (400, 409)
    assert not stage.taken


async def test_the_bots_files_can_be_downloaded_and_sent_on_by_their_id(stage: Stage) -> None:
    tab = await stage.opens_page()
    await stage.sandbox.send(LAN, Card(parts=(), file=Attachment(name="niêm.zip", record="r1")), b"PK")
    first = (await tab.gets("message"))["message"]["file"]
    await stage.sandbox.send(LAN, Card(parts=(Part("đây"),), file=Attachment(name="b.zip", ref=first["id"])))
    second = (await tab.gets("message"))["message"]["file"]
    assert second == {"id": first["id"], "name": "b.zip", "size": 2}
    assert await (await stage.browser.get(f"/file/{first['id']}")).read() == b"PK"
    assert (await stage.browser.get("/file/unknown")).status == 404


# the clock


@pytest.mark.parametrize(
    ("to", "local"),
    [
        ("+1h", "2026-11-20 11:00"),
        ("+30m", "2026-11-20 10:30"),
        ("15:00", "2026-11-20 15:00"),
        ("07:30", "2026-11-21 07:30"),
        ("10:00", "2026-11-21 10:00"),
        ("2026-11-23T08:00", "2026-11-23 08:00"),
        ("2026-11-23T01:00:00+00:00", "2026-11-23 08:00"),
    ],
)
async def test_the_clock_is_turned_in_the_offices_zone(stage: Stage, to: str, local: str) -> None:
    tab = await stage.opens_page()
    await tab.sends(type="clock", to=to)
    news = await tab.gets("clock")
    assert only_time(stage.turned) == datetime.fromisoformat(local).replace(tzinfo=ZONE)
    assert datetime.fromisoformat(news["now"]) == only_time(stage.turned)


@pytest.mark.parametrize("to", ["2026-11-19", "25:00", "soon", "+1y", "", "2099-01-01T00:00", "+999d"])
async def test_the_clock_goes_neither_back_nor_too_far(stage: Stage, to: str) -> None:
    tab = await stage.opens_page()
    await tab.sends(type="clock", to=to)
    assert (await tab.gets("error"))["reason"] == "clock"
    assert not stage.turned


def only_time(times: Sequence[datetime]) -> datetime:
    assert len(times) == 1
    return times[0]


# the end


async def test_stopping_lets_open_pages_go_and_takes_no_new_ones(stage: Stage) -> None:
    tab = await stage.opens_page()
    await stage.sandbox.stop()
    assert (await tab.socket.receive(timeout=5)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
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


async def test_events_of_several_pages_keep_their_order_by_key(stage: Stage) -> None:
    tabs = [await stage.opens_page() for _ in range(3)]
    await asyncio.gather(
        *(tab.says("/viec", persona=who) for tab, who in zip(tabs, ("lan", "binh", "ba"), strict=True))
    )
    assert len({each.key for each in stage.taken}) == 3


async def test_a_room_can_be_shown_as_on_a_messenger_without_buttons_and_edits(stage: Stage) -> None:
    card = Card(parts=(Part("Việc"),), buttons=((Button(label="Nhận việc", action="task-accept:1"),),))
    stage.sandbox.show_plainly(True)
    assert not stage.sandbox.capabilities.edits
    message_id = await stage.sandbox.send(ROOM, card)
    shown = stage.sandbox.world.find("group", message_id)
    assert shown is not None
    assert "1. Nhận việc" in shown.card.text
    assert not shown.card.buttons
    with pytest.raises(DeliveryFailed):
        await stage.sandbox.edit(ROOM, message_id, card)
    await stage.sandbox.say("lan", "group", "1 #1")
    assert isinstance(stage.taken[-1], Said)
    stage.sandbox.show_plainly(False)
    assert stage.sandbox.capabilities.edits
