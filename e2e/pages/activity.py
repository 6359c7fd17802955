"""The activity page of a board."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page


class ActivityPage:
    """What happens on a board, in words, beside a picture of it; by itself or within another page."""

    def __init__(self, place: Page | FrameLocator) -> None:
        self.rows = place.get_by_test_id("activity-rows").get_by_role("listitem")
        self.people = place.get_by_role("list", name="here")
        self.picture = place.get_by_test_id("picture")
        self.state = place.get_by_role("status")
        self.heading = place.get_by_role("heading", level=1)
        self.stopped = place.get_by_test_id("stopped")

    def row(self, words: str) -> Locator:
        """The newest row that says this."""
        return self.rows.filter(has_text=words).first
