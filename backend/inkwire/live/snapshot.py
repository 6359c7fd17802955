"""A board's snapshot, read from the store once and sent to everybody who joins meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from inkwire.errors import InkwireError
from inkwire.live.websocket import framed
from inkwire.observe import metrics
from inkwire.protocol import codec
from inkwire.protocol.frames import Ready, Reset
from inkwire.rooms.splice import page_frame
from inkwire.store.board_store import BoardMeta, BoardStore


class Snapshot:
    """Frames from Reset to Ready; readers may start before the last page was read.

    The elements are those at ``seq`` or newer; commits after ``seq`` have to follow.
    """

    def __init__(self, meta: BoardMeta, store: BoardStore, now: float) -> None:
        self.epoch = meta.epoch
        self.seq = meta.seq
        self.used_at = now
        self._frames = [
            framed(codec.encode(Reset(meta.epoch, meta.seq, meta.title, meta.elements)))
        ]
        self._ended = False
        self._failed: InkwireError | None = None
        self._grown = asyncio.Condition()
        self._building = asyncio.create_task(self._build(meta.id, store), name="snapshot")

    @property
    def failed(self) -> bool:
        """Whether the store failed while it was read; a new one may succeed."""
        return self._failed is not None

    async def frames(self) -> AsyncIterator[bytes]:
        """All frames from the first, as they come. Raises what the store raised."""
        index = 0
        while True:
            while index < len(self._frames):
                yield self._frames[index]
                index += 1
            if self._failed is not None:
                raise self._failed
            if self._ended:
                return
            async with self._grown:
                if not self._has_more(index):
                    await self._grown.wait()

    def _has_more(self, index: int) -> bool:
        return self._ended or index < len(self._frames)

    def drop(self) -> None:
        """Stops reading."""
        self._building.cancel()

    async def _build(self, board: str, store: BoardStore) -> None:
        metrics.SNAPSHOTS_BUILT.inc()
        try:
            async for records in store.pages(board):
                await self._add(framed(page_frame(records)))
            self._frames.append(framed(codec.encode(Ready(self.epoch, self.seq))))
        except InkwireError as error:
            self._failed = error
        self._ended = True
        async with self._grown:
            self._grown.notify_all()

    async def _add(self, frame: bytes) -> None:
        self._frames.append(frame)
        async with self._grown:
            self._grown.notify_all()
