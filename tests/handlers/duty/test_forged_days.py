"""A button of a unit's question, forged by a member's own client: it asks about all days there are."""

import time

from bot.chat.events import Pressed
from tests.stage import Office


async def test_a_button_about_ten_thousand_years_is_an_old_button(office: Office) -> None:
    room, lan, binh = await office.pair()
    await lan.says("/donvitruc Văn phòng @lan", room)
    room.sees("Văn phòng")
    began = time.process_time()
    forged = "duty-me:1:0001-01-01:9999-12-31"
    await office.hear(binh._event(Pressed, binh.private, action=forged, message_id="1", token="t"))
    assert time.process_time() - began < 5
    assert "không còn dùng được" in office.paper.toasts[-1]
    binh.hears_nothing_more()
