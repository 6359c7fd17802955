"""Where an arrow of tldraw runs: between two points, or between the shapes that hold its ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inkwire.importing.tldraw_placed import Drawing, Placed
from inkwire.importing.tldraw_records import Terminal, Vec
from inkwire.protocol.elements import Binding
from inkwire.protocol.scalars import Curve

Point = tuple[float, float]
GAP: Final = 10.0
"""World units between an arrow's end and the outline of what holds it."""
_NOTHING: Final = ("draw", "line", "highlight", "arrow", "group")
"""What holds no arrow here."""


@dataclass(frozen=True)
class Course:
    """The points of an arrow in the world, and what holds it."""

    points: Sequence[Point]
    curve: Curve
    start: Binding | None
    end: Binding | None
    middle: Point


@dataclass(frozen=True)
class _End:
    """Where an end points to, and by what it is held there."""

    aim: Point
    holder: Placed | None = None
    is_exact: bool = False
    binding: Binding | None = None


def course_of(placed: Placed, drawing: Drawing) -> Course:
    """The course of the arrow; a held end stops before the outline."""
    props = placed.shape.props
    start = _end(placed, drawing, props.start or Terminal(), "start")
    end = _end(placed, drawing, props.end or Terminal(x=2.0), "end")
    first, last = _stopped(start, end.aim), _stopped(end, start.aim)
    dx, dy = last[0] - first[0], last[1] - first[1]
    middle = (first[0] + dx / 2, first[1] + dy / 2)
    points: list[Point] = [first, last]
    curve: Curve = "sharp"
    length = math.hypot(dx, dy)
    if props.kind == "elbow":
        curve = "elbow"
        if dx and dy:
            points = [first, (middle[0], first[1]), (middle[0], last[1]), last]
    elif abs(props.bend) > 1 and length > 0:
        curve = "round"
        bend = -props.bend * props.scale
        middle = (middle[0] + dy / length * bend, middle[1] - dx / length * bend)
        points = [first, middle, last]
    return Course(points, curve, start.binding, end.binding, middle)


def _end(placed: Placed, drawing: Drawing, terminal: Terminal, name: str) -> _End:
    to, anchor, is_exact = terminal.bound_shape_id, terminal.normalized_anchor, terminal.is_exact
    for record in drawing.bindings(placed.shape.id):
        if record.type == "arrow" and record.props.terminal == name:
            to = record.to_id
            anchor, is_exact = record.props.normalized_anchor, record.props.is_exact
    holder = drawing.place(to) if to else None
    if holder is None or holder.shape.type in _NOTHING:
        scale = placed.shape.props.scale
        return _End(placed.frame.at(terminal.x * scale, terminal.y * scale))
    at = anchor or Vec(0.5, 0.5)
    width, height = size_of(holder)
    aim = holder.frame.at(at.x * width, at.y * height)
    point = (min(max(at.x, -100.0), 100.0), min(max(at.y, -100.0), 100.0))
    binding = Binding(to=holder.id, at=point if is_exact else None, gap=0.0 if is_exact else GAP)
    return _End(aim, holder, is_exact, binding)


def size_of(placed: Placed) -> Point:
    """The width and height of a shape that has a box."""
    props = placed.shape.props
    if placed.shape.type == "note":
        return 200 * props.scale, (200 + props.grow_y) * props.scale
    return props.w, props.h + props.grow_y


def _stopped(end: _End, other: Point) -> Point:
    """Where the line from the other end meets the outline, a gap before it."""
    if end.holder is None or end.is_exact:
        return end.aim
    frame = end.holder.frame
    width, height = size_of(end.holder)
    # In the holder's own coordinates, about its middle.
    cos, sin = math.cos(frame.angle), math.sin(frame.angle)
    (ax, ay), (ox, oy) = (
        ((x - frame.x) * cos + (y - frame.y) * sin, (y - frame.y) * cos - (x - frame.x) * sin)
        for x, y in (end.aim, other)
    )
    dx, dy = ox - ax, oy - ay
    length = math.hypot(dx, dy)
    if length == 0:
        return end.aim
    if end.holder.shape.props.geo == "ellipse" and width and height:
        share = _out_of_ellipse((ax - width / 2, ay - height / 2), (dx, dy), width / 2, height / 2)
    else:
        shares = [
            ((width if dx > 0 else 0.0) - ax) / dx if dx else math.inf,
            ((height if dy > 0 else 0.0) - ay) / dy if dy else math.inf,
        ]
        share = max(min(shares), 0.0)
    share = min(share + GAP / length, 1.0)
    return frame.at(ax + dx * share, ay + dy * share)


def _out_of_ellipse(at: Point, step: Point, rx: float, ry: float) -> float:
    """The share of the step at which a point within an ellipse about the origin leaves it."""
    x, y, dx, dy = at[0] / rx, at[1] / ry, step[0] / rx, step[1] / ry
    a, b, c = dx * dx + dy * dy, x * dx + y * dy, x * x + y * y - 1
    square = b * b - a * c
    return max((-b + math.sqrt(square)) / a, 0.0) if a and square > 0 else 0.0
