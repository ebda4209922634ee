"""The last way of a password through the front door: the address from the room, the code from the sender's mouth."""

import re

from tests.handlers.files.scene import PASSWORD, REPORT, Stage, opened
from tests.web.scene import PUBLIC, Browser


async def test_the_page_shows_the_password_to_who_has_address_and_code(stage: Stage, browser: Browser) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    link = re.search(rf"Chi: {PUBLIC}(/mot-lan/\S+)", stage.room.sees("Chi: https").text)
    code = re.search(r"Chi: (\d{3} \d{3})", stage.lan.hears("báo mã").text)
    assert link
    assert code
    looked = await browser.look(link[1])
    asked = await browser.press(link[1], "press")
    assert (looked.status, asked.status) == (200, 200)
    assert 'name="code"' in asked.text
    assert "<input" not in looked.text
    assert not PASSWORD.search(looked.text + asked.text)
    assert (await browser.press(link[1], "code", code="12")).status == 403
    shown = await browser.press(link[1], "code", code=code[1].replace(" ", ""))
    assert (shown.status, shown.headers["Cache-Control"]) == (200, "no-store")
    found = PASSWORD.search(shown.text)
    assert found
    assert opened(stage.room.sees("Tệp #1", "/matkhau").content, found[0]) == REPORT
    assert (await browser.press(link[1], "code", code=code[1])).status == 410
    stage.lan.hears("Chi vừa mở liên kết")


async def test_a_look_tells_a_good_address_from_no_other(stage: Stage, browser: Browser) -> None:
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    link = re.search(rf"Chi: {PUBLIC}(/mot-lan/\S+)", stage.room.sees("Chi: https").text)
    assert link
    assert (await browser.look(link[1])).text == (await browser.look("/mot-lan/guessed")).text
    assert (await browser.press("/mot-lan/guessed", "code", code="123456")).status == 410
