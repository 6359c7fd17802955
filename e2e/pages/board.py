"""The board page."""

from __future__ import annotations

from typing import Any, TypedDict, cast

from playwright.sync_api import Locator, Page, expect

from e2e.pages.canvas import Canvas
from e2e.pages.chrome import Chrome
from e2e.pages.export import ExportDialog
from e2e.pages.find import FindPanel
from e2e.pages.palette import Palette
from e2e.pages.people import PeoplePanel
from e2e.pages.share import ShareDialog

LOOKS_AT = (
    "[inkwire.camera.x + innerWidth / inkwire.camera.zoom / 2,"
    " inkwire.camera.y + innerHeight / inkwire.camera.zoom / 2].map(Math.round).join()"
)
"""JavaScript: the middle of the window on the board, in whole units."""


class State(TypedDict):
    """What ``window.inkwire.state()`` says."""

    connection: str
    pending: int
    seq: int
    epoch: str
    worker: str
    peer: str
    elements: int
    title: str


class BoardPage:
    """One person's window on a board."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.canvas = Canvas(page)
        self.chrome = Chrome(page)
        self.people = PeoplePanel(page)
        self.palette = Palette(page)
        self.find = FindPanel(page)
        self.share = ShareDialog(page)
        self.export = ExportDialog(page)
        self.connection = page.get_by_test_id("connection")
        self.title = page.get_by_role("textbox", name="Board title")
        self.text = page.get_by_test_id("text")
        self.toast = page.get_by_test_id("toast")
        self.stopped = page.get_by_test_id("stopped")
        self.empty_hint = page.get_by_test_id("empty-hint")

    # --- what it says about itself ----------------------------------------------------------------

    def is_live(self) -> None:
        """Waits until it is connected and can be drawn on."""
        expect(self.connection).to_have_attribute("data-state", "live")
        expect(self.chrome.tools).to_be_visible()

    def state(self) -> State:
        """What the page knows of itself."""
        return cast(State, self.page.evaluate("() => window.inkwire.state()"))

    def elements(self) -> list[dict[str, Any]]:
        """Everything on the board, in no order."""
        return cast(
            list[dict[str, Any]],
            self.page.evaluate(
                "() => window.inkwire.elements().map((e) => ({...e, points: e.points?.length}))"
            ),
        )

    def element(self) -> dict[str, Any]:
        """The only thing on the board."""
        (only,) = self.elements()
        return only

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        """The elements of one type."""
        return [element for element in self.elements() if element["type"] == kind]

    def digest(self) -> dict[str, Any]:
        """The digest of what it shows."""
        return cast(dict[str, Any], self.page.evaluate("() => window.inkwire.digest()"))

    def looks_at(self) -> tuple[float, float]:
        """The point of the board in the middle of its window."""
        x, y = self.page.evaluate(
            "() => { const {x, y, zoom} = inkwire.camera;"
            " return [x + innerWidth / zoom / 2, y + innerHeight / zoom / 2] }"
        )
        return x, y

    def pan(self, dx: float, dy: float) -> None:
        """Turns the wheel over the middle of the board."""
        before = self.looks_at()
        self.page.mouse.move(640, 400)
        self.page.mouse.wheel(dx, dy)
        self.until("(before) => " + LOOKS_AT + " !== before.map(Math.round).join()", list(before))

    def comes_to(self, other: BoardPage) -> None:
        """Waits until it looks where another person looks."""
        there = other.looks_at()
        self.until(
            "(there) => " + LOOKS_AT + " === there.map(Math.round).join()",
            list(there),
        )

    # --- waiting ------------------------------------------------------------------------------------

    def until(self, condition: str, argument: Any = None) -> None:
        """Waits until a condition in JavaScript holds, asked in every frame."""
        self.page.wait_for_function(condition, arg=argument)

    def has_elements(self, count: int) -> None:
        """Waits until so many elements are on the board."""
        self.until("(count) => window.inkwire.state().elements === count", count)

    def is_saved(self) -> None:
        """Waits until the server has everything."""
        self.until(
            "() => { const s = window.inkwire.state(); "
            "return s.connection === 'live' && s.pending === 0 }"
        )

    def agrees_with(self, *others: BoardPage) -> None:
        """Waits until everybody has everything; then all must show the same."""
        for each in (self, *others):
            each.is_saved()
        newest = max(each.state()["seq"] for each in (self, *others))
        for each in (self, *others):
            each.until("(seq) => window.inkwire.state().seq >= seq", newest)
        digests = {each.digest()["sha256"] for each in (self, *others)}
        assert len(digests) == 1, [each.elements() for each in (self, *others)]

    # --- drawing ------------------------------------------------------------------------------------

    def use(self, tool: str) -> None:
        """Takes a tool from the bar."""
        self.tool(tool).click()
        expect(self.tool(tool)).to_have_attribute("aria-pressed", "true")

    def tool(self, name: str) -> Locator:
        """A button of the bar."""
        # On a phone, shapes show a second time in the sheet that opens above the bar.
        return self.page.locator(f'.toolbar [data-tool="{name}"]').first

    def draw_box(
        self,
        kind: str,
        left: float = 500,
        top: float = 250,
        width: float = 200,
        height: float = 120,
    ) -> None:
        """Draws a rectangle, ellipse or diamond."""
        self.use(kind)
        self.canvas.drag((left, top), (left + width, top + height))

    def draw_stroke(self, x: float = 500, y: float = 300, tool: str = "pen") -> None:
        """Draws a wave with the pen."""
        self.use(tool)
        self.canvas.drag((x, y), (x + 60, y - 50), (x + 120, y + 20), (x + 200, y - 30))

    def write(self, text: str, at: tuple[float, float] = (560, 300)) -> None:
        """Writes text with the text tool."""
        self.use("text")
        self.canvas.click(at)
        expect(self.text).to_be_focused()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Escape")
        expect(self.text).to_have_count(0)

    def press(self, *chords: str) -> None:
        """Presses keys, one chord after the other."""
        for chord in chords:
            self.page.keyboard.press(chord)
