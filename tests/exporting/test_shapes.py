"""What elements look like, as paths: the facts of docs/drawing.md."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from inkwire.exporting.boxes import radius, rounded_diamond
from inkwire.exporting.curves import C, L, M
from inkwire.exporting.paint import Paint
from inkwire.exporting.rough_fill import MOST_SEGMENTS
from inkwire.exporting.shapes import (
    adjusted_roughness,
    drawing_of,
    elbow,
)
from inkwire.exporting.survey import painted_bounds
from inkwire.protocol.elements import Element
from inkwire.rooms.bounds import bounds_of
from tests.exporting.boards import drawn
from tests.protocol.strategies import elements


def paints(kind: str, **props: Any) -> list[Paint]:
    return drawing_of(drawn(kind, **props)).paints


def reach(paint: Paint) -> tuple[float, float, float, float]:
    xs = [each for _, numbers in paint.ops for each in numbers[::2]]
    ys = [each for _, numbers in paint.ops for each in numbers[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def test_without_roughness_a_box_is_a_box() -> None:
    (outline,) = paints("rectangle", roughness=0.0)
    assert reach(outline) == (0, 0, 100, 50)
    assert (outline.stroke, outline.width, outline.dash) == ("#1e1e1e", 2, None)


def test_roughness_strays_a_little_and_the_same_each_time() -> None:
    (rough,) = paints("rectangle", roughness=2.0, seed=5)
    assert reach(rough) == pytest.approx((0, 0, 100, 50), abs=6)
    assert reach(rough) != pytest.approx((0, 0, 100, 50), abs=0.2)
    assert paints("rectangle", roughness=2.0, seed=5) == [rough]
    assert paints("rectangle", roughness=2.0, seed=6) != [rough]
    assert paints("rectangle", seed=0) == paints("rectangle", seed=1)


@pytest.mark.parametrize(
    ("kind", "w", "h", "is_round", "roughness"),
    [
        ("rectangle", 60, 20, False, 2),
        ("rectangle", 60, 19, False, 1),
        ("rectangle", 49, 49, False, 1),
        ("rectangle", 15, 15, True, 2),
        ("rectangle", 15, 14, True, 1),
        ("ellipse", 9, 5, False, 2 / 3),
        ("line", 50, 0, False, 2),
        ("line", 49, 0, False, 1),
        ("line", 20, 16, True, 2),
        ("arrow", 20, 16, True, 1),
    ],
)
def test_small_shapes_are_drawn_calmer(
    kind: str, w: float, h: float, is_round: bool, roughness: float
) -> None:
    element = drawn(kind, roughness=2.0)
    assert adjusted_roughness(element, w, h, is_round=is_round) == pytest.approx(roughness)


def test_a_small_shape_strays_less_than_a_large_one() -> None:
    def stray(size: float) -> float:
        (outline,) = paints("ellipse", place=(0.0, 0.0, size, size, 0.0), roughness=2.0)
        return max(reach(outline)[2:]) - size

    assert 0 < stray(12.0) < stray(60.0)


def test_dashes_are_drawn_once_and_a_little_wider() -> None:
    (dashed,) = paints("rectangle", dash="dashed", stroke_width=4.0)
    (dotted,) = paints("rectangle", dash="dotted", stroke_width=4.0)
    (solid,) = paints("rectangle", stroke_width=4.0)
    assert (dashed.dash, dotted.dash) == ((8, 12), (1.5, 10))
    assert (dashed.width, solid.width) == (4.5, 4)
    assert len(solid.ops) == 2 * len(dashed.ops)


def test_fills_lie_below_the_outline() -> None:
    for style, patterned in (("solid", False), ("hachure", True), ("cross-hatch", True)):
        fill, outline = paints("ellipse", fill="#ff0000", fill_style=style, stroke_width=3.0)
        assert outline.stroke == "#1e1e1e"
        if patterned:
            assert (fill.stroke, fill.width, fill.dash) == ("#ff0000", 1.5, None)
        else:
            assert (fill.fill, fill.even_odd) == ("#ff0000", False)
    assert len(paints("ellipse", fill="#ff000000")) == 1
    assert paints("ellipse", color="transparent") == []


def test_hachure_lines_are_four_strokes_apart() -> None:
    fill, _ = paints(
        "rectangle", fill="#ff0000", fill_style="hachure", stroke_width=3.0, roughness=0.0
    )
    # Each line is two strokes of a move and a curve.
    (start, end, other) = (fill.ops[i][1][-2:] for i in (20, 21, 24))
    along = (end[0] - start[0], end[1] - start[1])
    across = (other[0] - start[0], other[1] - start[1])
    distance = abs(along[0] * across[1] - along[1] * across[0]) / math.hypot(*along)
    assert distance == pytest.approx(12)
    assert math.degrees(math.atan2(along[1], along[0])) % 180 == pytest.approx(131, abs=2)


def test_a_line_is_filled_when_it_comes_back_and_an_arrow_never() -> None:
    open_line, back = [(0, 0), (90, 0), (90, 9)], [(0, 0), (90, 0), (90, 60), (4, 6.9)]
    for curve in ("sharp", "round"):
        assert len(paints("line", points=open_line, fill="#ff0000", curve=curve)) == 1
        fill, _ = paints("line", points=back, fill="#ff0000", curve=curve)
        assert (fill.fill, fill.even_odd) == ("#ff0000", True)
    assert not any(each.fill == "#ff0000" for each in paints("arrow", points=back, fill="#ff0000"))
    assert len(paints("freedraw", points=open_line, fill="#ff0000")) == 1
    assert [each.fill for each in paints("freedraw", points=back, fill="#ff0000")] == [
        "#ff0000",
        "#1e1e1e",
    ]


def test_a_pattern_fills_ink_below_it() -> None:
    back = [(0, 0), (90, 0), (90, 60), (4, 6.9)]
    fill, pen = paints("freedraw", points=back, fill="#ff0000", fill_style="hachure")
    line, _ = paints("line", points=back, fill="#ff0000", fill_style="hachure")
    assert fill == line
    assert (fill.stroke, pen.fill) == ("#ff0000", "#1e1e1e")


def test_a_pattern_too_large_to_tell_apart_is_a_tone() -> None:
    huge = {"place": (0.0, 0.0, 20_000.0, 10.0, 0.0), "fill": "#ff0000", "fill_style": "hachure"}
    assert paints("rectangle", **huge)[0].fill == "#ff00004c"
    comb = [(x, y) for x in range(0, 9_000, 30) for y in (0, 9_000)]
    made = paints(
        "line", points=[*comb, (0, 0)], fill="#ff0000", fill_style="zigzag", stroke_width=0.2
    )
    assert made[0].fill == "#ff000066"
    assert 9_000 * len(comb) > MOST_SEGMENTS


def test_mirrored_boxes_are_drawn_in_a_mirrored_frame() -> None:
    plain = drawing_of(drawn("diamond"))
    mirrored = drawing_of(drawn("diamond", place=(10.0, 20.0, -100.0, 50.0, 1.0)))
    assert mirrored.paints == plain.paints
    frame = mirrored.frame
    assert (frame.x, frame.y, frame.angle, frame.flip_x, frame.flip_y) == (10, 20, 1, True, False)


def test_the_scale_of_a_line_moves_its_points_and_not_its_width() -> None:
    (made,) = paints("line", place=(0.0, 0.0, 3.0, -2.0, 0.0), roughness=0.0)
    assert reach(made) == (0, -100, 300, 0)
    assert made.width == 2


def test_rounded_corners_grow_to_a_limit() -> None:
    assert (radius(40), radius(128), radius(1000)) == (10, 32, 32)
    # A straight side first, then the corner about (w, ry).
    kinds = [kind for kind, _ in rounded_diamond(100, 60)]
    assert kinds == [M, L, C, L, C, L, C, L, C]


def test_elbows_are_rounded_as_far_as_there_is_room() -> None:
    ops = elbow([(0, 0), (100, 0), (100, 10), (100, 10), (200, 10)])
    ends = [numbers[-2:] for _, numbers in ops]
    assert ends[1:3] == [(95, 0), (100, 5)]
    assert elbow([(0, 0), (60, 0), (60, 60)])[1] == (L, (44, 0))
    # A corner without length is only passed.
    assert (L, (100, 10)) in ops


HEADS = ["arrow", "triangle", "triangle-outline", "bar", "dot", "circle-outline", "diamond"]
HEADS += ["diamond-outline", "crowfoot-one", "crowfoot-many", "crowfoot-one-or-many"]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("end", ["start", "end"])
def test_every_head_is_at_its_end_and_of_its_size(head: str, end: str) -> None:
    points = [(0, 0), (200, 0)]
    line = paints("line", points=points, roughness=0.0)
    made = paints("line", points=points, roughness=0.0, **{f"{end}_head": head})[len(line) :]
    assert made
    left, top, right, bottom = reach(made[-1])
    tip = 0 if end == "start" else 200
    within = 20 if head.startswith("crowfoot") else 1e-6
    assert left - within <= tip <= right + within
    assert right - left <= 25.01
    assert -25 <= top < 0 < bottom <= 25
    hollow = head.endswith("outline")
    if head in ("dot", "triangle", "diamond") or hollow:
        assert made[0].fill == ("#ffffff" if hollow else "#1e1e1e")


def test_a_head_is_never_longer_than_half_of_its_line() -> None:
    *_, head = paints("arrow", points=[(0, 0), (20, 0)], roughness=0.0, end_head="arrow")
    left, _, right, _ = reach(head)
    assert right == 20
    assert left == pytest.approx(20 - 10 * math.cos(math.radians(20)))


def test_a_line_of_no_length_has_no_head() -> None:
    assert len(paints("arrow", points=[(5, 5), (5, 5)], end_head="triangle")) == 1
    assert paints("arrow", points=[(5, 5)], end_head="triangle") == []


def test_ink_is_an_outline_and_a_highlighter_a_line() -> None:
    (pen,) = paints("freedraw")
    assert (pen.fill, pen.stroke) == ("#1e1e1e", "")
    made = drawing_of(drawn("freedraw", brush="highlighter"))
    assert made.highlighter
    assert (made.paints[0].stroke, made.paints[0].width, made.paints[0].flat) == (
        "#1e1e1e",
        16,
        True,
    )
    (dot,) = paints("freedraw", brush="highlighter", points=[(3, 3), (3.1, 3)])
    assert reach(dot) == pytest.approx((-5, -5, 11, 11))
    assert dot.fill


def test_pressure_makes_ink_wider() -> None:
    light, strong = (
        paints("freedraw", points=[(0, 0, p), (100, 0, p), (200, 0, p)])[0] for p in (0.1, 0.9)
    )
    assert reach(strong)[1] < reach(light)[1] < 0


@given(elements())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_element_can_be_drawn_with_finite_numbers(element: Element) -> None:
    drawing = drawing_of(element)
    for paint in drawing.paints:
        assert bool(paint.fill) != bool(paint.stroke)
        assert len(paint.ops) < 200_000
        for _, numbers in paint.ops:
            assert all(map(math.isfinite, numbers))
    outer, inner = painted_bounds(element), bounds_of(element)
    assert outer.joined(inner) == outer


def test_a_triangle_has_its_tip_in_the_middle_above_its_base() -> None:
    (sharp,) = paints("triangle", roughness=0.0)
    corners = {numbers[-2:] for _, numbers in sharp.ops}
    assert {(50, 0), (100, 50), (0, 50)} <= corners
    assert reach(sharp) == (0, 0, 100, 50)
    filled, rounded = paints("triangle", roughness=0.0, rounded=True, fill="#ff0000")
    assert filled.fill == "#ff0000"
    # The corner itself is only a handle: the outline passes below the tip.
    assert min(numbers[-1] for _, numbers in rounded.ops) > 5
