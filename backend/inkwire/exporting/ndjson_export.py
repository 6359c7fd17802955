"""``export.ndjson``: a board as lines of JSON, for programs that read a line at a time.

The first line is ``{"type": "inkwire", "format": "ndjson", "version": 1, "board": {…}}``, each other line one
element as ``export.json`` has it. Points are exact: beside ``points`` stands ``pointsShift``, so many bits of
a coordinate lie behind the point, and a pressure that is not known is null. Bringing the lines in again gives
the same elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.json_export import record_of
from inkwire.exporting.look import Look
from inkwire.exporting.source import Source
from inkwire.protocol.elements import Element
from inkwire.protocol.points import HEADER_BYTES, PRESSURE, TIME, decode_points, encode_points

VERSION: Final = 1
PREFACE: Final = f'{{"type":"inkwire","format":"ndjson","version":{VERSION},'.encode()
"""How every such file begins."""
_PADDED: Final = re.compile(rb"[\x80-\xff]\x00")
"""A number with more bytes than it needs, which its value does not tell."""

_encoder = msgspec.json.Encoder()


def draw_ndjson(board: BoardInfo, source: Source, look: Look) -> Iterator[bytes]:
    """All lines after ``PREFACE``."""
    facts = {"id": board.id, "title": board.title, "epoch": board.epoch, "seq": board.seq}
    yield b'"board":' + _encoder.encode(facts) + b"}\n"
    for elements in source.elements():
        yield b"".join(_encoder.encode(line_of(element)) + b"\n" for element in elements)


def line_of(element: Element) -> dict[str, Any]:
    """The element as plain values, every property present, its points exact."""
    record = record_of(element)
    data = getattr(element, "points", None)
    if data is not None:
        record |= exact_points(data)
    return record


def exact_points(data: bytes) -> dict[str, Any]:
    """``points`` as lists with their ``pointsShift``, or in base64 where lists would not give back the bytes."""
    points = decode_points(data)
    if not points or _PADDED.search(data, HEADER_BYTES):
        return {"points": data}
    has_pressure, has_time = bool(data[0] & PRESSURE), bool(data[0] & TIME)
    if has_pressure and any(point.pressure in (0.0, 1.0) for point in points):
        again = encode_points(points, shift=data[1], pressure=True, time=has_time)
        if again != data:  # a pressure outside of the scale
            return {"points": data}
    lists: list[list[float | None]] = []
    for point in points:
        numbers: list[float | None] = [point.x, point.y]
        if has_pressure:
            numbers.append(round(point.pressure, 4))
        elif has_time:
            numbers.append(None)
        if has_time:
            numbers.append(point.time)
        lists.append(numbers)
    return {"points": lists, "pointsShift": data[1]}
