"""The closed outlines in a box, one drawing function for each type: docs/drawing.md, section 2."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from inkwire.exporting import sketch
from inkwire.exporting.curves import C, L, M, Op, Point, quadratic
from inkwire.exporting.rough import Pencil
from inkwire.exporting.sketch import Fill, Sketch
from inkwire.protocol.elements import Diamond, Ellipse, Rectangle, Shape, Triangle

CORNER = 32.0

DrawBox = Callable[[Any, float, float, Pencil, Fill | None], Sketch]
"""Draws a shape of its own type in a box of this width and height."""


def is_rounded(element: Shape) -> bool:
    """Whether its corners are; a type without corners has none."""
    return bool(getattr(element, "rounded", False))


def _rectangle(element: Rectangle, w: float, h: float, pencil: Pencil, fill: Fill | None) -> Sketch:
    if element.rounded:
        return sketch.path(rounded_rectangle(w, h), pencil, fill)
    return sketch.rectangle(w, h, pencil, fill)


def _ellipse(_: Ellipse, w: float, h: float, pencil: Pencil, fill: Fill | None) -> Sketch:
    return sketch.ellipse((w / 2, h / 2), w, h, replace(pencil, curve_fitting=1.0), fill)


def _diamond(element: Diamond, w: float, h: float, pencil: Pencil, fill: Fill | None) -> Sketch:
    if element.rounded:
        return sketch.path(rounded_diamond(w, h), pencil, fill)
    return sketch.polygon(diamond_corners(w, h), pencil, fill)


def _triangle(element: Triangle, w: float, h: float, pencil: Pencil, fill: Fill | None) -> Sketch:
    corners: list[Point] = [(w / 2, 0.0), (w, h), (0.0, h)]
    if not element.rounded:
        return sketch.polygon(corners, pencil, fill)
    cut = radius(min(w, h))
    top, right, left = corners
    ops: list[Op] = [(M, _towards(top, right, cut))]
    for before, corner, after in ((top, right, left), (right, left, top), (left, top, right)):
        into = _towards(corner, before, cut)
        ops += [(L, into), quadratic(into, corner, _towards(corner, after, cut))]
    return sketch.path(ops, pencil, fill)


def _towards(a: Point, b: Point, by: float) -> Point:
    share = by / max(math.dist(a, b), 1e-9)
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def radius(extent: float) -> float:
    """The corner radius for a side of that length."""
    return min(extent / 4, CORNER)


def rounded_rectangle(w: float, h: float) -> list[Op]:
    """A box whose corners are quadratic curves."""
    c = radius(min(w, h))
    return [
        (M, (c, 0.0)),
        (L, (w - c, 0.0)),
        quadratic((w - c, 0.0), (w, 0.0), (w, c)),
        (L, (w, h - c)),
        quadratic((w, h - c), (w, h), (w - c, h)),
        (L, (c, h)),
        quadratic((c, h), (0.0, h), (0.0, h - c)),
        (L, (0.0, c)),
        quadratic((0.0, c), (0.0, 0.0), (c, 0.0)),
    ]


def diamond_corners(w: float, h: float) -> tuple[Point, Point, Point, Point]:
    """Top, right, bottom and left; a unit right of and below the middle, as Excalidraw has it."""
    x, y = math.floor(w / 2) + 1.0, math.floor(h / 2) + 1.0
    return (x, 0.0), (w, y), (x, h), (0.0, y)


def rounded_diamond(w: float, h: float) -> list[Op]:
    """A diamond whose corners are cubic curves with both handles in the corner."""
    (tx, _), (_, ry), _, _ = diamond_corners(w, h)
    v, u = radius(tx), radius(ry)
    return [
        (M, (tx + v, u)),
        (L, (w - v, ry - u)),
        (C, (w, ry, w, ry, w - v, ry + u)),
        (L, (tx + v, h - u)),
        (C, (tx, h, tx, h, tx - v, h - u)),
        (L, (v, ry + u)),
        (C, (0.0, ry, 0.0, ry, v, ry - u)),
        (L, (tx - v, u)),
        (C, (tx, 0.0, tx, 0.0, tx + v, u)),
    ]


BOXES: Mapping[type[Shape], DrawBox] = {
    Rectangle: _rectangle,
    Ellipse: _ellipse,
    Diamond: _diamond,
    Triangle: _triangle,
}
"""How each type is drawn."""
