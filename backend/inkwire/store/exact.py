"""A board at one exact position, also while others draw."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from inkwire.errors import StoreUnavailable
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.elements import Element
from inkwire.protocol.frames import Position
from inkwire.protocol.ops import Put, Retitle
from inkwire.protocol.records import decode_record
from inkwire.rooms.document import Document
from inkwire.store.board_store import BoardDigest, BoardStore

ATTEMPTS = 5
"""How often to start again when the log was trimmed behind the reading."""


async def exact_digest(store: BoardStore, board: str) -> BoardDigest:
    """The digest at one position; see ``exact_document``. Hashing happens in a thread."""
    position, moment = await _exact(store, board)
    return BoardDigest(position.epoch, moment.seq, await asyncio.to_thread(moment.digest))


async def exact_document(store: BoardStore, board: str) -> Document:
    """Reads a snapshot, each element at a moment of its own, and brings all to one commit.

    Decoding happens in a thread. Errors: those of the store; ``StoreUnavailable`` when the log was trimmed
    faster than the board could be read, ``ATTEMPTS`` times. The title is left out.
    """
    return (await _exact(store, board))[1].document


async def _exact(store: BoardStore, board: str) -> tuple[Position, _Moment]:
    for _ in range(ATTEMPTS):
        start = await store.position(board)
        moment = _Moment(start.seq)
        async for page in store.pages(board):
            await asyncio.to_thread(moment.load, page)
        await asyncio.to_thread(moment.start)
        end = await store.position(board)
        while moment.seq < end.seq:
            # Up to where the reading ended, or an element deleted before it was read were missing.
            commits = await store.commits_after(board, start.epoch, moment.seq)
            if not commits:
                break
            await asyncio.to_thread(moment.replay, commits)
        if moment.seq >= end.seq and start.epoch == end.epoch:
            return start, moment
    raise StoreUnavailable("The board changes too fast to be read as a whole.")


class _Moment:
    """Elements read at different moments, brought to one by the commits that came meanwhile."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self._loaded: dict[str, tuple[int, Element]] = {}
        self.document = Document()

    def load(self, page: Iterable[bytes]) -> None:
        for record in page:
            seq, element = decode_record(record)
            before = self._loaded.get(element.id)
            if before is None or before[0] <= seq:
                self._loaded[element.id] = seq, element

    def start(self) -> None:
        self.document = Document(element for _, element in self._loaded.values())

    def replay(self, commits: Iterable[bytes]) -> None:
        for data in commits:
            commit = decode_commit(data)
            self.document.apply(
                op
                for op in commit.ops
                if not isinstance(op, Retitle)
                and self._seq_of(op.element.id if isinstance(op, Put) else op.id) < commit.seq
            )
            self.seq = commit.seq

    def digest(self) -> str:
        return self.document.digest()

    def _seq_of(self, id_: str) -> int:
        return self._loaded[id_][0] if id_ in self._loaded else -1
