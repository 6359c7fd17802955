"""Text in shapes and on arrows, and frames: by hand, seen by somebody else on another worker."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from e2e.pages.board import BoardPage


def label_of(board: BoardPage, container: str) -> dict[str, Any]:
    """The text in a shape or on an arrow."""
    (label,) = [text for text in board.of_type("text") if text["container"] == container]
    return label


def middle(element: dict[str, Any]) -> tuple[float, float]:
    """The middle of an upright box, in whole units."""
    x, y, width, height, _ = element["place"]
    return round(x + width / 2), round(y + height / 2)


def test_labels_grow_move_and_are_seen_while_they_are_typed(ana: BoardPage, ben: BoardPage) -> None:
    ana.draw_box("rectangle", 350, 200, 160, 60)
    ana.press("Escape")
    ana.canvas.double_click((430, 230))
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("first line\nsecond line\nthird line")
    # Letters and the growing shape, before anything is on the board.
    assert ben.canvas.looks(lambda: ben.canvas.inked((370, 265, 490, 285)) > 40)
    assert ben.state()["elements"] == 1
    ana.press("Escape")
    (shape,) = ana.of_type("rectangle")
    assert shape["place"][3] == 85
    assert middle(label_of(ana, shape["id"])) == middle(shape)

    # Fitted to the fonts that are really drawn, a label stays inside of its ellipse.
    ana.draw_box("ellipse", 700, 200, 200, 100)
    ana.press("Enter")
    ana.page.keyboard.type("an ellipse with a good deal to say for itself")
    ana.chrome.set_style("Font", "Sans")
    ana.press("Escape")
    (ellipse,) = ana.of_type("ellipse")
    said = label_of(ana, ellipse["id"])
    assert said["font"] == "sans"
    assert ellipse["place"][3] * 0.5**0.5 - 10 >= said["place"][3] - 0.1

    ana.use("arrow")
    ana.canvas.drag((510, 240), (700, 250))
    ana.press("Enter")
    ana.page.keyboard.type("yes")
    ana.press("Escape")
    (arrow,) = ana.of_type("arrow")
    before = middle(label_of(ana, arrow["id"]))
    # The line is broken behind its label, and a little beside it.
    left = int(label_of(ana, arrow["id"])["place"][0])
    ana.press("Escape")
    ana.canvas.settle()
    assert ana.canvas.inked((left - 4, 235, left, 255)) == 0
    assert ana.canvas.inked((left - 20, 235, left - 10, 255)) > 10

    # The ellipse goes, and so do the arrow's end and both labels.
    ana.canvas.drag((800, 205), (800, 405))
    ana.agrees_with(ben)
    after = middle(label_of(ben, arrow["id"]))
    assert after[1] - before[1] > 60
    assert middle(label_of(ben, ellipse["id"])) == middle(ben.of_type("ellipse")[0])
    ana.press("Control+z")
    ana.has_elements(6)
    assert middle(label_of(ana, arrow["id"])) == before

    # Somebody deletes the shape whose label is being written: the words are not lost.
    ana.canvas.double_click((430, 240))
    ana.page.keyboard.type("kept words")
    ben.canvas.click((352, 240))
    ben.press("Delete")
    # With the shape goes its label; the arrow stays, with its own.
    ana.has_elements(4)
    ana.press("Escape")
    ana.toast.get_by_role("button").first.click()
    ana.has_elements(5)
    assert [text for text in ana.of_type("text") if text["text"] == "kept words"]
    ana.agrees_with(ben)


def test_a_frame_takes_in_clips_carries_and_is_named(ana: BoardPage, ben: BoardPage) -> None:
    ana.draw_box("rectangle", 400, 250, 100, 80)
    ana.draw_box("ellipse", 800, 250, 120, 80)
    ana.press("Escape", "f")
    expect(ana.tool("frame")).to_have_attribute("aria-pressed", "true")
    ana.canvas.drag((350, 200), (650, 450))
    (frame,) = ana.of_type("frame")
    assert ana.of_type("rectangle")[0]["frame"] == frame["id"]

    ana.canvas.double_click((362, 188))
    field = ana.page.get_by_test_id("frame-name")
    expect(field).to_be_focused()
    ana.page.keyboard.type("Plans")
    ana.press("Enter")
    expect(field).to_have_count(0)

    # Ben drops the ellipse onto the frame's edge: what hangs over is not seen.
    ben.has_elements(3)
    ben.canvas.drag((860, 250), (630, 300))
    ben.agrees_with(ana)
    assert ana.of_type("ellipse")[0]["frame"] == frame["id"]
    ben.press("Escape")
    ben.page.mouse.move(200, 600)
    ana.press("Escape")
    ana.canvas.settle()
    assert ana.canvas.looks(lambda: ana.canvas.inked((656, 302, 695, 378)) == 0)
    assert ana.canvas.inked((568, 302, 645, 378)) > 100

    # While Ana carries the frame away, Ben writes in it: both end up in the same place.
    ana.canvas.press((362, 188))
    ana.canvas.move([(362, 288)])
    ben.canvas.double_click((450, 400))
    ben.page.keyboard.type("inside")
    ben.press("Escape")
    ana.canvas.release()
    ana.agrees_with(ben)
    assert {element["frame"] for element in ben.of_type("text")} == {frame["id"]}
    assert ben.of_type("rectangle")[0]["place"][1] == 350
    assert ben.of_type("frame")[0]["name"] == "Plans"

    ana.press("Delete")
    ana.has_elements(0)
    ana.press("Control+z")
    ana.has_elements(4)
    ana.agrees_with(ben)
