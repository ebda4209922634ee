"""The guided tour, end to end, as a visitor walks it; and the page on a phone."""

import io
from pathlib import Path

import pytest
from msoffcrypto import OfficeFile
from playwright.async_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def opens(browser: Browser, address: str, width: int, height: int) -> Page:
    context = await browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    await page.goto(address)
    await expect(page.get_by_test_id("tour-step")).to_have_text("1/6")
    return page


async def tries(page: Page, step: int, expected: str) -> None:
    """One step: Làm thử, send what it wrote, and see what the bot says."""
    await expect(page.get_by_test_id("tour-step")).to_contain_text(f"{step}/6")
    await page.get_by_test_id("tour-try").click()
    if step in (3, 4):
        await expect(page.get_by_test_id("pane-group").locator(".waiting")).to_contain_text(".docx")
    if step < 6:
        await page.get_by_test_id("send-group").click()
    await expect(page.get_by_test_id("pane-group")).to_contain_text(expected)
    await expect(page.locator("#tour")).to_contain_class("done")


async def moves_on(page: Page) -> None:
    await page.get_by_test_id("tour-next").click()


async def test_a_visitor_walks_the_whole_tour(browser: Browser, address: str, tmp_path: Path) -> None:
    page = await opens(browser, address, 1280, 800)
    group, private = page.get_by_test_id("pane-group"), page.get_by_test_id("pane-private")
    await tries(page, 1, "6 người đã tham gia")
    await moves_on(page)
    await tries(page, 2, "#3 Báo cáo số liệu quý IV")
    await page.get_by_test_id("persona-binh").click()
    await private.get_by_role("button", name="Nhận việc").last.click()
    await expect(group).to_contain_text("Nguyễn Văn Bình (đã nhận)")
    await moves_on(page)
    await tries(page, 3, "296/SNV-TCBC")
    await group.get_by_role("button", name="Vào sổ").last.click()
    await expect(group).to_contain_text("Số đến 1/")
    await moves_on(page)
    await tries(page, 4, "Tệp #1")
    await page.get_by_test_id("persona-binh").click()
    await expect(private).to_contain_text("Mật khẩu")
    password = await private.locator("code").last.inner_text()
    async with page.expect_download() as downloading:
        await group.get_by_role("link", name="Tải về").last.click()
    sealed = tmp_path / "sealed.docx"
    await (await downloading.value).save_as(sealed)
    assert password not in await group.inner_text(), "the password is never in the chat that carries the file"
    opened = io.BytesIO()
    office_file = OfficeFile(io.BytesIO(sealed.read_bytes()))
    office_file.load_key(password=password, verify_password=True)
    office_file.decrypt(opened, verify_integrity=True)
    assert opened.getvalue().startswith(b"PK")
    await moves_on(page)
    await tries(page, 5, "Bình")
    await moves_on(page)
    await tries(page, 6, "Giao ban sáng")
    await expect(page.get_by_test_id("clock")).to_contain_text("07:30")


async def test_the_page_fits_a_phone(browser: Browser, address: str) -> None:
    page = await opens(browser, address, 390, 844)
    await tries(page, 1, "6 người đã tham gia")
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


async def test_what_people_write_stays_text(browser: Browser, address: str) -> None:
    page = await opens(browser, address, 1280, 800)
    await page.get_by_test_id("persona-lan").click()
    await page.get_by_test_id("composer-group").fill("/giao @binh <img src=x onerror=alert(1)> <b>đậm</b>, hạn mai")
    await page.get_by_test_id("send-group").click()
    group = page.get_by_test_id("pane-group")
    await expect(group).to_contain_text("<img src=x onerror=alert(1)> <b>đậm</b>")
    assert await group.locator("img[src='x']").count() == 0
