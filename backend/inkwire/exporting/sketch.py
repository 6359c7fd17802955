"""Sketched shapes with their fills, put together as the generator of rough.js 4.6.6 does.

The outline draws its random numbers first, the fill after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from inkwire.exporting import rough
from inkwire.exporting.curves import (
    L,
    M,
    Op,
    Point,
    flattened,
    points_on_path,
    simplified,
    spline_to_bezier,
)
from inkwire.exporting.rough import Pencil
from inkwire.exporting.rough_fill import TooManyLines, pattern
from inkwire.protocol.scalars import FillStyle


@dataclass(frozen=True)
class Fill:
    """How to fill: the style, and how far apart the lines of a pattern are."""

    style: FillStyle
    gap: float


@dataclass(frozen=True)
class Sketch:
    """An outline and what fills it.

    ``patterned``: the fill are lines to stroke, not a shape to fill. ``even_odd``: its rule if not.
    """

    outline: list[Op]
    fill: list[Op] = field(default_factory=list)
    patterned: bool = False
    even_odd: bool = True


def rectangle(width: float, height: float, pencil: Pencil, fill: Fill | None) -> Sketch:
    """A box from (0, 0)."""
    corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    sketch = polygon(corners, pencil, fill)
    return Sketch(sketch.outline, sketch.fill, sketch.patterned, even_odd=False)


def polygon(points: Sequence[Point], pencil: Pencil, fill: Fill | None) -> Sketch:
    """Straight sides, closed."""
    outline = rough.polyline(points, pencil, close=True)
    if fill is None:
        return Sketch(outline)
    if fill.style == "solid":
        return Sketch(outline, rough.solid_polygon(points, pencil))
    return _patterned(outline, points, fill, pencil)


def polyline(points: Sequence[Point], pencil: Pencil) -> Sketch:
    """Straight lines from point to point, open."""
    return Sketch(rough.polyline(points, pencil))


def ellipse(
    center: Point, width: float, height: float, pencil: Pencil, fill: Fill | None
) -> Sketch:
    """An ellipse about its centre."""
    shape = rough.ellipse_shape(center, width, height, pencil)
    outline, around = rough.ellipse(shape, pencil)
    if fill is None:
        return Sketch(outline)
    if fill.style == "solid":
        return Sketch(outline, rough.ellipse(shape, pencil)[0], even_odd=False)
    return _patterned(outline, around, fill, pencil)


def curve(points: Sequence[Point], pencil: Pencil, fill: Fill | None) -> Sketch:
    """A smooth line through points."""
    outline = rough.curve(points, pencil)
    if fill is None:
        return Sketch(outline)
    if fill.style == "solid":
        return Sketch(outline, rough.merged(rough.curve(points, pencil.for_fill())))
    around = list(points)
    if len(points) >= 3:
        leading = [points[0], *points] if len(points) == 3 else points
        around = flattened(spline_to_bezier(leading), 10)
        around = simplified(around, (1 + pencil.roughness) / 2)
    return _patterned(outline, around, fill, pencil)


def path(commands: Sequence[Op], pencil: Pencil, fill: Fill | None) -> Sketch:
    """One subpath of lines and cubics."""
    if not commands or commands[0][0] != M:
        raise ValueError("a path begins with a move")
    outline = rough.path(commands, pencil)
    if fill is None:
        return Sketch(outline)
    if fill.style == "solid":
        return Sketch(outline, rough.merged(rough.path(commands, pencil.for_fill())))
    around = points_on_path(commands, 1, (1 + pencil.roughness) / 2)
    return _patterned(outline, around, fill, pencil)


def _patterned(outline: list[Op], around: Sequence[Point], fill: Fill, pencil: Pencil) -> Sketch:
    """The outline with the fill's lines, or, where they would be too many, with a plain surface."""
    try:
        lines = pattern(around, fill.style, fill.gap, pencil)
    except TooManyLines:
        surface: list[Op] = [(L if index else M, point) for index, point in enumerate(around)]
        return Sketch(outline, surface)
    return Sketch(outline, lines, patterned=True)
