"""Pattern fills: hachure, cross-hatch and zigzag lines, as rough.js 4.6.6 draws them.

The lines come from a scan-line fill of the turned polygon (npm ``hachure-fill``, MIT, Preet Shihn).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from inkwire.exporting.curves import Op, Point
from inkwire.exporting.rough import Pencil, line
from inkwire.protocol.scalars import FillStyle

ANGLE = -41.0
"""Degrees of hachure lines."""

MOST_SEGMENTS = 20_000
"""Lines of one fill; a fan of a thousand points could ask for millions."""

Segment = tuple[Point, Point]


class TooManyLines(Exception):
    """The fill would be more lines than anybody could tell apart."""


def pattern(polygon: Sequence[Point], style: FillStyle, gap: float, pencil: Pencil) -> list[Op]:
    """The lines of a fill of that polygon, ``gap`` world units apart; may raise ``TooManyLines``."""
    if style == "zigzag":
        return _drawn(_zigzag(polygon, max(gap, 0.1), pencil), pencil)
    ops = _drawn(_hachure(polygon, gap, ANGLE, pencil), pencil)
    if style == "cross-hatch":
        ops += _drawn(_hachure(polygon, gap, ANGLE + 90, pencil), pencil)
    return ops


def _drawn(segments: Sequence[Segment], pencil: Pencil) -> list[Op]:
    ops: list[Op] = []
    for a, b in segments:
        ops += line(a, b, pencil, filling=True)
    return ops


def _zigzag(polygon: Sequence[Point], gap: float, pencil: Pencil) -> list[Segment]:
    angle = math.radians(ANGLE)
    dx, dy = gap * 0.5 * math.cos(angle), gap * 0.5 * math.sin(angle)
    segments = []
    for a, b in _hachure(polygon, gap, ANGLE, pencil):
        if a != b:
            segments += [((a[0] - dx, a[1] + dy), b), ((a[0] + dx, a[1] - dy), b)]
    return segments


def _hachure(polygon: Sequence[Point], gap: float, angle: float, pencil: Pencil) -> list[Segment]:
    whole_gap = math.floor(max(gap, 0.1) + 0.5)
    step = 1.0
    if pencil.roughness >= 1 and pencil.random() > 0.7:
        step = whole_gap or 1.0
    turn = angle + 90
    segments = _level_lines(_turned(polygon, turn), max(whole_gap, 0.1), step)
    return [(a, b) for a, b in (_turned(segment, -turn) for segment in segments)]


def _turned(points: Sequence[Point], degrees: float) -> list[Point]:
    angle = math.pi / 180 * degrees
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]


class _Edge:
    """A side of the polygon; ``x`` is where it crosses the present line."""

    __slots__ = ("slope", "x", "y_max", "y_min")

    def __init__(self, a: Point, b: Point) -> None:
        self.y_min, self.y_max = min(a[1], b[1]), max(a[1], b[1])
        self.x = a[0] if self.y_min == a[1] else b[0]
        self.slope = (b[0] - a[0]) / (b[1] - a[1])


def _level_lines(polygon: Sequence[Point], gap: float, step: float) -> list[Segment]:
    """Level lines inside the polygon, every ``gap`` units (every step, if steps are not 1)."""
    closed = list(polygon)
    if closed and closed[0] != closed[-1]:
        closed.append(closed[0])
    if len(closed) < 3:
        return []
    waiting = [_Edge(a, b) for a, b in pairwise(closed) if a[1] != b[1]]
    waiting.sort(key=lambda edge: (edge.y_min, edge.x, edge.y_max), reverse=True)
    if not waiting:
        return []
    lines: list[Segment] = []
    active: list[_Edge] = []
    y = waiting[-1].y_min
    turn = 0
    while active or waiting:
        while waiting and waiting[-1].y_min <= y:
            active.append(waiting.pop())
        active = sorted((edge for edge in active if edge.y_max > y), key=lambda edge: edge.x)
        if step != 1 or math.fmod(turn, gap) == 0:
            for left, right in zip(active[::2], active[1::2], strict=False):
                lines.append(((_nearest(left.x), y), (_nearest(right.x), y)))
            if len(lines) > MOST_SEGMENTS:
                raise TooManyLines
        y += step
        for edge in active:
            edge.x += step * edge.slope
        turn += 1
    return lines


def _nearest(value: float) -> float:
    """Rounds half up, as ``Math.round`` does."""
    return math.floor(value + 0.5)
