"""Pushing as a client does: one id, numbers without gaps."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from inkwire.protocol.elements import Element
from inkwire.protocol.ops import Op
from inkwire.protocol.records import decode_record
from inkwire.store.board_store import Applied, Arrival, BoardStore, CommitResult

_serial = itertools.count()


@dataclass(eq=False)
class Author:
    """One client of one board, by one connection if ``arrival`` says which."""

    store: BoardStore
    board: str
    cid: str = field(default_factory=lambda: f"client-{next(_serial):08}")
    arrival: Arrival | None = None
    n: int = 0

    async def push(self, *ops: Op, at_ms: int = 0) -> int:
        """Pushes ops with the next number and returns the seq."""
        result = await self.send(self.n + 1, ops, at_ms)
        assert isinstance(result, Applied), result
        self.n += 1
        return result.seq

    async def send(self, n: int, ops: Sequence[Op], at_ms: int = 0) -> CommitResult:
        """Pushes ops with any number."""
        return await self.store.commit(
            self.board,
            cid=self.cid,
            n=n,
            gesture="g",
            person="person-01",
            at_ms=at_ms,
            ops=ops,
            arrival=self.arrival,
        )


async def new_author(store: BoardStore) -> Author:
    """A client of a new board."""
    return Author(store, (await store.create_board("", 0)).id)


async def stored(store: BoardStore, board: str) -> dict[str, tuple[int, Element]]:
    """What a snapshot holds, by id."""
    found = {}
    async for page in store.pages(board):
        for seq, element in map(decode_record, page):
            found[element.id] = seq, element
    return found


async def log_after(store: BoardStore, board: str, seq: int = 0) -> list[bytes]:
    """Every commit after ``seq``."""
    epoch = (await store.position(board)).epoch
    out: list[bytes] = []
    while commits := await store.commits_after(board, epoch, seq + len(out)):
        out += commits
    return out


async def listed(elements: AsyncIterator[list[Element]]) -> list[Element]:
    """All elements of an iterator of lists."""
    return [each async for some in elements for each in some]
