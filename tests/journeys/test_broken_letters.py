"""Half a letter: a name or text that a messenger's server cut in the middle of an emoji is taken like any other."""

from dataclasses import replace

import pytest

from bot.chat import events
from bot.chat.events import Mention, Noticed, Quoted, Said
from tests.stage import Office

HALF = "\ud83d"


async def test_a_text_with_half_an_emoji_is_taken_and_answered(office: Office) -> None:
    room, lan, _ = await office.pair()
    await lan.says(f"/giao @binh Báo cáo {HALF} số liệu, hạn 16h 27/11", room)
    room.sees("#1", "Báo cáo", "số liệu")
    office.people["Nguyễn Văn Bình"].hears("#1")


async def test_a_name_with_half_an_emoji_stops_nobody_elses_messages(office: Office) -> None:
    room, lan, _ = await office.pair()
    stranger = office.person(f"Hoa {HALF}")
    noticed = stranger._event(Noticed, room.chat, message_id="9001")
    said = lan._event(Said, room.chat, message_id="9002", text="/thanhvien")
    await office.hear(noticed, said)
    room.sees("Hoa", "Trần Thị Lan")


@pytest.mark.parametrize("text", ["😀", f"{HALF}\ude00", "a\\ud83d", f"a{HALF}b\x00c"])
def test_whole_letters_stay_what_they_are(office: Office, text: str) -> None:
    lan = office.person("Lan")
    said: Said = lan._event(Said, lan.private, message_id="1", text=text, mentions=(Mention(said=text),))
    said = replace(said, reply=Quoted(message_id="2", text=text))
    kept, told = events.stored(said)
    assert events.from_json(told) == kept
    assert isinstance(kept, Said)
    wanted = {f"{HALF}\ude00": "😀", f"a{HALF}b\x00c": "a\ufffdbc"}.get(text, text)
    assert kept.text == wanted
    assert kept.mentions[0].said == wanted
    assert kept.reply is not None
    assert kept.reply.text == wanted
