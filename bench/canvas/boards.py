"""The boards that the bench measures: each behind the same few words."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import random
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from bench.canvas.hand import SIZE, Hand
from bench.room import new_board
from inkwire.client import Board as Client
from inkwire.client import connect

EDITS_PER_SECOND = 50
WATCH = "watch.js"


class Board:
    """A board in a page of its own, with the scene on it."""

    name = ""
    can_edit = True

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
        self.cdp = cdp
        self.hand = Hand(cdp)

    async def load(self, strokes: int) -> float:
        """Puts the scene on the board; milliseconds until all of it is on the screen."""
        return float(await self.page.evaluate(f"bench.scene({strokes})"))

    async def show(self, share: float) -> None:
        """Looks at this share of the world, and waits until the picture is complete."""
        await self.page.evaluate(f"bench.show({share})")
        await self.page.evaluate("bench.settled()")

    async def take(self, tool: str) -> None:
        """Takes up "pen", "eraser" or "select"."""
        await self.page.evaluate(f"bench.take('{tool}')")

    async def select(self, count: int, share: float) -> tuple[float, float]:
        """Selects so many strokes; the point of the screen to drag them by."""
        point = await self.page.evaluate(f"bench.select({count})")
        await self.page.evaluate("bench.settled()")
        return point["x"], point["y"]

    async def places(self) -> dict[str, list[float]]:
        """Where every stroke is."""
        found: dict[str, list[float]] = await self.page.evaluate("bench.places()")
        return found

    async def put_back(self) -> None:
        """Takes a drag back, so that the next one finds what it looks for."""

    @contextlib.asynccontextmanager
    async def others_edit(self) -> AsyncIterator[None]:
        """Somebody else moves strokes meanwhile, 50 each second."""
        await self.page.evaluate(f"bench.startEdits({EDITS_PER_SECOND})")
        yield
        await self.page.evaluate("bench.stopEdits()")

    async def heap(self) -> float:
        """Megabytes of JavaScript that are in use after a collection."""
        await self.cdp.send("HeapProfiler.collectGarbage")
        found = await self.cdp.send("Runtime.getHeapUsage")
        return float(found["usedSize"]) / 1e6


class PlainBoard(Board):
    """Everything visible drawn anew in each frame, by Inkwire's own functions."""

    can_edit = False


LOOK = """window.bench = {
  bounds() {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { place: [x, y] } of inkwire.elements()) {
      [minX, minY] = [Math.min(minX, x), Math.min(minY, y)];
      [maxX, maxY] = [Math.max(maxX, x), Math.max(maxY, y)];
    }
    return { minX, minY, maxX, maxY };
  },
  show(share, corner = null) {
    this.all ??= this.bounds();
    const { minX, minY, maxX, maxY } = this.all;
    const [width, height] = [innerWidth, innerHeight];
    const [wide, high] = [maxX - minX, maxY - minY];
    const zoom = share === 1
      ? Math.min((width - 80) / wide, (height - 80) / high)
      : Math.sqrt((width * height) / (wide * high * share));
    if (corner === null) {
      inkwire.camera.set((minX + maxX - width / zoom) / 2, (minY + maxY - height / zoom) / 2, zoom);
    } else {
      inkwire.camera.set(minX - corner[0] / zoom, minY - corner[1] / zoom, zoom);
    }
  },
  settled: () => inkwire.settled(),
  places: () => Object.fromEntries(inkwire.elements().map(({ id, place }) => [id, place.slice(0, 2)])),
  /** The part of the world in its corner that holds so many strokes, on the screen. */
  cornerOf(count) {
    const { minX, minY, maxX, maxY } = this.all;
    const { x, y, zoom } = inkwire.camera;
    const shares = inkwire.elements().map(({ place }) =>
      Math.max((place[0] - minX) / (maxX - minX), (place[1] - minY) / (maxY - minY)));
    const t = shares.sort((a, b) => a - b)[count - 1];
    const [right, bottom] = [minX + t * (maxX - minX), minY + t * (maxY - minY)];
    return { right: (right - x) * zoom, bottom: (bottom - y) * zoom, world: [right, bottom] };
  },
  /** Where on the screen the stroke begins that lies nearest to the middle of what is seen of that corner. */
  gripIn([right, bottom]) {
    const { minX, minY } = this.all;
    const { x, y, zoom } = inkwire.camera;
    const toX = (minX + Math.min(right, x + innerWidth / zoom)) / 2;
    const toY = (minY + Math.min(bottom, y + innerHeight / zoom)) / 2;
    const inside = inkwire.elements().filter(({ place }) => place[0] < right && place[1] < bottom);
    const away = ({ place }) => Math.hypot(place[0] - toX, place[1] - toY);
    const { place } = inside.reduce((a, b) => (away(a) < away(b) ? a : b));
    return [(place[0] - x) * zoom, (place[1] - y) * zoom];
  },
};"""
"""The words of a bench page, said to Inkwire's own page."""

