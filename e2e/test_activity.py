"""The activity page: what happens on a board, for who reads along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import expect

from e2e.conftest import People
from e2e.pages.activity import ActivityPage
from e2e.pages.board import BoardPage
from tests.harness.server import NewBoard, Server

SUMMED_MS = 40_000
"""What is told is summed up over some seconds first; far more than that."""


@contextmanager
def site(page: str) -> Iterator[str]:
    """Somebody else's site with one page: its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as host:
        thread = Thread(target=host.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{host.server_port}/"
        finally:
            host.shutdown()
            thread.join()


def test_who_reads_along_sees_who_does_what_and_goes_there(
    ana: BoardPage, ben: BoardPage, people: People, server: Server, board: NewBoard
) -> None:
    ana.people.call_oneself("Ana")
    ana.title.fill("Plan")
    ana.title.press("Enter")
    ana.draw_stroke()
    with ana.page.context.expect_page() as opened:
        ana.chrome.choose("Activity")
    page = people.watch(opened.value)
    reader = ActivityPage(page)
    expect(reader.heading).to_have_text("Plan", timeout=SUMMED_MS)
    expect(reader.row("Ana drew 1 stroke")).to_be_visible(timeout=SUMMED_MS)
    expect(reader.row("named the board “Plan”")).to_be_visible()
    expect(reader.people.get_by_role("listitem")).to_have_count(2)
    expect(reader.picture).to_have_js_property("complete", True)
    before = reader.picture.get_attribute("src")

    # As it happens, from the other worker: in words and in the picture.
    ben.people.call_oneself("Ben")
    ben.draw_box("rectangle")
    expect(reader.row("Ben added 1 thing: rectangle")).to_be_visible(timeout=SUMMED_MS)
    expect(reader.picture).not_to_have_attribute("src", str(before), timeout=SUMMED_MS)
    ben.page.close()
    expect(reader.row("Ben left")).to_be_visible(timeout=SUMMED_MS)
    expect(reader.people.get_by_role("listitem")).to_have_count(1)

    # A row leads to where it happened, and back again.
    reader.row("Ben added").get_by_role("link").click()
    there = BoardPage(page)
    there.is_live()
    expect(there.page.get_by_role("status").filter(has_text="Rectangle")).to_be_attached()
    page.go_back()
    expect(reader.row("Ben added")).to_be_visible(timeout=SUMMED_MS)

    # Within a page of somebody else's, which knows no more than the link in it.
    frame = f"<iframe src='{server.link(board, 'viewer').replace('#', '/activity#')}'></iframe>"
    with site(frame) as elsewhere:
        page.goto(elsewhere)
        embedded = ActivityPage(page.frame_locator("iframe"))
        expect(embedded.row("Ben added")).to_be_visible(timeout=SUMMED_MS)
    link = embedded.row("Ben added").get_by_role("link")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("href", re.compile(board.links["viewer"].token))


def test_a_link_without_its_key_says_what_is_missing(
    people: People, server: Server, board: NewBoard
) -> None:
    page = people.watch(people.context().new_page())
    page.goto(f"{server.base}/b/{board.id}/activity")
    expect(ActivityPage(page).stopped).to_contain_text("This link is not complete")
    people.forgive("404")
    page.goto(f"{server.base}/b/{board.id}/activity#k=wrong")
    page.reload()
    expect(ActivityPage(page).stopped).to_contain_text("There is no such board")
