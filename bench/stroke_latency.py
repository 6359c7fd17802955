"""How long a stroke takes to the other screen: from a pointer event to the other page's frame.

Two Chromium pages on two workers of one server, real input events, software rendering. The writing page notes
when each pointer event came, the reading page looks at the pixel it should ink in every animation
frame. `python -m bench.stroke_latency [--strokes 20]`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.room import free_port, new_board, running
from e2e.browser import start_chromium

LEFT, STEP, POINTS = 300, 12, 50
BEHIND = 6
"""The pen smooths: a pixel so far behind the pointer is surely inked by its event."""

NOTE_EVENTS = """() => {
  window.came = [];
  addEventListener("pointermove", (event) => {
    window.came.push([event.clientX, performance.timeOrigin + event.timeStamp]);
  }, true);
}"""

WATCH = """([xs, y]) => {
  window.seen = [];
  const canvases = () => [...document.querySelectorAll('[data-testid="board"] canvas')];
  // A tile shows a finished bitmap, which has no pixels to read: it is copied first.
  const probe = new OffscreenCanvas(1, 6).getContext("2d", { willReadFrequently: true });
  const inked = (x) => canvases().some((canvas) => {
    const box = canvas.getBoundingClientRect();
    if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) return false;
    const scale = canvas.width / box.width;
    probe.clearRect(0, 0, 1, 6);
    probe.drawImage(canvas, (x - box.left) * scale, (y - box.top - 3) * scale, 1, 6 * scale, 0, 0, 1, 6);
    const { data } = probe.getImageData(0, 0, 1, 6);
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 128 && data[i] < 128) return true;
    return false;
  });
  let next = 0;
  const look = () => {
    while (next < xs.length && inked(xs[next])) {
      window.seen.push(performance.timeOrigin + performance.now());
      next += 1;
    }
    if (next < xs.length) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def open_board(browser: Browser, url: str, workers: set[str]) -> Page:
    """A page on a worker that is not among ``workers``."""
    while True:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector('[data-testid="connection"][data-state="live"]')
        worker = page.evaluate("() => window.inkwire.state().worker")
        if worker not in workers:
            workers.add(worker)
            return page
        context.close()


def stroke(writer: Page, reader: Page, y: int) -> list[float]:
    """Milliseconds from each pointer event to the frame in which the reader saw its ink."""
    xs = [LEFT + STEP * i for i in range(1, POINTS - 2)]
    reader.evaluate(WATCH, [[x - BEHIND for x in xs], y])
    writer.evaluate("() => { window.came = []; }")
    writer.mouse.move(LEFT, y)
    writer.mouse.down()
    for i in range(1, POINTS):
        writer.mouse.move(LEFT + STEP * i, y)
    writer.mouse.up()
    reader.wait_for_function("n => window.seen.length >= n", arg=len(xs))
    came: dict[float, float] = dict(reversed(writer.evaluate("() => window.came")))
    seen: list[float] = reader.evaluate("() => window.seen")
    return [at - came[x] for x, at in zip(xs, seen, strict=True) if x in came]


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Prints the percentiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=20)
    options = parser.parse_args()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "inkwire", "serve", "--port", str(port), "--workers", "2"]
    with (
        tempfile.TemporaryDirectory() as data,
        running(command, port, "/readyz", cores=os.sched_getaffinity(0), INKWIRE_DATA_DIR=data),
        sync_playwright() as playwright,
    ):
        board: dict[str, Any] = new_board(base)
        browser = start_chromium(playwright)
        workers: set[str] = set()
        writer = open_board(browser, board["links"]["editor"]["url"], workers)
        reader = open_board(browser, board["links"]["editor"]["url"], workers)
        writer.evaluate(NOTE_EVENTS)
        writer.click('[data-tool="pen"]')
        ages: list[float] = []
        for index in range(options.strokes):
            ages += stroke(writer, reader, 120 + index * 600 // options.strokes)
        browser.close()
    print(
        f"{len(ages)} points on {len(workers)} workers: p50 {percentile(ages, 0.5):.0f} ms, "
        f"p95 {percentile(ages, 0.95):.0f} ms, max {max(ages):.0f} ms"
    )


if __name__ == "__main__":
    main()
