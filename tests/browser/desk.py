"""The sandbox's page as somebody sits before it: being one of the staff, writing, dropping files, pressing."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

DESKTOP, PHONE = (1280, 800), (390, 844)
_DROPPED = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name));
  return held;
}"""


@dataclass
class Desk:
    """One page; `narrow`: the group and the private chat are two tabs."""

    page: Page
    narrow: bool

    async def becomes(self, persona: str) -> None:
        await self.page.get_by_test_id(f"persona-{persona}").click()

    async def chat(self, kind: str) -> Locator:
        """`group` or `private`, brought to the front."""
        if self.narrow:
            await self.page.get_by_test_id(f"tab-{kind}").click()
        return self.page.get_by_test_id(f"pane-{kind}")

    async def says(self, text: str, kind: str = "group") -> Locator:
        pane = await self.chat(kind)
        await self.page.get_by_test_id(f"composer-{kind}").fill(text)
        await self.page.get_by_test_id(f"send-{kind}").click()
        return pane

    async def drops(self, name: str, content: bytes, caption: str, kind: str = "group") -> Locator:
        """A file from the desktop onto the chat, sent with its caption."""
        pane = await self.chat(kind)
        held = await self.page.evaluate_handle(_DROPPED, [name, base64.b64encode(content).decode()])
        for event in ("dragenter", "dragover", "drop"):
            await pane.dispatch_event(event, {"dataTransfer": held})
        await expect(pane.locator(".waiting")).to_contain_text(name)
        return await self.says(caption, kind)

    async def picks(self, name: str, content: bytes, caption: str, kind: str = "group") -> Locator:
        """A file from the phone, by the paper clip, sent with its caption."""
        pane = await self.chat(kind)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        await self.page.get_by_test_id(f"file-{kind}").set_input_files(file)  # type: ignore[arg-type]
        await expect(pane.locator(".waiting")).to_contain_text(name)
        return await self.says(caption, kind)

    async def presses(self, label: str, in_: Locator) -> None:
        await in_.get_by_role("button", name=label, exact=True).last.click()

    async def downloads(self, link: Locator, folder: Path) -> Path:
        async with self.page.expect_download() as downloading:
            await link.click()
        download = await downloading.value
        place = folder / download.suggested_filename
        await download.save_as(place)
        return place


def message(pane: Locator, *fragments: str) -> Locator:
    """The latest message that holds all of these."""
    found = pane.get_by_test_id("message")
    for each in fragments:
        found = found.filter(has_text=re.compile(re.escape(each), re.IGNORECASE))
    return found.last


async def sits_down(browser: Browser, address: str, size: tuple[int, int]) -> Desk:
    width, height = size
    phone = size == PHONE
    context = await browser.new_context(
        viewport={"width": width, "height": height}, has_touch=phone, is_mobile=phone, accept_downloads=True
    )
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    await page.goto(address)
    await expect(page.get_by_test_id("clock")).to_contain_text("09:00")
    return Desk(page, narrow=phone)
