"""Sketchy outlines: the same strokes as rough.js 4.6.6 (MIT, Preet Shihn) makes from the same seed.

Own code after rough.js's generator and renderer; the order in which random numbers are drawn is part of
the result. Golden vectors from the npm library (``tests/vectors/rough.json``) hold it equal to 1e-6.
Filled patterns are in ``rough_fill``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from inkwire.exporting.curves import C, L, M, Op, Point

MAX_OFFSET = 2.0
"""How far a point strays at roughness 1, in world units (``maxRandomnessOffset``)."""
BOWING = 1.0
CURVE_STEPS = 9
FILL_GAIN = 0.8
"""What a solid fill's outline is rougher than the stroke (``fillShapeRoughnessGain``)."""


def random_numbers(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1 as rough.js draws them: Lehmer's generator in 32-bit arithmetic."""
    state = seed
    while True:
        state = state * 48271 & 0xFFFFFFFF
        yield (state & 0x7FFFFFFF) / 0x80000000


@dataclass(frozen=True)
class Pencil:
    """How to sketch: rough.js's options, and the random numbers they share.

    ``single``: one stroke instead of two. ``keep_vertices``: corners do not stray.
    """

    seed: int
    roughness: float
    random: Callable[[], float]
    single: bool = False
    keep_vertices: bool = False
    curve_fitting: float = 0.95

    @staticmethod
    def of(seed: int, roughness: float, *, single: bool, keep_vertices: bool) -> Pencil:
        """A pencil at the beginning of its random numbers; seed 0 counts as 1."""
        seed = seed or 1
        return Pencil(seed, roughness, random_numbers(seed).__next__, single, keep_vertices)

    def stray(self, most: float, gain: float = 1.0) -> float:
        """A random offset of at most ``most``, times the roughness."""
        return self.between(-most, most, gain)

    def between(self, low: float, high: float, gain: float = 1.0) -> float:
        return self.roughness * gain * (self.random() * (high - low) + low)

    def for_fill(self) -> Pencil:
        """The pencil that outlines a solid fill: one stroke, a little rougher."""
        rougher = self.roughness + FILL_GAIN if self.roughness else 0.0
        return replace(self, single=True, roughness=rougher)


def stroke(a: Point, b: Point, pencil: Pencil, *, second: bool) -> list[Op]:
    """One bowed stroke; a second one over it strays half as far."""
    (x1, y1), (x2, y2) = a, b
    squared = (x1 - x2) ** 2 + (y1 - y2) ** 2
    length = math.sqrt(squared)
    if length < 200:
        gain = 1.0
    elif length > 500:
        gain = 0.4
    else:
        gain = -0.0016668 * length + 1.233334
    offset = length / 10 if squared < MAX_OFFSET * MAX_OFFSET * 100 else MAX_OFFSET
    diverge = 0.2 + pencil.random() * 0.2
    bow_x = pencil.stray(BOWING * MAX_OFFSET * (y2 - y1) / 200, gain)
    bow_y = pencil.stray(BOWING * MAX_OFFSET * (x1 - x2) / 200, gain)
    most = offset / 2 if second else offset

    def end(value: float) -> float:
        return value if pencil.keep_vertices else value + pencil.stray(most, gain)

    return [
        (M, (end(x1), end(y1))),
        (
            C,
            (
                bow_x + x1 + (x2 - x1) * diverge + pencil.stray(most, gain),
                bow_y + y1 + (y2 - y1) * diverge + pencil.stray(most, gain),
                bow_x + x1 + 2 * (x2 - x1) * diverge + pencil.stray(most, gain),
                bow_y + y1 + 2 * (y2 - y1) * diverge + pencil.stray(most, gain),
                end(x2),
                end(y2),
            ),
        ),
    ]


def line(a: Point, b: Point, pencil: Pencil, *, filling: bool = False) -> list[Op]:
    """A line of two strokes, or of one; the lines of a fill always have two."""
    ops = stroke(a, b, pencil, second=False)
    if filling or not pencil.single:
        ops += stroke(a, b, pencil, second=True)
    return ops


def polyline(points: Sequence[Point], pencil: Pencil, *, close: bool = False) -> list[Op]:
    """Lines from point to point; of two points one line, closed or not."""
    if len(points) == 2:
        return line(points[0], points[1], pencil)
    if len(points) < 2:
        return []
    corners = [*points, points[0]] if close else points
    ops: list[Op] = []
    for a, b in pairwise(corners):
        ops += line(a, b, pencil)
    return ops


def curve(points: Sequence[Point], pencil: Pencil) -> list[Op]:
    """A smooth line through points that stray a little, drawn twice with different seeds."""
    ops = _straying_spline(points, 1 + pencil.roughness * 0.2, pencil)
    if not pencil.single:
        other = replace(
            pencil, seed=pencil.seed + 1, random=random_numbers(pencil.seed + 1).__next__
        )
        ops += _straying_spline(points, 1.5 * (1 + pencil.roughness * 0.22), other)
    return ops


def _straying_spline(points: Sequence[Point], most: float, pencil: Pencil) -> list[Op]:
    if not points:
        return []
    # Both ends count twice, each time straying anew.
    wanted = [points[0], *points]
    if len(points) > 1:
        wanted.append(points[-1])
    return spline([(x + pencil.stray(most), y + pencil.stray(most)) for x, y in wanted], pencil)


def spline(points: Sequence[Point], pencil: Pencil) -> list[Op]:
    """A cardinal spline through all points but the first and the last, which only lead it."""
    if len(points) == 2:
        return stroke(points[0], points[1], pencil, second=True)
    if len(points) == 3:
        return [(M, points[1]), (C, (*points[1], *points[2], *points[2]))]
    if len(points) < 2:
        return []
    ops: list[Op] = [(M, points[1])]
    for i in range(1, len(points) - 2):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[i - 1 : i + 3]
        first = (bx + (cx - ax) / 6, by + (cy - ay) / 6)
        second = (cx + (bx - dx) / 6, cy + (by - dy) / 6)
        ops.append((C, (*first, *second, cx, cy)))
    return ops


@dataclass(frozen=True)
class EllipseShape:
    """The radii and the step of an ellipse, which its outline and its fill share."""

    center: Point
    rx: float
    ry: float
    step: float


def ellipse_shape(center: Point, width: float, height: float, pencil: Pencil) -> EllipseShape:
    """Draws how far the radii stray (nothing at ``curve_fitting`` 1)."""
    around = math.sqrt(math.pi * 2 * math.sqrt(((width / 2) ** 2 + (height / 2) ** 2) / 2))
    steps = math.ceil(max(CURVE_STEPS, CURVE_STEPS / math.sqrt(200) * around))
    misfit = 1 - pencil.curve_fitting
    rx, ry = abs(width / 2), abs(height / 2)
    rx += pencil.stray(rx * misfit)
    ry += pencil.stray(ry * misfit)
    return EllipseShape(center, rx, ry, math.pi * 2 / steps)


def ellipse(shape: EllipseShape, pencil: Pencil) -> tuple[list[Op], list[Point]]:
    """The outline, and the points of its first round, which outline a pattern fill."""
    overlap = shape.step * pencil.between(0.1, pencil.between(0.4, 1))
    around, core = _ellipse_points(shape, 1, overlap, pencil)
    ops = spline(around, pencil)
    if not pencil.single and pencil.roughness != 0:
        again, _ = _ellipse_points(shape, 1.5, 0, pencil)
        ops += spline(again, pencil)
    return ops, core


def _ellipse_points(
    shape: EllipseShape, most: float, overlap: float, pencil: Pencil
) -> tuple[list[Point], list[Point]]:
    (cx, cy), rx, ry, step = shape.center, shape.rx, shape.ry, shape.step

    def at(angle: float, share: float = 1.0, most: float = 0.0) -> Point:
        dx = pencil.stray(most) if most else 0.0
        dy = pencil.stray(most) if most else 0.0
        return dx + cx + share * rx * math.cos(angle), dy + cy + share * ry * math.sin(angle)

    core = []
    if pencil.roughness == 0:
        step /= 4
        angle = 0.0
        while angle <= math.pi * 2:
            core.append(at(angle))
            angle += step
        return [at(-step), *core, at(0), at(step)], core
    start = pencil.stray(0.5) - math.pi / 2
    first = at(start - step, 0.9, most)
    angle = start
    while angle < math.pi * 2 + start - 0.01:
        core.append(at(angle, 1.0, most))
        angle += step
    last = [
        at(start + math.pi * 2 + overlap * 0.5, 1.0, most),
        at(start + overlap, 0.98, most),
        at(start + overlap * 0.5, 0.9, most),
    ]
    return [first, *core, *last], core


def path(commands: Sequence[Op], pencil: Pencil) -> list[Op]:
    """Lines and cubic curves, sketched; every command begins where the one before ended."""
    ops: list[Op] = []
    at = (0.0, 0.0)
    for kind, numbers in commands:
        to = (numbers[-2], numbers[-1])
        if kind == L:
            ops += line(at, to, pencil)
        elif kind == C:
            ops += _cubic(at, numbers, pencil)
        at = to
    return ops


def _cubic(start: Point, numbers: Sequence[float], pencil: Pencil) -> list[Op]:
    x1, y1, x2, y2, x, y = numbers
    ops: list[Op] = []
    for most in (MAX_OFFSET,) if pencil.single else (MAX_OFFSET, MAX_OFFSET + 0.3):
        begin, end = start, (x, y)
        # Only the second stroke begins beside the start, as far off as the first one strays.
        if ops and not pencil.keep_vertices:
            begin = (start[0] + pencil.stray(MAX_OFFSET), start[1] + pencil.stray(MAX_OFFSET))
        if not pencil.keep_vertices:
            end = (x + pencil.stray(most), y + pencil.stray(most))
        first = (x1 + pencil.stray(most), y1 + pencil.stray(most))
        second = (x2 + pencil.stray(most), y2 + pencil.stray(most))
        ops += [(M, begin), (C, (*first, *second, *end))]
    return ops


def solid_polygon(points: Sequence[Point], pencil: Pencil) -> list[Op]:
    """The outline of a solid fill of straight sides."""
    if len(points) < 3:
        return []
    strayed = [(x + pencil.stray(MAX_OFFSET), y + pencil.stray(MAX_OFFSET)) for x, y in points]
    return [(M, strayed[0]), *((L, point) for point in strayed[1:])]


def merged(ops: Sequence[Op]) -> list[Op]:
    """One shape instead of strokes: all moves but the first are left out."""
    return [op for index, op in enumerate(ops) if index == 0 or op[0] != M]
