"""Keys do what fingers expect."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.pages.board import BoardPage

TOOLS = [
    ("v", "select"),
    ("1", "select"),
    ("h", "hand"),
    ("r", "rectangle"),
    ("2", "rectangle"),
    ("d", "diamond"),
    ("3", "diamond"),
    ("o", "ellipse"),
    ("4", "ellipse"),
    ("a", "arrow"),
    ("5", "arrow"),
    ("l", "line"),
    ("6", "line"),
    ("p", "pen"),
    ("x", "pen"),
    ("7", "pen"),
    ("Shift+P", "highlighter"),
    ("t", "text"),
    ("8", "text"),
    ("e", "eraser"),
    ("0", "eraser"),
    ("n", "note"),
    ("f", "frame"),
    ("g", "triangle"),
    ("k", "laser"),
]


def test_each_tool_has_its_keys(ana: BoardPage) -> None:
    for chord, tool in TOOLS:
        # From another tool, so that the key has something to change.
        ana.tool("hand" if tool != "hand" else "select").click()
        ana.press(chord)
        expect(ana.tool(tool)).to_have_attribute("aria-pressed", "true")


def test_letters_are_letters_while_a_text_is_typed(ana: BoardPage) -> None:
    ana.title.fill("")
    ana.title.type("red pen")
    ana.press("Enter")
    expect(ana.tool("select")).to_have_attribute("aria-pressed", "true")
    ana.write("rope")
    assert ana.element()["text"] == "rope"


def test_q_keeps_the_tool(ana: BoardPage) -> None:
    ana.press("r", "q")
    for left in (450, 650):
        ana.canvas.drag((left, 300), (left + 100, 400))
    ana.has_elements(2)
    expect(ana.tool("rectangle")).to_have_attribute("aria-pressed", "true")


def test_copy_paste_and_duplicate(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.press("Control+c", "Control+v")
    ana.has_elements(2)
    ana.press("Control+d")
    ana.has_elements(3)
    ana.press("Control+a", "Control+x")
    ana.has_elements(0)
    ana.press("Control+v")
    ana.has_elements(3)


@pytest.mark.parametrize(("chord", "by"), [("ArrowRight", 1), ("Shift+ArrowRight", 10)])
def test_arrow_keys_move_the_selection(ana: BoardPage, chord: str, by: int) -> None:
    ana.draw_box("rectangle")
    before = ana.element()["place"][0]
    ana.press(chord)
    assert ana.element()["place"][0] == before + by


def test_zoom_by_key_button_and_wheel(ana: BoardPage) -> None:
    ana.press("Control+Equal")
    expect(ana.chrome.zoom).not_to_have_text("100%")
    ana.press("Control+0")
    expect(ana.chrome.zoom).to_have_text("100%")
    ana.page.mouse.move(640, 400)
    ana.page.keyboard.down("Control")
    ana.page.mouse.wheel(0, -100)
    ana.page.keyboard.up("Control")
    expect(ana.chrome.zoom).not_to_have_text("100%")
    ana.chrome.zoom.click()
    expect(ana.chrome.zoom).to_have_text("100%")


def test_the_wheel_pans_and_space_drags_without_changing_the_tool(ana: BoardPage) -> None:
    ana.press("p")
    ana.page.mouse.move(640, 400)
    ana.page.mouse.wheel(0, 100)
    ana.until("() => window.inkwire.camera.y === 100")
    ana.page.keyboard.down("Space")
    ana.canvas.drag((640, 400), (740, 400))
    ana.page.keyboard.up("Space")
    ana.until("() => window.inkwire.camera.x === -100")
    ana.has_elements(0)
    expect(ana.tool("pen")).to_have_attribute("aria-pressed", "true")


def test_help_lists_the_keys_and_escape_closes_it(ana: BoardPage) -> None:
    ana.press("?")
    expect(ana.chrome.help).to_contain_text("Duplicate")
    expect(ana.chrome.help).to_contain_text("Highlighter")
    # No column begins without a heading.
    parts = "(all) => all.map((each) => each.getClientRects().length)"
    assert set(ana.chrome.help.locator("section").evaluate_all(parts)) == {1}
    ana.press("Escape")
    expect(ana.chrome.help).to_have_count(0)


def test_arrow_keys_walk_the_toolbar(ana: BoardPage) -> None:
    ana.tool("rectangle").focus()
    ana.press("ArrowRight", "ArrowRight", "Enter")
    expect(ana.tool("ellipse")).to_have_attribute("aria-pressed", "true")


def test_the_right_button_opens_a_menu_for_what_is_under_it(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.press("Escape")
    ana.page.mouse.click(500, 300, button="right")
    ana.chrome.context_menu.get_by_role("menuitem", name="Delete").click()
    ana.has_elements(0)
    ana.page.mouse.click(640, 600, button="right")
    expect(ana.chrome.context_menu).to_contain_text("Select all")
    ana.press("Escape")
    expect(ana.chrome.context_menu).to_have_count(0)


def test_the_menu_key_opens_the_menu_of_the_selection_without_a_mouse(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.press("ContextMenu")
    ana.chrome.context_menu.get_by_role("menuitem", name="Duplicate").focus()
    ana.press("Enter")
    ana.has_elements(2)
