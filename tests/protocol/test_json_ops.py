"""Elements as JSON: what is written can be read, and what is wrong is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from inkwire.errors import Invalid
from inkwire.exporting.json_export import record_of
from inkwire.protocol.json_ops import decode_json, element_from_json, op_from_json, pack_points
from inkwire.protocol.ops import Delete, Put, Retitle
from inkwire.protocol.points import Point, decode_points, encode_points
from tests.protocol.strategies import POINTS, elements

BOX = {"type": "rectangle", "id": "a", "place": [0, 0, 9, 9, 0], "z": "a0"}


@given(elements())
def test_what_is_written_as_json_is_read_as_the_same(element: Any) -> None:
    """Points too, as far as they are numbers: their encoding may be a shorter one, and has 255 pressures."""
    read = element_from_json(json.loads(json.dumps(record_of(element))), "body")
    if hasattr(element, "points"):
        for one, other in zip(record_of(read)["points"], record_of(element)["points"], strict=True):
            assert one == pytest.approx(other, abs=1 / 255)
            assert one[:2] == other[:2]
        read = replace(read, points=element.points)
    assert read == element


@given(POINTS, st.integers(0, 12), st.booleans())
def test_points_on_a_grid_stay_where_they_are(points: list[Point], shift: int, time: bool) -> None:
    packed = encode_points(points, shift=shift, pressure=True, time=time)
    listed = [list(point[: 4 if time else 3]) for point in decode_points(packed)]
    assert decode_points(pack_points(listed, "points")) == decode_points(packed)


def test_ops_are_those_of_the_wire() -> None:
    assert isinstance(op_from_json(["put", BOX], "op"), Put)
    assert op_from_json(["delete", "a"], "op") == Delete("a")
    assert op_from_json(["title", "Plan"], "op") == Retitle("Plan")
    (set_,) = [op_from_json(["set", "a", {"points": [[0, 0], [1, 0.5]]}], "op")]
    assert decode_points(set_.props.points) == [Point(0, 0), Point(1, 0.5)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (["put", {**BOX, "place": [0, 0]}], "ops[3][1].place"),
        (["put", {**BOX, "colour": "red"}], "ops[3][1]"),
        (["put", {**BOX, "id": "__proto__"}], "ops[3][1].id"),
        (["put", {**BOX, "place": [0, 0, 1e308, 1, 0]}], "ops[3][1].place[2]"),
        (["set", "a", {"points": [[0, 0], [1]]}], "ops[3][2].points[1]"),
        (["set", "a", {"points": [[0, 0], [1, 2, 3]]}], "ops[3][2].points"),
        (["put", {**BOX, "type": "freedraw", "points": "AAQ"}], "ops[3][1].points"),
        (["put", {**BOX, "type": "freedraw", "points": "/wQ="}], "ops[3]"),
        (["title", "two\nlines"], "ops[3]"),
        (["draw", "a"], "ops[3][0]"),
        ("delete", "ops[3]"),
        ({"a": 1}, "ops[3]"),
        (None, "ops[3]"),
    ],
)
def test_what_is_wrong_is_named(value: Any, where: str) -> None:
    with pytest.raises(Invalid) as caught:
        op_from_json(value, "ops[3]")
    assert caught.value.where == where
    assert str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "NaN", '"\\ud800"', "[" * 5_000, "1e999", b"\xff"])
def test_what_is_no_json_is_refused_and_nothing_else_happens(text: str | bytes) -> None:
    with pytest.raises(Invalid):
        op_from_json(decode_json(text), "body")
