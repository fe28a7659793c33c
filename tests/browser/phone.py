"""One person's phone on the page: what a person does with it, and what they read on it."""

from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect


class Phone:
    """The chat of one of the cast, brought to the front."""

    def __init__(self, page: Page, person: int) -> None:
        self.page = page
        self.section = page.locator(f'section[data-person="{person}"]')
        page.locator(f'[data-tab="{person}"]').click()
        expect(self.section).to_be_visible()
        self.box = self.section.locator("textarea[name=text]")
        self.said = self.section.locator('[data-from="person"] .text')
        self._newest = 0

    def start(self) -> None:
        self.section.locator("button[name=start]").click()

    def say(self, text: str) -> None:
        self._remember()
        self.box.fill(text)
        self.section.locator("button[name=send]").click()

    def choose(self, words: str) -> None:
        """Tap a choice below the chat."""
        self._remember()
        self.section.locator(f'button.reply-button:text-is("{words}")').click()

    def press(self, words: str) -> None:
        """Press the newest button of this name that hangs under a message."""
        self._remember()
        self.section.locator(f'button.inline-button:text-is("{words}")').last.click()

    def share_own_number(self) -> None:
        self.choose("Bagikan nomor saya")
        self.page.locator("button[name=share-contact]").click()

    def send_photo(self, file: Path) -> None:
        self._remember()
        self.section.locator("input[name=photos]").set_input_files(file)
        self.section.locator("button[name=send]").click()

    def reads(self, *parts: str) -> str:
        """Wait for one answer to the last act that holds all these parts, and return its text."""
        answer: Locator = self.section.locator(
            f"xpath=.//article[@data-from='bot' and number(@data-message-id) > {self._newest}]"
        )
        for part in parts:
            answer = answer.filter(has_text=part)
        expect(answer.last).to_be_visible()
        return answer.last.locator(".text").inner_text()

    def place(self, part: str = "") -> FloatRect:
        """Return where this part of the phone, or all of it, stands in the window."""
        box = (self.section.locator(part).last if part else self.section).bounding_box()
        assert box is not None, f"{part or 'the phone'} is not shown"
        return box

    def _remember(self) -> None:
        shown = self.section.locator("[data-message-id]")
        self._newest = int(shown.last.get_attribute("data-message-id") or 0) if shown.count() else 0
