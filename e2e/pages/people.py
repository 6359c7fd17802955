"""Who is here."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


class PeoplePanel:
    """The faces at the top right and the list behind them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.peers = page.get_by_test_id("peers")
        self.button = page.get_by_test_id("people")
        self.list = page.get_by_role("dialog", name="here")
        self.following = page.get_by_test_id("following")
        self.invitation = page.get_by_test_id("invitation")
        self.name_field = page.get_by_role("textbox", name="Your name")

    def names(self) -> list[str]:
        """Everybody, oneself last."""
        return self.peers.get_by_role("listitem").all_text_contents()

    def are(self, count: int) -> None:
        """Waits until so many people are here."""
        expect(self.peers.get_by_role("listitem")).to_have_count(count)

    def face(self, name: str) -> Locator:
        """The face at the top right that is pressed to follow its person."""
        return self.page.get_by_test_id("follow").and_(
            self.page.get_by_role("button", name=re.compile(f"ollow(ing)? {name}$"))
        )

    def follow(self, name: str) -> None:
        """Presses a face; waits until it is followed."""
        self.face(name).click()
        expect(self.following).to_be_visible()

    def open(self) -> Locator:
        """The list of people."""
        self.button.click()
        expect(self.list).to_be_visible()
        return self.list

    def call_oneself(self, name: str) -> None:
        """Changes one's own name."""
        self.button.click()
        self.name_field.fill(name)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        expect(self.list).to_have_count(0)
