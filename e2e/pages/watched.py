"""A page whose console is listened to."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page


class Watched:
    """Collects what a page's console says; tests expect nothing.

    ``forgive`` names parts of messages that a test provokes, such as the browser's own word about a
    network that the test has cut.
    """

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        self.forgive: list[str] = []
        page.on("console", self._message)
        page.on("pageerror", lambda error: self._hear(f"uncaught: {error.stack or error}"))

    def _message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._hear(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _hear(self, line: str) -> None:
        if not any(part in line for part in self.forgive):
            self.said.append(line)
