"""Fingers and pens on the glass, as the browser gets them from a screen."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

from e2e.pages.canvas import Point

QUICK_PEN = """async ([path, button, buttons]) => {
  const board = document.querySelector('[data-testid=board]');
  const send = (type, [clientX, clientY], pressed, more = {}) =>
    board.dispatchEvent(new PointerEvent(type, {
      // Only a pointer that the browser knows of may be captured; the mouse's is always there.
      pointerId: 1, pointerType: 'pen', bubbles: true, pressure: 0.5, clientX, clientY,
      button, buttons: pressed, ...more,
    }));
  send('pointerdown', path[0], buttons);
  // All points but the last come with it, as a browser delivers what was faster than its frames.
  const coalescedEvents = path.slice(1).map(([clientX, clientY]) => new PointerEvent(
    'pointermove', {pointerType: 'pen', pressure: 0.5, clientX, clientY}));
  send('pointermove', path.at(-1), buttons, {coalescedEvents});
  send('pointerup', path.at(-1), 0);
}"""


class Fingers:
    """Up to ten fingers and one pen, through Chromium's own input, in CSS pixels of the window."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._chromium = page.context.new_cdp_session(page)

    # --- fingers ------------------------------------------------------------------------------------

    def down(self, *points: Point) -> None:
        """All fingers that are on the glass from now on."""
        self._touch("touchStart", points)

    def move(self, *points: Point) -> None:
        """Where each of them has gone."""
        self._touch("touchMove", points)

    def up(self, *points: Point) -> None:
        """Those that stay; all others are lifted."""
        self._touch("touchEnd", points)

    def tap(self, *points: Point) -> None:
        """A short touch with some fingers, one after the other."""
        for count in range(1, len(points) + 1):
            self.down(*points[:count])
        self.up()

    def drag(self, *path: Point) -> None:
        """One finger's way."""
        self.down(path[0])
        for point in path[1:]:
            self.move(point)
        self.up()

    def pinch(self, first: Sequence[Point], second: Sequence[Point]) -> None:
        """Two fingers, each on a way of its own, in step."""
        self.down(first[0])
        self.down(first[0], second[0])
        for a, b in zip(first[1:], second[1:], strict=True):
            self.move(a, b)
        self.up(second[-1])
        self.up()

    def _touch(self, kind: str, points: Sequence[Point]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._chromium.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    # --- the pen ------------------------------------------------------------------------------------

    def pen_down(self, at: Point, pressure: float = 0.5) -> None:
        """The pen touches the glass."""
        self._pen("mousePressed", at, pressure, down=True)

    def pen_move(self, at: Point, pressure: float = 0.5) -> None:
        """It goes on."""
        self._pen("mouseMoved", at, pressure, down=True)

    def pen_up(self, at: Point) -> None:
        """It is lifted."""
        self._pen("mouseReleased", at, 0, down=False)

    def pen_drag(self, *path: tuple[float, float, float]) -> None:
        """A stroke through points of x, y and pressure."""
        self.pen_down(path[0][:2], path[0][2])
        for x, y, pressure in path[1:]:
            self.pen_move((x, y), pressure)
        self.pen_up(path[-1][:2])

    def _pen(self, kind: str, at: Point, pressure: float, *, down: bool) -> None:
        pressed = kind != "mouseMoved"
        self._chromium.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": at[0],
                "y": at[1],
                "button": "left" if pressed or down else "none",
                "buttons": 1 if down else 0,
                "clickCount": 1 if pressed else 0,
                "force": pressure,
                "pointerType": "pen",
            },
        )

    # --- what Chromium's input cannot be asked for ----------------------------------------------------

    def pen_at_once(self, path: Sequence[Point], *, eraser: bool = False) -> None:
        """A pen so quick that its whole way comes in one event; or the eraser at its other end."""
        button, buttons = (5, 32) if eraser else (0, 1)
        self.page.evaluate(QUICK_PEN, [path, button, buttons])
