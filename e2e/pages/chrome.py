"""What stands around the drawing surface."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class Chrome:
    """Toolbar, style, menu, zoom, undo and help."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tools = page.get_by_role("toolbar", name="Tools")
        self.style = page.get_by_test_id("style")
        self.undo = page.get_by_test_id("undo")
        self.redo = page.get_by_test_id("redo")
        self.zoom = page.get_by_test_id("zoom")
        self.menu_button = page.get_by_test_id("menu")
        self.menu = page.get_by_role("menu", name="Menu")
        self.context_menu = page.get_by_role("menu", name="Actions")
        self.help = page.get_by_role("dialog", name="Keyboard and gestures")

    def open_menu(self) -> Locator:
        """The main menu."""
        self.menu_button.click()
        expect(self.menu).to_be_visible()
        return self.menu

    def choose(self, entry: str) -> None:
        """An entry of the main menu."""
        self.open_menu().get_by_text(entry).click()

    def set_style(self, row: str, choice: str) -> None:
        """One choice of a row of the style panel."""
        self.style.get_by_role("group", name=row).get_by_role(
            "button", name=choice, exact=True
        ).click()
