"""The palette: every command by its name."""

from __future__ import annotations

from playwright.sync_api import Page, expect


class Palette:
    """A box to type in and a list to choose from."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog", name="All commands")
        self.box = self.dialog.get_by_role("combobox")
        self.rows = self.dialog.get_by_role("option")
        self.active = self.dialog.get_by_role("option", selected=True)

    def open(self, chord: str = "Control+/") -> None:
        """Opens it by key."""
        self.page.keyboard.press(chord)
        expect(self.box).to_be_focused()

    def choose(self, words: str) -> None:
        """Opens it, types, and takes the first that is found."""
        self.open()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        expect(self.dialog).to_have_count(0)
