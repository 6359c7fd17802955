"""What a few words say as whole elements."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import Invalid
from inkwire.protocol.elements import Arrow, Element, Note, Rectangle, TextElement
from inkwire.protocol.json_ops import element_from_json
from inkwire.protocol.ops import Delete, Op, Put
from inkwire.protocol.points import decode_points
from inkwire.rooms.bounds import bounds_of
from inkwire.rooms.composing import GAP, Composer, named_in, needs_height, straight

SHAPES = st.sampled_from(["rectangle", "ellipse", "diamond", "triangle"])
AWAY = st.floats(-2_000, 2_000, width=32)
SIZES = st.floats(10, 300, width=32)


def composed(*items: Any, known: dict[str, Element] | None = None) -> list[Op]:
    composer = Composer(Random(1), (known or {}).get)
    return [op for k, item in enumerate(items) for op in composer.ops_of(item, f"ops[{k}]")]


def put(*items: Any, known: dict[str, Element] | None = None) -> list[Element]:
    return [op.element for op in composed(*items, known=known) if isinstance(op, Put)]


def box(id_: str, x: float, y: float = 0, **more: Any) -> dict[str, Any]:
    return {"type": "rectangle", "id": id_, "place": [x, y, 100, 60], **more}


def test_what_is_missing_is_completed() -> None:
    """[P8] Ids, the order, angles, the sizes of texts."""
    first, second, text, note, ink = put(
        {"type": "rectangle", "place": [0, 0, 9, 9]},
        {"type": "ellipse", "place": [0, 0, 9, 9, 1]},
        {"type": "text", "place": [5, 6], "text": "two\nlines", "fontSize": 10},
        {"type": "note", "place": [5, 6]},
        {"type": "freedraw", "points": [[0, 0], [5, 5]]},
    )
    assert first.place[4] == 0
    assert second.place[4] == 1
    assert isinstance(text, TextElement)
    assert list(text.place[2:4]) == [27.5, 25.0]
    assert isinstance(note, Note)
    assert list(note.place) == [5, 6, 200, 200, 0]
    assert list(ink.place) == [0, 0, 1, 1, 0]
    elements = [first, second, text, note, ink]
    assert len({each.id for each in elements}) == 5
    assert [each.z for each in elements] == sorted({each.z for each in elements})


def test_what_goes_on_top_goes_above_what_is_there() -> None:
    composer = Composer(Random(1), lambda _id: None, "a5")
    (op,) = composer.ops_of(box("a", 0), "op")
    assert isinstance(op, Put)
    assert op.element.z > "a5"


def test_a_label_is_a_text_in_its_shape() -> None:
    shape, label = put(box("a", 10, label={"text": "Start", "fontSize": 28}))
    assert isinstance(label, TextElement)
    assert (label.id, label.container, label.text) == ("a-label", "a", "Start")
    assert (label.align, label.vertical_align, label.auto_size) == ("center", "middle", False)
    assert label.font_size == 28
    assert list(label.place) == [15, 5, 90, 50, 0]
    assert label.z > shape.z


@given(SHAPES, AWAY, AWAY, SIZES, SIZES, st.floats(-3, 3))
def test_a_label_stands_in_the_middle_of_its_shape(
    kind: str, x: float, y: float, width: float, height: float, angle: float
) -> None:
    place = [x, y, width, height, angle]
    shape, label = put({"type": kind, "place": place, "label": "a"})
    (sx, sy), (lx, ly) = ((centre(each)) for each in (shape, label))
    # A triangle's words stand in its lower half, turned with it.
    down = height / 4 if kind == "triangle" else 0
    assert lx == pytest.approx(sx - down * math.sin(angle), abs=0.1)
    assert ly == pytest.approx(sy + down * math.cos(angle), abs=0.1)


def centre(element: Element) -> tuple[float, float]:
    box_ = bounds_of(element)
    return (box_.min_x + box_.max_x) / 2, (box_.min_y + box_.max_y) / 2


def test_an_arrow_goes_from_one_outline_to_the_other_and_is_held() -> None:
    """[P8] With a head, and words in its middle."""
    *_, arrow, label = put(
        box("a", 0), box("b", 300), {"type": "arrow", "from": "a", "to": "b", "label": "then"}
    )
    assert isinstance(arrow, Arrow)
    assert arrow.start is not None
    assert arrow.end is not None
    assert (arrow.start.to, arrow.end.to, arrow.end_head) == ("a", "b", "arrow")
    assert list(arrow.place) == [104, 30, 1, 1, 0]
    assert [(p.x, p.y) for p in decode_points(arrow.points)] == [(0, 0), (192, 0)]
    assert centre(label) == (200, 30)


def test_an_arrow_finds_what_is_on_the_board() -> None:
    known = {each.id: each for each in put(box("a", 0), box("b", 300))}
    item = ["put", {"type": "arrow", "from": "a", "to": "b", "endHead": "dot"}]
    assert named_in(item) == {"a", "b"}
    (arrow,) = put(item, known=known)
    assert isinstance(arrow, Arrow)
    assert arrow.end_head == "dot"


@given(SHAPES, SHAPES, AWAY, AWAY, SIZES, SIZES, st.floats(-3, 3))
def test_between_shapes_apart_a_line_touches_neither(
    kind: str, other: str, dx: float, dy: float, width: float, height: float, angle: float
) -> None:
    """Its ends lie on the line between the middles, in that order, and outside of both outlines."""
    here = element_from_json(
        {"type": kind, "id": "a", "z": "a", "place": [0, 0, width, height, angle]}, ""
    )
    there = element_from_json(
        {"type": other, "id": "b", "z": "a", "place": [dx, dy, height, width, 0]}, ""
    )
    a, b = centre_of_place(here), centre_of_place(there)
    first, second = straight(here, there)
    if math.dist(a, b) < width + height + 10:
        return
    along = [math.dist(a, point) for point in (first, second)]
    assert 0 < along[0] < along[1] < math.dist(a, b)
    for point in (first, second):
        assert math.dist(a, point) + math.dist(point, b) == pytest.approx(math.dist(a, b), abs=0.1)
    assert outline_at(here, before(first, b, a)) == pytest.approx(1, abs=0.02)
    assert outline_at(there, before(second, a, b)) == pytest.approx(1, abs=0.02)


def before(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> tuple[float, float]:
    """The point moved by the gap, along the line from start to end."""
    share = GAP / math.dist(start, end)
    return point[0] + (end[0] - start[0]) * share, point[1] + (end[1] - start[1]) * share


def outline_at(element: Element, point: tuple[float, float]) -> float:
    """1 on the outline, less within: by each shape's own equation, in its box turned upright."""
    x, y, width, height, angle = element.place
    dx, dy = point[0] - x, point[1] - y
    cos, sin = math.cos(angle), math.sin(angle)
    u = (dx * cos + dy * sin) / width * 2 - 1
    v = (dy * cos - dx * sin) / height * 2 - 1
    match element.__struct_config__.tag:
        case "ellipse":
            return math.hypot(u, v)
        case "diamond":
            return abs(u) + abs(v)
        case "triangle":
            return max(2 * abs(u) - v, v)
        case _:
            return max(abs(u), abs(v))


