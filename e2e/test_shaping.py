"""Shapes that find their place: lines and arrows that know what they join, ink that becomes a shape."""

from __future__ import annotations

from e2e.pages.board import BoardPage

GUIDE = (240, 52, 140)


def test_what_is_moved_lines_up_and_its_elbow_arrow_goes_along(
    ana: BoardPage, ben: BoardPage
) -> None:
    ana.draw_box("rectangle", 400, 200, 120, 80)
    ana.draw_box("triangle", 700, 420, 120, 100)
    ana.use("arrow")
    ana.chrome.set_style("Line shape", "Elbow")
    ana.canvas.drag((460, 240), (760, 490))
    ben.has_elements(3)
    (arrow,) = ana.of_type("arrow")
    (box,) = ana.of_type("rectangle")
    (triangle,) = ana.of_type("triangle")
    assert (arrow["start"]["to"], arrow["end"]["to"]) == (box["id"], triangle["id"])
    ana.use("select")
    # By its outline, to four pixels below the other's top: there it comes to lie in line.
    ana.canvas.press((760, 520))
    ana.canvas.move([(800, 400), (900, 303)])
    assert ana.canvas.looks(lambda: GUIDE in colours(ana))
    ana.canvas.release()
    ana.canvas.settle()
    ana.agrees_with(ben)
    (triangle,) = ben.of_type("triangle")
    (arrow,) = ben.of_type("arrow")
    assert triangle["place"][1] == 200
    assert arrow["end"]["to"] == triangle["id"]
    assert GUIDE not in colours(ana)


def test_ink_is_cut_and_becomes_a_shape_and_both_are_taken_back(
    ana: BoardPage, ben: BoardPage
) -> None:
    ana.use("pen")
    ana.canvas.drag((400, 200), (800, 200), steps=20)
    ana.use("eraser")
    ana.chrome.set_style("Erase", "Only the ink it crosses (Alt: whole elements)")
    ana.canvas.drag((600, 150), (600, 250))
    ben.has_elements(2)
    ana.chrome.undo.click()
    ben.has_elements(1)
    ana.use("pen")
    ana.canvas.press((450, 350))
    ana.canvas.move([(650, 350), (650, 500), (450, 500), (450, 353)], steps=12)
    # Held still, still pressed: the ink has become a box on both screens.
    for person in (ana, ben):
        person.until("() => inkwire.elements().some((e) => e.type === 'rectangle')")
    ana.canvas.release()
    ana.chrome.undo.click()
    ben.until("() => inkwire.elements().every((e) => e.type === 'freedraw')")
    ben.has_elements(2)
    ana.agrees_with(ben)


def test_a_colour_is_picked_from_what_lies_there(ana: BoardPage) -> None:
    ana.draw_box("ellipse", 400, 200, 200, 120)
    ana.chrome.set_style("Stroke", "Red")
    ana.press("Escape")
    ana.draw_box("rectangle", 700, 200, 160, 120)
    ana.chrome.set_style("Stroke", "Black")
    ana.press("i")
    ana.canvas.click((500, 200))
    (ellipse,) = ana.of_type("ellipse")
    ana.until("(red) => inkwire.elements().every((e) => e.color === red)", ellipse["color"])


def colours(person: BoardPage) -> set[tuple[int, ...]]:
    """The colours on the free part of the board."""
    picture = person.canvas.picture((300, 100, 1100, 650))
    return {colour for _, colour in picture.getcolors(100_000) or []}  # type: ignore[misc]
