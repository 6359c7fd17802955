"""The encoding of points: zigzag varint deltas, 2 to 4 bytes a point where JSON takes 17.

Layout (docs/protocol.md, rules E1 to E5): byte 0 flags (bit 0 pressure, bit 1 time), byte 1 the shift
``s`` (0 to 12; one unit is 2**-s world units), then for each point the zigzag varints dx, dy, then dp
(pressure, 0 to 255) if flagged, then dt (steps of 4 ms since the point before) if flagged.
The zigzag mapping and base-128 varints are those of Protocol Buffers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.limits import MAX_COORDINATE, MAX_POINTS

PRESSURE = 1
TIME = 2
MAX_SHIFT = 12
HEADER_BYTES = 2
TIME_STEP_MS = 4

_CONTINUED = bytes(range(0x80, 0x100))
_LONGER_THAN = [re.compile(rb"[\x80-\xff]{%d}" % size) for size in range(6)]
"""Finds a varint of more than so many bytes."""


class Point(NamedTuple):
    """``x``, ``y`` in local units, ``pressure`` 0 to 1, ``time`` in ms since the first point."""

    x: float
    y: float
    pressure: float = 0.5
    time: int = 0


def check_points(data: bytes) -> int:
    """The number of points in ``data``; raises ``FrameError`` for anything that is not an encoding.

    Runs at C speed: it counts the bytes that end a varint, and decodes only what is so wide that it
    might leave the board.
    """
    if not data:
        return 0
    if len(data) < HEADER_BYTES or data[0] & ~(PRESSURE | TIME) or data[1] > MAX_SHIFT:
        raise FrameError("points: unknown header", CloseCode.MALFORMED)
    body = data[HEADER_BYTES:]
    if body and (body[-1] >= 0x80 or _LONGER_THAN[5].search(body)):
        raise FrameError("points: a number is torn or too long", CloseCode.MALFORMED)
    count, rest = divmod(len(body.translate(None, _CONTINUED)), _fields(data[0]))
    if rest:
        raise FrameError("points: the last point is incomplete", CloseCode.MALFORMED)
    if count > MAX_POINTS:
        raise FrameError(f"points: {count} points, at most {MAX_POINTS}", CloseCode.MALFORMED)
    if count and _leaves_the_world(data, count):
        raise FrameError(
            f"points: further than {MAX_COORDINATE} from their origin", CloseCode.MALFORMED
        )
    return count


def decode_points(data: bytes) -> list[Point]:
    """The points of an encoding that ``check_points`` accepts."""
    count = check_points(data)
    if not count:
        return []
    flags, scale = data[0], 2.0 ** -data[1]
    has_pressure, has_time = bool(flags & PRESSURE), bool(flags & TIME)
    numbers = iter(_numbers(data[HEADER_BYTES:]))
    x = y = time = 0
    pressure = 0
    points = []
    for _ in range(count):
        x += next(numbers)
        y += next(numbers)
        if has_pressure:
            pressure += next(numbers)
        if has_time:
            time += next(numbers)
        share = min(max(pressure, 0), 255) / 255 if has_pressure else 0.5
        points.append(Point(x * scale, y * scale, share, time * TIME_STEP_MS))
    return points


def encode_points(
    points: Iterable[Sequence[float]],
    *,
    shift: int = 4,
    pressure: bool = False,
    time: bool = False,
) -> bytes:
    """The encoding of ``(x, y[, pressure[, time]])`` tuples, rounded to 2**-shift world units.

    Errors: ``ValueError`` for a shift outside of 0 to 12 or a delta that 35 bits do not hold.
    """
    if not 0 <= shift <= MAX_SHIFT:
        raise ValueError(f"shift is {shift}, not 0 to {MAX_SHIFT}")
    out = bytearray(((PRESSURE if pressure else 0) | (TIME if time else 0), shift))
    scale = 2.0**shift
    before = [0, 0, 0, 0]
    for point in points:
        now = [
            _nearest(point[0] * scale),
            _nearest(point[1] * scale),
            _nearest(min(max(point[2], 0.0), 1.0) * 255) if pressure else 0,
            _nearest(point[3] / TIME_STEP_MS) if time else 0,
        ]
        for index in _present(pressure, time):
            _append_varint(out, now[index] - before[index])
        before = now
    return bytes(out)


def _leaves_the_world(data: bytes, count: int) -> bool:
    body, limit = data[HEADER_BYTES:], MAX_COORDINATE << data[1]
    longest = 1
    while longest < 5 and _LONGER_THAN[longest].search(body):
        longest += 1
    if count << (7 * longest - 1) <= limit:  # as if each difference were the widest of its size
        return False
    numbers, fields = list(_numbers(body)), _fields(data[0])
    return any(
        abs(at) > limit for axis in (0, 1) for at in accumulate(islice(numbers, axis, None, fields))
    )


def _fields(flags: int) -> int:
    return 2 + bool(flags & PRESSURE) + bool(flags & TIME)


def _present(pressure: bool, time: bool) -> tuple[int, ...]:
    return (0, 1, *((2,) if pressure else ()), *((3,) if time else ()))


def _nearest(value: float) -> int:
    """Rounds half up, as ``Math.round`` does, so that both languages encode alike."""
    return int((value + 0.5) // 1)


def _append_varint(out: bytearray, value: int) -> None:
    zigzag = value << 1 if value >= 0 else (-value << 1) - 1
    if zigzag >> 35:
        raise ValueError(f"delta {value} is too large")
    while zigzag >= 0x80:
        out.append(zigzag & 0x7F | 0x80)
        zigzag >>= 7
    out.append(zigzag)


def _numbers(body: bytes) -> Iterable[int]:
    value = shift = 0
    for byte in body:
        value |= (byte & 0x7F) << shift
        if byte >= 0x80:
            shift += 7
        else:
            yield -(value >> 1) - 1 if value & 1 else value >> 1
            value = shift = 0
