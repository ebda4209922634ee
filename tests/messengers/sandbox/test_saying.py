"""What people say in the sandbox, in the group and in private, and what of it reaches the bot."""

import asyncio
from typing import Any

import pytest

from bot.chat.events import Noticed, Reached, Said
from bot.chat.messages import plain
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.messengers.sandbox import Sandbox
from tests.messengers.sandbox.conftest import BINH, FRIDAY, PEOPLE, ROOM, ZONE, Stage, only

# in the group


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


async def test_events_of_several_pages_keep_their_order_by_key(stage: Stage) -> None:
    tabs = [await stage.opens_page() for _ in range(3)]
    await asyncio.gather(
        *(tab.says("/viec", persona=who) for tab, who in zip(tabs, ("lan", "binh", "ba"), strict=True))
    )
    assert len({each.key for each in stage.taken}) == 3


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


# in private


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
