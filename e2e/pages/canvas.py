"""The drawing surface, by hand and by eye."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from PIL import Image, ImageChops
from playwright.sync_api import Page

Point = tuple[float, float]
Box = tuple[int, int, int, int]


class Canvas:
    """What a hand with a mouse does on the board, in CSS pixels of the window, and what an eye sees."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.surface = page.get_by_test_id("board")

    def press(self, at: Point) -> None:
        """Puts the pointer down."""
        self.page.mouse.move(*at)
        self.page.mouse.down()

    def move(self, points: Iterable[Point], steps: int = 4) -> None:
        """Moves it, with events on the way."""
        for x, y in points:
            self.page.mouse.move(x, y, steps=steps)

    def release(self) -> None:
        """Lifts it."""
        self.page.mouse.up()

    def drag(self, *points: Point, steps: int = 6) -> None:
        """A whole gesture through all points."""
        self.press(points[0])
        self.move(points[1:], steps)
        self.release()

    def click(self, at: Point) -> None:
        """A click."""
        self.page.mouse.click(*at)

    def double_click(self, at: Point) -> None:
        """Two clicks."""
        self.page.mouse.dblclick(*at)

    def settle(self) -> None:
        """Waits until the picture is sharp and complete."""
        self.page.evaluate("() => window.inkwire.settled()")

    def picture(self, box: Box | None = None) -> Image.Image:
        """What is on the screen now, or in a box of it (left, top, right, bottom)."""
        image = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        return image.crop(box) if box else image

    def pixel(self, at: Point) -> str:
        """The colour at a point: #rrggbb."""
        red, green, blue = self.picture().getpixel((int(at[0]), int(at[1])))[:3]  # type: ignore[index]
        return f"#{red:02x}{green:02x}{blue:02x}"

    def inked(self, box: Box, paper: str = "#ffffff") -> int:
        """How many pixels in a box are not the paper's colour."""
        seen = self.picture(box)
        difference = ImageChops.difference(seen, Image.new("RGB", seen.size, paper)).convert("L")
        return sum(difference.point(lambda value: 255 if value > 40 else 0).histogram()[255:])

    def looks(self, sees: Callable[[], bool], attempts: int = 100) -> bool:
        """Looks again and again, a new picture each time, until it sees it."""
        return any(sees() for _ in range(attempts))
