"""Pictures of chats, as a phone shows them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.prepare import chromium

WIDE, TALL = 412, 1500
STILL = 0.7  # seconds until what moves in has come to rest


@dataclass(frozen=True)
class Camera:
    """A page on which one chat at a time is brought to the front."""

    page: Page
    folder: Path

    @classmethod
    @asynccontextmanager
    async def opened(cls, address: str, folder: Path) -> AsyncIterator["Camera"]:
        """Open the page in Chromium, as a phone shows it."""
        path = chromium()
        if path is None:
            raise SystemExit("There is no Chromium here. Install it, or name one in PIKET_CHROMIUM.")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu"]
            )
            context = await browser.new_context(
                locale="id-ID", timezone_id="Asia/Jakarta", viewport={"width": WIDE, "height": TALL},
                device_scale_factor=1.5, reduced_motion="reduce",
            )  # fmt: skip
            await context.add_init_script("localStorage.setItem('piket-tour-seen', '1')")
            page = await context.new_page()
            page.set_default_timeout(60_000)
            await page.goto(address)
            await page.locator("section[data-person]").first.wait_for()
            yield cls(page, folder)
            await browser.close()

    async def takes(self, chat: int, name: str) -> None:
        """Keep what this chat shows last."""
        await self.page.locator(f'[data-tab="{chat}"]').click()
        await asyncio.sleep(STILL)
        await self.page.screenshot(path=self.folder / f"{name}.png")

    async def presses(self, chat: int, words: str) -> None:
        """Press the newest button of this name in this chat."""
        await self.page.locator(f'[data-tab="{chat}"]').click()
        section = self.page.locator(f'section[data-person="{chat}"]')
        button = f'button.inline-button:text-is("{words}"), button.reply-button:text-is("{words}")'
        await section.locator(button).last.click()
        await asyncio.sleep(STILL)
