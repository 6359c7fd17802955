"""How long it takes to have a big board whole on the screen, and whether anybody has to wait for it.

10,000 strokes of 50 points. Chromium opens the board in a fresh profile several times: from the start of the
navigation until the picture is sharp and complete; the longest task of the page; meanwhile another client
measures the server's answers to pings, which a blocked event loop would delay. A client without a
screen joins in the same run, for comparison. `python -m bench.join [--strokes 10000] [--times 5]`.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import sys
import tempfile
import time

from playwright.async_api import Browser, async_playwright

from bench.room import free_port, new_board, running
from e2e.browser import ARGUMENTS
from inkwire.client import Board, connect
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.ops import Put
from inkwire.protocol.points import encode_points
from inkwire.rooms.order import keys_between

WATCH_TASKS = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
}).observe({ entryTypes: ["longtask"] });
"""


def strokes(count: int) -> list[Put]:
    """Wavy strokes with pressure, 100 on each screen of a square world."""
    chance = random.Random(20261121)
    side = math.ceil(math.sqrt(count / 100))
    found = []
    for index, z in enumerate(keys_between(None, None, count, chance)):
        x, y = chance.uniform(0, side * 1280), chance.uniform(0, side * 720)
        turn, points = chance.uniform(0, 6.28), [(0.0, 0.0, 0.5)]
        for _ in range(49):
            turn += chance.uniform(-0.4, 0.4)
            px, py, pressure = points[-1]
            pressure = min(max(pressure + chance.uniform(-0.05, 0.05), 0.1), 1.0)
            points.append((px + 4 * math.cos(turn), py + 4 * math.sin(turn), pressure))
        element = Freedraw(
            id=f"stroke{index}",
            place=(round(x), round(y), 1.0, 1.0, 0.0),
            z=z,
            color=chance.choice(["#1e1e1e", "#e03131", "#2f9e44", "#1971c2"]),
            points=encode_points(points, pressure=True),
        )
        found.append(Put(element))
    return found


async def join_page(browser: Browser, url: str, count: int) -> tuple[float, float, float, float]:
    """Seconds until the elements are there, until the picture on the screen is complete, until nothing
    is left to paint beside it either; ms of the longest task.
    """
    context = await browser.new_context(viewport={"width": 1280, "height": 720})
    page = await context.new_page()
    await page.add_init_script(WATCH_TASKS)
    started = time.perf_counter()
    await page.goto(url, wait_until="commit")
    await page.wait_for_function(
        "n => window.inkwire?.state().elements >= n", arg=count, polling="raf"
    )
    there = time.perf_counter() - started
    await page.wait_for_function("() => window.inkwire.state().sharp", polling="raf")
    whole = time.perf_counter() - started
    await page.evaluate("() => window.inkwire.settled()")
    rested = time.perf_counter() - started
    longest: float = await page.evaluate("() => window.longest")
    await context.close()
    return there, whole, rested, longest


async def worst_ping(board: Board, stop: asyncio.Event) -> float:
    """Milliseconds of the slowest answer."""
    worst = 0.0
    while not stop.is_set():
        worst = max(worst, await board.ping())
        await asyncio.sleep(0.01)
    return worst * 1000


async def measure(base: str, count: int, times: int) -> None:
    """Fills a board and joins it."""
    made = await asyncio.to_thread(new_board, base)
    url = made["links"]["editor"]["url"]
    filler = await connect(url)
    ops = strokes(count)
    started = time.perf_counter()
    for first in range(0, count, 400):
        await filler.push(ops[first : first + 400])
    print(f"{count} strokes pushed in {time.perf_counter() - started:.2f} s")
    for index in range(times):
        started = time.perf_counter()
        await (await connect(url)).close()
        if index in (0, times - 1):
            print(f"join without a screen: {(time.perf_counter() - started) * 1000:.0f} ms")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        stop = asyncio.Event()
        pings = asyncio.create_task(worst_ping(filler, stop))
        for _ in range(times):
            there, whole, rested, longest = await join_page(browser, url, count)
            print(
                f"page: elements {there:.2f} s, complete {whole:.2f} s, at rest {rested:.2f} s,"
                f" longest task {longest:.0f} ms"
            )
        stop.set()
        print(f"slowest ping of the server meanwhile: {await pings:.0f} ms")
        await browser.close()
    await filler.close()


def main() -> None:
    """Starts a server of two workers and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    port = free_port()
    command = [sys.executable, "-m", "inkwire", "serve", "--port", str(port), "--workers", "2"]
    with (
        tempfile.TemporaryDirectory() as data,
        running(command, port, "/readyz", cores=os.sched_getaffinity(0), INKWIRE_DATA_DIR=data),
    ):
        asyncio.run(measure(f"http://127.0.0.1:{port}", options.strokes, options.times))


if __name__ == "__main__":
    main()
