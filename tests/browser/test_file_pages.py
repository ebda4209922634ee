"""The pages for files in a real browser without script, as wide as a small phone: both ways, and what goes wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.web import files
from config.settings import Settings
from tests.conftest import KEY
from tests.handlers.files.scene import REPORT, Stage, all_heard, opened, reachable, the_password
from tests.stage import Office
from tests.web.scene import code_in, link_for, sealed, upload_path

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 320, "height": 568}  # the narrowest still in use


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    web = {"listen": "127.0.0.1:0", "public_url": "https://bot.tinh.gov.vn/giaoban"}
    return Settings(data_dir=tmp_path / "data", secret_key=KEY, web=web)


@pytest.fixture
async def stage(office: Office) -> Stage:
    lan, binh, chi = office.person("Lan", "lan"), office.person("Bình", "binh"), office.person("Chi", "chi")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan, binh)
    await lan.says("/thietlap Tổ một", room)
    await binh.presses("Tham gia")
    all_heard(office)
    office.anything_goes()
    return Stage(office, lan, binh, chi, room)


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A narrow phone that runs no script."""
    context = await browser.new_context(viewport=PHONE, java_script_enabled=False, accept_downloads=True)  # type: ignore[arg-type]
    page, complaints = await context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
    yield page
    await context.close()
    assert not complaints, "the page breaks its own policy"


def at(stage: Stage, path: str) -> str:
    return f"http://127.0.0.1:{stage.office.app.web.port}{path}"


async def fits(page: Page) -> None:
    """Nothing sticks out, and what is to be pressed is as large as a finger."""
    for each in await page.locator("h1, p, form, input:visible, button, a").all():
        box = await each.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    for each in await page.locator("button, a, input:visible").all():
        box = await each.bounding_box()
        assert box is not None
        assert box["height"] >= 44


async def opens_with_code(page: Page, stage: Stage) -> None:
    await page.get_by_role("button", name="Gửi mã cho tôi").click()
    await expect(page.get_by_label("Mã 6 số")).to_be_visible()
    await stage.office.app.settle()
    await page.get_by_label("Mã 6 số").fill(code_in(stage.binh))
    await page.get_by_role("button", name="Mở tệp").click()


async def test_a_file_is_handed_in_and_another_after_it(page: Page, stage: Stage) -> None:
    await stage.binh.says("/guitep")
    await page.goto(at(stage, upload_path(stage.binh)))
    await expect(page.get_by_role("heading")).to_have_text("Gửi tệp cho nhóm")
    await fits(page)
    for number in (1, 2):
        file = {"name": f"Báo cáo {number}.docx", "mimeType": "application/octet-stream", "buffer": REPORT}
        await page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        await page.get_by_role("button", name="Gửi tệp").click()
        await expect(page.locator("body")).to_contain_text("Đã nhận tệp")
        await expect(page.locator(".file")).to_have_text(f"Báo cáo {number}.docx")
        await fits(page)
        await stage.office.app.settle()
        stage.room.sees(f"Tệp #{number}", "Bình")
        await page.get_by_role("link", name="Gửi tệp khác").click()
    assert (await stage.file()).name == "Báo cáo 2.docx"


async def test_a_file_too_large_is_answered_and_not_broken_off(
    page: Page, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 100_000)
    await stage.binh.says("/guitep")
    await page.goto(at(stage, upload_path(stage.binh)))
    file = {"name": "Ảnh.png", "mimeType": "application/octet-stream", "buffer": bytes(20 * 1024 * 1024)}
    await page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Gửi tệp").click()
    await expect(page.locator(".wrong")).to_contain_text("quá lớn")
    await expect(page.get_by_role("button", name="Gửi tệp")).to_be_visible()
    assert stage.vault == []


async def test_a_file_is_fetched_and_opens_with_its_password(page: Page, stage: Stage, tmp_path: Path) -> None:
    file = await sealed(stage)
    password = the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))
    await page.goto(at(stage, await link_for(stage, stage.binh, file) or ""))
    await fits(page)
    await expect(page.locator("body")).not_to_contain_text("Báo cáo")
    await opens_with_code(page, stage)
    await expect(page.locator(".file")).to_contain_text("Báo cáo.docx")
    await fits(page)
    await page.reload()
    await expect(page.locator(".file")).to_contain_text("Báo cáo.docx")
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Tải về").click()
    download = await downloading.value
    assert download.suggested_filename == "Báo cáo.docx"
    await download.save_as(tmp_path / "fetched.docx")
    assert opened((tmp_path / "fetched.docx").read_bytes(), password) == REPORT


async def test_a_wrong_code_may_be_corrected(page: Page, stage: Stage) -> None:
    await page.goto(at(stage, await link_for(stage, stage.binh, await sealed(stage)) or ""))
    await page.get_by_role("button", name="Gửi mã cho tôi").click()
    await stage.office.app.settle()
    code = code_in(stage.binh)
    await page.get_by_label("Mã 6 số").fill("000000" if code != "000 000" else "111111")
    await page.get_by_role("button", name="Mở tệp").click()
    await expect(page.locator(".wrong")).to_contain_text("còn 4 lần")
    await fits(page)
    await expect(page.locator("body")).not_to_contain_text("Báo cáo")
    await page.get_by_label("Mã 6 số").fill(code)
    await page.get_by_role("button", name="Mở tệp").click()
    await expect(page.locator(".file")).to_contain_text("Báo cáo.docx")


async def test_a_used_up_link_says_what_to_do(page: Page, stage: Stage) -> None:
    path = await link_for(stage, stage.binh, await sealed(stage)) or ""
    for _ in range(3):
        await page.goto(at(stage, path))
        await opens_with_code(page, stage)
        await expect(page.locator(".file")).to_be_visible()
    await page.goto(at(stage, path))
    await page.get_by_role("button", name="Gửi mã cho tôi").click()
    await expect(page.locator(".wrong")).to_contain_text("lấy liên kết mới")
    await fits(page)
