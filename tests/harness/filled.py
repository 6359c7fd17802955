"""Boards with much on them, written past the limits that people have."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from inkwire.config import load_settings
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.limits import MAX_OPS
from inkwire.protocol.ops import Put
from inkwire.rooms.order import keys_between
from inkwire.store.connect import open_store
from tests.harness.server import NewBoard

POINT_BYTES = 150


def strokes(count: int, dice: random.Random) -> Iterator[Put]:
    """Strokes of fifty points of noise, a hundred on each screen of a square board."""
    side = math.ceil(math.sqrt(count / 100))
    for index, z in enumerate(keys_between(None, None, count, dice)):
        x, y = dice.uniform(0, side * 1280), dice.uniform(0, side * 720)
        # Small steps only: the two lowest bits of the sign and of the size of each difference.
        points = bytes(each & 0x0F for each in dice.randbytes(POINT_BYTES))
        place = (round(x), round(y), 1.0, 1.0, 0.0)
        yield Put(Freedraw(id=f"s{index}", place=place, z=z, points=b"\x01\x04" + points))


async def fill(redis_url: str, board: NewBoard, ops: Sequence[Put]) -> None:
    """Commits the ops, a few hundred at a time."""
    store = open_store(load_settings(redis_url=redis_url))
    try:
        for n, first in enumerate(range(0, len(ops), MAX_OPS), 1):
            await store.commit(
                board.id,
                cid="filler-of-boards",
                n=n,
                gesture="",
                person="filler-person",
                at_ms=0,
                ops=ops[first : first + MAX_OPS],
            )
    finally:
        await store.close()
