"""What was drawn offline outlives the tab; where the browser cannot keep it, the person is told what to do."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import BrowserContext, expect
from playwright.sync_api import Error as PlaywrightError

from e2e.committed import check_log
from e2e.conftest import PATIENCE_MS, People
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server
from tests.harness.soak import SOAK, Report, sized

EDITS = sized(25, 50)
LOST_AT_MOST = 1
"""Of those, the one that was drawn in the moment before the kill."""
TABS_EDITS = sized(5, 10)
TOLD_MS = 2_000

# A full device: from the moment that window.isFull is set, nothing can be written.
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...values) {
    if (window.isFull) throw new DOMException("The device is full.", "QuotaExceededError");
    return put.apply(this, values);
  };
}"""
# A browser whose storage never answers.
MUTE = """() => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function () {
    const request = open.call(this, "unheard");
    request.addEventListener = () => {};
    return request;
  };
}"""
# Notes when the first message comes up, and when the page first asked for its storage.
CLOCK = """() => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...values) {
    window.askedAt ??= performance.now();
    return open.apply(this, values);
  };
  new MutationObserver(() => {
    if (document.querySelector(".toast-warned")) window.toldAt ??= performance.now();
  }).observe(document, {childList: true, subtree: true});
}"""


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Notes figures for the report of `make soak`."""
    return Report(request.node.name)


def init(context: BrowserContext, *scripts: str) -> None:
    """Every page of the context begins with these functions."""
    for script in scripts:
        context.add_init_script(f"({script})()")


def go_offline(context: BrowserContext, *boards: BoardPage) -> None:
    """Takes the network away; returns when the pages know."""
    context.set_offline(True)
    for board in boards:
        expect(board.connection).to_have_attribute("data-state", "offline", timeout=PATIENCE_MS)


def draw(board: BoardPage, count: int, row: int = 0) -> list[str]:
    """Boxes and strokes, one gesture each, and what they are called."""
    # A tab behind another draws no frames, and so takes its pointer's events late.
    board.page.bring_to_front()
    for at in range(count):
        left, top = 340 + at % 10 * 55, 160 + (row + at // 10) * 70
        if at % 2:
            board.draw_box("rectangle", left, top, 40, 30)
        else:
            board.use("pen")
            board.canvas.drag((left, top), (left + 20, top + 30), (left + 40, top + 5))
    board.has_elements(count)
    return [each["id"] for each in board.elements()]


def kill(board: BoardPage) -> None:
    """Ends the tab's process: no event of the page's end is heard."""
    with board.page.expect_event("crash"), contextlib.suppress(PlaywrightError):
        board.page.goto("chrome://crash")
    board.page.close()


def test_s13_offline_edits_survive_a_killed_tab(
    people: People, server: Server, board: NewBoard, ben: BoardPage, report: Report
) -> None:
    context = people.context()
    ana = people.at(server.link(board), context)
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    go_offline(context, ana)
    drawn = draw(ana, EDITS)
    kill(ana)
    context.set_offline(False)
    again = people.at(server.link(board), context)
    again.is_saved()
    shown = {each["id"] for each in again.elements()}
    lost = len(set(drawn) - shown)
    report("S13", edits=EDITS, lost=lost)
    assert lost <= LOST_AT_MOST
    ben.has_elements(len(shown))
    again.agrees_with(ben)
    check_log(server.link(board), shown, again.digest())


def test_s13_two_tabs_killed_offline_keep_the_edits_of_both(
    people: People, server: Server, board: NewBoard, ben: BoardPage, report: Report
) -> None:
    context = people.context()
    tabs = [people.at(server.link(board), context) for _ in range(2)]
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    go_offline(context, *tabs)
    drawn = {name for row, tab in enumerate(tabs) for name in draw(tab, TABS_EDITS, 2 * row)}
    assert len(drawn) == 2 * TABS_EDITS
    for tab in tabs:
        kill(tab)
    context.set_offline(False)
    again = people.at(server.link(board), context)
    ben.has_elements(len(drawn))
    again.agrees_with(ben)
    check_log(server.link(board), drawn, again.digest())
    report("S13", tabs=2, edits=len(drawn), lost=0)


def test_s13_a_full_device_is_told_and_the_board_goes_on(
    people: People, server: Server, board: NewBoard, ben: BoardPage, report: Report
) -> None:
    context = people.context()
    init(context, FULL, CLOCK)
    ana = people.at(server.link(board), context)
    ana.page.evaluate("() => { window.isFull = true; window.fullAt = performance.now(); }")
    ana.draw_box("rectangle")
    expect(ana.toast).to_contain_text("This device is full: close this tab only when it says Saved")
    told_ms = float(ana.page.evaluate("() => window.toldAt - window.fullAt"))
    report("S13", quota_told_ms=told_ms)
    assert told_ms <= TOLD_MS or not SOAK
    ben.has_elements(1)
    with ana.page.expect_download() as download:
        ana.toast.get_by_role("button", name="Save a copy").click()
    assert download.value.suggested_filename.endswith(".json")
    ana.page.evaluate("() => { window.isFull = false; }")
    ana.draw_box("ellipse", 500, 500)
    expect(ana.page.locator(".toast-warned")).to_have_count(0)
    ana.agrees_with(ben)


def test_storage_that_never_answers_is_told_and_the_board_goes_on(
    people: People, server: Server, board: NewBoard, ben: BoardPage, report: Report
) -> None:
    context = people.context()
    init(context, MUTE, CLOCK)
    ana = people.at(server.link(board), context)
    expect(ana.toast).to_contain_text("This browser keeps nothing for pages")
    told_ms = float(ana.page.evaluate("() => window.toldAt - window.askedAt"))
    report("S13", no_storage_told_ms=told_ms)
    assert told_ms <= TOLD_MS or not SOAK
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    go_offline(context, ana)
    ana.draw_box("rectangle")
    expect(ana.connection).to_contain_text("Offline – 1 change is only in this tab")
    context.set_offline(False)
    ben.has_elements(1)
    ana.agrees_with(ben)


def test_storage_that_is_cleared_away_is_told_and_the_board_goes_on(
    ana: BoardPage, ben: BoardPage
) -> None:
    ana.page.evaluate(
        """() => new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase("inkwire");
          request.onsuccess = resolve;
          request.onerror = reject;
        })"""
    )
    ana.draw_box("rectangle")
    expect(ana.toast).to_contain_text("This device does not keep your changes")
    ben.has_elements(1)
    ana.agrees_with(ben)


def test_who_may_only_look_is_not_bothered_about_storage(
    people: People, server: Server, board: NewBoard
) -> None:
    context = people.context()
    init(context, MUTE)
    eve = people.look(server.link(board, "viewer"), context)
    eve.canvas.settle()
    expect(eve.toast).to_have_count(0)


def test_c10_what_was_drawn_offline_waits_for_a_link_that_can_draw(
    people: People, server: Server, board: NewBoard, ben: BoardPage
) -> None:
    context = people.context()
    ana = people.at(server.link(board), context)
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    go_offline(context, ana)
    ana.draw_box("rectangle")
    kill(ana)
    context.set_offline(False)
    looking = people.look(server.link(board, "viewer"), context)
    expect(looking.connection).to_contain_text("1 change is kept on this device: open the link")
    looking.page.close()
    again = people.at(server.link(board), context)
    again.is_saved()
    ben.has_elements(1)
    again.agrees_with(ben)
