"""Every tool makes what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.pages.board import BoardPage


@pytest.mark.parametrize("kind", ["rectangle", "ellipse", "diamond", "triangle"])
def test_a_shape_is_as_large_as_the_drag_that_draws_it(ana: BoardPage, kind: str) -> None:
    ana.draw_box(kind, 500, 250, 200, 120)
    shape = ana.element()
    assert shape["type"] == kind
    assert shape["place"][2:4] == [200, 120]
    ana.is_saved()


@pytest.mark.parametrize("kind", ["line", "arrow"])
def test_a_drag_draws_a_line(ana: BoardPage, kind: str) -> None:
    ana.use(kind)
    ana.canvas.drag((500, 300), (700, 420))
    drawn = ana.element()
    assert drawn["type"] == kind
    assert drawn["endHead"] == ("arrow" if kind == "arrow" else "none")


@pytest.mark.parametrize("brush", ["pen", "highlighter"])
def test_ink_keeps_its_brush_and_the_tool_stays(ana: BoardPage, brush: str) -> None:
    ana.draw_stroke(tool=brush)
    ana.canvas.drag((500, 450), (700, 500))
    ana.has_elements(2)
    assert {ink["brush"] for ink in ana.of_type("freedraw")} == {brush}
    expect(ana.tool(brush)).to_have_attribute("aria-pressed", "true")


def test_text_is_typed_where_one_clicks_and_stays(ana: BoardPage) -> None:
    ana.write("Hello\nfrom here")
    text = ana.element()
    assert text["type"] == "text"
    assert text["text"] == "Hello\nfrom here"


def test_a_text_without_letters_leaves_nothing(ana: BoardPage) -> None:
    ana.use("text")
    ana.canvas.click((560, 300))
    expect(ana.text).to_be_focused()
    ana.press("Escape")
    ana.has_elements(0)


def test_the_caret_is_in_a_new_note_at_once(ana: BoardPage) -> None:
    ana.use("note")
    ana.canvas.click((640, 400))
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("Milk")
    ana.press("Tab")
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("Bread")
    ana.press("Escape")
    assert {note["text"] for note in ana.of_type("note")} == {"Milk", "Bread"}


def test_a_double_click_writes_into_a_shape(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.canvas.double_click((600, 310))
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("inside")
    ana.press("Control+Enter")
    (text,) = ana.of_type("text")
    (box,) = ana.of_type("rectangle")
    assert text["container"] == box["id"]


def test_the_eraser_takes_away_what_it_touches_and_nothing_else(ana: BoardPage) -> None:
    ana.draw_stroke(500, 300)
    ana.draw_stroke(500, 550)
    ana.use("eraser")
    ana.canvas.drag((560, 200), (560, 400))
    ana.has_elements(1)
    assert ana.element()["place"][1] > 400


def test_a_shape_gives_the_pointer_back_and_is_selected(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    expect(ana.tool("select")).to_have_attribute("aria-pressed", "true")
    ana.press("Delete")
    ana.has_elements(0)


def test_what_a_marquee_touches_moves_together(ana: BoardPage) -> None:
    ana.draw_box("rectangle", 500, 250, 100, 80)
    ana.draw_box("ellipse", 700, 250, 100, 80)
    before = {each["id"]: each["place"] for each in ana.elements()}
    ana.canvas.drag((450, 200), (850, 400))
    # The empty middle of a selection is a handle of the whole.
    ana.canvas.drag((650, 300), (700, 350))
    for each in ana.elements():
        x, y = before[each["id"]][:2]
        assert each["place"][:2] == [x + 50, y + 50]


def test_the_style_of_the_selection_changes_and_the_next_shape_has_it(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.chrome.set_style("Stroke", "Red")
    ana.chrome.set_style("Fill", "Blue")
    assert ana.element()["color"] == "#e03131"
    assert ana.element()["fill"] == "#a5d8ff"
    ana.draw_box("ellipse", 500, 500)
    (ellipse,) = ana.of_type("ellipse")
    assert (ellipse["color"], ellipse["fill"]) == ("#e03131", "#a5d8ff")


def test_the_hint_of_an_empty_board_goes_with_the_first_point_of_ink(ana: BoardPage) -> None:
    expect(ana.empty_hint).to_be_visible()
    ana.use("pen")
    ana.canvas.press((500, 300))
    ana.canvas.move([(520, 310)])
    expect(ana.empty_hint).to_have_count(0)
    ana.canvas.release()
