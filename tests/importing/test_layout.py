"""Where imported things go, in what order, and in which pushes."""

from __future__ import annotations

import json
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.importing.exact import PROGRESS_STEP
from inkwire.importing.layout import GAP, on_shelves
from inkwire.importing.plan import MAX_PUSH_BYTES
from inkwire.protocol.codec import encode
from inkwire.protocol.limits import MAX_OPS
from inkwire.rooms.bounds import Box, bounds_of
from inkwire.rooms.order import key_between
from tests.importing.drawings import elements_of, names, plan, record, scene


def library(*items: list[dict[str, object]], version: int = 2) -> bytes:
    if version == 1:
        return json.dumps({"type": "excalidrawlib", "version": 1, "library": items}).encode()
    wrapped = [{"id": str(i), "elements": item} for i, item in enumerate(items)]
    return json.dumps({"type": "excalidrawlib", "version": 2, "libraryItems": wrapped}).encode()


@pytest.mark.parametrize("version", [1, 2])
def test_the_items_of_a_library_stand_side_by_side(version: int) -> None:
    first = [record("rectangle", x=0, y=0), record("ellipse", id="e", x=50, y=25)]
    second = [record("diamond", x=-30, y=400)]
    made = plan(library(first, second, version=version))
    assert names(list(made.elements)) == ["rectangle", "ellipse", "diamond"]
    rectangle, ellipse, diamond = made.elements
    # Within an item nothing moves against another.
    assert ellipse.place[0] - rectangle.place[0] == 50
    assert ellipse.place[1] - rectangle.place[1] == 25
    item = bounds_of(rectangle).joined(bounds_of(ellipse))
    other = bounds_of(diamond)
    assert other.min_x - item.max_x >= GAP or other.min_y - item.max_y >= GAP


def test_references_do_not_reach_from_item_to_item() -> None:
    shape = [record("rectangle", id="box", groupIds=["g"])]
    words = [record("text", id="w", text="a", containerId="box", groupIds=["g"])]
    box, text = elements_of(library(shape, words))
    assert text.container == ""
    assert text.groups != box.groups


BOXES = st.lists(
    st.builds(
        lambda x, y, w, h: Box(x, y, x + w, y + h),
        st.floats(-1e4, 1e4),
        st.floats(-1e4, 1e4),
        st.floats(0, 2e3),
        st.floats(0, 2e3),
    ),
    max_size=12,
)


@given(BOXES)
def test_nothing_on_the_shelves_overlaps(boxes: list[Box]) -> None:
    moved = [box.moved(*shift) for box, shift in zip(boxes, on_shelves(boxes), strict=True)]
    for a, b in combinations(moved, 2):
        assert (
            b.min_x - a.max_x > GAP - 1e-3
            or a.min_x - b.max_x > GAP - 1e-3
            or b.min_y - a.max_y > GAP - 1e-3
            or a.min_y - b.max_y > GAP - 1e-3
        )
    assert all(box.min_x > -1e-3 and box.min_y > -1e-3 for box in moved)


def test_an_import_is_centred_where_it_was_dropped() -> None:
    data = scene(record("rectangle", x=1000, y=0), record("ellipse", id="e", x=1300, y=200))
    made = plan(data, at=(-50, 7))
    x, y, w, h = made.bounds
    assert (w, h) == (400, 250)
    assert (x + w / 2, y + h / 2) == (-50, 7)
    box = bounds_of(made.elements[0]).joined(bounds_of(made.elements[1]))
    assert box == pytest.approx((x, y, x + w, y + h), abs=1e-3)


def test_without_a_point_it_stands_beside_what_is_there_or_stays_where_it_was() -> None:
    data = scene(record("rectangle", x=1000, y=70))
    assert plan(data).bounds == (1000, 70, 100, 50)
    assert plan(data, beside=Box(0, -5, 300, 20)).bounds == (300 + 2 * GAP, -5, 100, 50)


def test_order_keys_rise_with_paint_order_above_what_is_there() -> None:
    data = scene(*(record("ellipse", id=str(i)) for i in range(300)))
    above = key_between(None, None, Random(5))
    keys = [each.z for each in plan(data, above=above).elements]
    assert above < keys[0]
    assert keys == sorted(set(keys))


def test_pushes_hold_every_element_once_within_the_limits() -> None:
    small = [record("ellipse", id=f"e{i}") for i in range(MAX_OPS + 1)]
    wide = [[(i * 997) % 9001, (i * 31) % 701] for i in range(9_000)]
    large = [record("line", id=f"l{i}", points=wide) for i in range(8)]
    made = plan(scene(*small, *large))
    pushes = list(made.pushes())
    assert [op.element for push in pushes for op in push] == list(made.elements)
    assert all(len(push) <= MAX_OPS for push in pushes)
    assert all(sum(len(encode(op)) for op in push) <= MAX_PUSH_BYTES for push in pushes)
    assert len(pushes) > 2
    assert list(plan(scene()).pushes()) == []


def test_progress_is_told_on_the_way() -> None:
    told: list[tuple[int, int]] = []
    count = 2 * PROGRESS_STEP + 1
    data = scene(*(record("ellipse", id=str(i)) for i in range(count)))
    plan(data, progress=lambda done, total: told.append((done, total)))
    assert told == [(PROGRESS_STEP, count), (2 * PROGRESS_STEP, count)]


def test_an_empty_file_is_an_empty_plan() -> None:
    made = plan(scene())
    assert (made.elements, made.types, made.bounds) == ([], {}, (0, 0, 0, 0))
