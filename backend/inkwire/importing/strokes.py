"""The points of lines and strokes, rounded to the protocol's grid and made to fit its limits."""

from __future__ import annotations

from collections.abc import Sequence

from inkwire.protocol.limits import MAX_POINTS, MAX_POINTS_BYTES
from inkwire.protocol.points import encode_points

GRID_SHIFT = 10
"""1/1024 of a unit, for places and points alike.

Drawings made zoomed in are often smaller than one unit; an eighth of the bytes buys them a true shape.
"""
COARSEST_SHIFT = 4

Points = Sequence[Sequence[float]]


def on_grid(value: float) -> float:
    """The value rounded to 1/1024: rounding again changes nothing, so a round trip is exact."""
    return round(value * (1 << GRID_SHIFT)) / (1 << GRID_SHIFT)


def dot_kept_apart(points: Points) -> Points:
    """The points, with the two of a dot still different after rounding.

    Excalidraw writes a dot as two points 0.0001 apart; were they one, it would be another dot.
    """
    if len(points) != 2 or points[0] == points[1]:
        return points
    (x1, y1), (x2, y2) = points[0][:2], points[1][:2]
    if on_grid(x1) != on_grid(x2) or on_grid(y1) != on_grid(y2):
        return points
    step = 2.0**-GRID_SHIFT
    return [(x1, y1), (x1 + step, y1 + step)]


def fitted(points: Points, *, pressure: bool) -> tuple[bytes, bool]:
    """The encoding of points, and whether some had to be left out to fit the limits.

    What does not fit is first rounded coarser, then thinned out.
    """
    if len(points) <= MAX_POINTS:
        for shift in range(GRID_SHIFT, COARSEST_SHIFT - 1, -2):
            data = _encoded(points, shift, pressure)
            if data is not None:
                return data, False
    distance = 1 / 16
    while True:
        fewer = thinned(points, distance)
        if len(fewer) <= MAX_POINTS:
            data = _encoded(fewer, COARSEST_SHIFT, pressure)
            if data is not None:
                return data, True
        distance *= 2


def _encoded(points: Points, shift: int, pressure: bool) -> bytes | None:
    try:
        data = encode_points(points, shift=shift, pressure=pressure)
    except ValueError:  # A step that the encoding's integers do not hold at this shift.
        return None
    return data if len(data) <= MAX_POINTS_BYTES else None


def thinned(points: Points, distance: float) -> list[Sequence[float]]:
    """The points without those nearer than ``distance`` to the point kept before; the ends stay.

    Linear in time, whatever a file holds.
    """
    if len(points) < 3:
        return list(points)
    last = points[0]
    kept = [last]
    for point in points[1:-1]:
        if (point[0] - last[0]) ** 2 + (point[1] - last[1]) ** 2 >= distance * distance:
            last = point
            kept.append(point)
    kept.append(points[-1])
    return kept
