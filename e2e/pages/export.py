"""The dialog that exports a board or a part of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class ExportDialog:
    """Formats, how a picture looks, and the file."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Export")
        self.preview = self.dialog.get_by_test_id("export-preview")
        self.save = self.dialog.get_by_role("button", name="Save the file")
        self.cancel = self.dialog.get_by_role("button", name="Cancel")
        self.failure = self.dialog.get_by_role("alert")
        self.only_selected = self.dialog.get_by_label("Only what is selected")
        self.background = self.dialog.get_by_label("With the background")

    def choose(self, row: str, choice: str) -> None:
        """One choice of a row."""
        self.row(row).get_by_role("button", name=choice, exact=True).click()

    def row(self, name: str) -> Locator:
        """The choices of one kind."""
        return self.dialog.get_by_role("group", name=name)
