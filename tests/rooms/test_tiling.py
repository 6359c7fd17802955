"""Pages of what lies close together, made from records in any order."""

from __future__ import annotations

import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from inkwire.protocol.elements import Element, Freedraw, Rectangle
from inkwire.protocol.plain import plain
from inkwire.rooms.bounds import UNIT_SQUARE, Box, bounds_of, placed_box
from inkwire.rooms.tiling import box_of_record, distance, placed, tiled
from tests.protocol.strategies import elements


def record(element: Element, seq: int = 1) -> bytes:
    """As the store keeps it: the large properties apart."""
    wire = plain(element)
    points, text = wire.pop("points", None), wire.pop("text", None)
    return msgspec.msgpack.encode((seq, wire, points or None, text))


def stroke(index: int, x: float, y: float) -> Freedraw:
    return Freedraw(
        id=f"s{index}", place=(x, y, 1, 1, 0), z="a0", points=b"\x00\x04" + b"\x02" * 98
    )


@given(st.lists(elements(), max_size=30), st.integers(1, 2_000))
def test_every_record_is_in_one_page(found: list[Element], page_bytes: int) -> None:
    """None is lost, none comes twice, and no page is larger than asked but for a record alone."""
    records = [record(each, seq) for seq, each in enumerate(found)]
    tiles = list(tiled(list(placed(records)), page_bytes))
    assert sorted(each for tile in tiles for each in tile.records) == sorted(records)
    for tile in tiles:
        assert tile.records
        assert sum(map(len, tile.records)) <= page_bytes or len(tile.records) == 1
        for each in map(box_of_record, tile.records):
            assert tile.box == tile.box.joined(each)


@given(elements())
def test_a_box_is_known_without_decoding_points(element: Element) -> None:
    """Exactly for everything but strokes and lines with points; of those, where they begin."""
    box = box_of_record(record(element))
    if getattr(element, "points", b""):
        assert (box.min_x, box.min_y) == (box.max_x, box.max_y) == element.place[:2]
    elif hasattr(element, "points"):
        assert box == placed_box(element.place, UNIT_SQUARE)  # nothing to see, wherever it is
    else:
        assert box == bounds_of(element)


def test_what_is_in_view_is_in_few_pages() -> None:
    """10,000 strokes on 100 screens: the screen in view touches about four pages of a hundred."""
    dice = random.Random(20_261_121)
    records = [
        record(stroke(k, dice.uniform(0, 12_800), dice.uniform(0, 7_200))) for k in range(10_000)
    ]
    tiles = list(tiled(list(placed(records)), sum(map(len, records)) // 100))
    view = (5_000.0, 3_000.0, 1_280.0, 720.0)
    assert 100 <= len(tiles) <= 120
    assert sum(distance(tile.box, view)[0] == 0 for tile in tiles) <= 9
    inside = Box(5_000.0, 3_000.0, 6_280.0, 3_720.0)
    for tile in tiles:
        for each in map(box_of_record, tile.records):
            if inside.joined(each) == inside:
                assert distance(tile.box, view)[0] == 0


def test_distance_is_between_edges_then_between_middles() -> None:
    view = (0.0, 0.0, 100.0, 100.0)
    assert distance(Box(10, 10, 20, 20), view)[0] == 0
    assert distance(Box(-1000, -1000, 1000, 1000), view)[0] == 0
    assert distance(Box(103, 104, 110, 110), view)[0] == 25
    assert distance(Box(40, 40, 60, 60), view) < distance(Box(0, 0, 10, 10), view)


def test_a_record_that_cannot_be_read_is_in_a_page_all_the_same() -> None:
    """One bad record must not keep a board shut."""
    bad = [
        b"\x94\x01\x80\xc0\xc0",
        b"\x00",
        msgspec.msgpack.encode((1, {"place": "?"}, None, None)),
    ]
    good = record(Rectangle(id="r", place=(5, 5, 10, 10, 0), z="a0"))
    assert [sorted(tile.records) for tile in tiled(list(placed([*bad, good])), 10_000)] == [
        sorted([*bad, good])
    ]


def test_nothing_makes_no_page() -> None:
    assert list(tiled([], 1_000)) == []
