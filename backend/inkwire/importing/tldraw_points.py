"""The points of tldraw's strokes: objects, or base64 of little-endian floats.

The base64 of newer files holds the first point as 32-bit floats and each other as the difference to the one
before in 16-bit floats; of two numbers where there is no pressure, else of three.
"""

from __future__ import annotations

import base64
import binascii
import math
import struct
from itertools import islice

from inkwire.errors import BadFile
from inkwire.importing.tldraw_records import Props, Segment
from inkwire.protocol.limits import MAX_COORDINATE

Point = tuple[float, float, float]
"""x, y and pressure."""


def points_of(props: Props, where: str) -> list[Point]:
    """All points of a stroke, scaled; raises ``BadFile`` for what is no encoding."""
    points: list[Point] = []
    for index, segment in enumerate(props.segments):
        place = f"{where}.props.segments[{index}]"
        part = _points_in(segment, place)
        # A segment begins where the one before ends.
        points += part[1:] if points and part and part[0][:2] == points[-1][:2] else part
    scaled = [(x * props.scale_x, y * props.scale_y, z) for x, y, z in points]
    if not all(abs(x) <= MAX_COORDINATE and abs(y) <= MAX_COORDINATE for x, y, _ in scaled):
        raise BadFile("A point lies outside of the board.", f"{where}.props.segments")
    return scaled


def _points_in(segment: Segment, where: str) -> list[Point]:
    if isinstance(segment.points, list):
        if segment.points:
            return [(each.x, each.y, 0.5 if each.z is None else each.z) for each in segment.points]
        return _deltas(segment.path, segment.dim, where)
    if segment.points:
        return _floats(segment.points, where)
    return _deltas(segment.path, segment.dim, where)


def _floats(text: str, where: str) -> list[Point]:
    """Three 16-bit floats a point, as they are."""
    data = _bytes(text, where)
    numbers = struct.unpack(f"<{len(data) // 6 * 3}e", data[: len(data) // 6 * 6])
    return _finite([(x, y, z) for x, y, z in zip(*[iter(numbers)] * 3, strict=True)], where)


def _deltas(text: str, dim: int, where: str) -> list[Point]:
    if not text:
        return []
    if dim not in (2, 3):
        raise BadFile("A point has two or three numbers.", f"{where}.dim")
    data = _bytes(text, where)
    if len(data) < 4 * dim:
        raise BadFile("The points are cut off.", where)
    first = struct.unpack_from(f"<{dim}f", data)
    rest = data[4 * dim :]
    count = len(rest) // (2 * dim)
    steps = iter(struct.unpack(f"<{count * dim}e", rest[: count * 2 * dim]))
    x, y, z = first if dim == 3 else (*first, 0.5)
    points = [(x, y, z)]
    while step := tuple(islice(steps, dim)):
        x, y = x + step[0], y + step[1]
        z += step[2] if dim == 3 else 0.0
        points.append((x, y, z))
    return _finite(points, where)


def _bytes(text: str, where: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadFile("The points are no base64.", where) from None


def _finite(points: list[Point], where: str) -> list[Point]:
    if not all(math.isfinite(x) and math.isfinite(y) and math.isfinite(z) for x, y, z in points):
        raise BadFile("A point is no number.", where)
    return points
