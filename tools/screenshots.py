"""Pictures of the running product: the README's, and one of each page at each size to be looked at.

``python tools/screenshots.py`` starts a server of its own, draws a sample board through the client,
opens it in Chromium as two people, and writes ``docs/images/board.png`` and ``build/screenshots/``.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "backend")]

from e2e.browser import start_chromium  # noqa: E402
from e2e.pages.board import BoardPage  # noqa: E402
from inkwire.client import connect  # noqa: E402
from tools.sample_board import loop, sample_ops  # noqa: E402

README_PICTURE = ROOT / "docs" / "images" / "board.png"
FOLDER = ROOT / "build" / "screenshots"
SIZES = ((360, 740), (768, 1024), (1280, 800), (1920, 1080))
THEMES = ("light", "dark")


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server with two workers and an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: each for name, each in os.environ.items() if "INKWIRE" not in name}
        process = subprocess.Popen(
            [sys.executable, "-m", "inkwire", "serve", "--port", "0", "--workers", "2"],
            env=kept | {"PYTHONPATH": str(ROOT / "backend"), "INKWIRE_DATA_DIR": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
            process.wait(30)


def new_board(base: str, title: str) -> str:
    """The link of an editor to a new board."""
    made = httpx.post(f"{base}/api/boards", json={"title": title}).json()
    return str(made["links"]["editor"]["url"])


async def draw_sample(link: str) -> None:
    """Puts the sample on a board."""
    board = await connect(link)
    await board.push(sample_ops())
    await board.close()


class Somebody:
    """A person with a name, a colour and a browser."""

    def __init__(self, browser: Browser, name: str, color: str, **options: Any) -> None:
        self.context = browser.new_context(reduced_motion="reduce", **options)
        me = {"person": f"person-{name.replace(' ', '-')}", "name": name, "color": color}
        text = msgspec.json.encode(msgspec.json.encode(me).decode()).decode()
        self.context.add_init_script(f"localStorage['inkwire.person'] ??= {text}")

    def enter(self, link: str) -> BoardPage:
        """Opens a board; returns when its picture is complete."""
        page = self.context.new_page()
        page.goto(link)
        board = BoardPage(page)
        board.is_live()
        board.canvas.settle()
        return board


def on_screen(board: BoardPage, x: float, y: float) -> tuple[float, float]:
    """Where a point of the world is in the window."""
    left, top, zoom = board.page.evaluate(
        "() => [inkwire.camera.x, inkwire.camera.y, inkwire.camera.zoom]"
    )
    return (x - left) * zoom, (y - top) * zoom


def picture(page: Page, path: Path) -> None:
    """Saves what is on the screen once the fonts of the chrome are there."""
    page.evaluate("() => document.fonts.ready")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def sample_board(base: str) -> str:
    """The link of an editor to a board with the sample on it."""
    link = new_board(base, "How a stroke travels")
    asyncio.run(draw_sample(link))
    return link


def readme_picture(browser: Browser, link: str) -> None:
    """Two people on the sample board, one of them in the middle of a stroke."""
    size = {"width": 1440, "height": 860}
    here = Somebody(browser, "Ana", "#2b8a3e", viewport=size, device_scale_factor=2).enter(link)
    # Room for the style panel at the left.
    here.page.mouse.move(700, 400)
    here.page.mouse.wheel(-200, 10)
    there = Somebody(browser, "Ben", "#a61e4d", viewport=size).enter(link)
    there.use("pen")
    there.chrome.set_style("Stroke", "Orange")
    there.chrome.set_style("Width", "Medium")
    there.page.mouse.move(*on_screen(there, 380, 405))
    path = loop(405, 485, 128, 84, 0.8)
    ring = [on_screen(there, x, y) for x, y in path]
    there.canvas.press(ring[0])
    there.canvas.move(ring[1:], steps=1)
    here.canvas.click(on_screen(here, 85, 352))
    here.page.mouse.move(*on_screen(here, 150, 470))
    expect(here.people.peers).to_contain_text("Ben")
    # The ring is on its way while it is drawn: seen when its last point has ink.
    x, y = (int(2 * each) for each in on_screen(here, *path[-4]))
    assert here.canvas.looks(lambda: here.canvas.inked((x - 12, y - 12, x + 12, y + 12)) > 20)
    here.canvas.settle()
    picture(here.page, README_PICTURE)
    # Flat colours: a palette of 256 makes a fifth of the file and no difference to the eye.
    Image.open(README_PICTURE).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        README_PICTURE, optimize=True
    )


def all_pictures(browser: Browser, base: str, full: str) -> None:
    """Every page at every size in both themes, empty and full, and the dialogs."""
    empty = new_board(base, "")
    for width, height in SIZES:
        for theme in THEMES:
            options = {"viewport": {"width": width, "height": height}, "color_scheme": theme}
            one = Somebody(browser, "Ana", "#2b8a3e", **options)
            name = f"{width}-{theme}"
            page = one.context.new_page()
            page.goto(base)
            picture(page, FOLDER / f"landing-empty-{name}.png")
            picture(one.enter(empty).page, FOLDER / f"board-empty-{name}.png")
            board = one.enter(full)
            picture(board.page, FOLDER / f"board-full-{name}.png")
            board.press("Control+a")
            picture(board.page, FOLDER / f"board-selected-{name}.png")
            page.reload()
            picture(page, FOLDER / f"landing-full-{name}.png")
            dialogs(board, name)
            one.context.close()


def dialogs(board: BoardPage, name: str) -> None:
    """What opens over a board."""
    board.press("Escape")
    board.chrome.open_menu()
    picture(board.page, FOLDER / f"menu-{name}.png")
    board.press("Escape")
    board.people.button.click()
    expect(board.people.list).to_be_visible()
    picture(board.page, FOLDER / f"people-{name}.png")
    board.press("Escape")
    board.share.open()
    picture(board.page, FOLDER / f"share-{name}.png")
    board.press("Escape")
    board.press("?")
    expect(board.chrome.help).to_be_visible()
    picture(board.page, FOLDER / f"help-{name}.png")
    board.press("Escape")


def main() -> int:
    """Takes all pictures."""
    with running_server() as base:
        # Before Playwright starts, which keeps the thread's event loop to itself.
        boards = sample_board(base), sample_board(base)
        with sync_playwright() as playwright:
            browser = start_chromium(playwright)
            readme_picture(browser, boards[0])
            if "--readme" not in sys.argv:
                all_pictures(browser, base, boards[1])
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
