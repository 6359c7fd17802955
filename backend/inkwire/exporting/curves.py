"""Paths as lists of operations, and the flattening of their curves.

Flattening and simplification are those of the npm packages ``points-on-curve`` and ``points-on-path``
(MIT, Preet Shihn), which rough.js uses: recursive halving until flat (after Sean T.'s flatness test),
then Ramer-Douglas-Peucker.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]
Op = tuple[str, tuple[float, ...]]
"""``(M, (x, y))``, ``(L, (x, y))``, ``(C, (x1, y1, x2, y2, x, y))``, ``(Q, (x1, y1, x, y))``, ``(Z, ())``."""

M, L, C, Q, Z = "M", "L", "C", "Q", "Z"


def quadratic(start: Point, control: Point, end: Point) -> Op:
    """A quadratic curve as a cubic one."""
    (x0, y0), (x1, y1), (x, y) = start, control, end
    return (
        C,
        (
            x0 + 2 * (x1 - x0) / 3,
            y0 + 2 * (y1 - y0) / 3,
            x + 2 * (x1 - x) / 3,
            y + 2 * (y1 - y) / 3,
            x,
            y,
        ),
    )


def spline_to_bezier(points: Sequence[Point]) -> list[Point]:
    """A cardinal spline through three points or more, as control points of joined cubics."""
    if len(points) == 3:
        return [*points, points[2]]
    ends = [points[0], *points, points[-1]]
    out = [points[0]]
    for i in range(1, len(points)):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = ends[i - 1 : i + 3]
        out += [
            (bx + (cx - ax) / 6, by + (cy - ay) / 6),
            (cx + (bx - dx) / 6, cy + (by - dy) / 6),
            (cx, cy),
        ]
    return out


def flattened(bezier: Sequence[Point], tolerance: float) -> list[Point]:
    """Points on joined cubics, dense enough to be within the tolerance of their flatness test."""
    out: list[Point] = []
    for first in range(0, len(bezier) - 3, 3):
        _flatten(
            bezier[first], bezier[first + 1], bezier[first + 2], bezier[first + 3], tolerance, out
        )
    return out


def _flatten(
    p1: Point, p2: Point, p3: Point, p4: Point, tolerance: float, out: list[Point]
) -> None:
    if _flatness(p1, p2, p3, p4) < tolerance:
        if not out or math.dist(out[-1], p1) > 1:
            out.append(p1)
        out.append(p4)
        return
    q1, q2, q3 = _middle(p1, p2), _middle(p2, p3), _middle(p3, p4)
    r1, r2 = _middle(q1, q2), _middle(q2, q3)
    half = _middle(r1, r2)
    _flatten(p1, q1, r1, half, tolerance, out)
    _flatten(half, r2, q3, p4, tolerance, out)


def _flatness(p1: Point, p2: Point, p3: Point, p4: Point) -> float:
    ux = (3 * p2[0] - 2 * p1[0] - p4[0]) ** 2
    uy = (3 * p2[1] - 2 * p1[1] - p4[1]) ** 2
    vx = (3 * p3[0] - 2 * p4[0] - p1[0]) ** 2
    vy = (3 * p3[1] - 2 * p4[1] - p1[1]) ** 2
    return max(ux, vx) + max(uy, vy)


def _middle(a: Point, b: Point) -> Point:
    return a[0] + (b[0] - a[0]) * 0.5, a[1] + (b[1] - a[1]) * 0.5


def points_on_path(commands: Sequence[Op], tolerance: float, distance: float) -> list[Point]:
    """One subpath of lines and cubics as a simplified polygon."""
    points: list[Point] = []
    pending: list[Point] = []
    for kind, numbers in commands:
        ends = list(zip(numbers[::2], numbers[1::2], strict=True))
        if kind == C:
            pending += ends if pending else [points[-1], *ends]
            continue
        points += flattened(pending, tolerance)
        pending = []
        points += ends
    points += flattened(pending, tolerance)
    return simplified(points, distance)


def simplified(points: Sequence[Point], distance: float) -> list[Point]:
    """The points farther than ``distance`` from the line that would replace them."""
    if len(points) < 3:
        return [points[0], points[-1]] if points else []
    kept = bytearray(len(points))
    kept[0] = kept[-1] = 1
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, at = 0.0, first
        for index in range(first + 1, last):
            squared = _squared_distance(points[index], points[first], points[last])
            if squared > farthest:
                farthest, at = squared, index
        if math.sqrt(farthest) > distance:
            kept[at] = 1
            spans += [(first, at), (at, last)]
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def _squared_distance(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared = dx * dx + dy * dy
    share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared if squared else 0.0
    share = min(max(share, 0.0), 1.0)
    x, y = a[0] + dx * share - p[0], a[1] + dy * share - p[1]
    return x * x + y * y
