"""What an export of a large board costs, and whether anybody on another board notices.

100,000 elements: strokes of 50 points, boxes with hatched fills, lines with arrows, words. For each format: the
first byte, the whole, the growth of the server's worker and the largest the drawing process became;
meanwhile somebody draws on another board, and the time until each stroke is stored is measured. Beside them
resvg on the exported SVG, drawn as the same picture.
`python -m bench.exports [--elements 100000] [--formats svg pdf png …]`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from bench.join import strokes
from bench.process_usage import children, command_of, resident_bytes
from inkwire.client import Board, connect
from inkwire.protocol.elements import Arrow, Ellipse, Rectangle, TextElement
from inkwire.protocol.ops import Put
from inkwire.protocol.points import encode_points
from inkwire.services.export_formats import FORMATS
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from tests.harness.filled import fill
from tests.harness.server import NewBoard, Server

WIDE, HIGH = 3840, 2160
SEED = 20261121


class Row(NamedTuple):
    """One export; times in seconds, memory in MiB."""

    first: float
    whole: float
    megabytes: float
    worker: float
    process: float
    edits: list[float]


def drawing(count: int) -> Iterator[Put]:
    """Six strokes to two boxes, one arrow and one text."""
    dice = random.Random(SEED)
    for index, put in enumerate(strokes(count)):
        stroke = put.element
        id_, z, (x, y, *_) = stroke.id, stroke.z, stroke.place
        look: dict[str, Any] = {"id": id_, "z": z, "seed": index + 1}
        box = (x, y, 120.0, 70.0, 0.0)
        match index % 10:
            case 6:
                yield Put(Rectangle(place=box, fill="#a5d8ff", fill_style="hachure", **look))
            case 7:
                yield Put(Ellipse(place=box, fill="#ffec99", **look))
            case 8:
                points = encode_points([(0, 0), (dice.uniform(50, 200), dice.uniform(-80, 80))])
                place = (x, y, 1.0, 1.0, 0.0)
                yield Put(Arrow(place=place, points=points, end_head="arrow", **look))
            case 9:
                yield Put(TextElement(id=id_, z=z, place=box, text="Some words on a board"))
            case _:
                yield put


async def measure(
    server: Server, board: NewBoard, name: str, query: dict[str, Any], file: Path
) -> Row:
    """Exports the board once, with somebody drawing on another one."""
    (pid,) = server.worker_pids()
    before = resident_bytes(pid)
    most = {"worker": before, "process": 0}
    edits: list[float] = []
    async with (
        editing(server, edits),
        watching(pid, most),
        httpx.AsyncClient(timeout=600) as client,
    ):
        started = time.perf_counter()
        first, size = 0.0, 0
        async with client.stream(
            "GET",
            f"{server.base}/api/boards/{board.id}/export.{name}",
            params=query,
            headers={"Authorization": f"Bearer {board.token}"},
        ) as answer:
            answer.raise_for_status()
            with file.open("wb") as out:
                async for piece in answer.aiter_raw():
                    first = first or time.perf_counter() - started
                    size += len(piece)
                    out.write(piece)
        whole = time.perf_counter() - started
    grown = (most["worker"] - before) / 2**20
    return Row(first, whole, size / 1e6, grown, most["process"] / 2**20, edits)


@contextlib.asynccontextmanager
async def editing(server: Server, took: list[float]) -> AsyncIterator[None]:
    """Somebody who draws a stroke on another board, ten times a second."""
    board = server.create_board()
    author = await connect(server.link(board))
    task = asyncio.create_task(_edit(author, took))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await author.close()


async def _edit(author: Board, took: list[float]) -> None:
    for put in cycle(strokes(100)):
        started = time.perf_counter()
        await author.push([put])
        took.append(time.perf_counter() - started)
        await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def watching(pid: int, most: dict[str, int]) -> AsyncIterator[None]:
    """Notes the largest that the worker and the processes below it become."""

    async def look() -> None:
        while True:
            most["worker"] = max(most["worker"], resident_bytes(pid))
            for child in children(pid):
                with contextlib.suppress(OSError):
                    if "exporting" in command_of(child):
                        most["process"] = max(most["process"], resident_bytes(child))
            await asyncio.sleep(0.05)

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def resvg(svg: Path) -> tuple[float, float]:
    """Seconds and MiB that resvg takes for the same picture from the SVG."""
    code = (
        "import resvg_py, sys; data = resvg_py.svg_to_bytes("
        f"svg_string=open(sys.argv[1]).read(), width={WIDE}, skip_system_fonts=True); print(len(data))"
    )
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(svg)], check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - started
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def percentile(values: list[float], share: float) -> float:
    """The smallest value that so many are at most."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


async def run(elements: int, names: list[str], folder: Path, url: str) -> None:
    """Prints one row for each format."""
    server = Server(folder / "server", url)
    try:
        board = server.create_board("Bench")
        await fill(url, board, list(drawing(elements)))
        side = math.ceil(math.sqrt(elements / 100))
        scale = min(WIDE / (side * 1280 + 400), HIGH / (side * 720 + 400))
        print(
            "| format | first byte, ms | whole, s | MB | worker grows by, MiB | process, MiB | edits p50, p99, ms |"
        )
        print("|---|---|---|---|---|---|---|")
        await measure(server, board, "json", {"ids": "stroke0"}, folder / "warm")
        for name in names:
            query = {"scale": round(scale, 4)} if name == "png" else {}
            row = await measure(server, board, name, query, folder / f"board.{name}")
            print(
                f"| {name} | {row.first * 1000:.0f} | {row.whole:.1f} | {row.megabytes:.1f} | {row.worker:.0f}"
                f" | {row.process:.0f} | {percentile(row.edits, 0.5) * 1000:.0f},"
                f" {percentile(row.edits, 0.99) * 1000:.0f} ({len(row.edits)}) |",
                flush=True,
            )
        if "svg" in names:
            took, memory = await asyncio.to_thread(resvg, folder / "board.svg")
            print(
                f"| resvg of that SVG, {WIDE} wide | {took * 1000:.0f} | {took:.1f} | | | {memory:.0f} | |"
            )
    finally:
        server.stop()


def main() -> None:
    """Fills a board and exports it in each format."""
    known = [form.extension for form in FORMATS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elements", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=known, choices=known)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = EmbeddedStore(DataFolder(Path(name) / "store"))
        store.start()
        try:
            asyncio.run(run(options.elements, options.formats, Path(name), store.url))
        finally:
            store.stop()


if __name__ == "__main__":
    main()
