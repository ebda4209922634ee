"""A mention of nothing: a client that says whom it means without writing anything."""

import asyncio

from bot.chat.events import Mention, Said
from tests.stage import Office


async def test_a_mention_without_words_holds_nobody_up(office: Office) -> None:
    room, lan, binh = await office.pair()
    text = "/giao @binh Báo cáo số liệu, hạn 16h 27/11"
    empty = Mention(said="", id=binh.sender.id)
    async with asyncio.timeout(30):
        await office.hear(lan._event(Said, room.chat, message_id="9001", text=text, mentions=(empty,)))
        await office.hear(lan._event(Said, room.chat, message_id="9002", text="/donvitruc A @binh", mentions=(empty,)))
    room.sees("#1", "Báo cáo số liệu")
    binh.hears("#1")
    room.sees("A", "Bình")
