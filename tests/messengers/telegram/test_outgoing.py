"""Cards arrive in Telegram as they were meant; its limits and refusals are understood."""

from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import (
    FileRef,
)
from bot.chat.messages import Attachment, Button, Card, Part, Style, plain
from bot.chat.messenger import MenuEntry, Outcome
from bot.messengers.telegram import Telegram
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_methods import Methods
from tests.fakes.botapi_world import Group, Person
from tests.messengers.telegram.ears import failure, to


async def test_styles_keep_their_places_behind_emoji(api: FakeBotApi, telegram: Telegram, lan: Person) -> None:
    parts = (
        Part("📌 "),
        Part("Việc 😀", Style.BOLD),
        Part(" giao "),
        Part("Bình", Style.MENTION, "5000000001"),
        Part(" xem ", Style.ITALIC),
        Part("đây", Style.LINK, "https://tinh.gov.vn/"),
        Part("K7-x", Style.CODE),
    )
    await telegram.send(to(lan), Card(parts=parts))
    message = api.sent[0]
    raw = message.text.encode("utf-16-le")
    marked = [
        (each["type"], raw[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le"))
        for each in message.entities
    ]
    assert marked == [
        ("bold", "Việc 😀"),
        ("text_mention", "Bình"),
        ("italic", " xem "),
        ("text_link", "đây"),
        ("code", "K7-x"),
    ]
    assert message.entities[1]["user"]["id"] == 5000000001
    assert message.entities[3]["url"] == "https://tinh.gov.vn/"


async def test_a_long_text_is_cut_at_lines_and_the_buttons_hang_on_the_last_part(
    api: FakeBotApi, telegram: Telegram, lan: Person
) -> None:
    lines = [f"{number} 😀 việc cần làm trong tuần" for number in range(400)]
    card = Card(
        parts=(Part("\n".join(lines), Style.BOLD),),
        buttons=((Button(label="Xong", action="done"),),),
        reply_to="1",
        silent=True,
        secret=True,
    )
    message_id = await telegram.send(to(lan), card)
    assert "\n".join(each.text for each in api.sent) == card.text
    assert len(api.sent) == 4
    assert message_id == str(api.sent[-1].id)
    assert [bool(each.markup) for each in api.sent] == [False, False, False, True]
    assert all(each.silent and each.protected and each.entities[0]["offset"] == 0 for each in api.sent)


async def test_a_long_text_that_fails_in_the_middle_goes_on_there(
    api: FakeBotApi, telegram: Telegram, lan: Person
) -> None:
    card = plain("a" * 4096 + "b" * 10)
    api.fail_next("sendMessage", 429, after=1, retry_after=3)
    failed = await failure(telegram.send(to(lan), card))
    assert (failed.outcome, failed.after) == (Outcome.SLOW_DOWN, 3.0)
    await telegram.send(to(lan), card)
    assert [each.text[0] for each in api.sent] == ["a", "b"]


async def test_a_text_too_long_for_a_caption_follows_its_file(api: FakeBotApi, telegram: Telegram, lan: Person) -> None:
    file = Attachment(name="lịch trực.pdf", record="r1")
    await telegram.send(to(lan), Card(parts=(Part("ngắn"),), file=file), b"%PDF-1")
    await telegram.send(to(lan), Card(parts=(Part("d" * 1025),), file=file), b"%PDF-2")
    assert [(each.text[:4], each.file and each.file.content) for each in api.sent] == [
        ("ngắn", b"%PDF-1"),
        ("", b"%PDF-2"),
        ("dddd", None),
    ]
    assert api.sent[0].file is not None
    assert (api.sent[0].file.name, api.sent[0].file.mime) == ("lịch trực.pdf", "application/pdf")


async def test_a_large_file_goes_out_whole(api: FakeBotApi, telegram: Telegram, lan: Person) -> None:
    content = bytes(range(256)) * 8192
    file = Attachment(name="quét.pdf", record="r1", mime="application/pdf")
    await telegram.send(to(lan), Card(parts=(), file=file), content)
    assert api.sent[0].file is not None
    assert api.sent[0].file.content == content


async def test_a_question_opens_the_reply_field(api: FakeBotApi, telegram: Telegram, room: Group) -> None:
    await telegram.send(to(room), Card(parts=(Part("Hạn nào?"),), wants_reply=True))
    assert api.sent[0].markup == {"force_reply": True, "selective": True}


async def test_deep_links_know_the_bots_name(api: FakeBotApi, telegram: Telegram, room: Group) -> None:
    row = (Button(label="Mở", start="join-1"), Button(label="Chọn", picks_chat=True), Button(label="Hỏng", start="đ"))
    await telegram.send(to(room), Card(parts=(Part("x"),), buttons=(row,)))
    assert [each.get("url") for each in api.sent[0].buttons] == ["https://t.me/giaoban_bot?start=join-1"]


async def test_a_message_that_is_gone_counts_as_deleted(api: FakeBotApi, telegram: Telegram, room: Group) -> None:
    """The answer to the first try was lost; the second finds nothing."""
    message_id = await telegram.send(to(room), plain("Tin"))
    await telegram.delete(to(room), message_id)
    await telegram.delete(to(room), message_id)
    assert not api.sent


async def test_editing_twice_the_same_is_no_error_and_pins_and_deletes_arrive(
    api: FakeBotApi, telegram: Telegram, room: Group
) -> None:
    message_id = await telegram.send(to(room), plain("một"))
    await telegram.edit(to(room), message_id, plain("hai"))
    await telegram.edit(to(room), message_id, plain("hai"))
    await telegram.pin(to(room), message_id)
    assert [(each.text, each.edits, each.pinned) for each in api.sent] == [("hai", 1, True)]
    await telegram.typing(to(room))
    assert api.methods.typing == [room.id]
    await telegram.delete(to(room), message_id)
    failed = await failure(telegram.edit(to(room), message_id, plain("ba")))
    assert (failed.outcome, failed.reason) == (Outcome.REJECTED, "message to edit not found")


async def test_a_picture_to_look_at_is_shown_in_the_chat_and_not_hung_on_as_a_file(
    api: FakeBotApi, telegram: Telegram, room: Group
) -> None:
    for picture in (True, False):
        file = Attachment(name="dau-trang.png", record="r1", mime="image/png", picture=picture)
        await telegram.send(to(room), Card(parts=(Part("Đầu trang"),), file=file), b"\x89PNG")
    assert [each.file.kind for each in api.sent if each.file] == ["photo", "document"]


async def test_a_card_below_a_file_can_be_edited_whether_or_not_it_names_the_file(
    api: FakeBotApi, telegram: Telegram, room: Group
) -> None:
    file = Attachment(name="cv.pdf", record="r1")
    message_id = await telegram.send(to(room), Card(parts=(Part("một"),), file=file), b"%PDF")
    await telegram.edit(to(room), message_id, Card(parts=(Part("hai"),), file=file))
    await telegram.edit(to(room), message_id, plain("ba"))
    assert [(each.text, each.edits) for each in api.sent] == [("ba", 2)]


async def test_a_file_on_an_own_servers_disk_is_read_there(
    api: FakeBotApi, telegram: Telegram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cv.pdf").write_bytes(b"%PDF")
    answer = {"file_id": "F", "file_unique_id": "u", "file_path": str(tmp_path / "cv.pdf")}
    monkeypatch.setattr(Methods, "get_file", lambda _self, _asked: answer)
    assert await telegram.fetch(FileRef(messenger="telegram", id="F", name="cv.pdf", size=3 << 30)) == b"%PDF"


async def test_the_menu_is_offered_per_language_and_kind_of_chat(api: FakeBotApi, telegram: Telegram) -> None:
    await telegram.offer_menu(
        [
            MenuEntry(name="giao", description="Giao việc", language="vi", private=False),
            MenuEntry(name="việc", description="không gõ được", language="vi"),
            MenuEntry(name="assign", description="Assign a task", language="en", private=False),
            MenuEntry(name="viec", description="Việc của tôi", language="vi", groups=False),
        ]
    )
    menus = {where: [each["command"] for each in commands] for where, commands in api.methods.menus.items()}
    assert menus == {
        ("all_private_chats", ""): ["viec"],
        ("all_private_chats", "vi"): ["viec"],
        ("all_private_chats", "en"): [],
        ("all_group_chats", ""): ["giao"],
        ("all_group_chats", "vi"): ["giao"],
        ("all_group_chats", "en"): ["assign"],
    }


async def test_facts_say_who_leads_and_what_the_bot_may(api: FakeBotApi, telegram: Telegram, lan: Person) -> None:
    binh = api.person("Bình")
    room = api.group("Phòng", [lan], [binh], bot_rights=["can_invite_users"], forum=True)
    room.auto_delete = 86400
    facts = await telegram.facts(str(room.id))
    assert (facts.admins, facts.bot_admin, facts.bot_rights) == (
        frozenset({str(lan.id)}),
        True,
        frozenset({"can_invite_users"}),
    )
    assert (facts.members, facts.forum, facts.auto_delete) == (3, True, True)


@pytest.mark.parametrize(
    ("fault", "description", "outcome", "reason"),
    [
        (403, "Forbidden: bot was blocked by the user", Outcome.GONE, "bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the group chat", Outcome.GONE, "bot was kicked"),
        (403, "Forbidden: user is deactivated", Outcome.GONE, "user is deactivated"),
        (400, "Bad Request: chat not found", Outcome.GONE, "chat not found"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Outcome.REJECTED, "CHAT_WRITE_FORBIDDEN"),
        (400, "Bad Request: BUTTON_DATA_INVALID", Outcome.REJECTED, "BUTTON_DATA_INVALID"),
        (400, "Bad Request: can't parse: secret words of ours", Outcome.REJECTED, "refused"),
        (400, "Bad Request: not enough rights to send text messages", Outcome.REJECTED, "not enough rights"),
        (413, "Request Entity Too Large", Outcome.REJECTED, "file is too big"),
        (401, "Unauthorized", Outcome.TRY_AGAIN, "the token is not accepted"),
        (500, "Internal Server Error", Outcome.TRY_AGAIN, "the server answered 500"),
        (502, "Bad Gateway", Outcome.TRY_AGAIN, "the server answered 502"),
        ("drop_after_accept", "", Outcome.UNCLEAR, None),
    ],
)
async def test_refusals_are_classified(
    api: FakeBotApi, telegram: Telegram, lan: Person, fault: Any, description: str, outcome: Outcome, reason: str | None
) -> None:
    api.fail_next("sendMessage", fault, description)
    failed = await failure(telegram.send(to(lan), plain("bí mật")))
    assert failed.outcome is outcome
    assert reason is None or failed.reason == reason
    assert api.token not in str(failed)
    assert "mật" not in str(failed)


async def test_no_answer_in_time_is_unclear_for_a_message_and_harmless_for_a_question(
    api: FakeBotApi, telegram: Telegram, room: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.messengers.telegram.request.READ_SECONDS", 0.1)
    api.fail_next("sendMessage", "hang")
    assert (await failure(telegram.send(to(room), plain("x")))).outcome is Outcome.UNCLEAR
    api.fail_next("getChat", "hang")
    assert (await failure(telegram.facts(str(room.id)))).outcome is Outcome.TRY_AGAIN


async def test_an_empty_text_and_a_file_too_big_are_refused_at_once(telegram: Telegram, lan: Person) -> None:
    assert (await failure(telegram.send(to(lan), plain(" \n")))).reason == "message text is empty"
    cloud = Telegram(token="1:x")
    big = FileRef(messenger="telegram", id="F", name="x", size=21 << 20)
    assert (await failure(cloud.fetch(big))).reason == "file is too big"
