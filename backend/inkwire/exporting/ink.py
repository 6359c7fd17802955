"""Pen and highlighter strokes as paths (docs/drawing.md, section 3).

Outlines come from ``perfect-freehand`` for Python (BigBlueButton), a port of the npm library that the
browser uses; golden vectors hold the two equal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from perfect_freehand import get_stroke

from inkwire.exporting.curves import L, M, Op, Point, Q, Z

SIZE = 4.25
"""Times the stroke width: the width of a pen stroke at full pressure."""
THINNING = 0.6
"""How much pressure changes the width."""
HIGHLIGHTER_WIDTH = 8.0
"""Times the stroke width."""
DOT_EXTENT = 0.5
"""A highlighter stroke smaller than this is a dot: it has no direction for its flat ends."""


def outline_of(
    points: Sequence[tuple[float, ...]], stroke_width: float, *, with_pressure: bool
) -> list[Point]:
    """The outline of a finished pen stroke of ``(x, y)`` or ``(x, y, pressure)`` points."""
    if not points:
        return []
    size, thinning = stroke_width * SIZE, THINNING
    if with_pressure and len(points) == 1:
        # The port forgets the pressure of a lone point; a dot of that size does not ask for it.
        size *= 2 * _eased(0.5 - THINNING * (0.5 - points[0][2]))
        thinning = 0.0
    outline = get_stroke(
        points,
        size=size,
        thinning=thinning,
        smoothing=0.5,
        streamline=0.5,
        easing=_eased,
        simulate_pressure=not with_pressure,
        last=True,
    )
    return [(x, y) for x, y in outline]


def closed_path(outline: Sequence[Point]) -> list[Op]:
    """A closed path of quadratic curves that meet in the middles between outline points."""
    if not outline:
        return []
    ops: list[Op] = [(M, outline[0])]
    for point, after in zip(outline, [*outline[1:], outline[0]], strict=True):
        ops.append((Q, (*point, *_middle(point, after))))
    return [*ops, (L, outline[0]), (Z, ())]


def open_path(points: Sequence[Point]) -> list[Op]:
    """A smooth line through the middles between points, from the first to the last."""
    if len(points) < 3:
        return [(M if index == 0 else L, point) for index, point in enumerate(points)]
    ops: list[Op] = [(M, points[0])]
    for point, after in pairwise(points[1:-1]):
        ops.append((Q, (*point, *_middle(point, after))))
    return [*ops, (Q, (*points[-2], *points[-1]))]


def _eased(share: float) -> float:
    return math.sin(share * math.pi / 2)


def _middle(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
