"""The share dialog."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class ShareDialog:
    """The links that a person may give away."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.button = page.get_by_test_id("share")
        self.dialog = page.get_by_role("dialog", name="Share this board")

    def open(self) -> Locator:
        """The dialog."""
        self.button.click()
        expect(self.dialog).to_be_visible()
        return self.dialog

    def link(self, role: str) -> str:
        """The link for a role, read from its field."""
        return self.page.get_by_test_id(f"link-{role}").input_value()

    def copy(self, role: str) -> Locator:
        """Presses the button that copies it; gives the button."""
        button = self.page.get_by_test_id(f"copy-{role}")
        button.click()
        return button
