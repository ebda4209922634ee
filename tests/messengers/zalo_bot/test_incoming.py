"""What people write on Zalo becomes events, whatever of it is documented."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.events import Event, Said, Unknown
from bot.chat.messages import plain
from bot.chat.messenger import Outcome
from bot.messengers.zalo_bot import ZaloBot, incoming
from bot.messengers.zalo_bot.contents import Me
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalobot_world import Group, Person
from tests.messengers.zalo_bot.ears import Ears, failure, to

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ME = Me("4001", "4001", ("Bot Giao Ban", "bot.4001"), can_join_groups=True)


def update(name: str = "message.text.received", **message: Any) -> dict[str, Any]:
    body = {
        "from": {"id": "a1", "display_name": "Trần Văn Bình", "is_bot": False},
        "chat": {"id": "g1", "chat_type": "GROUP"},
        "message_id": "m1",
        "date": 1_757_470_000_000,
    }
    return {"event_name": name, "message": body | message}


def read(**message: Any) -> Event | None:
    return incoming.read(update(**message), ME, NOW)


def said(**message: Any) -> Said:
    found = read(**message)
    assert isinstance(found, Said)
    return found


async def test_a_private_text_says_who_where_and_when(api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person) -> None:
    api.says(lan, "/viec")
    heard = await ears.next(Said)
    where = to(api.bots[0], lan)
    assert (heard.chat.messenger, heard.chat.id, heard.chat.private) == ("zalo_bot", where.chat, True)
    assert (heard.sender.id, heard.sender.name) == (where.chat, "Nguyễn Thị Lan")
    assert heard.at.year >= 2026
    await zalo.send(where, plain("chào"))
    assert [each.text for each in api.sent] == ["chào"]


async def test_in_a_group_the_bots_own_name_is_no_part_of_the_command(
    api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person, room: Group
) -> None:
    api.says(lan, "@Bot Giao Ban /giao @Trần Văn Bình báo cáo, hạn thứ 6", room)
    heard = await ears.next(Said)
    assert heard.text == "/giao @Trần Văn Bình báo cáo, hạn thứ 6"
    assert (heard.chat.private, heard.chat.id) == (False, to(api.bots[0], room).chat)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("@Bot Giao Ban 1 #12", "1 #12"),
        ("@bot giao ban\xa01", "1"),
        ("1 @Bot Giao Ban", "1"),
        ("@bot.4001 /viec", "/viec"),
        ("@Bot Cũ Của Phòng /giao @Lan x", "/giao @Lan x"),  # a name the bot no longer has
        ("/giao @Bot Giao Bang x", "/giao @Bot Giao Bang x"),
        ("hạn 1/2", "hạn 1/2"),
    ],
)
def test_mentions_of_the_bot_are_taken_out(text: str, understood: str) -> None:
    assert said(text=text).text == understood


def test_mentions_are_known_where_zalo_says_whom_it_means() -> None:
    text = "😀 @Bot Giao Ban /giao @Trần Văn Bình x"
    mentions = [
        {"user_id": "4001", "offset": 3, "length": 13},
        {"uid": "b2", "pos": 23, "len": 14},
        {"uid": "b3", "pos": "nonsense"},
        "nonsense",
    ]
    heard = said(text=text, mentions=mentions)
    assert heard.text == "😀   /giao @Trần Văn Bình x"
    assert [(each.said, each.id) for each in heard.mentions] == [("@Trần Văn Bình", "4001.b2")]


def test_a_reply_is_known_where_zalo_says_what_was_answered() -> None:
    quoted = {"message_id": "m0", "from": {"id": "4001", "is_bot": True}, "text": "Việc #1"}
    reply = said(text="1", reply_to_message=quoted).reply
    assert reply is not None
    assert (reply.message_id, reply.mine, reply.text) == ("m0", True, "Việc #1")
    other = said(text="1", quote={"msg_id": "m0", "from": {"id": "a9"}}).reply
    assert other is not None
    assert not other.mine
    assert said(text="1").reply is None


async def test_a_photo_can_be_fetched(api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person) -> None:
    shown = api.shows(lan, b"JPEG", caption="công văn")
    heard = await ears.next(Said)
    assert (heard.text, heard.file.name, heard.file.mime) == ("công văn", f"photo_{shown.id}.jpg", "image/jpeg")
    assert await zalo.fetch(heard.file) == b"JPEG"
    api.world.media.clear()
    gone = await failure(zalo.fetch(heard.file))
    assert (gone.outcome, gone.reason) == (Outcome.REJECTED, "the file is gone")


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest",
        "https://zdn.vn.evil.example/a.jpg",
        "http://photo.zdn.vn/a.jpg",
        "https://photo.zdn.vn:8443/a.jpg",
        "https://me@photo.zdn.vn/a.jpg",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
async def test_only_zalos_own_hosts_are_asked_for_a_file(
    api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person, address: str
) -> None:
    api.sends(lan, "voice", voice_url=address or "x")
    heard = await ears.next(Said)
    assert (await failure(zalo.fetch(heard.file))).outcome is Outcome.REJECTED


async def test_a_file_too_big_is_not_read_to_its_end(
    api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.messengers.zalo_bot.messenger.MAX_DOWNLOAD", 3)
    api.shows(lan, b"JPEG")
    heard = await ears.next(Said)
    assert (await failure(zalo.fetch(heard.file))).reason == "file is too big"


async def test_what_zalo_keeps_to_itself_is_known_by_its_sender_only(
    api: FakeZaloBot, zalo: ZaloBot, ears: Ears, lan: Person
) -> None:
    api.sends(lan, "unsupported")
    heard = await ears.next(Unknown)
    assert (heard.what, heard.sender.name, heard.chat.private) == (
        "message.unsupported.received",
        "Nguyễn Thị Lan",
        True,
    )


@pytest.mark.parametrize("wrapped", [{"ok": True, "result": update()}, update(), {"result": [update()]}, [update()]])
def test_updates_come_wrapped_or_bare(wrapped: Any) -> None:
    assert [each["message"]["message_id"] for each in incoming.updates(wrapped)] == ["m1"]


@pytest.mark.parametrize("odd", [None, [], {}, "x", 5, {"ok": True}, {"result": None}, {"event_name": ""}])
def test_what_is_no_update_is_none(odd: Any) -> None:
    assert incoming.updates(odd) == []


@pytest.mark.parametrize(
    "message", [{"chat": None}, {"chat": {}}, {"message_id": None, "chat": 5}, {"from": 5, "chat": "x"}]
)
def test_a_broken_update_is_counted_and_does_not_fail(message: dict[str, Any]) -> None:
    found = read(**message)
    assert isinstance(found, Unknown)
    assert found.what == "broken message.text.received"
    assert found.key == (read(**message) or found).key


def test_the_bots_own_and_other_bots_words_are_no_events() -> None:
    assert read(**{"from": {"id": "4001", "display_name": "Bot", "is_bot": True}}) is None


@pytest.mark.parametrize(
    ("date", "at"),
    [
        (1_757_470_000_000, datetime(2025, 9, 10, 2, 6, 40, tzinfo=UTC)),
        ("1757470000000", datetime(2025, 9, 10, 2, 6, 40, tzinfo=UTC)),
        (1_757_470_000, datetime(2025, 9, 10, 2, 6, 40, tzinfo=UTC)),
        (None, NOW),
        ("hôm qua", NOW),
        (10**30, NOW),
    ],
)
def test_dates_are_milliseconds_where_they_are_dates(date: Any, at: datetime) -> None:
    assert said(text="x", date=date).at == at


def test_keys_are_of_the_bot_the_event_and_the_message() -> None:
    assert said(text="x").key == "4001:message.text.received:m1"
    other = incoming.read(update(text="x"), Me("4002", "4002", (), can_join_groups=True), NOW)
    assert other is not None
    assert other.key == "4002:message.text.received:m1"
