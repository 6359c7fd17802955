"""One export of a board: what it reads from the store, and what it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from inkwire.exporting.choice import Choice
from inkwire.exporting.look import Look
from inkwire.protocol.elements import Element
from inkwire.store.board_store import BoardMeta, BoardStore


@dataclass(frozen=True)
class ExportJob:
    """A board and which part of it is wanted; ``look`` counts for formats that draw."""

    store: BoardStore
    board: BoardMeta
    choice: Choice = field(default_factory=Choice)
    look: Look = field(default_factory=Look)

    async def elements(self) -> AsyncIterator[Sequence[Element]]:
        """What was chosen, in paint order, in lists of bounded size; may be gone through twice."""
        async for elements in self.store.in_paint_order(self.board.id):
            if self.choice.is_whole:
                yield elements
            elif chosen := await asyncio.to_thread(self._chosen, elements):
                yield chosen

    def _chosen(self, elements: Sequence[Element]) -> Sequence[Element]:
        return [element for element in elements if self.choice.takes(element)]

    def records(self) -> AsyncIterator[list[bytes]]:
        """Everything on the board as the store has it, in the same order; nothing is chosen yet."""
        return self.store.records_in_paint_order(self.board.id)