def centre_of_place(element: Element) -> tuple[float, float]:
    x, y, width, height, angle = element.place
    cos, sin = math.cos(angle), math.sin(angle)
    return x + width / 2 * cos - height / 2 * sin, y + width / 2 * sin + height / 2 * cos


@pytest.mark.parametrize(
    ("item", "where"),
    [
        ({"type": "arrow", "from": "a", "to": "nobody"}, "op.to"),
        ({"type": "arrow", "from": "a", "to": "a"}, "op.to"),
        ({"type": "arrow", "from": "a"}, "op"),
        ({"type": "arrow", "from": ["a"], "to": "a"}, "op.from"),
        ({"type": "note", "place": [0, 0], "label": "words"}, "op.label"),
        ({"type": "rectangle", "place": [0, 0, 9, 9], "label": 5}, "op.label"),
        ({"type": "rectangle", "place": [0, 0, 9, 9], "label": {"text": 5}}, "op.label.text"),
        ({"type": "rectangle"}, "op"),
        ({"type": ["rectangle"], "place": [0, 0, 9, 9]}, "op.type"),
        ({"type": "text", "place": [0, 0], "text": "a", "fontSize": 10**400}, "op.fontSize"),
    ],
)
def test_what_cannot_be_meant_is_refused(item: Any, where: str) -> None:
    known: dict[str, Element] = {"a": Rectangle(id="a", place=(0, 0, 9, 9, 0), z="a0")}
    composer = Composer(Random(1), known.get)
    with pytest.raises(Invalid) as caught:
        composer.ops_of(item, "op")
    assert caught.value.where == where


def test_other_ops_pass_as_they_are() -> None:
    assert composed(["delete", "a"]) == [Delete("a")]
    assert named_in(["delete", "a"]) == set()
    assert not needs_height(["delete", "a"])
    assert not needs_height({"type": "note", "z": "a0"})
