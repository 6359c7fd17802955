"""Chromium, as it is found on this machine."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages in the background draw as often as the one in front: there is no person here to save power for.
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
]


def start_chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, or the one that Playwright installed for itself."""
    path = shutil.which("chromium")
    return playwright.chromium.launch(
        executable_path=path or playwright.chromium.executable_path, args=ARGUMENTS
    )
