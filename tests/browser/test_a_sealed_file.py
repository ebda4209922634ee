"""A draft is dropped into the page: five people, one of them out of reach; who has the password opens what arrived."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.demo.samples import docx
from tests.browser.desk import DESKTOP, PHONE, Desk, message, sits_down
from tests.libreoffice import needs_libreoffice, text_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "Danh sách quy hoạch.docx"
WORDS = ["DANH SÁCH QUY HOẠCH", "Lưu hành trong phòng, nhiệm kỳ 2026 - 2031"]


async def sealed_by_lan(desk: Desk) -> Locator:
    """The message that carries it, in the group."""
    await desk.becomes("lan")
    group = await desk.drops(NAME, docx(WORDS), "/niem")
    await expect(group).to_contain_text("Đã niêm: Tệp #1. Mật khẩu đã gửi riêng cho 4/5 người")
    carried = message(group, "Tệp #1, người gửi: Trần Thị Lan")
    await expect(carried.get_by_role("link", name="Tải về")).to_be_visible()
    return carried


async def password_of(desk: Desk, persona: str) -> str:
    await desk.becomes(persona)
    private = await desk.chat("private")
    told = message(private, "Mật khẩu Tệp #1", NAME)
    await expect(told).to_contain_text("Không chuyển tiếp")
    return await told.locator("code").inner_text()


@needs_libreoffice
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_a_member_reads_the_password_and_opens_the_download(
    browser: Browser, address: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk = await sits_down(browser, address, size)
    carried = await sealed_by_lan(desk)
    password = await password_of(desk, "binh")
    group = await desk.chat("group")
    file = await desk.downloads(carried.get_by_role("link", name="Tải về"), tmp_path)
    assert file.name == NAME
    assert await group.get_by_role("link", name="Tải về").count() == 1, "the original is no longer there to fetch"
    for persona in ("lan", "hoa", "an", "dung"):
        await desk.becomes(persona)
        assert password not in await group.inner_text(), "the password is never in the chat that carries the file"
    assert text_in(file, password) == "\n".join(WORDS)
    assert text_in(file, "bo-cau-mua-he-2345") is None
    assert text_in(file, None) is None


async def test_who_was_out_of_reach_gets_the_password_on_opening_the_chat(browser: Browser, address: str) -> None:
    desk = await sits_down(browser, address, DESKTOP)
    carried = await sealed_by_lan(desk)
    group, private = await desk.chat("group"), await desk.chat("private")
    await expect(private).to_contain_text("Chưa gửi được mật khẩu Tệp #1 cho: Võ Hoài An")
    await desk.says("/seals")
    await expect(group).to_contain_text(f"#1 {NAME}: 4/5 người đã có, còn Võ Hoài An")
    password = await password_of(desk, "binh")
    await desk.becomes("an")
    await expect(private).to_contain_text("chưa mở chat riêng với Giao Ban")
    await desk.presses("Xem mật khẩu", carried)
    await expect(desk.page.locator("#toasts")).to_contain_text("Mở chat riêng")
    await desk.presses("Bắt đầu", private)
    await expect(private.locator("code").last).to_have_text(password)
    await desk.becomes("lan")
    await desk.says("/seals")
    await expect(group).to_contain_text("cả 5 người đã có")


async def test_who_is_in_the_chat_but_no_member_gets_no_password(browser: Browser, address: str) -> None:
    desk = await sits_down(browser, address, DESKTOP)
    carried = await sealed_by_lan(desk)
    await desk.becomes("dung")
    await desk.presses("Xem mật khẩu", carried)
    await expect(desk.page.locator("#toasts")).to_contain_text("tham gia")
    assert await (await desk.chat("private")).locator("code").count() == 0
