"""What the page looks like: themes, and nothing cut off on any screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server

# Of everything that is shown: outside of the window, or its own words cut off without an ellipsis.
CUT_OFF = """() => {
  const wrong = [];
  for (const element of document.querySelectorAll('button, input, a, h1, p, .panel, [role=status]')) {
    if (!element.checkVisibility({visibilityProperty: true}) || element.closest('.visually-hidden')) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const scrolled = element.parentElement.closest('.style-dock, .dialog, .popover');
    if (!scrolled && (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight))
      wrong.push(`outside: ${element.outerHTML.slice(0, 90)} ${JSON.stringify(box)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page scrolls sideways');
  return wrong;
}"""

# Pairs of panels that lie on each other.
OVERLAPS = """() => {
  const panels = [...document.querySelectorAll('.panel')].filter(p => p.checkVisibility());
  const wrong = [];
  for (const [i, a] of panels.entries()) for (const b of panels.slice(i + 1)) {
    if (a.contains(b) || b.contains(a)) continue;
    const x = a.getBoundingClientRect(), y = b.getBoundingClientRect();
    if (x.left < y.right && y.left < x.right && x.top < y.bottom && y.top < x.bottom)
      wrong.push(`${a.className} over ${b.className}`);
  }
  return wrong;
}"""

MOUSE = [
    (360, 640),
    (360, 740),
    (640, 360),
    (768, 1024),
    (1024, 768),
    (1080, 800),
    (1280, 800),
    (1920, 1080),
]
FINGERS = [(360, 740), (412, 915), (768, 1024), (1180, 820), (1280, 800)]
SCREENS = [(*size, False) for size in MOUSE] + [(*size, True) for size in FINGERS]


@pytest.mark.parametrize(("width", "height", "touch"), SCREENS)
def test_nothing_is_cut_off_or_covered(
    people: People, server: Server, board: NewBoard, width: int, height: int, touch: bool
) -> None:
    person = people.at(
        server.link(board),
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
    )
    person.title.fill("A board with rather a long title, as they come")
    person.press("Enter")
    middle = (width / 2, height / 2)
    person.use("rectangle")
    person.press("Escape", "r")
    person.canvas.drag((middle[0] - 20, middle[1] - 20), (middle[0] + 20, middle[1] + 20))
    person.has_elements(1)
    assert person.page.evaluate(CUT_OFF) == []
    assert person.page.evaluate(OVERLAPS) == []


def test_on_a_phone_offline_is_told_in_full(
    people: People, server: Server, board: NewBoard
) -> None:
    phone = people.at(server.link(board), viewport={"width": 360, "height": 740})
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    phone.page.context.set_offline(True)
    expect(phone.connection).to_have_attribute("data-state", "offline")
    phone.press("r")
    phone.canvas.drag((150, 300), (220, 360))
    expect(phone.connection).to_contain_text("1 change is kept on this device")
    assert phone.page.evaluate(CUT_OFF) == []
    fits = "(e) => e.scrollWidth <= e.clientWidth"
    assert phone.connection.evaluate(fits)
    phone.page.context.route_web_socket("**", lambda _socket: None)  # opened, and never answered
    phone.page.context.set_offline(False)
    expect(phone.connection).to_contain_text("Connecting… 1 change is kept")
    assert phone.connection.evaluate(fits)


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_landing_page_fits(people: People, server: Server, width: int) -> None:
    landing = people.landing(server.base, viewport={"width": width, "height": 800})
    expect(landing.new_board).to_be_visible()
    assert landing.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_dark_mode_follows_the_system_until_one_chooses_and_is_remembered(
    people: People, server: Server, board: NewBoard
) -> None:
    context = people.context(color_scheme="dark")
    person = people.at(server.link(board), context)
    dark = person.canvas.pixel((640, 600))
    assert sum(bytes.fromhex(dark[1:])) < 150
    person.press("Alt+Shift+D")
    assert person.canvas.looks(lambda: person.canvas.pixel((640, 600)) == "#ffffff")
    person.page.reload()
    person.is_live()
    assert person.canvas.looks(lambda: person.canvas.pixel((640, 600)) == "#ffffff")


def test_the_grid_is_drawn_and_taken_away(ana: BoardPage) -> None:
    corner = (300, 500, 700, 700)
    ana.chrome.choose("Grid")
    ana.press("Escape")
    assert ana.canvas.looks(lambda: ana.canvas.inked(corner) > 100)
    ana.press("Control+Quote")
    assert ana.canvas.looks(lambda: ana.canvas.inked(corner) == 0)
