"""Measures the canvas in headless Chromium with real input events, Inkwire's own page beside others.

``python -m bench.canvas.measure [--strokes 10000] [--columns inkwire,excalidraw,plain,outlines]`` prints
one table, a row for each phase, and writes ``build/bench/canvas.json``. What the columns and the figures
are says README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, async_playwright

from bench.canvas.bench_page import build_page, serve
from bench.canvas.boards import WATCH, Board, InkwireBoard, PlainBoard, new_page
from bench.canvas.excalidraw import ExcalidrawBoard, build_peer
from bench.canvas.figures import Figures, as_json, figures
from bench.canvas.profile import profiled
from bench.canvas.start import cold_start
from bench.room import free_port, running
from e2e.browser import ARGUMENTS

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "build" / "bench" / "canvas.json"
COLUMNS = ("inkwire", "excalidraw", "plain", "outlines")
SHARES = {1.0: "all", 0.05: "5 %"}
SELECTED = 1000
KEPT_AFTER = 4
MANY = 10_000
"""More strokes than this take the peer minutes to load; it is asked for by name then."""

Column = dict[str, Figures | float]


async def watched(board: Board, act: Callable[[], Awaitable[None]]) -> Figures:
    """The figures of what happens meanwhile."""
    await board.page.evaluate("watchFrames()")
    before = await task_seconds(board.cdp)
    await act()
    after = await task_seconds(board.cdp)
    seen = await board.page.evaluate("framesSeen()")
    return figures(seen["frames"], seen["waits"], after - before)


async def task_seconds(cdp: CDPSession) -> float:
    metrics = (await cdp.send("Performance.getMetrics"))["metrics"]
    return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")


async def nothing() -> None:
    """No preparation."""


class Phases:
    """All phases on one board, in the order in which they change it least."""

    def __init__(self, board: Board, seconds: float, only: str, profile: bool) -> None:
        self.board = board
        self.column: Column = {}
        self._seconds = seconds
        self._only = only
        self._profile = profile

    async def run(self) -> None:
        board, seconds = self.board, self._seconds
        await self._phase("pan, just loaded", nothing, lambda: board.hand.pan(seconds))
        # By then the page has kept the board on the device, which it does once.
        await asyncio.sleep(KEPT_AFTER)
        for share, name in SHARES.items():

            async def look(share: float = share) -> None:
                await board.show(share)

            await self._phase(f"pan, {name}", look, lambda: board.hand.pan(seconds))
            await self._phase(f"zoom, {name}", look, lambda: board.hand.zoom(seconds))
            if not board.can_edit:
                continue
            await self._phase(f"pan + 50 edits/s, {name}", look, self._pan_beside_others)
            await self._phase(f"hover, {name}", look, lambda: board.hand.hover(seconds))
            await self._phase(f"ink, {name}", self._taking("pen", look), self._sweep)
            await self._phase(f"erase, {name}", self._taking("eraser", look), self._sweep)
            await self._drag(share, f"drag 1,000, {name}")

    async def _drag(self, share: float, name: str) -> None:
        if self._only not in name:
            return
        await self.board.take("select")
        grip = await self.board.select(SELECTED, share)
        before = await self.board.places()
        await self._phase(name, nothing, lambda: self.board.hand.sweep(self._seconds, grip))
        after = await self.board.places()
        moved = sum(after[id_] != place for id_, place in before.items() if id_ in after)
        if not 0.8 * SELECTED < moved < 1.2 * SELECTED:
            print(f"  {name}: void, {moved} were dragged", file=sys.stderr)
            self.column.pop(name, None)
        await self.board.put_back()

    async def _phase(
        self, name: str, before: Callable[[], Awaitable[None]], act: Callable[[], Awaitable[None]]
    ) -> None:
        if self._only not in name:
            return
        await before()
        if self._profile:
            await profiled(self.board.cdp, name, act)
            return
        self.column[name] = await watched(self.board, act)
        print(f"  {name:24} {self.column[name]}", file=sys.stderr, flush=True)

    def _taking(
        self, tool: str, look: Callable[[], Awaitable[None]]
    ) -> Callable[[], Awaitable[None]]:
        async def take() -> None:
            await look()
            await self.board.take(tool)

        return take

    async def _sweep(self) -> None:
        await self.board.hand.sweep(self._seconds)

    async def _pan_beside_others(self) -> None:
        async with self.board.others_edit():
            await self.board.hand.pan(self._seconds)


@contextlib.asynccontextmanager
async def opened(browser: Browser, name: str, folder: Path) -> AsyncIterator[Board]:
    """The board of a column in a fresh profile."""
    address = serve(folder)
    context, page, cdp = await new_page(browser, (HERE / WATCH).read_text())
    page.on("pageerror", lambda error: print("page error:", error, file=sys.stderr))
    if name == "inkwire":
        _, wire, _ = await new_page(browser, "")
        await wire.goto(f"{address}/index.html")
        await wire.wait_for_function("window.bench")
        port = free_port()
        command = [sys.executable, "-m", "inkwire", "serve", "--port", str(port), "--workers", "1"]
        with (
            tempfile.TemporaryDirectory() as data,
            running(command, port, "/readyz", cores=os.sched_getaffinity(0), INKWIRE_DATA_DIR=data),
        ):
            board = InkwireBoard(page, cdp, f"http://127.0.0.1:{port}", wire)
            yield board
            await board.close()
            await context.close()
        return
    if name == "excalidraw":
        peer = folder / "peer"
        build_peer(peer)
        await page.goto(f"{address}/peer/index.html")
        await page.wait_for_function("window.bench")
        yield ExcalidrawBoard(page, cdp)
    else:
        await page.goto(f"{address}/index.html?mode={name}")
        await page.wait_for_function("window.bench")
        yield PlainBoard(page, cdp)
    await context.close()


async def measure(options: argparse.Namespace) -> dict[str, Column]:
    """All columns, one after the other, in one browser."""
    columns: dict[str, Column] = {}
    with tempfile.TemporaryDirectory() as folder:
        build_page(Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=options.chromium, args=ARGUMENTS
            )
            for name in options.columns:
                print(name, file=sys.stderr, flush=True)
                async with opened(browser, name, Path(folder)) as board:
                    if isinstance(board, InkwireBoard) and not options.profile:
                        starts = await cold_start(browser, board.base)
                        columns[name] = {"cold start, ms": starts}
                    loaded = await board.load(options.strokes)
                    phases = Phases(board, options.seconds, options.only, options.profile)
                    await phases.run()
                    heap = await board.heap()
                columns[name] = {
                    **columns.get(name, {}),
                    "load, ms": loaded,
                    **phases.column,
                    "heap, MB": heap,
                }
                print(f"  load {loaded:.0f} ms, heap {heap:.1f} MB", file=sys.stderr, flush=True)
            await browser.close()
    return columns


def print_table(columns: dict[str, Column]) -> None:
    """A row for each phase, a column for each board."""
    rows = list(dict.fromkeys(row for column in columns.values() for row in column))
    print("| frames/s / over 33 ms / main thread ms per frame / wait p50, p95 |", end=" ")
    print(" | ".join(columns), "|")
    print("|---" * (len(columns) + 1) + "|")
    for row in rows:
        cells: list[Any] = [column.get(row, "") for column in columns.values()]
        shown = (f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in cells)
        print(f"| {row} |", " | ".join(shown), "|")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=MANY)
    parser.add_argument("--columns", default=None, help=f"of {','.join(COLUMNS)}")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each phase")
    parser.add_argument("--only", default="", help="phases with this in their name")
    parser.add_argument(
        "--profile", action="store_true", help="say where the main thread is, instead"
    )
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if options.columns is None:
        few = options.strokes <= MANY
        options.columns = ",".join(COLUMNS if few else [c for c in COLUMNS if c != "excalidraw"])
    options.columns = options.columns.split(",")
    load = os.getloadavg()[0]
    columns = asyncio.run(measure(options))
    print_table(columns)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(
        as_json(columns, strokes=options.strokes, seconds=options.seconds, load_average=load)
    )


if __name__ == "__main__":
    main()
