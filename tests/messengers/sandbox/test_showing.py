"""What the bot says appears in the sandbox: cards with their buttons, edits, pins, long texts."""

import pytest

from bot.chat.events import Pressed, Said
from bot.chat.messages import Button, Card, Part, Style, plain
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.sandbox.world import split
from tests.messengers.sandbox.conftest import LAN, ROOM, Stage, only

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


# messages


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
