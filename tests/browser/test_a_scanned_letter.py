"""A clerk's phone: a scan goes in, two fields are put right with taps, and the next morning tells of its deadline."""

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import Browser, expect

from bot.clock import Clock
from bot.demo import first_day
from config.settings import Settings
from handlers.calendar.office import working_calendar
from tests.browser.desk import PHONE, message, sits_down
from tests.handlers.letters.scanned import MISSING, dated, pdf_of, scanned

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"missing: {MISSING}"),
]

READING = 90_000  # milliseconds for a page, on a machine that is busy


@pytest.fixture
def today(settings: Settings) -> date:
    """As the demo office begins."""
    return first_day(working_calendar(settings), Clock(settings.zone).today())


def scan_of(issued: date, due: date) -> bytes:
    """Nothing but a picture, slightly out of true."""
    return pdf_of(scanned(dated(issued, due), leaning=0.6))


async def test_a_scan_is_put_right_with_taps_and_its_deadline_stands_in_the_morning_digest(
    browser: Browser, address: str, today: date
) -> None:
    tomorrow = f"{today + timedelta(days=1):%d/%m}"
    desk = await sits_down(browser, address, PHONE)
    await desk.becomes("chi")
    scan = scan_of(today - timedelta(days=1), today + timedelta(days=12))
    private = await desk.picks("Scan0001.pdf", scan, "", "private")
    card = message(private, "507/SCT-QLTM", "Vào sổ")
    await expect(card).to_contain_text(f"trước ngày {today + timedelta(days=12):%d/%m/%Y}", timeout=READING)
    for field, value in (("Số, ký hiệu", "508/SCT-QLTM"), ("Hạn", tomorrow)):
        await desk.presses("Sửa", private)
        question = message(private, "Sửa mục nào")
        await expect(question).to_be_in_viewport()
        await desk.presses(field, question)
        await expect(message(private, f"{field} mới là gì")).to_be_in_viewport()
        await desk.says(value, "private")
        await expect(private).to_contain_text(f"Đã sửa: {field}")
    await desk.presses("Vào sổ", private)
    await expect(private).to_contain_text("Số đến 1/")
    await desk.page.get_by_test_id("clock-next-morning").click()
    await expect(desk.page.get_by_test_id("clock")).to_contain_text("07:30")
    digest = message(await desk.chat("group"), "Giao ban sáng")
    await expect(digest).to_contain_text(re.compile(rf"Hạn hôm nay.*508/SCT-QLTM.*{tomorrow}", re.DOTALL))
    await expect(message(await desk.chat("private"), "Việc của anh/chị")).to_contain_text("508/SCT-QLTM")
    await desk.becomes("lan")
    await expect(message(await desk.chat("private"), "Việc của anh/chị")).to_contain_text("508/SCT-QLTM")


async def test_the_top_of_the_scan_is_seen_beside_what_was_read_and_enlarged_with_a_tap(
    browser: Browser, address: str, today: date
) -> None:
    desk = await sits_down(browser, address, PHONE)
    await desk.becomes("chi")
    private = await desk.picks("Scan0001.pdf", scan_of(today, today + timedelta(days=12)), "", "private")
    shown = message(private, "Đầu trang bản quét").locator("img")
    await expect(shown).to_have_js_property("complete", True, timeout=READING)
    assert await shown.evaluate("(each) => each.naturalWidth") > 1000, "as fine as it was scanned"
    await shown.click()
    large = desk.page.locator("dialog img")
    box = await large.bounding_box()
    assert box is not None
    assert box["width"] > 1.5 * PHONE[0]
    await large.click(position={"x": 20, "y": 20})
    await expect(large).to_have_count(0)
