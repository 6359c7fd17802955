"""Looking for words on the board."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class FindPanel:
    """The box top right."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("search", name="Find words")
        self.box = self.panel.get_by_role("textbox")
        self.count = self.panel.get_by_role("status")
        self.marks = page.locator(".find-mark")
        self.current = page.locator(".find-mark.current")

    def look_for(self, words: str) -> None:
        """Opens it and types."""
        self.page.keyboard.press("Control+f")
        expect(self.box).to_be_focused()
        self.box.fill(words)
