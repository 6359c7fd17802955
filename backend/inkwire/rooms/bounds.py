"""Where an element lies on the board: the axis-parallel box of its geometry, without stroke width."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from inkwire.protocol.elements import Element, Freedraw, Line, Place
from inkwire.protocol.points import decode_points


class Box(NamedTuple):
    """An axis-parallel box in world units (y points down)."""

    min_x: float
    min_y: float
    max_x: float
    max_y: float

    @property
    def width(self) -> float:
        return self.max_x - self.min_x

    @property
    def height(self) -> float:
        return self.max_y - self.min_y

    def moved(self, dx: float, dy: float) -> Box:
        """The same box, moved."""
        return Box(self.min_x + dx, self.min_y + dy, self.max_x + dx, self.max_y + dy)

    def grown(self, by: float) -> Box:
        """The box with a margin on every side."""
        return Box(self.min_x - by, self.min_y - by, self.max_x + by, self.max_y + by)

    def joined(self, other: Box | None) -> Box:
        """The smallest box around both."""
        if other is None:
            return self
        return Box(
            min(self.min_x, other.min_x),
            min(self.min_y, other.min_y),
            max(self.max_x, other.max_x),
            max(self.max_y, other.max_y),
        )

    def touches(self, other: Box) -> bool:
        """Whether both have a point in common."""
        return (
            self.min_x <= other.max_x
            and other.min_x <= self.max_x
            and self.min_y <= other.max_y
            and other.min_y <= self.max_y
        )


UNIT_SQUARE = Box(0.0, 0.0, 1.0, 1.0)


def bounds_of(element: Element) -> Box:
    """The box of an element; of one without points, an empty box at its origin."""
    if isinstance(element, Line | Freedraw):
        return placed_box(element.place, box_of_points(decode_points(element.points)))
    return placed_box(element.place, UNIT_SQUARE)


def box_of_points(points: Iterable[Sequence[float]]) -> Box:
    """The box of points; of none, an empty box at (0, 0)."""
    all_points = list(points)
    if not all_points:
        return Box(0.0, 0.0, 0.0, 0.0)
    xs = [point[0] for point in all_points]
    ys = [point[1] for point in all_points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def placed_box(place: Place, local: Box) -> Box:
    """The box around a local box once it is scaled, turned and moved by a ``Place``."""
    x, y, sx, sy, angle = place
    xs = (local.min_x * sx, local.max_x * sx)
    ys = (local.min_y * sy, local.max_y * sy)
    if angle == 0.0:
        return Box(x + min(xs), y + min(ys), x + max(xs), y + max(ys))
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(px * cos - py * sin, px * sin + py * cos) for px in xs for py in ys]
    return box_of_points(corners).moved(x, y)
