"""What comes in from Telegram becomes the right event, and talk that is not for the bot loses its text."""

import pytest

from bot.chat.events import (
    AdminChanged,
    BotPlaced,
    ChatPicked,
    JoinAsked,
    Mention,
    Moved,
    Noticed,
    PersonLeft,
    Pressed,
    Reached,
    Said,
    Unknown,
    to_json,
)
from bot.chat.messages import Attachment, Button, Card, Part, plain
from bot.chat.messenger import Outcome
from bot.messengers.telegram import Telegram
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Group, Person
from tests.messengers.telegram.ears import Ears, failure, to


async def test_private_text_is_said(api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person) -> None:
    said = api.says(lan, "xin chào")
    heard = await ears.next(Said)
    assert (heard.text, heard.message_id, heard.chat.private) == ("xin chào", str(said.id), True)
    assert (heard.sender.id, heard.sender.username) == (str(lan.id), "lan")
    assert heard.at.utcoffset().total_seconds() == 0


async def test_a_start_opens_the_chat_and_keeps_its_payload(api: FakeBotApi, telegram: Telegram, ears: Ears) -> None:
    api.starts(api.person("Bình"), "join-42")
    opened, said = await ears.next(Reached), await ears.next(Said)
    assert opened.open
    assert said.text == "/start join-42"
    assert said.key == f"{opened.key}.1"


async def test_blocking_and_coming_back_are_told(api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person) -> None:
    api.blocks(lan)
    assert not (await ears.next(Reached)).open
    api.unblocks(lan)
    assert (await ears.next(Reached)).open


