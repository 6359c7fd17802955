"""A board's snapshot, read from the store once and sent to everybody who joins meanwhile.

The store gives elements in no order. They are gathered in runs, each run is put into pages of what lies close
together, and every joiner takes of the pages at hand the one that is nearest to what they look at.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from typing import Final, NamedTuple

from inkwire.errors import InkwireError
from inkwire.live.websocket import framed
from inkwire.observe import metrics
from inkwire.protocol import codec
from inkwire.protocol.frames import Ready, Rect, Reset
from inkwire.rooms.bounds import Box
from inkwire.rooms.splice import page_frame
from inkwire.rooms.tiling import Placed, Tile, distance, placed, tiled
from inkwire.store.board_store import BoardMeta, BoardStore

PAGE_BYTES: Final = 96 * 1024
"""Of a page before it is compressed: a few screens of strokes, a millisecond or two to compress."""
RUN_BYTES: Final = 4 * 1024 * 1024
RUN_RECORDS: Final = 12_000
"""What is gathered before it is put into pages: all of most boards, so that what is in view is in few pages
and comes before anything else. A larger board begins to come while the rest is read."""


PACKED_AT_ONCE: Final = 2
"""Pages that are compressed side by side; zlib lets go of the interpreter meanwhile."""


class _Page(NamedTuple):
    frame: bytes
    box: Box


def _page(tile: Tile) -> _Page:
    return _Page(framed(page_frame(tile.records)), tile.box)


class Snapshot:
    """Frames from Reset to Ready; readers may start before the last page was read.

    The elements are those at ``seq`` or newer; commits after ``seq`` have to follow. ``view`` is what
    the first reader looks at: pages are made in that order.
    """

    def __init__(
        self, meta: BoardMeta, store: BoardStore, now: float, view: Rect | None = None
    ) -> None:
        self.epoch = meta.epoch
        self.seq = meta.seq
        self.used_at = now
        self._reset = framed(codec.encode(Reset(meta.epoch, meta.seq, meta.title, meta.elements)))
        self._ready = framed(codec.encode(Ready(meta.epoch, meta.seq)))
        self._first_view = view
        self._pages: list[_Page] = []
        self._ended = False
        self._failed: InkwireError | None = None
        self._grown = asyncio.Condition()
        self._building = asyncio.create_task(self._build(meta.id, store), name="snapshot")

    @property
    def failed(self) -> bool:
        """Whether the store failed while it was read; a new one may succeed."""
        return self._failed is not None

    async def frames(self, view: Rect | None = None) -> AsyncIterator[bytes]:
        """All frames, of the pages at hand always the nearest to ``view``. Raises what the store raised."""
        yield self._reset
        waiting: list[tuple[tuple[float, float], int]] = []
        seen = 0
        while True:
            for index in range(seen, len(self._pages)):
                far = distance(self._pages[index].box, view) if view else (0.0, 0.0)
                heapq.heappush(waiting, (far, index))
            seen = len(self._pages)
            if waiting:
                yield self._pages[heapq.heappop(waiting)[1]].frame
                continue
            if self._failed is not None:
                raise self._failed
            if self._ended:
                yield self._ready
                return
            async with self._grown:
                if not self._has_more(seen):
                    await self._grown.wait()

    def _has_more(self, seen: int) -> bool:
        return self._ended or seen < len(self._pages)

    def drop(self) -> None:
        """Stops reading."""
        self._building.cancel()

    async def _build(self, board: str, store: BoardStore) -> None:
        metrics.SNAPSHOTS_BUILT.inc()
        try:
            run: list[Placed] = []
            size = 0
            async for records in store.pages(board):
                run += placed(records)
                size += sum(map(len, records))
                if size >= RUN_BYTES or len(run) >= RUN_RECORDS:
                    await self._add(run)
                    run, size = [], 0
            await self._add(run)
        except InkwireError as error:
            self._failed = error
        self._ended = True
        async with self._grown:
            self._grown.notify_all()

    async def _add(self, run: list[Placed]) -> None:
        """Sorting and compressing are done beside the event loop: it takes a hundredth of a second."""
        tiles = await asyncio.to_thread(self._tiles, run)
        for first in range(0, len(tiles), PACKED_AT_ONCE):
            some = tiles[first : first + PACKED_AT_ONCE]
            self._pages += await asyncio.gather(*(asyncio.to_thread(_page, tile) for tile in some))
            async with self._grown:
                self._grown.notify_all()

    def _tiles(self, run: list[Placed]) -> list[Tile]:
        tiles = list(tiled(run, PAGE_BYTES))
        view = self._first_view
        if view is not None:
            tiles.sort(key=lambda tile: distance(tile.box, view))
        return tiles
