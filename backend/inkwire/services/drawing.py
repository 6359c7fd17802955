"""Drawing by JSON: what a program means becomes ops and commits."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from inkwire.protocol.elements import Element
from inkwire.protocol.ops import Op, Put
from inkwire.rooms.composing import Composer, named_in, needs_height
from inkwire.services.authoring import Author
from inkwire.store.board_store import BoardStore


class Item(NamedTuple):
    """One thing to be drawn, and where it stands in the request."""

    value: Any
    where: str


class Drawn(NamedTuple):
    """A commit: its seq, and the ids of what it put, labels too."""

    seq: int
    ids: list[str]


class Drawing:
    """One program's drawing on one board, in one commit or in many."""

    def __init__(self, store: BoardStore, author: Author, random: Random) -> None:
        self._store = store
        self._author = author
        self._known: dict[str, Element] = {}
        self._composer = Composer(random, self._known.get)

    async def compose(self, items: Sequence[Item]) -> list[Op]:
        """The ops that the items mean. Raises ``Invalid`` and the errors of the store."""
        wanted = {id_ for item in items for id_ in named_in(item.value)}
        if wanted:
            board = self._author.board
            for id_, found in (await self._store.elements.find(board, *sorted(wanted))).items():
                self._known[id_] = found.element
        if any(needs_height(item.value) for item in items):
            highest = await self._store.highest_key(self._author.board)
            if highest is not None and (self._composer.top is None or highest > self._composer.top):
                self._composer.top = highest
        return [op for item in items for op in self._composer.ops_of(item.value, item.where)]

    async def push(self, ops: Sequence[Op]) -> Drawn:
        """Stores the ops as one commit. Errors: those of ``Author.push``."""
        seq = await self._author.push(ops)
        self._known.clear()  # others may move what was looked up, and what was put
        self._composer.forget()
        return Drawn(seq, [op.element.id for op in ops if isinstance(op, Put)])