async def test_talk_in_a_group_is_noticed_without_its_text(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    api.says(lan, "chuyện riêng", room)
    api.uploads(lan, "anh.pdf", b"x", room, caption="ảnh chuyện riêng")
    api.says(lan, "/viec@another_bot chuyện riêng", room)
    api.says(lan, "/viec", room)
    await ears.next(Said)
    assert [type(each) for each in ears.heard] == [Noticed] * 3
    assert "riêng" not in "".join(map(to_json, ears.heard))


@pytest.mark.parametrize("text", ["/viec", "/việc", "/viec@Giaoban_Bot", "nhờ @giaoban_bot nhắc"])
async def test_commands_and_mentions_in_a_group_are_said(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group, text: str
) -> None:
    api.says(lan, text, room)
    heard = await ears.next(Said)
    assert (heard.text, heard.chat.title, heard.mentions) == (text, "Phòng Tổng hợp", ())


async def test_a_reply_to_the_bot_is_said_and_quotes_it(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    await telegram.send(to(room), plain("Hạn nào?"))
    api.says(lan, "thứ sáu", room, reply_to=api.sent[0])
    heard = await ears.next(Said)
    assert (heard.reply.mine, heard.reply.text) == (True, "Hạn nào?")


async def test_a_command_in_reply_to_a_persons_file_brings_the_file(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    upload = api.uploads(lan, "cv 12.pdf", b"%PDF", room)
    api.says(lan, "/vanban", room, reply_to=upload)
    heard = await ears.next(Said)
    assert (heard.reply.mine, heard.reply.sender.id) == (False, str(lan.id))
    assert (heard.reply.file.name, heard.reply.file.size) == ("cv 12.pdf", 4)
    assert await telegram.fetch(heard.reply.file) == b"%PDF"


async def test_a_file_whose_caption_is_a_command_is_said(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    api.uploads(lan, "anh", b"12", room, caption="/vanban gấp", kind="photo")
    heard = await ears.next(Said)
    assert (heard.text, heard.file.mime) == ("/vanban gấp", "image/jpeg")
    assert heard.file.id.startswith("photo:")
    assert await telegram.fetch(heard.file) == b"12"
    await telegram.send(to(lan), Card(parts=(Part("lại"),), file=Attachment(name="anh.jpg", ref=heard.file.id)))
    assert api.sent[0].file is not None
    assert (api.sent[0].file.kind, api.sent[0].text) == ("photo", "lại")


async def test_the_other_files_of_an_album_are_noticed_with_its_name(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    api.uploads(lan, "a.docx", b"1", room, caption="/niem", album="77")
    other = api.uploads(lan, "b.docx", b"2", room, album="77")
    api.uploads(lan, "anh", b"3", room, kind="photo")
    said, noticed, picture = await ears.next(Said), await ears.next(Noticed), await ears.next(Noticed)
    assert (said.album, noticed.album, picture.album) == ("77", "77", None)
    assert (noticed.file.name, noticed.message_id) == ("b.docx", str(other.id))
    assert picture.file.mime == "image/jpeg"


async def test_in_private_every_file_of_an_album_is_said_with_its_name(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person
) -> None:
    for name in ("a.docx", "b.docx"):
        api.uploads(lan, name, b"1", album="78")
    assert [(await ears.next(Said)).album for _ in range(2)] == ["78", "78"]


async def test_mentions_behind_an_emoji_are_read_whole(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    binh = api.person("Trần Văn Bình")
    api.says(lan, "/giao 📌 @anh và Trần Văn Bình 😀 báo cáo", room, naming=[binh])
    heard = await ears.next(Said)
    assert heard.mentions == (Mention(said="@anh", username="anh"), Mention(said="Trần Văn Bình", id=str(binh.id)))


async def test_a_topic_is_the_chats_thread(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    thread = api.topic(room)
    api.says(lan, "/viec", room, thread=thread)
    heard = await ears.next(Said)
    assert (heard.chat.thread, heard.chat.id) == (str(thread), str(room.id))
    await telegram.send(to(room, thread), plain("đây"))
    await telegram.send(to(room, 987654), plain("chủ đề đã xoá"))
    await telegram.send(to(room, 1), plain("chủ đề chung"))
    assert [each.thread for each in api.sent] == [thread, None, None]


async def test_a_press_is_answered_once_and_an_old_one_is_no_error(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person
) -> None:
    await telegram.send(to(lan), Card(parts=(Part("Việc"),), buttons=((Button(label="Nhận", action="take:1"),),)))
    api.presses(lan, api.sent[0], "Nhận")
    heard = await ears.next(Pressed)
    assert (heard.action, heard.message_id) == ("take:1", str(api.sent[0].id))
    await telegram.acknowledge(heard.token, "Đã nhận")
    assert api.methods.queries[heard.token] == "Đã nhận"
    await telegram.acknowledge(heard.token, "Đã nhận")


async def test_people_come_go_and_become_administrators(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    binh = api.person("Bình")
    api.becomes(binh, room, "member", by=lan)
    assert (await ears.next(Noticed)).sender.id == str(binh.id)
    api.becomes(binh, room, "administrator", by=lan)
    changed = await ears.next(AdminChanged)
    assert (changed.person.id, changed.admin, changed.sender.id) == (str(binh.id), True, str(lan.id))
    api.becomes(binh, room, "kicked", by=lan)
    assert (await ears.next(PersonLeft)).person.id == str(binh.id)
    assert not (await ears.next(AdminChanged)).admin


async def test_the_bot_is_told_where_it_stands(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    api.adds_bot(lan, room, ["can_pin_messages", "can_delete_messages"])
    placed = await ears.next(BotPlaced)
    assert (placed.present, placed.admin) == (True, True)
    assert placed.rights == ("can_delete_messages", "can_pin_messages")
    api.removes_bot(lan, room)
    assert not (await ears.next(BotPlaced)).present


async def test_who_asks_to_join_can_be_let_in_twice(
    api: FakeBotApi, telegram: Telegram, ears: Ears, room: Group
) -> None:
    binh = api.person("Bình")
    link = await telegram.invite_link(str(room.id), "Phòng Kinh tế, ngành và địa phương")
    assert api.methods.links[0]["invite_link"] == link
    assert api.methods.links[0]["creates_join_request"]
    api.asks_to_join(binh, room)
    asked = await ears.next(JoinAsked)
    assert (asked.chat.id, asked.sender.id, asked.private_chat) == (str(room.id), str(binh.id), str(binh.id))
    await telegram.admit(asked.chat.id, asked.sender.id, welcome=True)
    await telegram.admit(asked.chat.id, asked.sender.id, welcome=True)
    assert room.statuses[binh.id] == "member"
    assert (await ears.next(Noticed)).sender.id == str(binh.id)


async def test_a_group_that_moves_is_told_once_and_refuses_with_its_new_id(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person
) -> None:
    old = api.group("Nhóm", [lan], basic=True)
    new = api.migrates(old)
    moved = await ears.next(Moved)
    assert (moved.chat.id, moved.to) == (str(old.id), str(new.id))
    failed = await failure(telegram.send(to(old), plain("x")))
    assert (failed.outcome, failed.to) == (Outcome.MOVED, str(new.id))


async def test_a_group_is_picked_with_telegrams_own_picker(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    buttons = ((Button(label="Thêm bot", place="setup-1"), Button(label="Chọn nhóm", picks_chat=True)),)
    message_id = await telegram.send(to(lan), Card(parts=(Part("Nhóm nào?"),), buttons=buttons))
    first, second = api.sent
    assert message_id == str(first.id)
    assert first.buttons[0]["url"].startswith("https://t.me/giaoban_bot?startgroup=setup-1&admin=")
    assert second.buttons[0]["request_chat"]["request_id"] == 1
    api.picks(lan, room)
    picked = await ears.next(ChatPicked)
    assert (picked.picked, picked.title, picked.chat.private) == (str(room.id), "Phòng Tổng hợp", True)


async def test_who_speaks_for_the_group_is_nobody_known(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    message = api.says(lan, "/viec@another_bot", room).json | {"sender_chat": room.json}
    api.tell("message", message)
    api.tell("message", message | {"text": "/viec", "entities": []})
    assert (await ears.next(Said)).sender is None
    assert [type(each) for each in ears.heard] == [Noticed]


async def test_in_a_topic_the_bot_has_opened_talk_is_still_not_for_the_bot(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    opened = api.world.post(
        room, api.world.bot, service={"forum_topic_created": {"name": "Công văn", "icon_color": 7322096}}
    )
    api.says(lan, "chuyện riêng", room, reply_to=opened, thread=opened.id)
    api.says(lan, "/viec", room, reply_to=opened, thread=opened.id)
    assert (await ears.next(Said)).reply is None
    assert [type(each) for each in ears.heard] == [Noticed]


async def test_the_bots_own_coming_and_going_is_no_persons(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person, room: Group
) -> None:
    api.says(lan, "trước", room)
    base = {k: v for k, v in api.world.messages[-1].json.items() if k != "text"}
    api.tell("message", base | {"new_chat_members": [api.world.bot.json]})
    api.tell("message", base | {"left_chat_member": api.world.bot.json})
    api.tell("message", base | {"migrate_from_chat_id": -5})
    api.says(lan, "/viec", room)
    await ears.next(Said)
    assert [type(each) for each in ears.heard] == [Noticed]


async def test_what_was_not_asked_for_is_counted_without_content(
    api: FakeBotApi, telegram: Telegram, ears: Ears, lan: Person
) -> None:
    edited = api.says(lan, "một").json
    api.updates.append({"update_id": 900_000_000, "edited_message": edited})
    await ears.until(lambda: len(ears.heard) == 2)
    unknown = next(each for each in ears.heard if isinstance(each, Unknown))
    assert (unknown.what, unknown.chat.id) == ("edited_message", str(lan.id))
