"""Measures the canvas in headless Chromium with real input events.

``python -m bench.canvas.measure [--strokes 10000] [--modes stage,plain,outlines]`` builds the page of
this folder, drives it through the DevTools protocol (wheel, mouse) and prints one table: frames per
second, 95th percentile of the time between frames, the share of frames above 33 ms and the main
thread's ms per frame, for each phase and each way of drawing. ``plain`` draws everything visible anew
in each frame with the same functions; ``outlines`` does so without simplification.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.canvas.bench_page import build_page, serve

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = (1280, 720)
FRAME = 1000 / 60

WATCH = """() => {
  window.frames_ = []; window.watching = true; window.busy_ = [];
  const step = (now) => {
    window.frames_.push(now);
    if (window.watching) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}"""


class Phase:
    """Watches frames while input is sent at 60 Hz."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
        self.cdp = cdp

    def wheel(self, steps: int, dx: float, dy: float, ctrl: bool = False) -> None:
        for i in range(steps):
            self.cdp.send(
                "Input.dispatchMouseEvent",
                {
                    "type": "mouseWheel",
                    "x": SIZE[0] / 2,
                    "y": SIZE[1] / 2,
                    "deltaX": dx * math.cos(i / 12),
                    "deltaY": dy * math.sin(i / 12 + (0 if ctrl else 1)),
                    "modifiers": 2 if ctrl else 0,
                },
            )

    def sweep(self, steps: int) -> None:
        """One press, a figure of eight, one release."""
        x, y = SIZE[0] / 2, SIZE[1] / 2
        button = {"button": "left", "buttons": 1, "clickCount": 1}
        self.cdp.send(
            "Input.dispatchMouseEvent", {"type": "mousePressed", "x": x, "y": y, **button}
        )
        for i in range(steps):
            x = SIZE[0] / 2 + 400 * math.sin(i / 20)
            y = SIZE[1] / 2 + 220 * math.sin(i / 10)
            self.cdp.send(
                "Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y, **button}
            )
        self.cdp.send(
            "Input.dispatchMouseEvent", {"type": "mouseReleased", "x": x, "y": y, **button}
        )

    def watched(self, act: Any) -> dict[str, float]:
        self.page.evaluate(WATCH)
        before = self.cdp.send("Performance.getMetrics")["metrics"]
        act()
        after = self.cdp.send("Performance.getMetrics")["metrics"]
        frames = self.page.evaluate("() => { window.watching = false; return window.frames_; }")
        gaps = [b - a for a, b in pairwise(frames)]
        tasks = metric(after, "TaskDuration") - metric(before, "TaskDuration")
        return {
            "fps": 1000 * len(gaps) / (frames[-1] - frames[0]),
            "p95": quantiles(gaps, n=20)[-1],
            "over33": 100 * sum(gap > 33.5 for gap in gaps) / len(gaps),
            "task": 1000 * tasks / len(gaps),
        }


def metric(metrics: list[dict[str, Any]], name: str) -> float:
    return next(float(entry["value"]) for entry in metrics if entry["name"] == name)


def measure(page: Page, strokes: int, layered: bool) -> dict[str, dict[str, float]]:
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    phase = Phase(page, cdp)
    results: dict[str, dict[str, float]] = {}
    results["load"] = {"ms": page.evaluate(f"bench.scene({strokes})")}
    results["pan, all visible"] = phase.watched(lambda: phase.wheel(180, 60, 40))
    page.evaluate("bench.fit(); bench.settled()")
    results["zoom, from all visible"] = phase.watched(lambda: phase.wheel(180, 0, 24, ctrl=True))
    page.evaluate("bench.showShare(0.05); bench.settled()")
    results["pan, 5 % visible"] = phase.watched(lambda: phase.wheel(180, 60, 40))
    results["zoom, 5 % visible"] = phase.watched(lambda: phase.wheel(180, 0, 24, ctrl=True))
    if layered:
        for share, name in ((1.0, "all"), (0.05, "5 %")):
            page.evaluate(f"bench.showShare({share}); bench.settled()")
            page.evaluate("bench.setTool('pen')")
            results[f"ink, {name} visible"] = phase.watched(lambda: phase.sweep(180))
            page.evaluate("bench.select(1000); bench.setTool('drag')")
            results[f"drag 1,000, {name} visible"] = phase.watched(lambda: phase.sweep(180))
            page.evaluate("bench.setTool('erase'); bench.settled()")
            results[f"erase, {name} visible"] = phase.watched(lambda: phase.sweep(180))
            page.evaluate("bench.setTool('pan'); window.stopEdits = bench.remoteEdits(50); 0")
            results[f"pan + 50 edits/s, {name} visible"] = phase.watched(
                lambda: phase.wheel(180, 60, 40)
            )
            page.evaluate("window.stopEdits()")
    results["heap"] = {
        "MB": metric(cdp.send("Performance.getMetrics")["metrics"], "JSHeapUsedSize") / 1e6
    }
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=10_000)
    parser.add_argument("--modes", default="stage,plain")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build_page(Path(folder))
        address = serve(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=[*ARGUMENTS, "--enable-precise-memory-info"]
        )
        tables = {}
        for mode in options.modes.split(","):
            page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
            page.on("pageerror", lambda error: print("page error:", error, file=sys.stderr))
            page.goto(f"{address}/index.html" + ("" if mode == "stage" else f"?mode={mode}"))
            page.wait_for_function("window.bench")
            tables[mode] = measure(page, options.strokes, mode == "stage")
            page.close()
        browser.close()
    for phase in next(iter(tables.values())):
        cells = [
            f"{mode} " + " ".join(f"{k} {v:.1f}" for k, v in table[phase].items())
            for mode, table in tables.items()
            if phase in table
        ]
        print(f"{phase:34} " + " | ".join(cells))
    print(json.dumps(tables), file=sys.stderr)


if __name__ == "__main__":
    main()
