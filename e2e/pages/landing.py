"""The landing page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class LandingPage:
    """Where boards are made, listed and opened by link."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.new_board = page.get_by_test_id("new-board")
        self.list = page.get_by_test_id("recent-boards")
        self.link_field = page.get_by_role("textbox", name="Paste a board link")
        self.error = page.get_by_role("alert")

    def row(self, title: str) -> Locator:
        """One board of the list."""
        return self.list.get_by_role("listitem").filter(has_text=title)

    def open_link(self, text: str) -> None:
        """Pastes a link and opens it."""
        self.link_field.fill(text)
        self.page.get_by_role("button", name="Open", exact=True).click()
