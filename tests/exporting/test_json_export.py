"""export.json: every element with every property, in paint order."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.exporting.json_export import JsonWriter, export_json
from inkwire.protocol.elements import Element
from inkwire.protocol.points import PRESSURE, TIME, decode_points, encode_points
from tests.exporting.boards import DRAWN, Info, drawn, everything
from tests.importing.drawings import LIBRARIES, plan
from tests.protocol.strategies import elements


def document(*drawing: Element) -> Any:
    return json.loads(b"".join(export_json(Info(), drawing)))


def test_the_document_says_what_it_is() -> None:
    made = document()
    assert made == {
        "type": "inkwire",
        "version": 1,
        "board": {"id": "board-1", "title": "Plans & <b>dreams</b>", "epoch": "e1", "seq": 7},
        "elements": [],
    }


def test_every_type_comes_with_its_defaults_under_its_names_on_the_wire() -> None:
    made = document(*everything())
    assert [each["type"] for each in made["elements"]] == list(DRAWN)
    line = next(each for each in made["elements"] if each["type"] == "line")
    assert (line["strokeWidth"], line["fillStyle"], line["startHead"]) == (2, "solid", "none")
    assert line["points"] == [[0, 0], [100, 0], [100, 50]]


def test_points_carry_pressure_and_time_where_there_is_any() -> None:
    pressed = encode_points([(0, 0, 1.0), (1, 2, 0.0)], pressure=True)
    timed = encode_points([(0, 0, 0, 0), (1, 2, 0, 40)], time=True)
    made = document(
        with_points(pressed),
        with_points(timed),
        with_points(b""),
    )["elements"]
    assert made[0]["points"] == [[0, 0, 1], [1, 2, 0]]
    assert made[1]["points"] == [[0, 0, 0.5, 0], [1, 2, 0.5, 40]]
    assert made[2]["points"] == []


def with_points(points: bytes) -> Any:
    return msgspec.structs.replace(drawn("freedraw"), points=points)


@given(st.lists(elements(), max_size=4))
def test_nothing_is_lost(drawing: list[Element]) -> None:
    made = document(*drawing)["elements"]
    assert [each["id"] for each in made] == [each.id for each in drawing]
    for record, element in zip(made, drawing, strict=True):
        if "points" in record:
            # Pressure and coordinates survive to within their own steps.
            decoded = decode_points(element.points)  # type: ignore[union-attr]  # those with points
            assert [point[:2] for point in record["points"]] == [list(p[:2]) for p in decoded]
            record["points"] = element.points  # type: ignore[union-attr]  # as above
        again = msgspec.convert(record, Element)
        assert again == element


def test_the_flags_of_points_decide_how_many_numbers_there_are() -> None:
    lengths = {0: 2, PRESSURE: 3, TIME: 4, PRESSURE | TIME: 4}
    for flags, length in lengths.items():
        data = encode_points(
            [(1, 1, 0.5, 4)], pressure=bool(flags & PRESSURE), time=bool(flags & TIME)
        )
        assert len(document(with_points(data))["elements"][0]["points"][0]) == length


def test_a_writer_gives_the_same_in_pieces() -> None:
    writer = JsonWriter(Info())
    pieces = [writer.head(), *(writer.element(each) for each in everything()), writer.tail()]
    assert json.loads(b"".join(pieces)) == document(*everything())


@pytest.mark.skipif(not LIBRARIES, reason="the real drawings are not here")
def test_all_real_drawings_are_counted_by_type() -> None:
    counted: Counter[str] = Counter()
    for seed, path in enumerate(LIBRARIES):
        made = document(*plan(path.read_bytes(), seed).elements)
        counted.update(each["type"] for each in made["elements"])
    assert counted == {
        "line": 3143,
        "freedraw": 2179,
        "rectangle": 1634,
        "ellipse": 787,
        "text": 525,
        "arrow": 141,
        "diamond": 32,
    }
