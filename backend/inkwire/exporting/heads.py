"""Arrow heads (docs/drawing.md, section 2): where they lie on a sketched line, and their shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from inkwire.exporting import rough, sketch
from inkwire.exporting.curves import C, Op, Point
from inkwire.exporting.paint import Paint
from inkwire.exporting.rough import Pencil
from inkwire.exporting.sketch import Fill, Sketch
from inkwire.protocol.scalars import Dash, Head

End = Literal["start", "end"]

LARGEST_HEAD = 25.0
"""World units from the tip of the largest head to its base."""
_SIZES = {"arrow": 25.0, "diamond": 12.0, "diamond-outline": 12.0}
_ANGLES = {"bar": 90.0, "arrow": 20.0}
_SOLID = Fill("solid", 0.0)


@dataclass(frozen=True)
class HeadStyle:
    """What a head takes over from its line; ``width`` is the line's own, ``line_width`` as drawn."""

    pencil: Pencil
    color: str
    background: str
    width: float
    line_width: float
    dash: Dash


@dataclass(frozen=True)
class _Frame:
    """A head's points: the tip, its base on the line, and the two ends of its barbs."""

    tip: Point
    base: Point
    a: Point
    b: Point
    size: float
    behind: Point


def head_paints(
    head: Head, end: End, outline: Sequence[Op], points: Sequence[Point], style: HeadStyle
) -> list[Paint]:
    """The head at one end of a line whose outline is ``outline``; nothing for a line of no length."""
    if head == "none" or len(points) < 2:
        return []
    frame = _frame(head, end, outline, points)
    if frame is None:
        return []
    if head in ("dot", "circle-outline"):
        diameter = frame.size + style.width - 2
        if diameter <= 0:
            return []
        pencil = _at_most(style.pencil, 0.5)
        shape = sketch.ellipse(frame.tip, diameter, diameter, pencil, _SOLID)
        return _filled(shape, style, hollow=head == "circle-outline")
    if head in ("triangle", "triangle-outline"):
        corners = [frame.tip, frame.a, frame.b, frame.tip]
        shape = sketch.polygon(corners, _at_most(style.pencil, 1), _SOLID)
        return _filled(shape, style, hollow=head == "triangle-outline")
    if head in ("diamond", "diamond-outline"):
        corners = [frame.tip, frame.a, frame.behind, frame.b, frame.tip]
        shape = sketch.polygon(corners, _at_most(style.pencil, 1), _SOLID)
        return _filled(shape, style, hollow=head == "diamond-outline")
    return [_lines(head, frame, style)]


def _lines(head: Head, frame: _Frame, style: HeadStyle) -> Paint:
    dash = (1.5, 4 + style.width) if style.dash == "dotted" else None
    ops: list[Op] = []

    def line(a: Point, b: Point) -> None:
        ops.extend(rough.line(a, b, _at_most(style.pencil, 1)))

    if head in ("arrow", "bar"):
        line(frame.a, frame.tip)
        line(frame.b, frame.tip)
    if head in ("crowfoot-many", "crowfoot-one-or-many"):
        angle = _ANGLES.get(head, 25.0)
        line(_turned(frame.tip, frame.base, -angle), frame.base)
        line(_turned(frame.tip, frame.base, angle), frame.base)
    if head in ("crowfoot-one", "crowfoot-one-or-many"):
        line(frame.a, frame.b)
    return Paint(ops, stroke=style.color, width=style.line_width, dash=dash)


def _filled(shape: Sketch, style: HeadStyle, *, hollow: bool) -> list[Paint]:
    fill = style.background if hollow else style.color
    return [
        Paint(shape.fill, fill=fill, even_odd=shape.even_odd),
        Paint(shape.outline, stroke=style.color, width=style.line_width),
    ]


def _at_most(pencil: Pencil, roughness: float) -> Pencil:
    """The pencil from the beginning of its random numbers, no rougher than that."""
    return replace(
        pencil,
        roughness=min(pencil.roughness, roughness),
        random=rough.random_numbers(pencil.seed).__next__,
    )


def _frame(head: Head, end: End, outline: Sequence[Op], points: Sequence[Point]) -> _Frame | None:
    index = 1 if end == "start" else len(outline) - 1
    if len(outline) < 2 or outline[index][0] != C:
        return None
    before = outline[index - 1][1]
    p0 = (before[-2], before[-1])
    x1, y1, x2, y2, x3, y3 = outline[index][1]
    tip = p0 if end == "start" else (x3, y3)
    # The cubic from its far end, at 0.3.
    t, s = 0.3, 0.7
    inner = (
        s**3 * x3 + 3 * t * s * s * x2 + 3 * t * t * s * x1 + t**3 * p0[0],
        s**3 * y3 + 3 * t * s * s * y2 + 3 * t * t * s * y1 + t**3 * p0[1],
    )
    corner, neighbour = (points[0], points[1]) if end == "start" else (points[-1], points[-2])
    share = 0.25 if head in ("diamond", "diamond-outline") else 0.5
    size = 20.0 if head.startswith("crowfoot") else _SIZES.get(head, 15.0)
    size = min(size, math.dist(corner, neighbour) * share)
    distance = math.dist(tip, inner)
    if not size or not distance:
        return None
    base = (
        tip[0] - (tip[0] - inner[0]) / distance * size,
        tip[1] - (tip[1] - inner[1]) / distance * size,
    )
    angle = _ANGLES.get(head, 25.0)
    back = math.dist(tip, neighbour) or 1.0
    return _Frame(
        tip=tip,
        base=base,
        a=_turned(base, tip, -angle),
        b=_turned(base, tip, angle),
        size=size,
        behind=(
            tip[0] + (neighbour[0] - tip[0]) / back * size * 2,
            tip[1] + (neighbour[1] - tip[1]) / back * size * 2,
        ),
    )


def _turned(point: Point, center: Point, degrees: float) -> Point:
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    dx, dy = point[0] - center[0], point[1] - center[1]
    return center[0] + dx * cos - dy * sin, center[1] + dx * sin + dy * cos
