"""What axe-core finds on every screen: nothing serious, in either theme, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import People
from e2e.pages.activity import ActivityPage
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server

AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"

SCREENS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}

RUN = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ['violations']});
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, help, nodes}) =>
      nodes.map(({html, failureSummary}) => `${id}: ${help}\\n  ${html}\\n  ${failureSummary}`));
}"""


def complaints(page: Page) -> list[str]:
    """What is serious or critical on the screen as it is."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(
    people: People, server: Server, board: NewBoard, screen: str, theme: str
) -> None:
    """The landing page, an empty board, a full one with a selection, what opens over it, and its activity."""
    options = {**SCREENS[screen], "color_scheme": theme}
    context = people.context(**options)
    ana = people.at(server.link(board), context)
    assert complaints(ana.page) == []
    ana.press("r")
    middle = options["viewport"]["width"] / 2
    ana.canvas.drag((middle - 50, 250), (middle + 50, 330))
    ana.has_elements(1)
    expect(ana.page.get_by_test_id("undo")).to_be_enabled()
    assert complaints(ana.page) == []
    ana.chrome.open_menu()
    assert complaints(ana.page) == []
    ana.press("Escape", "?")
    expect(ana.chrome.help).to_be_visible()
    assert complaints(ana.page) == []
    ana.press("Escape")
    ana.share.open()
    assert complaints(ana.page) == []
    ana.press("Escape")
    ana.people.open()
    assert complaints(ana.page) == []
    ana.press("Escape", "Control+Shift+e")
    expect(ana.export.preview).to_be_visible()
    assert complaints(ana.page) == []
    ana.page.goto(server.link(board).replace("#", "/activity#"))
    expect(ActivityPage(ana.page).row("joined")).to_be_visible()
    assert complaints(ana.page) == []
    landing = people.landing(server.base, context)
    expect(landing.row("Untitled")).to_be_visible()
    assert complaints(landing.page) == []


def test_a_board_can_be_worked_without_a_pointer(ana: BoardPage) -> None:
    """Tab walks what is drawn, arrows move it, Enter writes into it, Esc leads to the tools."""
    ana.draw_box("ellipse", 700)
    ana.draw_box("rectangle", 400)
    ana.press("Escape")
    announcer = ana.page.get_by_test_id("announcer")
    expect(announcer).to_have_text("")
    ana.page.get_by_test_id("board").focus()
    ana.press("Tab")
    expect(announcer).to_have_text("Rectangle")
    (before,) = ana.of_type("rectangle")
    ana.press("ArrowRight")
    (after,) = ana.of_type("rectangle")
    assert after["place"][0] == before["place"][0] + 1
    ana.press("Enter")
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("Yes")
    ana.press("Escape")
    expect(announcer).to_have_text("Rectangle: Yes")
    ana.press("Tab")
    expect(announcer).to_have_text("Ellipse")
    ana.press("Shift+Tab", "Control+a")
    expect(announcer).to_have_text("2 things selected")
    ana.page.get_by_test_id("board").focus()
    ana.press("Escape", "Escape")
    expect(ana.tool("select")).to_be_focused()
    ana.press("Shift+Tab")
    assert ana.page.evaluate("() => document.activeElement !== document.body")
