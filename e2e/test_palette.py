"""Every command can be found by its name."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server


def test_a_few_letters_and_enter_run_a_command(ana: BoardPage) -> None:
    ana.draw_box("rectangle")
    ana.palette.choose("dup")
    ana.has_elements(2)
    ana.palette.choose("ell")
    expect(ana.tool("ellipse")).to_have_attribute("aria-pressed", "true")
    # Copying needs the browser's own event, with the keyboard back on the board.
    ana.press("v", "Control+a")
    ana.palette.choose("cut")
    ana.has_elements(0)
    ana.press("Control+v")
    ana.has_elements(2)

    ana.press("Escape")
    ana.palette.open("Control+Shift+P")
    # Used last comes first; cutting and duplicating need a selection.
    expect(ana.palette.rows.nth(0)).to_contain_text("Ellipse")
    expect(ana.palette.rows.nth(1)).to_contain_text("Select")
    ana.page.keyboard.type("align left")
    expect(ana.palette.active).to_have_attribute("aria-disabled", "true")
    expect(ana.palette.active).to_contain_text("Select two or more first")
    ana.press("Enter")
    expect(ana.palette.box).to_be_focused()
    ana.palette.box.fill("")
    ana.press("ArrowUp")
    expect(ana.palette.active).to_have_text("All boards")
    ana.press("Escape")
    expect(ana.palette.dialog).to_have_count(0)
    ana.has_elements(2)


def test_what_is_typed_before_it_has_come_goes_to_no_tool(
    people: People, server: Server, board: NewBoard
) -> None:
    """Its code is on the way: letters would choose tools, as they do without it. Esc gives it up."""
    held: list[Route] = []
    context = people.context()
    context.route("**/on_demand*.js", lambda route: held.append(route))
    ana = people.at(server.link(board), context)
    ana.press("r", "Control+/", "e", "o")
    expect(ana.tool("rectangle")).to_have_attribute("aria-pressed", "true")
    ana.press("Escape", "e")
    expect(ana.tool("eraser")).to_have_attribute("aria-pressed", "true")
    ana.press("Control+/")
    for route in held:
        route.continue_()
    expect(ana.palette.box).to_be_focused()


def test_a_phone_has_it_in_the_menu(people: People, server: Server, board: NewBoard) -> None:
    phone = people.at(server.link(board), viewport={"width": 360, "height": 740}, has_touch=True)
    phone.chrome.choose("All commands")
    phone.palette.box.fill("dark")
    phone.palette.rows.first.click()
    expect(phone.page.locator("html")).to_have_attribute("data-theme", "dark")
