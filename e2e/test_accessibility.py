"""What axe-core finds on every screen: nothing serious, in either theme, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import People
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
    """The landing page, an empty board, a full one with a selection, and what opens over it."""
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
    landing = people.landing(server.base, context)
    expect(landing.row("Untitled")).to_be_visible()
    assert complaints(landing.page) == []
