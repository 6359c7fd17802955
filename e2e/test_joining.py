"""Coming to a large board: what one looks at is there first."""

from __future__ import annotations

import asyncio
import io
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from bench.join import strokes
from e2e.conftest import People
from e2e.pages.board import BoardPage
from inkwire.client import connect
from inkwire.rooms.bounds import bounds_of
from tests.harness.server import NewBoard, Server

STROKES = 10_000
CAMERA = (9_000.0, 4_200.0, 1.0)
"""Far from the origin, in the middle of a board of 10 x 10 screens."""
WIDTH, HEIGHT = 1280, 800

HOLD = """
({ board, camera, wanted }) => {
  sessionStorage.setItem(`inkwire.camera.${board}`, JSON.stringify(camera));
  const waiting = [];
  let handler = null;
  window.released = false;
  window.held = null;
  const complete = () => wanted.every((id) => window.inkwire?.element(id) !== undefined);
  const take = (event) => {
    if (window.held !== null && !window.released) return void waiting.push(event);
    handler(event);
    if (window.held === null && complete()) window.held = window.inkwire.state();
  };
  window.release = () => {
    window.released = true;
    for (const event of waiting.splice(0)) handler(event);
  };
  const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  Object.defineProperty(WebSocket.prototype, "onmessage", {
    set(given) {
      handler = given;
      set.call(this, take);
    },
  });
}
"""
"""Holds the server's messages back from the moment on at which the wanted elements are there."""


def fill(url: str) -> list[str]:
    """Draws many strokes; returns the ids of those that are in view at ``CAMERA``."""
    ops = strokes(STROKES)

    async def push() -> None:
        async with await connect(url) as board:
            await asyncio.gather(*(board.push(ops[k : k + 400]) for k in range(0, len(ops), 400)))

    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, push()).result()
    left, top, _ = CAMERA
    boxes = {op.element.id: bounds_of(op.element) for op in ops}
    return [
        id_
        for id_, box in boxes.items()
        if box.max_x >= left
        and box.min_x <= left + WIDTH
        and box.max_y >= top
        and box.min_y <= top + HEIGHT
    ]


def picture(page: Page) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The board without what the chrome covers, each pixel the mean of its neighbours."""
    clip = {"x": 320.0, "y": 120.0, "width": 640.0, "height": 560.0}
    image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")  # type: ignore[arg-type]
    return np.asarray(image.reduce(4), dtype=np.float64)


def test_what_is_in_view_is_complete_before_the_rest(
    people: People, server: Server, board: NewBoard
) -> None:
    """[H6] And drawn: the picture of a third of the board is the picture of all of it."""
    wanted = fill(server.link(board))
    assert 80 <= len(wanted) <= 250
    context = people.context(viewport={"width": WIDTH, "height": HEIGHT})
    what = json.dumps({"board": board.id, "camera": CAMERA, "wanted": wanted})
    context.add_init_script(f"({HOLD})({what})")
    page = context.new_page()
    ana = BoardPage(page)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(server.link(board))
    page.wait_for_function("() => window.held !== null")
    held = page.evaluate("() => window.held")
    assert held["connection"] == "connecting"
    assert len(wanted) <= held["elements"] <= STROKES / 3, held
    page.evaluate("() => window.inkwire.settled()")
    early = picture(page)
    assert (early < 128).any(), "nothing is drawn yet"
    page.evaluate("() => window.release()")
    ana.is_live()
    ana.has_elements(STROKES)
    page.evaluate("() => window.inkwire.settled()")
    assert len(sockets) == 1, (
        "the socket that was opened before the scripts were there is the one in use"
    )
    missing = (early > 240) & (picture(page) < 160)
    assert int(missing.sum()) < 10, "a stroke is fifty squares"
