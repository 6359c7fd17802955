"""Excalidraw's position (top left, turned about the centre) to ours (turned about the origin)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from inkwire.protocol.elements import Place
from inkwire.rooms.bounds import Box, box_of_points

TAU = 2 * math.pi


def box_place(
    x: float, y: float, w: float, h: float, angle: float, flip: tuple[bool, bool] = (False, False)
) -> Place:
    """The place of a box; flipped, it runs from the far side back."""
    sx, sy = (-w if flip[0] else w), (-h if flip[1] else h)
    origin = _turned(-sx / 2, -sy / 2, angle)
    return (x + w / 2 + origin[0], y + h / 2 + origin[1], sx, sy, wrapped(angle))


def point_place(x: float, y: float, angle: float, box: Box) -> Place:
    """The place of points that lie in ``box``, relative to (x, y) before turning."""
    cx, cy = (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2
    dx, dy = _turned(-cx, -cy, angle)
    return (x + cx + dx, y + cy + dy, 1.0, 1.0, wrapped(angle))


def wrapped(angle: float) -> float:
    """The angle within 0 to 2π, untouched when it lies there already."""
    return angle if 0 <= angle < TAU else math.fmod(angle, TAU) % TAU


def curve_box(points: Sequence[Sequence[float]]) -> Box:
    """The box of the cardinal spline (tension 0) through points, as rough.js curves them."""
    if len(points) < 2:
        return box_of_points(points)
    ends = [points[0], *points, points[-1]]
    found: list[Sequence[float]] = list(points)
    for i in range(1, len(points)):
        before, start, end, after = ends[i - 1 : i + 3]
        x = _extremes(start[0], end[0], end[0] - before[0], after[0] - start[0])
        y = _extremes(start[1], end[1], end[1] - before[1], after[1] - start[1])
        found += [(each, start[1]) for each in x] + [(start[0], each) for each in y]
    return box_of_points(found)


def _extremes(p0: float, p3: float, tangent0: float, tangent3: float) -> list[float]:
    """The turning values of one coordinate of a cubic with those ends and tangents times six."""
    p1, p2 = p0 + tangent0 / 6, p3 - tangent3 / 6
    # The derivative is a·t² + b·t + c.
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    if abs(a) < 1e-12:
        times = [-c / b] if abs(b) > 1e-12 else []
    else:
        square = b * b - 4 * a * c
        if square < 0:
            return []
        root = math.sqrt(square)
        times = [(-b + root) / (2 * a), (-b - root) / (2 * a)]
    return [
        (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t * t * p2 + t**3 * p3
        for t in times
        if 0 < t < 1
    ]


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    if angle == 0:
        return x, y
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos - y * sin, x * sin + y * cos
