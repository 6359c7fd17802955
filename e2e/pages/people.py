"""Who is here."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class PeoplePanel:
    """The faces at the top right and the list behind them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.peers = page.get_by_test_id("peers")
        self.button = page.get_by_test_id("people")
        self.list = page.get_by_role("dialog", name="here")
        self.name_field = page.get_by_role("textbox", name="Your name")

    def names(self) -> list[str]:
        """Everybody, oneself last."""
        return self.peers.get_by_role("listitem").all_text_contents()

    def are(self, count: int) -> None:
        """Waits until so many people are here."""
        expect(self.peers.get_by_role("listitem")).to_have_count(count)

    def call_oneself(self, name: str) -> None:
        """Changes one's own name."""
        self.button.click()
        self.name_field.fill(name)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        expect(self.list).to_have_count(0)
