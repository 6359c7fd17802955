"""Fingers, palms and pens on the glass, with the browser's own touch events."""

from __future__ import annotations

import math
from typing import Any

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from e2e.pages.touch import Fingers
from tests.harness.server import NewBoard, Server

TABLET: dict[str, Any] = {"viewport": {"width": 1180, "height": 820}, "has_touch": True}


def camera(board: BoardPage) -> tuple[float, float, float]:
    """What is at the top left, and how large."""
    x, y, zoom = board.page.evaluate(
        "() => [inkwire.camera.x, inkwire.camera.y, inkwire.camera.zoom]"
    )
    return x, y, zoom


def thickness(board: BoardPage, x: int, top: int, bottom: int) -> int:
    """How many pixels of a column bear ink."""
    return board.canvas.inked((x, top, x + 1, bottom))


def test_fingers_draw_pinch_tap_and_press_long(
    people: People, server: Server, board: NewBoard
) -> None:
    ana = people.at(server.link(board), **TABLET)
    fingers = Fingers(ana.page)
    ana.use("pen")
    fingers.drag((500, 300), (560, 340), (640, 320))
    ana.has_elements(1)
    drawn = ana.element()

    # Two fingers: the board goes with them and grows between them, and neither draws.
    before = camera(ana)
    fingers.pinch([(500, 400), (450, 450), (400, 500)], [(700, 400), (750, 450), (800, 500)])
    x, y, zoom = camera(ana)
    assert 1.9 < zoom / before[2] < 2.1
    assert math.isclose(x + 600 / zoom, before[0] + 600 / before[2], abs_tol=1)
    assert math.isclose(y + 500 / zoom, before[1] + 400 / before[2], abs_tol=1)
    assert ana.element() == drawn

    # A tap with two undoes, with three does it again.
    fingers.tap((500, 300), (620, 320))
    ana.has_elements(0)
    fingers.tap((500, 300), (620, 320), (700, 420))
    ana.has_elements(1)
    assert camera(ana) == (x, y, zoom)

    # A long press on it opens its menu, which stays when the finger leaves.
    ana.use("select")
    fingers.down(((560 - x) * zoom, (340 - y) * zoom))
    expect(ana.chrome.context_menu).to_be_visible()
    fingers.up()
    expect(ana.chrome.context_menu).to_be_visible()
    ana.chrome.context_menu.get_by_role("menuitem", name="Duplicate").tap()
    ana.has_elements(2)

    # On the empty board the same press offers what can be done there.
    fingers.down((900, 200))
    expect(ana.chrome.context_menu).to_contain_text("Select all")
    fingers.up()
    ana.press("Escape")
    expect(ana.chrome.context_menu).to_have_count(0)


def test_a_pen_draws_and_from_then_on_fingers_pan(
    people: People, server: Server, board: NewBoard
) -> None:
    ana = people.at(server.link(board), **TABLET)
    hand = Fingers(ana.page)
    ana.use("pen")
    # A palm lies there first and is dropped when the pen comes; a second one comes in the middle.
    start = camera(ana)
    hand.down((800, 700))
    hand.move((805, 720))
    hand.pen_down((400, 300), 0.1)
    for step in range(1, 41):
        hand.pen_move((400 + 10 * step, 300), 0.1 + 0.8 * step / 40)
        if step == 20:
            hand.move((830, 690))
            hand.down((830, 690), (900, 640))
    hand.move((700, 600), (760, 560))
    hand.pen_up((800, 300))
    hand.up()
    ana.has_elements(1)
    assert ana.element()["type"] == "freedraw"
    assert camera(ana) == start

    # Harder is wider.
    ana.canvas.settle()
    assert thickness(ana, 780, 280, 320) >= 2 * thickness(ana, 430, 280, 320) > 0

    # All of an arc that came in one event is drawn, not the chord.
    arc = [
        (600 - 100 * math.cos(math.pi * i / 30), 600 - 100 * math.sin(math.pi * i / 30))
        for i in range(31)
    ]
    hand.pen_at_once(arc)
    ana.has_elements(2)
    ana.canvas.settle()
    assert thickness(ana, 600, 490, 510) > 0
    assert thickness(ana, 600, 590, 610) == 0

    # The other end of the pen erases, and the tool at hand is the pen again.
    hand.pen_at_once([(600, 450), (600, 520)], eraser=True)
    ana.has_elements(1)
    expect(ana.tool("pen")).to_have_attribute("aria-pressed", "true")

    # The hand that held the pen is far enough in the past: fingers pan, whatever the tool.
    def panned() -> bool:
        hand.drag((700, 600), (680, 590), (640, 570))
        return camera(ana) != start

    assert any(panned() for _ in range(100))
    x, y, zoom = camera(ana)
    assert (start[0] - x) % -60 == 0
    assert x > start[0]
    ana.has_elements(1)
    hand.down((400, 600))
    expect(ana.chrome.context_menu).to_be_visible()
    hand.up()
    ana.press("Escape")
    assert camera(ana) == (x, y, zoom)