KEYS = {"pen": "p", "eraser": "e", "select": "v"}
CORNER = (260, 120)
"""Where the world's corner lies on the screen while strokes are selected: free of the page's chrome."""


class InkwireBoard(Board):
    """The product's own page, with its server and its store beside it."""

    def __init__(self, page: Page, cdp: CDPSession, base: str, wire: Page) -> None:
        super().__init__(page, cdp)
        self.base = base
        self._wire = wire
        self._other: Client | None = None
        self._ids: list[str] = []

    async def load(self, strokes: int) -> float:
        made = await asyncio.to_thread(new_board, self.base)
        self._url = made["links"]["editor"]["url"]
        await self._fill(strokes)
        started = time.perf_counter()
        await self.page.goto(self._url, wait_until="commit")
        await self.page.wait_for_function(
            "n => window.inkwire?.state().elements >= n", arg=strokes, polling="raf"
        )
        there = time.perf_counter() - started
        await self.page.evaluate("() => inkwire.settled()")
        seconds = time.perf_counter() - started
        print(f"  elements after {there * 1000:.0f} ms", file=sys.stderr)
        await self.page.evaluate(LOOK)
        return seconds * 1000

    async def take(self, tool: str) -> None:
        await self.page.keyboard.press(KEYS[tool])

    async def select(self, count: int, share: float) -> tuple[float, float]:
        await self.take("select")
        await self.page.keyboard.press("Escape")
        await self._look(1)
        corner = await self.page.evaluate(f"bench.cornerOf({count})")
        left, top = CORNER[0] - 40, CORNER[1] - 40
        await self.hand.frame(left, top, corner["right"], corner["bottom"])
        await self._look(share)
        x, y = await self.page.evaluate(f"bench.gripIn({corner['world']})")
        return x, y

    async def put_back(self) -> None:
        await self.page.keyboard.press("Control+z")
        await self.page.evaluate("bench.settled()")

    async def _look(self, share: float) -> None:
        """With the world's corner on the screen."""
        await self.page.evaluate(f"bench.show({share}, [{CORNER[0]}, {CORNER[1]}])")
        await self.page.evaluate("bench.settled()")

    @contextlib.asynccontextmanager
    async def others_edit(self) -> AsyncIterator[None]:
        stop = asyncio.Event()
        editing = asyncio.create_task(self._edit(stop))
        yield
        stop.set()
        await editing

    async def close(self) -> None:
        """The other person leaves."""
        if self._other is not None:
            await self._other.close()

    async def _fill(self, strokes: int) -> None:
        """The scene comes from the bench's own page, so that all columns have the same."""
        self._other = await connect(self._url)
        for first in range(0, strokes, 2000):
            count = min(2000, strokes - first)
            text = await self._wire.evaluate(f"bench.wire({strokes}, {first}, {count})")
            elements = msgspec.msgpack.decode(base64.b64decode(text))
            self._ids += [element["id"] for element in elements]
            for at in range(0, count, 400):
                await self._other.push([["put", each] for each in elements[at : at + 400]])

    async def _edit(self, stop: asyncio.Event) -> None:
        assert self._other is not None
        document = self._other.document
        assert document is not None
        chance = random.Random(3)
        loop = asyncio.get_running_loop()
        started, i = loop.time(), 0
        pushes: list[asyncio.Task[Any]] = []
        while not stop.is_set():
            element = document.get(chance.choice(self._ids))
            if element is not None:
                x, y, *rest = element.place
                place = [x + chance.uniform(-5, 5), y + chance.uniform(-5, 5), *rest]
                push = self._other.push([["set", element.id, {"place": place}]])
                pushes.append(asyncio.create_task(push))
            i += 1
            with contextlib.suppress(TimeoutError):
                wait = started + i / EDITS_PER_SECOND - loop.time()
                await asyncio.wait_for(stop.wait(), max(0.001, wait))
        await asyncio.gather(*pushes)


async def new_page(browser: Browser, watch: str) -> tuple[BrowserContext, Page, CDPSession]:
    """A page of a fresh profile whose frames are watched."""
    context = await browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
    page = await context.new_page()
    await page.add_init_script(watch)
    cdp = await context.new_cdp_session(page)
    # The thread's own clock: what other processes take is not the page's.
    await cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    return context, page, cdp
