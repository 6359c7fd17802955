"""Points on the grid, and strokes too long for the protocol."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.importing.strokes import fitted, on_grid, thinned
from inkwire.protocol.limits import MAX_POINTS, MAX_POINTS_BYTES
from inkwire.protocol.points import decode_points
from tests.importing.drawings import one

POINTS = st.lists(
    st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.floats(0, 1)), min_size=1, max_size=30
)


@given(POINTS, st.booleans())
def test_encoding_what_was_decoded_gives_the_same_bytes(
    points: list[tuple[float, float, float]], pressure: bool
) -> None:
    data, thin = fitted(points, pressure=pressure)
    assert not thin
    decoded = decode_points(data)
    step = 2.0 ** -data[1]
    for made, wanted in zip(decoded, points, strict=True):
        assert made[:2] == pytest.approx(wanted[:2], abs=step)
    again, _ = fitted([each[:3] for each in decoded], pressure=pressure)
    assert again == data or data[1] < 10


@given(st.floats(-1e7, 1e7))
def test_the_grid_keeps_what_lies_on_it(value: float) -> None:
    assert on_grid(on_grid(value)) == on_grid(value)
    assert abs(on_grid(value) - value) <= 1 / 2048


@pytest.mark.parametrize("count", [MAX_POINTS, MAX_POINTS + 1, 100_000])
def test_a_stroke_that_never_ends_is_thinned_until_it_fits(count: int) -> None:
    spiral = [[math.cos(i / 50) * i / 9, math.sin(i / 50) * i / 9] for i in range(count)]
    stroke = one("freedraw", points=spiral, simulatePressure=True)
    points = decode_points(stroke.points)
    assert len(stroke.points) <= MAX_POINTS_BYTES
    assert 5_000 < len(points) <= MAX_POINTS
    assert points[-1][:2] == pytest.approx(spiral[-1], abs=1 / 16)
    # Still the spiral: every point left lies on it.
    for point in points[:: len(points) // 50]:
        radius = math.hypot(point.x, point.y)
        index = round(radius * 9)
        assert (
            min(
                math.dist(point[:2], spiral[i])
                for i in range(max(index - 2, 0), min(index + 3, count))
            )
            < 1
        )


def test_thinning_keeps_the_ends_and_the_distance() -> None:
    points = [(i / 10, 0.0) for i in range(101)]
    kept = thinned(points, 1)
    assert tuple(kept[0]) == (0, 0)
    assert tuple(kept[-1]) == (10, 0)
    assert len(kept) == 11
