"""Paths, colours and turns as the operators of a PDF's page: ISO 32000-1, sections 8.3 to 8.5."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from inkwire.exporting.curves import C, L, M, Op, Point, Q, Z
from inkwire.exporting.pdf_file import numbers
from inkwire.protocol.elements import Place
from inkwire.rooms.bounds import Box

_SMALL = 64.0
"""Paths that reach no farther than this get a third decimal."""
_FORMATS = {
    digits: {
        kind: " ".join([f"%.{digits}f"] * count + [operator])
        for kind, count, operator in ((M, 2, "m"), (L, 2, "l"), (C, 6, "c"), (Z, 0, "h"))
    }
    for digits in (2, 3)
}
Matrix = tuple[float, float, float, float, float, float]
_KAPPA = 0.5523
"""The length of a cubic's handles for a quarter of a circle of radius 1."""


def path(ops: Sequence[Op]) -> str:
    """A path's operators, without painting it."""
    reach = max((abs(each) for _, numbers in ops for each in numbers), default=0.0)
    formats = _FORMATS[3 if reach <= _SMALL else 2]
    parts = []
    x = y = 0.0
    for kind, points in ops:
        if kind == Q:
            cx, cy, to_x, to_y = points
            curve = (
                x + (cx - x) * 2 / 3,
                y + (cy - y) * 2 / 3,
                to_x + (cx - to_x) * 2 / 3,
                to_y + (cy - to_y) * 2 / 3,
                to_x,
                to_y,
            )
            parts.append(formats[C] % curve)
            x, y = to_x, to_y
            continue
        parts.append(formats[kind] % points)
        if points:
            x, y = points[-2:]
    return "\n".join(parts)


def subpaths(ops: Sequence[Op]) -> list[Sequence[Op]]:
    """A path cut before each move."""
    starts = [index for index, (kind, _) in enumerate(ops) if kind == M]
    return [ops[start:end] for start, end in pairwise([*starts, len(ops)])]


def matrix(
    x: float, y: float, angle: float, *, flip_x: bool = False, flip_y: bool = False
) -> Matrix:
    """What moves, turns by radians and mirrors."""
    cos, sin = math.cos(angle), math.sin(angle)
    across, down = (-1 if flip_x else 1), (-1 if flip_y else 1)
    return cos * across, sin * across, -sin * down, cos * down, x, y


def moved(to: Matrix) -> str:
    """The operator that applies a matrix."""
    a, b, c, d, x, y = to
    return f"{a:.6f} {b:.6f} {c:.6f} {d:.6f} {numbers(x, y)} cm"


def rgb(colour: str) -> str:
    """``#rrggbb`` as three operands."""
    return numbers(*(int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)))


def rounded_box(x: float, y: float, w: float, h: float, radius: float = 0.0) -> list[Op]:
    """A box whose corners are quarters of circles."""
    r = min(radius, w / 2, h / 2)
    right, below = x + w, y + h
    if r <= 0:
        corners = [(x, y), (right, y), (right, below), (x, below)]
        return [(L if index else M, corner) for index, corner in enumerate(corners)] + [("Z", ())]
    k = r * (1 - _KAPPA)
    return [
        (M, (x + r, y)),
        (L, (right - r, y)),
        (C, (right - k, y, right, y + k, right, y + r)),
        (L, (right, below - r)),
        (C, (right, below - k, right - k, below, right - r, below)),
        (L, (x + r, below)),
        (C, (x + k, below, x, below - k, x, below - r)),
        (L, (x, y + r)),
        (C, (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    ]


def placed_box(place: Place, origin: Point, radius: float = 0.0, grown: float = 0.0) -> list[Op]:
    """The box of a place, corners rounded, as it lies on the board seen from an origin."""
    x, y, sx, sy, angle = place
    a, b, c, d, e, f = matrix(x - origin[0], y - origin[1], angle)
    local = rounded_box(
        min(0.0, sx) - grown,
        min(0.0, sy) - grown,
        abs(sx) + 2 * grown,
        abs(sy) + 2 * grown,
        radius,
    )
    return [
        (
            kind,
            tuple(
                value
                for px, py in zip(points[::2], points[1::2], strict=True)
                for value in (a * px + c * py + e, b * px + d * py + f)
            ),
        )
        for kind, points in local
    ]


def rectangle(box: Box, origin: Point) -> str:
    """A box as a path."""
    return f"{numbers(box.min_x - origin[0], box.min_y - origin[1], box.width, box.height)} re"
