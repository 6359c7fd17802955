"""One snapshot for all who join, each beginning where they look."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from inkwire.live import snapshot as snapshots
from inkwire.live.snapshot import PAGE_BYTES, Snapshot
from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Page, Ready, Rect, Reset
from inkwire.protocol.records import element_of
from inkwire.store.board_store import BoardMeta
from tests.rooms.test_tiling import record

SCREEN = 1_000.0
SIDE = 20
"""A board of 20 x 20 screens with 20 strokes on each."""


class Shelf:
    """A store that hands out pages when the test opens its gate."""

    def __init__(self, count: int) -> None:
        dice = random.Random(20_261_121)
        self.strokes = [
            Freedraw(
                id=f"s{k}",
                place=(dice.uniform(0, SIDE * SCREEN), dice.uniform(0, SIDE * SCREEN), 1, 1, 0),
                z="a0",
                points=bytes((1, 4)) + dice.randbytes(300),
            )
            for k in range(count)
        ]
        self.gate = asyncio.Semaphore(0)

    def open(self) -> None:
        """Everything may be read."""
        for _ in range(1_000):
            self.gate.release()

    async def pages(self, board: str) -> AsyncIterator[list[bytes]]:
        for first in range(0, len(self.strokes), 200):
            await self.gate.acquire()
            yield [record(each) for each in self.strokes[first : first + 200]]


def snapshot_of(shelf: Shelf, view: Rect | None = None) -> Snapshot:
    meta = BoardMeta("board", "", "epoch-1", 7, len(shelf.strokes), 0)
    return Snapshot(meta, shelf, 0.0, view)  # type: ignore[arg-type]  # nothing else is asked of it


async def joined(snapshot: Snapshot, view: Rect | None) -> list[list[str]]:
    """The ids in each page, in the order in which they came."""
    frames = [codec.decode_server(_payload(data)) async for data in snapshot.frames(view)]
    assert isinstance(frames[0], Reset)
    assert isinstance(frames[-1], Ready)
    pages = []
    for frame in frames[1:-1]:
        assert isinstance(frame, Page)
        found = [element_of(each) for each in frame.records]
        pages.append([each.id for each in found])
    return pages


def _payload(message: bytes) -> bytes:
    """Of a WebSocket message from a server, which has no mask."""
    return message[{126: 4, 127: 10}.get(message[1], 2) :]


def pages_until(pages: list[list[str]], wanted: set[str]) -> int:
    """How many pages until all of ``wanted`` are here."""
    left = set(wanted)
    for count, page in enumerate(pages, 1):
        left.difference_update(page)
        if not left:
            return count
    raise AssertionError(f"{len(left)} never came")


async def test_what_is_in_view_comes_first() -> None:
    """[H6] Two look at opposite corners: each has its screen whole after a few pages of many."""
    shelf = Shelf(8_000)
    shelf.open()
    snapshot = snapshot_of(shelf, (0.0, 0.0, SCREEN, SCREEN))
    for left, top in ((0.0, 0.0), (18_500.0, 17_300.0), (9_000.0, 1_000.0)):
        seen = {
            each.id
            for each in shelf.strokes
            if left <= each.place[0] <= left + SCREEN and top <= each.place[1] <= top + SCREEN
        }
        pages = await joined(snapshot, (left, top, SCREEN, SCREEN))
        assert len(pages) >= 25
        assert 0 < pages_until(pages, seen) <= len(pages) / 3
        assert sorted(id_ for page in pages for id_ in page) == sorted(
            each.id for each in shelf.strokes
        )


async def test_who_joins_while_it_is_read_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """[H6] Of a large board pages go out before the last is read, and one reading serves all."""
    monkeypatch.setattr(snapshots, "RUN_RECORDS", 2_000)
    shelf = Shelf(8_000)
    snapshot = snapshot_of(shelf)
    joiners = [asyncio.create_task(joined(snapshot, (0, 0, SCREEN, SCREEN))) for _ in range(3)]
    for _ in range(25):
        shelf.gate.release()
    early = snapshot.frames((0, 0, SCREEN, SCREEN))
    async with asyncio.timeout(60):
        first = [await anext(early) for _ in range(4)]
    assert len({*first}) == 4
    shelf.open()
    joiners.append(asyncio.create_task(joined(snapshot, None)))
    for pages in await asyncio.gather(*joiners):
        assert sorted(id_ for page in pages for id_ in page) == sorted(
            each.id for each in shelf.strokes
        )


async def test_pages_are_of_a_bounded_size() -> None:
    """[F3] [F6] Before they are packed, too; a record that is larger than a page is one alone."""
    shelf = Shelf(600)
    shelf.strokes[5] = Freedraw(
        id="long", place=(0, 0, 1, 1, 0), z="a0", points=bytes((0, 4)) + random.randbytes(120_000)
    )
    shelf.open()
    pages = await joined(snapshot_of(shelf), None)
    assert ["long"] in pages
    sizes = {each.id: len(record(each)) for each in shelf.strokes}
    assert all(sum(sizes[id_] for id_ in page) <= PAGE_BYTES or len(page) == 1 for page in pages)
