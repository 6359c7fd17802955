"""A board made anew on another: every element under its id, its pictures too."""

from __future__ import annotations

from inkwire.protocol import codec
from inkwire.protocol.limits import MAX_OPS
from inkwire.protocol.ops import Op, Put
from inkwire.services.authoring import Author
from inkwire.store.board_store import BoardStore

PUSH_BYTES = 128 * 1024
"""Elements of one commit, about; others write meanwhile."""


async def copy_elements(store: BoardStore, source: str, author: Author) -> int:
    """Puts every element of the source on the author's board and returns how many.

    What is drawn on the source meanwhile may be missing. Done again by an author of the same name it
    goes on where it broke off. Errors: those of ``Author.push``.
    """
    await store.board_files.copy(source, author.board)
    count = size = 0
    ops: list[Op] = []
    async for elements in store.in_paint_order(source):
        for element in elements:
            length = len(codec.encode(element))
            if ops and (len(ops) == MAX_OPS or size + length > PUSH_BYTES):
                await author.push(ops)
                ops, size = [], 0
            ops.append(Put(element))
            size += length
            count += 1
    if ops:
        await author.push(ops)
    return count
