"""An exported picture in a browser: opened by its address, and in somebody else's page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Request, expect

from e2e.conftest import People
from e2e.test_export import fetched, put
from inkwire.protocol import elements as kinds
from tests.exporting.test_svg import assert_harmless, tree_of
from tests.harness.server import NewBoard, Server

GUARD_MS = 60_000
HOSTILE = "</title><script>parent.ran = ran = 1</script><svg onload='ran = 1'>\"'&amp;"
DRAWING = [
    kinds.TextElement(id="t", z="a1", place=(0.0, 0.0, 300.0, 25.0, 0.0), text=HOSTILE),
    kinds.Frame(id="f", z="a2", place=(0.0, 60.0, 300.0, 100.0, 0.0), name=HOSTILE[:60]),
    kinds.Rectangle(
        id="r",
        z="a3",
        place=(10.0, 70.0, 50.0, 50.0, 0.0),
        link='https://example.org/"onclick="ran=1"<script>ran=1</script>',
        frame="f",
    ),
]
PAGE = """<!doctype html><title>elsewhere</title>
<img id="img" src="{0}"><object id="object" data="{0}"></object><iframe id="iframe" src="{0}"></iframe>"""


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_x9_a_picture_in_a_page_shows_and_does_nothing(
    people: People, server: Server, board: NewBoard, kind: str
) -> None:
    """[X5] Opened directly, in an image, an object and a frame of another site."""
    put(board.links["editor"], DRAWING)
    token = board.links["viewer"].token
    url = f"{server.base}/api/boards/{board.id}/export.{kind}?token={token}"
    page = people.context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(_site(request)))
    with elsewhere(PAGE.format(url)) as other:
        page.goto(other, wait_until="domcontentloaded", timeout=GUARD_MS)
        expect(page.locator("#img")).to_have_js_property("complete", True, timeout=GUARD_MS)
        assert page.locator("#img").evaluate("(image) => image.naturalWidth") > 200
        for frame in page.frames:
            assert frame.evaluate("() => 'ran' in window") is False
        assert set(asked) <= {other, f"{server.base}/", "data:"}
    if kind == "svg":
        page.goto(url, timeout=GUARD_MS)
        assert page.evaluate("() => 'ran' in window") is False
        assert page.locator("text").first.text_content() == HOSTILE
        assert_harmless(tree_of(fetched(server, board, "export.svg")))
    page.close()


@contextmanager
def elsewhere(page: str) -> Iterator[str]:
    """A site of another origin that serves just that page. (Pages from outside may not ask this machine.)"""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _site(request: Request) -> str:
    scheme, _, rest = request.url.partition(":")
    return "data:" if scheme == "data" else f"{scheme}://{rest[2:].partition('/')[0]}/"
