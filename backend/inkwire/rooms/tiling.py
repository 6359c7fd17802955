"""Snapshot records, which the store gives in no order, put into pages of what lies close together.

Sort-Tile-Recursive packing (Leutenegger, Lopez, Edgington 1997), as R-trees are bulk-loaded: sorted by x and cut
into columns, each column sorted by y and cut into pages. Records stay opaque but for where they lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw, Struct

from inkwire.protocol.elements import Place
from inkwire.protocol.frames import Rect
from inkwire.rooms.bounds import UNIT_SQUARE, Box, placed_box

_NIL: Final = Raw(b"\xc0")
_NOWHERE: Final = Box(0.0, 0.0, 0.0, 0.0)


class Placed(NamedTuple):
    """A record, and about where it lies."""

    record: bytes
    box: Box


class Tile(NamedTuple):
    """The records of one page, and the box of all of them."""

    records: list[bytes]
    box: Box


class _Placed(Struct, gc=False):
    place: Place


class _Record(Struct, array_like=True, gc=False):
    seq: int
    element: _Placed
    points: Raw


_decode: Final = msgspec.msgpack.Decoder(_Record).decode


def placed(records: Iterable[bytes]) -> list[Placed]:
    """The records with their boxes."""
    return [Placed(record, box_of_record(record)) for record in records]


def tiled(items: Sequence[Placed], page_bytes: int) -> Iterator[Tile]:
    """The records in tiles of about ``page_bytes``: never more, except of a single record that is larger."""
    pages = max(1, math.ceil(sum(len(record) for record, _ in items) / page_bytes))
    by_x = sorted(items, key=_middle_x)
    for column in _cut(by_x, math.ceil(math.sqrt(pages))):
        column.sort(key=_middle_y)
        for page in _filled(column, page_bytes):
            records, boxes = zip(*page, strict=True)
            yield Tile(list(records), _around(boxes))


def box_of_record(record: bytes) -> Box:
    """About where an encoded ``SnapshotRecord`` lies; of one with points, only where they begin.

    Decoding the points would cost more than all the rest; what reaches into a view from outside comes
    with the pages next to it. A record that cannot be read lies at the origin.
    """
    try:
        read = _decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _NOWHERE
    place = read.element.place
    if read.points == _NIL:
        return placed_box(place, UNIT_SQUARE)
    x, y = place[0], place[1]
    return Box(x, y, x, y)


def distance(box: Box, view: Rect) -> tuple[float, float]:
    """How far a box is from a view, for sorting: squared, between their edges, then between their middles."""
    x, y, width, height = view
    beside = max(box.min_x - x - width, x - box.max_x, 0.0)
    below = max(box.min_y - y - height, y - box.max_y, 0.0)
    across = (box.min_x + box.max_x) / 2 - x - width / 2
    down = (box.min_y + box.max_y) / 2 - y - height / 2
    return beside * beside + below * below, across * across + down * down


def _middle_x(item: Placed) -> float:
    box = item.box
    return box.min_x + box.max_x


def _middle_y(item: Placed) -> float:
    box = item.box
    return box.min_y + box.max_y


def _cut(items: list[Placed], parts: int) -> Iterator[list[Placed]]:
    """The items in so many runs of equal length."""
    ends = [len(items) * k // parts for k in range(parts + 1)]
    return (items[start:end] for start, end in pairwise(ends) if end > start)


def _filled(column: Sequence[Placed], page_bytes: int) -> Iterator[Sequence[Placed]]:
    """The column in runs of at most ``page_bytes``, or of one record."""
    first = filled = 0
    for at, (record, _) in enumerate(column):
        if filled + len(record) > page_bytes and at > first:
            yield column[first:at]
            first, filled = at, 0
        filled += len(record)
    yield column[first:]


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
